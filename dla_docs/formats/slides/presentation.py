"""Our slides as an archive of PPTX. Alone knows python-pptx, which is imported with it.

python-pptx knows neither lists nor decorative shapes: those few elements are put in its tree here,
before it writes.
"""

import datetime
from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from math import fsum
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.shapes.graphfrm import CT_GraphicalObjectFrame
from pptx.util import Emu, Length, Pt

from dla_docs.formats.native_charts import CHART, WORKBOOK, ChartPart
from dla_docs.formats.properties import LANGUAGE, Properties
from dla_docs.formats.slides.frame import LEFT, TOP, UNDER_LEAD, WIDTH
from dla_docs.formats.slides.letters import paragraphs, write, write_pieces
from dla_docs.formats.slides.pictures import Picture
from dla_docs.formats.slides.runs import Words
from dla_docs.formats.slides.shapes import Box, Rule, Text
from dla_docs.formats.slides.show import Show
from dla_docs.formats.slides.slides import Slide
from dla_docs.formats.slides.tables import CELL_AIR, LINE, PADDING, Grid
from dla_docs.formats.slides.title import TitleSlide

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_COVER, _TEXT, _BARE, _LEAD = "Titre", "Titre et texte", "Titre seul", "Titre et chapeau"
"""Layouts of the reference presentation."""
_LONGEST = 255
"""Letters of a property of the file: Office accepts no more."""
_SIDES = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_DECORATIVE = (
    f'<a:extLst {_A}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
_TALLER = 1.6
"""How much higher than its drawing a chart stands, where the slide has room."""
_TAB = "Onglet"
"""Name of the shape of the master that says the family of the document, at the edge."""
_WATERMARK = "Projet"
"""Name of the shape of the master that says, behind each slide, that a document is a draft."""


class Deck:
    """A presentation being written over the reference one, slide after slide."""

    def __init__(self, reference: bytes, properties: Properties, show: Show) -> None:
        self._deck = Presentation(BytesIO(reference))
        self._package = self._deck.part.package
        self._images: dict[str, Part] = {}
        self._charts = show.charts
        styles = self._deck.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES)
        self._table_style = str(parse_xml(styles.blob).get("def"))
        self._describe(properties)
        master = self._deck.slide_master
        for holder in (master, *self._deck.slide_layouts):
            for place in _places(holder, PP_PLACEHOLDER.FOOTER):
                place.text_frame.paragraphs[0].runs[0].text = show.foot
        (named,) = [shape for shape in master.shapes if shape.name == _TAB]
        named.text_frame.paragraphs[0].runs[0].text = show.tab
        if not properties.draft:
            (mark,) = [shape for shape in master.shapes if shape.name == _WATERMARK]
            master.shapes.element.remove(mark.element)

    def add_cover(self, cover: TitleSlide) -> None:
        """The title slide, its shapes in the order they are read."""
        page = self._page(_COVER)
        for shape in cover.shapes:
            if isinstance(shape, Picture):
                self._show(page, shape)
            else:
                _stand(page, shape)
        _drop_empty(page)

    def add(self, slide: Slide, pictures: Sequence[Picture]) -> None:
        """A slide: title, text, then what it shows and closes it, then the foot of all."""
        below = slide.table or pictures or slide.shapes
        layout = (_LEAD if below else _TEXT) if slide.text else _BARE
        page = self._page(layout)
        write(page.shapes.title.text_frame.paragraphs[0], slide.title)
        if slide.text:
            write_pieces(page.placeholders[1].text_frame, slide.text)
        if slide.table:
            _write_table(page, slide.table, bool(slide.text), self._table_style)
        for picture in pictures:
            if picture.rank in self._charts:
                self._chart(page, picture, self._charts[picture.rank], slide.floor)
            else:
                self._show(page, picture)
        for shape in (*slide.shapes, *slide.closing):
            _stand(page, shape)
        _note(page, slide.notes)
        # Last: the order of shapes is the order of reading.
        for place in _places(page.slide_layout, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            foot = deepcopy(place.element)
            foot.nvSpPr.cNvPr.set("id", str(_next_id(page)))
            page.shapes.element.append(foot)

    def archive(self) -> bytes:
        """The bytes of the file."""
        buffer = BytesIO()
        self._deck.save(buffer)
        return buffer.getvalue()

    def _page(self, layout: str) -> Any:
        """A new slide, its placeholders named as in its layout: python-pptx says « Title 1 »."""
        page = self._deck.slides.add_slide(self._deck.slide_layouts.get_by_name(layout))
        names = {p.placeholder_format.idx: p.name for p in page.slide_layout.placeholders}
        for place in page.placeholders:
            place.name = names[place.placeholder_format.idx]
        return page

    def _show(self, page: Any, picture: Picture) -> None:
        """An image at its place.

        Its part is made here: `add_picture` refuses JPEG of more than one image, as phones make.
        """
        if picture.part not in self._images:
            part = Part(PackURI(picture.part), picture.mime, self._package, picture.content)
            self._images[picture.part] = part
        link = page.part.relate_to(self._images[picture.part], RELATIONSHIP_TYPE.IMAGE)
        place = _lengths(picture.box)
        shape = page.shapes.element.add_pic(_next_id(page), "Image", "", link, *place)
        # Set afterwards: python-pptx writes it into XML without escaping its double quotes.
        shape.nvPicPr.cNvPr.set("descr", picture.alternative)

    def _chart(self, page: Any, picture: Picture, part: ChartPart, floor: float) -> None:
        """A chart that PowerPoint edits, in place of its drawing, with the same words.

        Its letters do not grow with it: its bars take more of the room.
        """
        left, top, wide, high = picture.box
        box = (left, top, wide, min(floor - top, high * _TALLER))
        number = picture.rank
        book = Part(
            PackURI(f"/ppt/embeddings/chart{number}.xlsx"), WORKBOOK, self._package, part.workbook
        )
        chart = Part(PackURI(f"/ppt/charts/chart{number}.xml"), CHART, self._package, part.xml)
        # The first relation of the part: `rId1`, by which the chart calls it.
        chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        link = page.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
        frame = CT_GraphicalObjectFrame.new_chart_graphicFrame(
            _next_id(page), "Graphique", link, *_lengths(box)
        )
        frame.nvGraphicFramePr.cNvPr.set("descr", picture.alternative)
        page.shapes.element.append(frame)

    def _describe(self, properties: Properties) -> None:
        """The properties of the file, and those that the format has no place for."""
        core = self._deck.core_properties
        core.title, core.author = properties.title[:_LONGEST], properties.author[:_LONGEST]
        core.subject, core.language = properties.subject[:_LONGEST], LANGUAGE
        day = datetime.datetime.combine(properties.date, datetime.time())
        core.created, core.modified = day, day
        own = self._package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        filled = own.blob.decode()
        for token, said in (("EMPREINTE", properties.mark), ("REFERENCE", properties.reference)):
            filled = filled.replace(f"@@{token}@@", escape(said))
        own.blob = filled.encode()


def _places(holder: Any, *kinds: PP_PLACEHOLDER) -> list[Any]:
    """The placeholders of some kinds, of a layout or a master."""
    return [place for place in holder.placeholders if place.placeholder_format.type in kinds]


def _next_id(page: Any) -> int:
    """A number that no shape of a slide has yet."""
    return int(page.shapes.element.max_shape_id) + 1


def _drop_empty(page: Any) -> None:
    """No placeholder without a text: it would ask the reader to click there."""
    for place in list(page.placeholders):
        if not place.text_frame.text:
            page.shapes.element.remove(place.element)


def _note(page: Any, notes: Sequence[Words]) -> None:
    """What the speaker says, in the notes of the slide."""
    if not notes:
        return
    frame = page.notes_slide.notes_text_frame
    for paragraph, words in paragraphs(frame, notes):
        write(paragraph, words)


def _stand(page: Any, shape: Text | Rule) -> None:
    """A text or a rule at its place."""
    if isinstance(shape, Rule):
        _draw(page, shape)
    else:
        _write_text(page, shape)


def _draw(page: Any, rule: Rule) -> None:
    """A line that means nothing, and says so to those who listen to the slide."""
    line = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_lengths(rule.box))
    line.name = "Filet"
    line.fill.solid()
    light, dark = MSO_THEME_COLOR.BACKGROUND_2, MSO_THEME_COLOR.ACCENT_2
    line.fill.fore_color.theme_color = light if rule.pale else dark
    if rule.pale:
        line.line.color.theme_color, line.line.width = dark, Pt(1)
    else:
        line.line.fill.background()
    line.element.nvSpPr.cNvPr.append(parse_xml(_DECORATIVE))


