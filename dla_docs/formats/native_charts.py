"""Charts that Word and PowerPoint edit: the part of a chart, and the workbook of its numbers.

Bars alone, side by side or stacked: the drawings that have one there (`drawings/`). The XML is
ours, so that its bytes, its patterns and its numbers of axes (positive: openxml-audit refuses the
negative ones of python-pptx) are known; XlsxWriter makes the workbook.
"""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

import xlsxwriter

from dla_docs.drawings.bars import LABELS, row_of
from dla_docs.drawings.facts import DETAIL, LABEL, Facts, positive
from dla_docs.drawings.ink import MM, SIZE, WHITE, Palette
from dla_docs.drawings.series import FULL, HATCHED, LIGHT
from dla_docs.drawings.stacked import parts_of
from dla_docs.drawings.words import lines_of, width_of

BARS, GROUPED, STACKED = "barres", "groupees", "empilee"
"""The kinds of native charts."""
MIDDLE = "moyen"
"""The fill of the second part of a stacked bar; the others are those of series of bars."""
_SHEET = "Données"
_CATEGORIES, _VALUES = 111111111, 222222222
"""The numbers of the two axes."""
_NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CREATED = datetime.datetime.combine(datetime.date(2000, 1, 1), datetime.time())
"""The date of every workbook: without it, XlsxWriter asks the clock."""
_ROOM = Decimal("1.12")
"""How far the axis goes beyond the longest bar: its value is written there."""
_FRENCH = "[$-40C]"
"""Before a format, whatever the language of the program: a comma before decimals."""
_LETTERS = 900
"""Size of the words of a chart, in hundredths of a point."""
_GAP, _THICK = 40, 12.1
"""Between two rows, in hundredths of a bar, at least; pixels of a bar alone on its row: 3.2 mm."""
_FULL_HEIGHT = 6
"""The same around one bar of parts, which has its frame for itself."""
_MOST_LABELS, _BESIDE, _AFTER = 0.5, 3 * MM, 4 * MM
"""The part of the width that labels take at most, what parts them from the axis, and a value from
the end of its bar."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
"""The types of content of the two parts."""


@dataclass(frozen=True)
class NativeSeries:
    """A series of bars: its name, its fill, its values and how one is printed (`4,75`, `12 €`)."""

    name: str
    fill: str
    values: tuple[Decimal, ...]
    sample: str = ""
    amount: str = ""

    @property
    def title(self) -> str:
        """Its name in a program: that of a part of a whole is with its amount."""
        return f"{self.name}, {self.amount}" if self.amount else self.name


@dataclass(frozen=True)
class ChartPart:
    """A chart as two parts: `xml` finds `workbook` through its relation `rId1`.

    `keys`: the fill, the name and the amount of each series of bars, which a text may say beside.
    """

    xml: bytes
    workbook: bytes
    keys: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where bars are in their frame: from which part of its width, up to which value; the gaps."""

    left: float
    most: Decimal
    gap: int


def height_of(facts: Facts, width: float) -> float:
    """Pixels of a row of bars, as high as the longest label.

    LibreOffice leaves out those that would touch, one of two lines beside others too (measured).
    """
    labels = _labels(facts)
    room = _room(labels, width)
    most = max((len(lines_of(label, room, SIZE)) for label in labels), default=1)
    return row_of(most, most, SIZE)


def _room(labels: Sequence[str], width: float) -> float:
    """Pixels for labels: those of our drawings where each has one line, else as many as may be."""
    usual = width * LABELS - _BESIDE
    held = all(len(lines_of(label, usual, SIZE)) == 1 for label in labels)
    return usual if held else width * _MOST_LABELS - _BESIDE


def chart_of(
    facts: Facts, colours: Palette, size: int = _LETTERS, width: float = 0.0, row: float = 0.0
) -> ChartPart | None:
    """The native chart of a drawing; None for a form that has none.

    `width`: that of its frame, in pixels, whose place is then ours; a text says what its bars are,
    and the chart has no legend: LibreOffice writes that of bars side by side in the other order
    (measured), and every program centres it. `row`: pixels of a row, whose bar is then as thick as
    in a drawing.
    """
    if facts.form == STACKED:
        parts = (FULL, MIDDLE, HATCHED, LIGHT)
        series = [
            NativeSeries(label, fill, (value,), said, said)
            for (label, value, said), fill in zip(parts_of(facts), parts, strict=False)
        ]
        whole = sum((one.values[0] for one in series), Decimal(0))
        place = Place(0.0, whole, _FULL_HEIGHT) if width else None
        return chart_part(STACKED, [facts.title], series, colours, size, place)
    fills = {BARS: (FULL,), GROUPED: (FULL, LIGHT, HATCHED), "avant-apres": (LIGHT, FULL)}.get(
        facts.form, ()
    )
    if not fills:
        return None
    series = [
        NativeSeries(name, fill, tuple(map(positive, said)), _finest(said))
        for (name, said), fill in zip(facts.series(), fills, strict=False)
    ]
    kind = BARS if len(series) == 1 else GROUPED
    place = _placed(facts, width, row if kind == BARS else 0.0) if width else None
    return chart_part(kind, _labels(facts), series, colours, size, place)


