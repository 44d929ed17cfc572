"""A list beside what is known: new, changed, the same; what is there twice; what is doubtful."""

from pathlib import Path

from dla_docs.lists.planned import State
from tests.lists.books import plan
from tests.scenes import ROOT

HEAD = "Raison sociale;SIRET;Téléphone"
ALIDADE = "Alidade et Boussole;01205871500033;04 65 71 13 50"


def states(*lines: str, folder: Path, root: Path = ROOT) -> list[str]:
    made = plan("prestataires", HEAD, *lines, folder=folder, root=root)
    return [f"{entry.record.row} {entry.state}" for entry in made.entries]


def test_rows_are_new_changed_or_the_same(tmp_path: Path) -> None:
    lines = (ALIDADE, "Faîtage;;0465710000", "Tout nouveau;;")
    assert states(*lines, folder=tmp_path) == ["2 identique", "3 modifié", "4 nouveau"]


def test_a_record_is_known_by_its_siret_whatever_its_name(tmp_path: Path) -> None:
    made = plan("prestataires", HEAD, "ALIDADE;01205871500033;", folder=tmp_path)
    [entry] = made.entries
    assert entry.known and entry.known.path == "dossiers/prestataires/alidade.yaml"
    assert [(d.title, d.former, d.value) for d in entry.differences] == [
        ("Raison sociale", "Alidade et Boussole", "ALIDADE")
    ]


def test_spaces_apostrophes_and_groups_make_no_difference(tmp_path: Path) -> None:
    line = "ALIDADE ET BOUSSOLE;012 058 715 00033;+33 4 65 71 13 50"
    assert states(line, folder=tmp_path) == ["2 identique"]


def test_an_empty_cell_changes_nothing(tmp_path: Path) -> None:
    assert states("Alidade et Boussole;;", folder=tmp_path) == ["2 identique"]


def test_the_same_row_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    made = plan("prestataires", HEAD, ALIDADE, "alidade et boussole;;", folder=tmp_path)
    assert [entry.state for entry in made.entries] == [State.SAME, State.LEFT]
    assert [remark.told for remark in made.remarks] == [
        "répète la ligne 2, et ne compte qu’une fois"
    ]


def test_two_rows_that_contradict_each_other_both_wait(tmp_path: Path) -> None:
    lines = ("A;73282932000074;0492000000", "B;73282932000074;0492000001")
    made = plan("prestataires", HEAD, *lines, folder=tmp_path)
    assert {entry.state for entry in made.entries} == {State.LEFT}
    assert made.remarks[0].told == "même SIRET que la ligne 3, qui ne dit pas la même chose"
    assert made.remarks[1].told == "même SIRET que la ligne 2, qui ne dit pas la même chose"


def test_the_same_name_with_another_company_is_a_fault(tmp_path: Path) -> None:
    made = plan("prestataires", HEAD, "Faîtage;73282932000074;", folder=tmp_path)
    assert made.faulty and "a un autre SIRET (01294417900022)" in made.remarks[0].told


def test_what_a_new_record_will_lack_is_told(tmp_path: Path) -> None:
    made = plan("prestataires", HEAD, "Tout nouveau;;0492000000", folder=tmp_path)
    lacking = made.entries[0].lacking
    assert "SIRET" in lacking and "téléphone" not in lacking and "mise à jour" not in lacking


def test_a_faulty_file_is_not_compared_and_is_told(tmp_path: Path, espace: Path) -> None:
    file = espace / "dossiers/prestataires/faitage.yaml"
    file.write_text("raison_sociale: [", encoding="utf-8")
    made = plan("prestataires", HEAD, ALIDADE, folder=tmp_path, root=espace)
    assert made.remarks[0].told.startswith("dossiers/prestataires/faitage.yaml est fautif")


def test_what_the_list_does_not_name_stays_and_is_counted(tmp_path: Path) -> None:
    made = plan("prestataires", HEAD, ALIDADE, folder=tmp_path)
    assert len(made.absent) == 4


def test_elements_of_a_list_that_a_row_does_not_name_stay(tmp_path: Path) -> None:
    line = "Mouvement associatif des Hautes-Alpes;Roland Escallier;comité d’appui;31/12/2028"
    made = plan("membres", "Organisme;Nom;Instance;Fin du mandat", line, folder=tmp_path)
    [difference] = made.entries[0].differences
    assert difference.pointer == ("mandats", 0, "fin")
    assert (difference.former, difference.value) == ("2027-12-31", "2028-12-31")


def test_a_new_mandate_is_added_to_those_there_are(tmp_path: Path) -> None:
    line = "Mouvement associatif des Hautes-Alpes;Roland Escallier;comité d’appui;01/01/2028"
    made = plan("membres", "Organisme;Nom;Instance;Début du mandat", line, folder=tmp_path)
    [difference] = made.entries[0].differences
    assert difference.former is None and difference.value["debut"] == "2028-01-01"


def test_a_new_member_of_a_known_organism_is_told(tmp_path: Path) -> None:
    line = "Caisse solidaire de la Durance;Ana Roy;banque"
    made = plan("membres", "Organisme;Nom;Famille", line, folder=tmp_path)
    assert made.entries[0].state is State.NEW
    assert "à côté de « Caisse solidaire de la Durance – Paul Vidalenc »" in made.remarks[0].told


def test_a_new_name_that_resembles_a_known_one_is_told(tmp_path: Path) -> None:
    made = plan("structures", "Structure;Ville", "Association Calades-Jabron;Gap", folder=tmp_path)
    assert made.entries[0].state is State.NEW
    assert "à côté de « " in made.remarks[0].told and "Jabron" in made.remarks[0].told


def test_two_rows_of_one_known_record_are_told(tmp_path: Path) -> None:
    lines = ("Autre nom;01205871500033;", "Alidade et Boussole;;04 65 71 13 51")
    made = plan("prestataires", HEAD, *lines, folder=tmp_path)
    assert [entry.state for entry in made.entries] == [State.CHANGED, State.LEFT]
    assert "comme la ligne 2" in made.remarks[-1].told