def _write_text(page: Any, shown: Text) -> None:
    """A text of the title slide: a placeholder of the layout, or a box of its own."""
    if shown.place is None:
        shape = page.shapes.add_textbox(*_lengths(shown.box))
        shape.name = "Texte"
    else:
        shape = page.placeholders[shown.place]
        shape.left, shape.top, shape.width, shape.height = _lengths(shown.box)
        # The order of shapes is the order of reading.
        page.shapes.element.append(shape.element)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if shown.low else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = Pt(0)
    styles = (shown.style_of(rank) for rank in range(len(shown.paragraphs)))
    for (paragraph, words), style in zip(paragraphs(frame, shown.paragraphs), styles, strict=True):
        paragraph.line_spacing, paragraph.space_before = Pt(style.line), Pt(0)
        paragraph.space_after = Pt(style.after)
        write(paragraph, words, style.size, style)


def _write_table(page: Any, grid: Grid, under_lead: bool, style: str) -> None:
    """A table of a slide, letters that fit its columns and rows as high as their text."""
    rows = grid.head + grid.body
    box = (LEFT, UNDER_LEAD if under_lead else TOP, WIDTH, fsum(grid.heights))
    frame = page.shapes.add_table(len(rows), len(grid.widths), *_lengths(box))
    frame.name = "Tableau"
    table = frame.table
    frame.element.xpath(".//a:tableStyleId")[0].text = style
    table.first_row = bool(grid.head)
    for column, part in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(part * WIDTH)
    for shown, cells, high in zip(table.rows, rows, grid.heights, strict=True):
        for cell, said, side in zip(shown.cells, cells, grid.sides, strict=True):
            cell.margin_top = cell.margin_bottom = Pt(CELL_AIR)
            for paragraph, words in paragraphs(cell.text_frame, said):
                paragraph.line_spacing = Pt(grid.line)
                paragraph.alignment = _SIDES.get(side)
                write(paragraph, words, grid.size)
        # Programs make a row as high as its text, where an estimate for wide letters would show;
        # LibreOffice does not count the lines of links (measured).
        linked = shown._tr.xpath(".//a:hlinkClick")
        shown.height = Pt(high if linked else min(high, grid.size * LINE + PADDING))
    # After the rows, which give the frame their own height: what is estimated stays free below. A
    # sum of points may fall a unit short of that of the rows.
    frame.height = max(Pt(fsum(grid.heights)), sum(row.height for row in table.rows))


def _lengths(box: Box) -> tuple[Length, Length, Length, Length]:
    """A place in the units of the format."""
    left, top, width, height = (Emu(round(points * Pt(1))) for points in box)
    return left, top, width, height
