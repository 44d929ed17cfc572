"""Lists that a stranger filled: whatever is in their cells, each is read, or told at its place."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from dla_docs.engines.worksheets import Worksheet
from dla_docs.lists.cells import words_of
from dla_docs.lists.rows import records
from dla_docs.lists.titles import head_of
from dla_docs.model.errors import RequestError
from tests.fuzz.fuzzing import fuzzed
from tests.lists.books import declared

NAMES = ("prestataires", "structures", "membres", "presents")
WORDS = (
    "| |", "a|b|", "a\nb", ";;", ", ,", "- a\n- b", "=1+1", "'=x", "Mme", "Mme X Y", "12/03/2026",
    "31/02/2026", "5", "01205871500033", "1E+13", "NC", "Gap 05000 Gap", "culture, sport", "1.234",
    "comité d’appui | copil régional", "²", "٣", "０５０００", "\u202e", "\x00", "\ud800", "oui",
)  # fmt: skip
cells = (
    st.sampled_from(WORDS)
    | st.text(max_size=30)
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def lists(draw: DrawFn) -> tuple[str, list[list[Any]]]:
    name = draw(st.sampled_from(NAMES))
    titles = [
        title for column in declared(name).columns for title in (column.title, *column.others)
    ]
    head = [titles[0], *draw(st.lists(st.sampled_from(titles) | st.text(max_size=8), max_size=9))]
    rows = draw(st.lists(st.lists(cells, max_size=len(head) + 1), max_size=5))
    return name, [head, *rows]


@fuzzed(lists(), 120)
def test_liste_recue(case: tuple[str, list[list[Any]]]) -> None:
    name, rows = case
    sheet = Worksheet("", False, tuple((rank, tuple(row)) for rank, row in enumerate(rows, 1)))
    try:
        head = head_of([sheet], declared(name))
    except RequestError as refused:
        assert refused.hint
        return
    for record in records(head, declared(name)):
        assert record.data or record.remarks
        for remark in record.remarks:
            assert remark.told and remark.place
        # What is not taken of a cell is told: nothing is lost without a word.
        kept = {*record.cells.values(), *(remark.rank for remark in record.remarks)}
        row = dict(head.sheet.rows)[record.row]
        said = {rank for rank, value in enumerate(row, 1) if words_of(value)}
        # What a larger cell holds may be said by other columns too.
        alone = {rank for rank, column in head.columns.items() if column.in_model}
        assert said & alone <= kept