def _labels(facts: Facts) -> list[str]:
    """The label of each row, with its detail."""
    said = zip(facts.column(LABEL), facts.column(DETAIL), strict=True)
    return [f"{label} ({detail})" if detail else label for label, detail in said]


def _placed(facts: Facts, width: float, row: float) -> Place:
    """Labels at the left, of one line if they can, and room for the longest value at the right."""
    left = _room(_labels(facts), width) + _BESIDE
    said = [value for _, values in facts.series() for value in values]
    values = max((width_of(value, SIZE, bold=True) for value in said), default=0.0) + _AFTER
    whole = width - left
    most = max(map(positive, said), default=Decimal(0))
    gap = max(_GAP, round((row / _THICK - 1) * 100))
    return Place(left / width, most * Decimal(str(round(whole / (whole - values), 3))), gap)


def _finest(said: Sequence[str]) -> str:
    """The value of most decimals: all of a series have as many, and none is rounded."""
    return max(said, key=lambda value: len(re.sub(r"\D.*", "", value.partition(",")[2])))


def chart_part(
    kind: str,
    categories: Sequence[str],
    series: Sequence[NativeSeries],
    colours: Palette,
    size: int = _LETTERS,
    place: Place | None = None,
) -> ChartPart:
    """A bar chart and its workbook; `size`, of its letters, in hundredths of a point.

    Without any `place`, the program lays it out, with a legend.
    """
    written = "".join(
        _series(rank, one, categories, colours, kind, size) for rank, one in enumerate(series)
    )
    grouping, overlap = ("stacked", 100) if kind == STACKED else ("clustered", -15)
    several = len(series) > 1
    gap = place.gap if place else _GAP
    shown = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>'
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMES}>'
        '<c:date1904 val="0"/><c:lang val="fr-FR"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f"{_layout(place)}<c:barChart>"
        f'<c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{written}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>'
        f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
        f"{_axes(kind, _most(kind, series, place), colours)}</c:plotArea>"
        f"{shown if several and not place else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_letters(size, colours)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    keys = tuple((one.fill, one.name, one.amount) for one in series) if several and place else ()
    return ChartPart(xml.encode(), _workbook(categories, series), keys)


def _layout(place: Place | None) -> str:
    """Where the bars are: their whole frame, from the axis of the text or after the labels."""
    if place is None:
        return "<c:layout/>"
    # Half a stroke of the outline stays within the frame.
    left = max(0.001, round(place.left, 4))
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{left}"/><c:y val="0"/><c:w val="{0.999 - left:.4f}"/>'
        '<c:h val="1"/></c:manualLayout></c:layout>'
    )


def _most(kind: str, series: Sequence[NativeSeries], place: Place | None) -> Decimal:
    """The value where the axis ends."""
    if place:
        return place.most
    if kind == STACKED:
        return sum((one.values[0] for one in series), Decimal(0))
    return _ROOM * max(max(one.values) for one in series)


def _series(
    rank: int, one: NativeSeries, categories: Sequence[str], colours: Palette, kind: str, size: int
) -> str:
    """A series: its name, its fill, its values with their labels, all with their cells."""
    column, last = chr(ord("B") + rank), len(categories) + 1
    code = _FRENCH + number_format(one.sample)
    # Words have no place on the middle colour: the names of parts hold their amounts.
    shown = int(kind != STACKED)
    place = '<c:dLblPos val="outEnd"/>' if shown else ""
    # As in our drawings: the values of the first series stand out, those compared do not.
    bold = _letters(size, colours, bold=True) if shown and one.fill == FULL else ""
    return (
        f'<c:ser><c:idx val="{rank}"/><c:order val="{rank}"/><c:tx>'
        f"{_cells('str', f'${column}$1', [one.title])}</c:tx>"
        f"<c:spPr>{shape_of(one.fill, colours)}</c:spPr>"
        f'<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="{escape(code, _QUOTE)}" '
        f'sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{bold}{place}'
        f'<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat>{_cells('str', f'$A$2:$A${last}', categories)}</c:cat>"
        f"<c:val>{_cells('num', f'${column}$2:${column}${last}', map(str, one.values), code)}"
        "</c:val></c:ser>"
    )


