"""Rows as records: each datum in its place, each fault at its cell, all at once."""

from pathlib import Path

from tests.lists.books import read, told

CABINET = "Raison sociale;SIRET"


def test_columns_go_to_their_place_in_the_record(tmp_path: Path) -> None:
    [row] = read(
        "prestataires",
        "Ville;Cabinet;Prénom;Nom;TVA intracommunautaire;Secteurs",
        "Gap;Essai;Ana;Roy;FR07012058715;culture | sport",
        folder=tmp_path,
    )
    assert row.name == "Essai" and not row.remarks
    assert row.data == {
        "raison_sociale": "Essai",
        "adresse": {"commune": "Gap"},
        "tva": {"numero": "FR07012058715", "assujetti": True},
        "representant": {"prenom": "Ana", "nom": "Roy"},
        "secteurs": ["culture", "sport"],
    }


def test_every_fault_of_a_row_is_told_at_its_cell(tmp_path: Path) -> None:
    [row] = read(
        "prestataires",
        "Raison sociale;SIRET;Mail;CP;Échéance RC pro",
        "Essai;123;rien;x;31/02/2026",
        folder=tmp_path,
    )
    assert [remark.place for remark in row.remarks] == ["B2", "C2", "D2", "E2"]
    assert row.faulty and {remark.name for remark in row.remarks} == {"Essai"}


def test_a_row_without_a_name_is_told_and_an_empty_one_is_not(tmp_path: Path) -> None:
    [row] = read("prestataires", CABINET, ";73282932000074", ";", "", folder=tmp_path)
    assert told(row) == ["A2 ! cette ligne n’a pas de nom"]


def test_titles_that_come_again_are_no_row(tmp_path: Path) -> None:
    rows = read("prestataires", CABINET, "A;", CABINET, "B;", folder=tmp_path)
    assert [row.name for row in rows] == ["A", "B"]


def test_a_list_parted_by_commas_is_told(tmp_path: Path) -> None:
    [row] = read("prestataires", "Cabinet;Compétences", "A;droit, paie", folder=tmp_path)
    assert row.data["competences"] == ["droit", "paie"]
    assert told(row) == ["B2 ? « droit, paie » est lu comme 2 valeurs, parties par des virgules"]


def test_what_is_said_of_several_elements_is_put_side_by_side(tmp_path: Path) -> None:
    [row] = read(
        "membres",
        "Organisme;Famille;Instances;Début du mandat;Fin du mandat",
        "CAF;CAF;comité d’appui | copil départemental;2025-01-01;31/12/2026 | ",
        folder=tmp_path,
    )
    assert row.data["mandats"] == [
        {"instance": "comite_appui", "debut": "2025-01-01", "fin": "2026-12-31"},
        {"instance": "pilotage_departemental", "debut": "2025-01-01"},
    ]


def test_columns_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    [row] = read(
        "membres",
        "Organisme;Instances;Début",
        "CAF;comité d’appui | copil régional | copil départemental;2025-01-01 | 2026-01-01",
        folder=tmp_path,
    )
    assert told(row) == ["C2 ! il y a 2 valeurs ici, et 3 dans une autre colonne"]


def test_a_first_name_comes_before_the_name_of_one_datum(tmp_path: Path) -> None:
    rows = read("membres", "Nom;Prénom;Organisme", "Roy;Ana;CAF", ";Zoé;OPCO", folder=tmp_path)
    assert [row.data["nom"] for row in rows] == ["Ana Roy", "Zoé"]


def test_a_second_column_serves_where_the_first_is_empty(tmp_path: Path) -> None:
    rows = read(
        "prestataires",
        "Cabinet;Téléphone;Portable",
        "A;;0639980511",
        "B;0492000000;0639980511",
        folder=tmp_path,
    )
    assert [row.data["telephone"] for row in rows] == ["06 39 98 05 11", "04 92 00 00 00"]
    assert "n’est pas retenu" in told(rows[1])[0]


def test_a_column_of_its_own_comes_before_what_a_larger_cell_holds(tmp_path: Path) -> None:
    [row] = read(
        "structures", "Structure;Adresse;Ville", "A;1 rue B 05000 Gap;Veynes", folder=tmp_path
    )
    assert row.data["adresse"] == {"voie": "1 rue B", "code_postal": "05000", "commune": "Veynes"}


def test_what_the_schema_refuses_is_told_at_its_cell(tmp_path: Path) -> None:
    [row] = read(
        "structures", "Structure;Salariés;Effectifs au", "A;-3;2026-01-01", folder=tmp_path
    )
    assert row.faulty and row.remarks[0].place == "B2"


def test_a_rule_on_sound_data_is_left_to_check(tmp_path: Path) -> None:
    [row] = read("structures", "Structure;Employeur", "A;non", folder=tmp_path)
    assert row.data["employeuse"] is False and not row.remarks


def test_what_is_of_no_element_is_told_and_left(tmp_path: Path) -> None:
    [row] = read("structures", "Structure;Salariés;ETP", "A;3;2,5", folder=tmp_path)
    assert "emplois" not in row.data and not row.faulty
    due = "n’est pas retenu, faute de « Date du relevé d’emplois » sur cette ligne"
    assert told(row) == [f"B2 ? {due}", f"C2 ? {due}"]


def test_what_another_column_says_otherwise_is_told(tmp_path: Path) -> None:
    lines = ("Structure;Adresse;Ville", "A;1 rue B 05000 Gap;Veynes")
    [row] = read("structures", *lines, folder=tmp_path)
    assert told(row) == ["B2 ? « Gap » n’est pas retenu, une autre colonne le dit déjà"]


def test_an_element_that_nothing_names_is_left_and_the_others_are_read(tmp_path: Path) -> None:
    lines = ("Organisme;Instances;Début", "CAF;comité d’appui | ;2025-01-01 | 2026-01-01")
    [row] = read("membres", *lines, folder=tmp_path)
    assert row.data["mandats"] == [{"instance": "comite_appui", "debut": "2025-01-01"}]
    assert told(row) == ["C2 ? n’est pas retenu, faute de « Instances » sur cette ligne"]


def test_a_row_of_totals_is_told_and_not_read(tmp_path: Path) -> None:
    rows = read("structures", "Structure;SIRET", "A;", "TOTAL;12", folder=tmp_path)
    assert [row.data for row in rows] == [{"denomination": "A"}, {}]
    assert told(rows[1]) == ["ligne 3 ? cette ligne est un total, elle n’est pas lue"]
