"""Columns wide enough for a date, an amount, a word: a narrow one takes from the others."""

from math import fsum

from dla_docs.formats.widths import uncut
from dla_docs.tree.nodes import Node, attributes, string


def cell(words: str) -> list[object]:
    plain = {"t": "Plain", "c": string(words)}
    return [attributes(), {"t": "AlignDefault"}, 1, 1, [plain]]


def shares(widths: list[float], row: list[str], width: float = 150) -> list[float]:
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": w}] for w in widths]
    body = [attributes(), 0, [], [[attributes(), [cell(words) for words in row]]]]
    empty = [attributes(), []]
    table: Node = {"t": "Table", "c": [attributes(), [None, []], columns, empty, [body], empty]}
    (fitted,) = uncut(table, width, 9.5)
    return [share["c"] for _, share in fitted["c"][2]]


def test_a_date_is_never_cut() -> None:
    date, other = shares([0.1, 0.9], ["18\u00a0novembre\u00a02025", "un mot"])
    assert date * 150 > 16 * 0.45 * 9.5 * 25.4 / 72 + 4
    assert abs(date + other - 1) < 1e-9


def test_columns_wide_enough_stay_as_they_are() -> None:
    assert shares([0.5, 0.5], ["un", "deux"]) == [0.5, 0.5]


def test_what_is_too_long_for_any_column_widens_none() -> None:
    assert shares([0.1, 0.9], ["a" * 40, "deux"]) == [0.1, 0.9]


def test_columns_stay_where_there_is_not_enough_for_all() -> None:
    row = ["conventionnement"] * 6
    assert shares([1 / 6] * 6, row, 100) == [1 / 6] * 6


def test_the_widths_always_make_the_whole() -> None:
    row = ["Administrateur", "18\u00a0novembre\u00a02025", "texte"]
    assert abs(fsum(shares([0.1, 0.1, 0.8], row)) - 1) < 1e-9