_QUOTE = {'"': "&quot;"}


def _cells(kind: str, place: str, values: Iterable[str], code: str = "") -> str:
    """Values and the cells of the workbook that hold them."""
    points = [f'<c:pt idx="{n}"><c:v>{escape(v)}</c:v></c:pt>' for n, v in enumerate(values)]
    form = f"<c:formatCode>{escape(code)}</c:formatCode>" if code else ""
    return (
        f"<c:{kind}Ref><c:f>{_SHEET}!{place}</c:f><c:{kind}Cache>{form}"
        f'<c:ptCount val="{len(points)}"/>{"".join(points)}</c:{kind}Cache></c:{kind}Ref>'
    )


def _axes(kind: str, most: Decimal, colours: Palette) -> str:
    """Labels downwards as in the table, values from zero, without a scale to read."""
    limit = f'<c:max val="{most}"/>' if most else ""
    line = f'<c:spPr><a:ln w="9525">{_solid(colours.dark)}</a:ln></c:spPr>'
    ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    hidden = int(kind == STACKED)
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/>'
        f'</c:scaling><c:delete val="{hidden}"/><c:axPos val="l"/>{ticks}'
        f'<c:tickLblPos val="low"/>{line}<c:crossAx val="{_VALUES}"/>'
        '<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/>{limit}'
        f'<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>{ticks}'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="{_CATEGORIES}"/>'
        '<c:crosses val="autoZero"/></c:valAx>'
    )


def shape_of(fill: str, colours: Palette) -> str:
    """What a bar is filled with, within a dark outline: told apart without any colour."""
    if fill == HATCHED:
        inside = (
            f'<a:pattFill prst="dkUpDiag"><a:fgClr>{_rgb(colours.dark)}</a:fgClr>'
            f"<a:bgClr>{_rgb(WHITE)}</a:bgClr></a:pattFill>"
        )
    else:
        named = {FULL: colours.dark, MIDDLE: colours.middle, LIGHT: colours.light}
        inside = _solid(named[fill])
    return f'{inside}<a:ln w="9525">{_solid(colours.dark)}</a:ln>'


def _letters(size: int, colours: Palette, bold: bool = False) -> str:
    """The size and the colour of words, in the font of the document around."""
    strong = ' b="1"' if bold else ""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"{strong}>'
        f'{_solid(colours.ink)}</a:defRPr></a:pPr><a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
    )


def _solid(colour: str) -> str:
    return f"<a:solidFill>{_rgb(colour)}</a:solidFill>"


def _rgb(colour: str) -> str:
    return f'<a:srgbClr val="{colour.removeprefix("#")}"/>'


def number_format(sample: str) -> str:
    """How Excel writes a number as we print one: as many decimals, the same sign after it."""
    digits = [place for place, sign in enumerate(sample) if sign.isdigit()]
    # What stands after the last comma of the number, and after the number itself.
    _, _, decimals = sample[: digits[-1] + 1].partition(",") if digits else ("", "", "")
    unit = sample[digits[-1] + 1 :].strip() if digits else ""
    code = "#,##0" + (f".{'0' * len(decimals)}" if decimals else "")
    # A sign alone: a word is said by the table, and programs cut it beside a long bar.
    return f'{code} "{unit}"' if unit in {"€", "%"} else code


def _workbook(categories: Sequence[str], series: Sequence[NativeSeries]) -> bytes:
    """The numbers of a chart as a workbook of one sheet, of a fixed date: the same bytes twice."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    page = book.add_worksheet(_SHEET)
    page.set_column(0, 0, 40)
    for row, label in enumerate(categories, 1):
        page.write_string(row, 0, label)
    for column, one in enumerate(series, 1):
        page.write_string(0, column, one.title)
        form = book.add_format({"num_format": number_format(one.sample)})
        for row, value in enumerate(one.values, 1):
            page.write_number(row, column, float(value), form)
    book.close()
    return buffer.getvalue()
