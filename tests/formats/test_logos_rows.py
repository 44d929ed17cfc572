"""The logos of a band in rows: as few as hold, and even."""

from itertools import zip_longest

import pytest

from dla_docs.charter.charter import Charter
from dla_docs.engines.images import Image
from dla_docs.formats.shared import GRID_COLUMNS, rows_of_logos
from dla_docs.model.workspace import Workspace
from dla_docs.tree.divisions import LOGOS
from dla_docs.tree.nodes import Node, attributes, div, para, string
from dla_docs.tree.passes import Tree
from tests.scenes import ROOT

LOGO = Image(b"", "svg", 280, 100)


def logo(rank: int) -> Node:
    return {"t": "Image", "c": [attributes(), string("L"), [f"image:{rank}", ""]]}


@pytest.mark.parametrize(("count", "sizes"), [(4, [4]), (6, [3, 3]), (7, [4, 3]), (9, [3, 3, 3])])
def test_logos_make_as_few_even_rows_as_hold(count: int, sizes: list[int]) -> None:
    band = div([para([logo(rank) for rank in range(count)])], LOGOS)
    rows = rows_of_logos(band, Tree([band], (LOGO,) * count), Charter(Workspace(ROOT)))
    assert [len(row) for row in rows] == sizes


@pytest.mark.parametrize("ratios", [(2.0, 4.0, 2.0, 4.0, 2.0, 4.0), (4.0,) * 7, (2.0, 5.0) * 4])
def test_the_columns_of_logos_are_no_wider_than_the_text(ratios: tuple[float, ...]) -> None:
    """An image wider than its column would be cropped."""
    band = div([para([logo(rank) for rank in range(len(ratios))])], LOGOS)
    images = tuple(Image(b"", "svg", 100 * ratio, 100) for ratio in ratios)
    charter = Charter(Workspace(ROOT))
    rows = rows_of_logos(band, Tree([band], images), charter)
    aligned = len(rows[0]) <= GRID_COLUMNS
    for grid in [rows] if aligned else [[row] for row in rows]:
        widths = [max(p.width for p in column if p) for column in zip_longest(*grid)]
        assert sum(widths) + charter.logo_gap * (len(widths) - 1) <= charter.text_width + 0.01
