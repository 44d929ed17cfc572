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
        said = " ".join(str(value) for row in table.rows for value in row).lower()
        assert "calades" not in said and "aubépine" not in said and "aubepine" not in said, name


def test_what_an_author_keeps_is_in_no_line_for_others(gathered: Gathered, noted: Noted) -> None:
    lines = gathered.lines["enquetes"]
    for agreed in (True, False):
        told = [replace(line, values={**line.values, "citation": agreed}) for line in lines]
        other = replace(gathered, lines={"enquetes": tuple(told)})
        table = export(other, noted, "enquetes", "public")
        assert any(value(table, "reponse", rank) for rank in range(len(table.rows))) is agreed


def test_lines_are_in_the_order_of_references(gathered: Gathered, noted: Noted) -> None:
    lines = gathered.lines["dossiers"]
    backwards = replace(gathered, lines={"dossiers": tuple(reversed(lines))})
    assert export(backwards, noted, "dossiers") == export(gathered, noted, "dossiers")


def test_a_line_without_value_says_nothing(gathered: Gathered, noted: Noted) -> None:
    columns = {c.id: None for c in gathered.tables["dossiers"].columns}
    bare = replace(gathered, lines={"dossiers": (Line("2026-001", columns),)})
    assert set(export(bare, noted, "dossiers").rows[0]) == {None}
