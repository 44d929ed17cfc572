"""Published figures: no two numbers that are told show what few structures did."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

import pytest

from dla_docs.gather.countings import Counting
from dla_docs.gather.figures import Figure, figures
from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.parts import Period
from dla_docs.gather.published import Cell, told
from dla_docs.gather.tables import Table
from tests.gather.test_figures import TABLE, line

YEAR = Period("2025-01-01", "2025-12-31", hidden=5)
YEARS = Period("2025-01-01", "2027-12-31", hidden=5)


def published(
    lines: list[Line], period: Period = YEAR, table: Table = TABLE, **how: dict[str, Any]
) -> dict[str, Figure]:
    """The figures of some lines, each counted as its keyword says."""
    countings = {
        name: Counting(name, name, "Comment.", table, **{"date": "date", **one})
        for name, one in how.items()
    }
    gathered = Gathered({table.name: table}, countings, {table.name: tuple(lines)})
    return figures(gathered, period, lambda column, value: value)


def lines_of(*sectors: str) -> list[Line]:
    return [line(rank, secteur=sector) for rank, sector in enumerate(sectors)]


def test_a_figure_less_another_does_not_tell_of_one() -> None:
    lines = lines_of(*["seul"] * 13, "groupe")
    how = {name: {"when": {"secteur": name}} for name in ("seul", "groupe")}
    found = published(lines, missions={}, **how)
    assert (found["missions"].total, found["seul"].total, found["groupe"].total) == (14, None, None)


def test_those_that_lack_something_are_not_told_by_those_that_have_it() -> None:
    lines = [line(rank, suivi="2025-06-01" if rank < 6 else None) for rank in range(9)]
    found = published(lines, accueillies={}, releves={"when": {"suivi": True}})
    assert (found["accueillies"].total, found["releves"].dit) == (9, False)


def test_perimeters_are_not_crossed_in_a_published_figure() -> None:
    figure = published([line(rank) for rank in range(12)], total={})["total"]
    assert (figure.total, figure.operateurs, figure.departements, figure.dossiers) == (12,) + (
        (),
    ) * 3


def test_parts_hidden_together_are_of_enough_structures_counted_once() -> None:
    few = [
        line(rank, structures=f"s{rank % 3}", date=f"{2025 + rank // 3}-02-01") for rank in range(6)
    ]
    many = [line(rank, date="2027-01-05") for rank in range(10, 16)]
    figure = published([*few, *many], YEARS, total={})["total"]
    assert figure.total == 12
    assert [part.dit for part in figure.annees] == [False, False, False]


def test_a_zero_is_not_told_beside_a_part_that_is_hidden() -> None:
    lines = [line(rank) for rank in range(6)]
    assert [p.valeur for p in published(lines, YEARS, total={})["total"].annees] == [6, 0, 0]
    lines += [line(rank, date="2026-02-01") for rank in range(10, 13)]
    assert not any(p.dit for p in published(lines, YEARS, total={})["total"].annees)


def test_a_hidden_total_has_no_part_and_no_zero_beside_it() -> None:
    how = {name: {"when": {"secteur": name}} for name in ("sport", "culture")}
    found = published(lines_of(*["sport"] * 3), total={"by": "secteur"}, **how)
    assert not any(figure.dit for figure in found.values())
    assert not any(part.dit for part in found["total"].lignes)


def test_no_figure_at_all_is_told_as_none() -> None:
    assert published([], total={})["total"].total == 0


@pytest.mark.parametrize("how", [("moyenne", "note"), ("somme", "montant"), ("compte", "note")])
def test_a_number_is_of_the_structures_that_gave_it(how: tuple[str, str]) -> None:
    given = [line(rank, note=1, montant=Decimal(9)) for rank in range(1)]
    lines = [*given, *(line(rank) for rank in range(1, 7))]
    operation, column = how
    figure = published(lines, total={"operation": operation, "column": column})["total"]
    assert (figure.total, figure.dit) == (None, False)


def test_a_table_that_tells_no_structure_is_hidden_unless_it_is_about_nobody() -> None:
    bare = replace(TABLE, columns=tuple(c for c in TABLE.columns if c.id != "structures"))
    lines = [line(rank) for rank in range(9)]
    assert published(lines, table=bare, total={})["total"].total is None
    about_nobody = replace(bare, anonymous=True)
    assert published(lines[:2], table=about_nobody, total={})["total"].total == 2


def test_two_tables_do_not_tell_of_the_structures_that_only_one_has() -> None:
    def cell(name: str, count: int) -> Cell:
        return Cell(name, "", "", name, {rank: frozenset({f"s{rank}"}) for rank in range(count)})

    assert told([cell("demandes", 9), cell("accueils", 8)], 5) == {("demandes", "", "")}
    assert len(told([cell("demandes", 14), cell("accueils", 9)], 5)) == 2


def made(world: int) -> list[Line]:
    """Up to forty lines about up to twelve structures, the same for the same number."""
    draw = Random(world)
    names = "abcdefghijkl"[: draw.randint(5, 12)]
    return [
        line(
            rank,
            structures=tuple(draw.sample(names, draw.randint(0, 2))),
            date=f"{draw.randint(2025, 2027)}-02-01",
            secteur=draw.choice(["sport", "culture", None, ("sport", "culture")]),
            note=draw.choice([None, 1, 5, 5]),
        )
        for rank in range(draw.randint(0, 40))
    ]


HOW: dict[str, dict[str, Any]] = {
    "lignes": {"by": "secteur"},
    "distinctes": {"column": "structures", "by": "secteur"},
    "sport": {"when": {"secteur": "sport"}},
    "note": {"operation": "moyenne", "column": "note"},
}


def shown(lines: list[Line], found: dict[str, Figure]) -> dict[tuple[str, ...], set[int]]:
    """The ranks of the lines behind each number told, found again without the code under test."""
    kept = {}
    for name, figure in found.items():
        own = [
            (rank, one.values)
            for rank, one in enumerate(lines)
            if (name != "sport" or "sport" in (one.values["secteur"] or ()))
            and (name != "note" or one.values["note"])
            and (name != "distinctes" or one.values["structures"])
        ]
        if figure.dit:
            kept[(name,)] = {rank for rank, _ in own}
        for part in filter(lambda part: part.dit, figure.annees):
            kept[name, part.code] = {rank for rank, v in own if v["date"].startswith(part.code)}
        for part in filter(lambda part: part.dit, figure.lignes):
            kept[name, f"par {part.code}"] = {
                rank
                for rank, v in own
                if (
                    part.code in v["secteur"]
                    if v["secteur"] and part.code
                    else v["secteur"] is None and not part.code
                )
            }
    return kept


@pytest.mark.parametrize("world", range(24))
def test_no_pair_of_numbers_told_differs_by_few_structures(world: int) -> None:
    lines = made(world)
    of = [set(one.values["structures"]) for one in lines]
    known = shown(lines, published(lines, YEARS, **HOW))
    for ranks in known.values():
        assert len(set().union(*(of[rank] for rank in ranks))) not in range(1, 5)
    for (one, first), (other, second) in combinations(known.items(), 2):
        apart = set().union(*(of[rank] for rank in first ^ second))
        assert len(apart) not in range(1, 5), (one, other)


def test_worlds_tell_some_numbers_and_hide_others() -> None:
    told_of = [len(shown(lines, published(lines, YEARS, **HOW))) for lines in map(made, range(24))]
    assert min(told_of) <= 4 < max(told_of)
