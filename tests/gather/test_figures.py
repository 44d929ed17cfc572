"""Figures: what is counted, of which days and whom, and what a published one hides."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dla_docs.gather.countings import Counting
from dla_docs.gather.figures import Figure, figures
from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.parts import Period, in_rows
from dla_docs.gather.tables import EVERYONE, Column, Table
from dla_docs.model.paths import Path

FIELDS: dict[str, Any] = {
    "secteur": {"x-libelles": {"culture": "culture", "sport": "sport"}},
    "montant": {"x-unite": "euros"},
}
COLUMNS = "structures operateurs date secteur montant note suivi".split()
TABLE = Table(
    "essai",
    "Essai",
    "Une ligne.",
    "dossier",
    None,
    tuple(
        Column(c, c, c, "de", Path("dossier", (c,)), FIELDS.get(c, {}), EVERYONE) for c in COLUMNS
    ),
)
YEAR = Period("2025-01-01", "2025-12-31")


def line(number: int, **values: Any) -> Line:
    known = {"structures": f"s{number}", "operateurs": "nord", "date": "2025-05-01", **values}
    return Line(f"2025-{number:03d}", {name: known.get(name) for name in COLUMNS})


def counted(lines: list[Line], period: Period = YEAR, **how: Any) -> Figure:
    counting = Counting("essai", "Essai", "Comment.", TABLE, **{"date": "date", **how})
    gathered = Gathered({"essai": TABLE}, {"essai": counting}, {"essai": tuple(lines)})
    return figures(gathered, period, lambda column, value: value)["essai"]


def test_the_first_and_the_last_day_of_the_period_count() -> None:
    days = ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", None]
    figure = counted([line(rank, date=day) for rank, day in enumerate(days)])
    assert (figure.total, figure.dossiers) == (2, ("2025-001", "2025-002"))


def test_one_of_several_days_is_enough() -> None:
    assert counted([line(1, date=("2024-01-01", "2025-02-01"))]).total == 1


@pytest.mark.parametrize(
    ("when", "total"),
    [
        ({"secteur": "sport"}, 1),
        ({"secteur": ["sport", "culture"]}, 2),
        ({"suivi": True}, 1),
        ({"suivi": False}, 2),
        ({"secteur": True, "suivi": False}, 1),
    ],
)
def test_a_line_counts_if_it_meets_every_condition(when: dict[str, Any], total: int) -> None:
    lines = [line(1, secteur="sport", suivi="2025-06-01"), line(2, secteur="culture"), line(3)]
    assert counted(lines, when=when).total == total


def test_structures_that_come_twice_count_once() -> None:
    lines = [line(1, structures=("a", "b")), line(2, structures="a")]
    assert counted(lines, column="structures").total == 2


def test_a_sum_is_of_the_unit_and_a_mean_of_what_is_given() -> None:
    lines = [
        line(1, montant=Decimal("10.10"), note=3),
        line(2, montant=Decimal(5), note=4),
        line(3),
    ]
    assert counted(lines, operation="somme", column="montant").total == Decimal("15.10")
    assert counted(lines, operation="moyenne", column="note").total == Decimal("3.50")
    assert counted([], operation="moyenne", column="note").total is None


def test_parts_follow_the_closed_list_and_what_is_not_told_comes_last() -> None:
    lines = [
        line(1, secteur="sport"),
        line(2),
        line(3, secteur="culture"),
        line(4, secteur="sport"),
    ]
    parts = counted(lines, by="secteur").lignes
    assert [(p.libelle, p.valeur, p.part) for p in parts] == [
        ("culture", 1, 25),
        ("sport", 2, 50),
        ("non renseigné", 1, 25),
    ]


def test_a_line_of_two_operators_is_in_both_and_in_the_perimeter_of_each() -> None:
    lines = [line(1, operateurs=("nord", "sud")), line(2)]
    figure = counted(lines)
    assert {p.libelle: p.valeur for p in figure.operateurs} == {"nord": 2, "sud": 1}
    assert counted(lines, Period(YEAR.start, YEAR.end, operator="sud")).total == 1


def test_several_years_are_told_apart() -> None:
    lines = [line(1, date="2025-12-31"), line(2, date="2026-01-01")]
    figure = counted(lines, Period("2025-01-01", "2027-12-31"))
    assert [(p.libelle, p.valeur) for p in figure.annees] == [("2025", 1), ("2026", 1), ("2027", 0)]


def test_a_published_figure_hides_few_structures_and_one_more_where_one_alone_would_show() -> None:
    sectors = ["sport"] * 5 + ["culture"] * 6 + [None]
    lines = [line(rank, secteur=sector) for rank, sector in enumerate(sectors)]
    figure = counted(lines, Period(YEAR.start, YEAR.end, hidden=5), by="secteur")
    assert figure.total == 12
    assert {p.libelle: p.valeur for p in figure.lignes} == {
        "sport": None,
        "culture": 6,
        "non renseigné": None,
    }
    assert not figure.dossiers


def test_each_part_of_a_breakdown_tells_its_years_apart() -> None:
    lines = [line(1, date="2025-12-31", secteur="sport"), line(2, date="2026-01-01")]
    (part, _) = counted(lines, Period("2025-01-01", "2026-12-31"), by="secteur").lignes
    assert [(year.code, year.valeur) for year in part.annees] == [("2025", 1), ("2026", 0)]


def test_of_a_thing_noted_twice_the_last_alone_adds_up() -> None:
    lines = [
        line(1, structures="a", date="2025-09-01", montant=Decimal(72)),
        line(1, structures="a", date="2025-03-01", montant=Decimal(60)),
        line(2, structures="b", montant=Decimal(5)),
    ]
    figure = counted(lines, operation="somme", column="montant", last_of=("structures",))
    assert figure.total == 77
    assert [(p.code, p.valeur) for p in figure.operateurs] == [("nord", 77)]


def test_the_last_of_each_year_is_that_of_the_year() -> None:
    days = {"2025-06-01": 60, "2026-06-01": 72}
    lines = [line(1, date=day, montant=Decimal(jobs)) for day, jobs in days.items()]
    period = Period("2025-01-01", "2026-12-31")
    how = {"operation": "somme", "column": "montant", "last_of": ("structures",)}
    figure = counted(lines, period, **how)
    assert (figure.total, [year.valeur for year in figure.annees]) == (72, [60, 72])


def test_a_line_that_names_no_departement_is_of_each_where_its_table_says_so() -> None:
    all_of = replace(
        Column("departements", "", "", "de", Path("comite"), {}, EVERYONE), for_all=True
    )
    table = replace(TABLE, columns=(*TABLE.columns, all_of))
    lines = tuple(Line("c", {"departements": d}) for d in ("04", ("04", "05"), None))
    gathered = Gathered({}, {"c": Counting("c", "C", "", table)}, {"essai": lines})

    def of(department: str) -> Figure:
        period = Period(YEAR.start, YEAR.end, department=department)
        return figures(gathered, period, lambda column, value: value)["c"]

    assert (of("04").total, of("05").total, of("").total) == (3, 2, 3)
    assert [(p.code, p.valeur) for p in of("").departements] == [("04", 3), ("05", 2)]


ORIENTED = replace(
    TABLE,
    columns=(
        *TABLE.columns,
        *(
            Column(c, c, c, "de", Path("dossier", (c,)), {}, EVERYONE)
            for c in ("orientations", "departements")
        ),
    ),
)
SEVERAL = [
    # date, operator, departement, orientations
    ("2025-02-01", "nord", "04", "culture"),
    ("2025-03-01", ("nord", "sud"), "04", ("culture", "emploi")),
    ("2025-04-01", "sud", "05", None),
    ("2025-05-01", "sud", "05", "ancienne"),
    ("2026-02-01", "sud", "05", "culture"),
]


def oriented(period: Period) -> Figure:
    names = ("date", "operateurs", "departements", "orientations")
    lines = tuple(
        Line(f"2025-{rank:03d}", {"structures": f"s{rank}", **dict(zip(names, one, strict=True))})
        for rank, one in enumerate(SEVERAL)
    )
    counting = Counting("o", "O", "", ORIENTED, date="date", column="structures", by="orientations")
    gathered = Gathered({}, {"o": counting}, {"essai": lines})
    return figures(gathered, period, lambda column, value: value)["o"]


BOTH_YEARS = Period("2025-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ({}, 5),
        ({"annee": "2025"}, 4),
        ({"annee": "2025", "operateur": "sud"}, 3),
        ({"annee": "2025", "departement": "04"}, 2),
        ({"annee": "2025", "operateur": "sud", "orientation": "culture"}, 1),
        ({"annee": "2026", "operateur": "nord"}, 0),
    ],
)
def test_the_part_of_an_objective_crosses_what_it_names(wanted: dict[str, str], value: int) -> None:
    part = oriented(BOTH_YEARS).pour(**wanted)
    assert part is not None
    assert part.valeur == value


def test_a_figure_without_the_column_cannot_be_told_so() -> None:
    assert counted([line(1)]).pour(orientation="culture") is None


def test_every_structure_is_in_a_row_of_the_orientations_with_its_share() -> None:
    parts = oriented(BOTH_YEARS).par_orientation(["culture", "emploi", "sport"])
    assert [(p.valeur, p.part) for p in parts] == [(3, 60), (1, 20), (0, 0), (2, 40)]
    of_2026 = oriented(BOTH_YEARS).par_orientation(["emploi"], "2026")
    assert [(p.valeur, p.part) for p in of_2026] == [(0, 0), (1, 100)]


def test_a_published_figure_does_not_cross_columns() -> None:
    figure = oriented(replace(BOTH_YEARS, hidden=2))
    whole, crossed = figure.pour(), figure.pour(annee="2025", operateur="sud")
    assert whole is not None
    assert crossed is not None
    assert (whole.valeur, whole.dit) == (figure.total, figure.dit)
    assert (crossed.valeur, crossed.dit) == (None, False)


def test_published_orientations_say_what_the_figure_says_and_no_rest_of_several() -> None:
    figure = oriented(replace(BOTH_YEARS, hidden=2))
    told = {part.code: part.valeur for part in figure.lignes}
    culture, sport, rest = figure.par_orientation(["culture", "sport"])
    assert (culture.valeur, sport.valeur, rest.valeur) == (told["culture"], 0, None)


def test_dossiers_in_a_row_are_said_as_one() -> None:
    numbers = ["2025-001", "2025-002", "2025-003", "2025-005", "2025-006", "2026-007", "2026-01-08"]
    said = ("2025-001 à 2025-003", "2025-005", "2025-006", "2026-007", "2026-01-08")
    assert in_rows(numbers) == said
    assert in_rows(()) == ()
