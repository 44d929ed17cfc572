"""The logos of a band in rows: as few as hold, and even."""

import pytest

from dla_docs.charter.charter import Charter
from dla_docs.engines.images import Image
from dla_docs.formats.shared import rows_of_logos
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
