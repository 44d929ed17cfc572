"""Titles as people write them: in any order, with other words, below a letterhead."""

from pathlib import Path

import pytest

from dla_docs.engines.worksheets import Worksheet
from dla_docs.lists.titles import head_of, near_title, untitled
from dla_docs.model.errors import RequestError
from tests.lists.books import declared, head


def columns(name: str, line: str, folder: Path) -> dict[str, str]:
    found = head(name, line, folder=folder)
    return {found.titles[rank]: column.title for rank, column in found.columns.items()}


def test_accents_capitals_signs_and_plural_do_not_count(tmp_path: Path) -> None:
    line = "RAISON SOCIALE *;N° Siret (14 chiffres);competence;E-MAIL;Tél."
    assert list(columns("prestataires", line, tmp_path).values()) == [
        "Raison sociale",
        "SIRET",
        "Compétences",
        "Adresse électronique",
        "Téléphone",
    ]


def test_a_word_of_two_columns_goes_to_the_one_that_nothing_else_is(tmp_path: Path) -> None:
    alone = columns("prestataires", "Nom;SIRET", tmp_path)
    beside = columns("prestataires", "Prénom;Nom;Cabinet", tmp_path)
    assert alone["Nom"] == "Raison sociale" and beside["Nom"] == "Nom du représentant"


def test_titles_are_found_below_what_people_put_above(tmp_path: Path) -> None:
    found = head(
        "structures", "Les structures du 05;;", ";;", "Structure;Ville;CP", folder=tmp_path
    )
    assert found.row == 3 and len(found.columns) == 3


def test_an_unknown_title_is_left_with_the_one_it_resembles(tmp_path: Path) -> None:
    found = head("prestataires", "Raison sociale;SIRET;Compétance;Couleur", folder=tmp_path)
    near = [near_title(found.titles[r], declared("prestataires")) for r in found.strangers]
    assert near == ["Compétences", ""]


def test_a_second_column_of_a_datum_is_known_for_one(tmp_path: Path) -> None:
    found = head("prestataires", "Cabinet;Téléphone;Portable", folder=tmp_path)
    assert found.twice == ((3, 2),)


def test_what_is_said_under_no_title_is_counted(tmp_path: Path) -> None:
    lines = ("Cabinet;SIRET", "A;;à rappeler", "B;; ", "C;;oui")
    assert untitled(head("prestataires", *lines, folder=tmp_path)) == {3: 2}


def test_without_titles_the_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as caught:
        head("membres", "bonjour;à tous", folder=tmp_path)
    assert "« Organisme »" in caught.value.message
    assert caught.value.hint == "partez du modèle : dla export membres --modele"


ROWS = ((1, ("Raison sociale", "SIRET")), (2, ("A", "")))


def test_two_sheets_that_hold_a_list_are_told_and_one_is_chosen() -> None:
    sheets = [Worksheet(name, False, ROWS) for name in ("Année 2025", "2026")]
    with pytest.raises(RequestError) as caught:
        head_of(sheets, declared("prestataires"))
    assert caught.value.hint == 'nommez celle qui compte : --feuille "Année 2025"'
    assert head_of(sheets, declared("prestataires"), "2026").sheet.name == "2026"


def test_a_hidden_sheet_is_read_only_where_it_is_named() -> None:
    sheets = [Worksheet("Cachée", True, ROWS)]
    with pytest.raises(RequestError, match="feuilles masquées"):
        head_of(sheets, declared("prestataires"))
    assert head_of(sheets, declared("prestataires"), "cachee").row == 1


@pytest.mark.parametrize("title", ["Président.e", "Président·e·s", "Président(e)", "Président/e"])
def test_a_title_of_two_genders_is_its_own(title: str, tmp_path: Path) -> None:
    found = columns("structures", f"Structure;{title}", tmp_path)
    assert found[title] == "Dirigeant (prénom et nom)"
