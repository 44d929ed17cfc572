"""What an audience has of a table, and how its values are said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dla_docs.flow import Examined
from dla_docs.gather.exported import Exported, Noted, exported
from dla_docs.gather.gather import Gathered, Line, declared, gather


@pytest.fixture(scope="module")
def noted() -> Noted:
    return Noted()


@pytest.fixture(scope="module")
def gathered(examen: Examined, noted: Noted) -> Gathered:
    corpus = examen.corpus
    return gather(noted.passing((corpus,)), declared(corpus.workspace, corpus.kinds))


def export(gathered: Gathered, noted: Noted, name: str, audience: str = "operateur") -> Exported:
    return exported(gathered, name, audience, noted.names(gathered.tables[name]))


def value(table: Exported, column: str, rank: int = 0) -> Any:
    return table.rows[rank][[c.id for c in table.columns].index(column)]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("numero", "2025-003"),
        ("type", "individuel"),
        ("structures", "Les Calades du Jabron"),
        ("departements", "Alpes-de-Haute-Provence"),
        ("demande", date(2025, 1, 14)),
        ("montant_ttc", Decimal("3250.00")),
        ("actions", 4),
    ],
)
def test_a_value_is_said_as_people_say_it(
    gathered: Gathered, noted: Noted, column: str, expected: Any
) -> None:
    assert value(export(gathered, noted, "dossiers"), column) == expected


def test_an_operator_has_every_column(gathered: Gathered, noted: Noted) -> None:
    assert all(export(gathered, noted, name).left == () for name in gathered.tables)


@pytest.mark.parametrize("audience", ["financeurs", "public"])
def test_others_have_no_structure_and_no_folder(
    gathered: Gathered, noted: Noted, audience: str
) -> None:
    for name in gathered.tables:
        table = export(gathered, noted, name, audience)
        # Who agreed to be quoted is named, as they wrote it.
        kept = [rank for rank, column in enumerate(table.columns) if not column.opened_by]
        said = " ".join(str(row[rank]) for row in table.rows for rank in kept).lower()
        assert "calades" not in said and "aubépine" not in said and "aubepine" not in said, name


def test_a_line_of_who_refuses_to_be_quoted_is_not_there_for_others(
    gathered: Gathered, noted: Noted
) -> None:
    for agreed in (True, False, None):
        lines = [line for line in gathered.lines["enquetes"] if line.values["citation"] is agreed]
        told = replace(gathered, lines={"enquetes": tuple(lines)})
        rows = export(told, noted, "enquetes", "public").rows
        assert len(rows) == (len(lines) if agreed else 0)
    assert any(line.agreed for line in gathered.lines["enquetes"])


def test_a_provider_opens_its_own_words_alone(gathered: Gathered, noted: Noted) -> None:
    table = export(gathered, noted, "enquetes_prestataires", "public")
    ids = {column.id for column in table.columns}
    assert {"temoignages", "nom_citation", "reponse"} <= ids
    assert not ids & {"theme", "departements", "structures"}


def test_lines_are_in_the_order_of_references(gathered: Gathered, noted: Noted) -> None:
    lines = gathered.lines["dossiers"]
    backwards = replace(gathered, lines={"dossiers": tuple(reversed(lines))})
    assert export(backwards, noted, "dossiers") == export(gathered, noted, "dossiers")


def test_a_line_without_value_says_nothing(gathered: Gathered, noted: Noted) -> None:
    columns = {c.id: None for c in gathered.tables["dossiers"].columns}
    bare = replace(gathered, lines={"dossiers": (Line("2026-001", columns),)})
    assert set(export(bare, noted, "dossiers").rows[0]) == {None}
