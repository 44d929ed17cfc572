"""Charts that Excel draws from the cells of a table, under it."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from dla_docs.formats.sheets.book import Table

_WIDTH, _BAR, _AROUND, _ROW = 690, 24, 40, 20
"""Pixels: a chart, a bar, what is not its bars, and a row of cells."""
_FILLS = ("principale", "fond", "accent")
"""The colours of its series, whose bars have an outline: they differ in black and white too."""


def bars(
    book: Any, name: str, table: Table, head: int, colours: Mapping[str, str]
) -> tuple[Any, int]:
    """The bars of a table on the sheet `name`, and the rows they take.

    Their order is that of its rows, which are read downwards; `head`: the row of its header.
    """
    first, last = head + 1, head + len(table.rows)
    chart = book.add_chart({"type": "bar"})
    letters = {"color": colours["texte"], "size": 10}
    outline = {"color": colours["principale"], "width": 1}
    bold, series = {**letters, "bold": True}, table.series
    for rank in range(series):
        chart.add_series(
            {
                "name": [name, head, rank + 1],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, rank + 1, last, rank + 1],
                "fill": {"color": colours[_FILLS[rank % len(_FILLS)]]},
                "border": outline,
                "data_labels": {"value": True, "num_format": _plain(table), "font": bold},
                "gap": 60,
                "overlap": -10,
            }
        )
    # Its table has its title above.
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": letters} if series > 1 else {"none": True})
    chart.set_y_axis({"reverse": True, "num_font": letters, "line": {"color": colours["filet"]}})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"none": True}})
    high = _AROUND + _BAR * series * len(table.rows)
    chart.set_size({"width": _WIDTH, "height": high})
    return chart, ceil(high / _ROW)


def _plain(table: Table) -> str:
    """How a value is printed at the end of its bar: without a word, which would be cut."""
    shown = table.rows[0][table.series].format
    return shown if shown.endswith("%") or "€" in shown else shown.partition('"')[0]
