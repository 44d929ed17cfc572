"""Which tables stay on one page."""

import pytest

from dla_docs.formats.together import (
    SHORT_TABLE,
    short_table,
)
from dla_docs.tree.nodes import attributes, para, string
from dla_docs.tree.tables import WHOLE, table

ROW = {"t": "BulletList", "c": [[para(string("Critère"))], [para(string("20"))]]}


@pytest.mark.parametrize(
    ("rows", "said", "whole"),
    [
        (SHORT_TABLE, {}, True),
        (SHORT_TABLE + 1, {}, False),
        (SHORT_TABLE + 1, {WHOLE: "oui"}, True),
    ],
)
def test_a_table_stays_whole_when_short_or_when_it_says_so(
    rows: int, said: dict[str, str], whole: bool
) -> None:
    listed = {"t": "BulletList", "c": [[ROW]] * (rows + 1)}
    built = table([listed], [80.0, 20.0], ["AlignLeft", "AlignRight"])
    assert built is not None
    built["c"][0] = attributes(**said)
    assert short_table(built) is whole


def test_a_table_of_three_rows_of_many_words_leaves_none_alone_overleaf() -> None:
    long = {"t": "BulletList", "c": [[para(string("mot " * 45))], [para(string("20"))]]}
    for rows, whole in ((3, True), (4, False)):
        listed = {"t": "BulletList", "c": [[ROW], *[[long]] * rows]}
        built = table([listed], [80.0, 20.0], ["AlignLeft", "AlignRight"])
        assert built is not None
        assert short_table(built) is whole
