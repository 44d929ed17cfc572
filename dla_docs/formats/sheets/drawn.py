"""Charts that Excel draws from the cells of a table, under it."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from dla_docs.formats.sheets.book import Table
from dla_docs.formats.sheets.letters import width_of
from dla_docs.formats.sheets.writing import Writing, french

_WIDTH, _BAR, _THIN, _TWICE, _AROUND, _ROW = 690, 20, 17, 34, 12, 20
"""Pixels: a chart, a bar, one of several of a label, a label of two lines, what is above and under
all of them, and a row of cells."""
_DIGIT, _BEFORE, _BEYOND, _MOST = 6.7, 20, 70, 0.5
"""Pixels of a digit of the labels, of what is around them, of a value beyond the longest bar; the
part of the chart that labels take at most."""
_FILLS, _MARKS = ("principale", "fond", "accent"), "■□■"
"""The colours of its series, whose bars have an outline: they differ in black and white too."""


def bars(writing: Writing, name: str, table: Table, head: int) -> tuple[Any, int]:
    """The bars of a table on the sheet `name`, and the rows they take.

    Their order is that of its rows, which are read downwards; `head`: the row of its header.
    """
    first, last = head + 1, head + (table.drawn or len(table.rows))
    colours = writing.colours
    chart = writing.book.add_chart({"type": "bar"})
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
                "data_labels": {"value": True, "num_format": french(_plain(table)), "font": bold},
                "gap": 60 if series == 1 else 40,
                "overlap": -10,
            }
        )
    # Its table has its title above.
    chart.set_title({"none": True})
    # Programs do not agree on its order: it is cells.
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,
            "num_font": letters,
            "line": {"color": colours["filet"]},
        }
    )
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"none": True}})
    labels = [row[0].words for row in table.rows[: last - head]]
    left, high = _measured(labels, series)
    # Where the bars begin is said: LibreOffice would make labels narrow, and leave out one of two.
    whole = {"x": left, "y": _AROUND / 2 / high, "width": 1 - left - _BEYOND / _WIDTH}
    chart.set_plotarea({"layout": whole | {"height": 1 - _AROUND / high}})
    chart.set_size({"width": _WIDTH, "height": high})
    return chart, ceil(high / _ROW)


def _measured(labels: Sequence[str], series: int) -> tuple[float, int]:
    """The part of a chart that its labels take, on one line where they can, and its pixels."""
    longest = _BEFORE + _DIGIT * max(map(width_of, labels), default=0)
    part = min(_MOST, longest / _WIDTH)
    thick = _BAR if series == 1 else _THIN * series
    each = thick if longest <= _MOST * _WIDTH else max(thick, _TWICE)
    return part, _AROUND + each * len(labels)


def legend(page: Any, row: int, table: Table, writing: Writing) -> int:
    """The names of several series in the order of their bars, beside a mark; the rows it takes."""
    if table.series < 2:
        return 0
    said: list[Any] = []
    for rank, cell in enumerate(table.header[0][1 : 1 + table.series]):
        filled = "principale" if _MARKS[rank % 3] == "□" else _FILLS[rank % len(_FILLS)]
        said += [writing.format(font_color=writing.colours[filled]), f"{_MARKS[rank % 3]} "]
        said += [writing.format(), f"{cell.words.replace(chr(10), ' ')}      "]
    page.write_rich_string(row, 0, *said, writing.format(indent=1))
    return 1


def _plain(table: Table) -> str:
    """How a value is printed at the end of its bar: without a word, which would be cut."""
    shown = table.rows[0][table.series].format
    return shown if shown.endswith("%") or "€" in shown else shown.partition('"')[0]
