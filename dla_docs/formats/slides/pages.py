"""PDF of a presentation: one page a slide, the slides of the PPTX at the same places, by Typst.

Words are written as strings of Typst's code, never as its markup: nothing in them can be taken for
a sign of it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from dla_docs.engines.fonts import FALLBACK, name_of, needs_fallback, unprintable
from dla_docs.engines.typst import compile_pdf
from dla_docs.formats.draft import WORD
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import Engines
from dla_docs.formats.slides.frame import LEAD_TOP, TEXT_TOP, TOP, UNDER_LEAD, WIDTH
from dla_docs.formats.slides.measure import UNBROKEN
from dla_docs.formats.slides.paragraphs import INDENTS, NUMBERED, Piece, indent_of, size_of
from dla_docs.formats.slides.pictures import Picture
from dla_docs.formats.slides.runs import BREAK, Run, Words
from dla_docs.formats.slides.shapes import Box, Rule, Style, Text
from dla_docs.formats.slides.show import Show, show_of
from dla_docs.formats.slides.slides import Slide
from dla_docs.formats.slides.tables import Grid
from dla_docs.formats.slides.title import TitleSlide
from dla_docs.tree.divisions import MISSING, PROMPT
from dla_docs.tree.passes import Tree

_COLOURS = {
    "tx1": "texte",
    "tx2": "principale",
    "bg1": "blanc",
    "accent2": "accent",
    "accent3": "texte-discret",
    "accent5": "alerte",
}
"""Colours of the theme of the reference presentation, as the charter calls them."""
_LOOKS = {
    "Emph": "penche",
    "Strong": "gras",
    "Underline": "underline",
    "Strikeout": "strike",
    "Superscript": "super",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
    "Code": "code",
    MISSING: "a-completer",
    PROMPT: "invite",
}
"""Functions of Typst, or of the layout, for each look of a run."""
_NUMBERS = {"LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}
_SIDES = {"left": "left", "center": "center", "right": "right"}
_LONG = re.compile(rf"(\S{{{UNBROKEN + 1},}})")


def write_slides_pdf(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """An accessible and archival PDF of a presentation. Raises EngineError."""
    show = show_of(tree, properties, engines.charter)
    families = engines.charter.families
    images = {picture.part: picture for picture in _pictures(show)}
    files = {name: _file(name) for name in images}
    writer = Writer(families, files)
    pages = [writer.cover(show.cover)]
    pages += [writer.slide(slide, pictures) for slide, pictures in show.body]
    head = engines.charter.text("diapositives.typ")
    source = "\n".join([head, writer.opening(properties, show), *pages])
    # PDF/UA forbids this invisible mark in any text.
    source = source.replace("\ufeff", "")
    fonts = (*families, FALLBACK) if needs_fallback(source, families) else families
    contents = {files[name]: picture.content for name, picture in images.items()}
    return compile_pdf(source, contents, properties.date, fonts)


def _pictures(show: Show) -> Iterator[Picture]:
    yield from (shape for shape in show.cover.shapes if isinstance(shape, Picture))
    for _, pictures in show.body:
        yield from pictures


def _file(part: str) -> str:
    """The name of an image for Typst: that of its part in a PPTX, without its folders."""
    return part.rpartition("/")[2]


class Writer:
    """Slides as Typst code; `families` print the words, `files` names each image."""

    def __init__(self, families: tuple[str, ...], files: Mapping[str, str]) -> None:
        self._families = families
        self._files = files

    def opening(self, properties: Properties, show: Show) -> str:
        """What the file says of itself, and what stands at the foot and the edge of each slide."""
        day = properties.date
        said = {
            "titre": self._string(properties.title),
            "auteur": self._string(properties.author) if properties.author else "none",
            "sujet": self._string(properties.subject) if properties.subject else "none",
            "empreinte": self._string(properties.mark) if properties.mark else "none",
            "jour": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
            "projet": self._string(WORD) if properties.draft else "none",
            "pied": self._string(show.foot),
            "onglet": self._string(show.tab),
        }
        return f"#show: presentation.with({', '.join(f'{k}: {v}' for k, v in said.items())})"

    def cover(self, cover: TitleSlide) -> str:
        """The title slide, its shapes in the order they are read."""
        return "\n".join(f"#{self._shape(shape)}" for shape in cover.shapes)

    def slide(self, slide: Slide, pictures: Sequence[Picture]) -> str:
        """A slide: its title, text, then a table or images."""
        below = [self._picture(picture) for picture in pictures]
        if slide.table:
            below.append(self._table(slide.table, UNDER_LEAD if slide.text else TOP))
        below += [self._shape(shape) for shape in (*slide.shapes, *slide.closing)]
        content = []
        if slide.text:
            blocks = "; ".join(self._blocks(slide.text))
            content.append(f"corps({_pt(LEAD_TOP if below else TEXT_TOP)}, {{ {blocks} }})")
        return f"#diapositive({self._words(slide.title)}, {{ {'; '.join([*content, *below])} }})"

    def _shape(self, shape: Text | Picture | Rule) -> str:
        if isinstance(shape, Picture):
            return self._picture(shape)
        if isinstance(shape, Rule):
            return f"{'fond' if shape.pale else 'filet'}({_box(shape.box)})"
        said = [
            self._line(words, shape.style_of(rank), shape.place == 0)
            for rank, words in enumerate(shape.paragraphs)
        ]
        kind = "texte-bas" if shape.low else "texte"
        return f"{kind}({_box(shape.box)}, {', '.join(said)})"

    def _line(self, words: Words, style: Style, heading: bool) -> str:
        """A paragraph in its style: what `ligne` takes, then the words."""
        said = self._words(words)
        if heading:
            said = f"titre-principal({_pt(style.size)}, {said})"
        flags = (style.bold, style.voice or heading, style.capitals)
        form = (_pt(style.size), _pt(style.line), f"couleurs.{_COLOURS[style.colour]}")
        shown = (*form, _pt(style.after), *("true" if flag else "false" for flag in flags))
        return f"ligne({', '.join(shown)}, {said})"

    def _picture(self, picture: Picture) -> str:
        left, top, width, height = map(_pt, picture.box)
        words = self._string(picture.alternative)
        shown = f'image("{self._files[picture.part]}", width: {width}, height: {height}'
        drawn = f"{shown}, alt: {words})" if picture.alternative else f"pdf.artifact({shown}))"
        return f"place(top + left, dx: {left}, dy: {top}, {drawn})"

    def _blocks(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """Paragraphs and lists; pieces that follow one another in a list are its items."""
        first = True
        for _, group in groupby(_numbered(pieces), key=lambda pair: pair[0]):
            run = [piece for _, piece in group]
            yield self._block(run, first)
            first = False

    def _block(self, run: Sequence[Piece], first: bool) -> str:
        piece = run[0]
        size, line, above = size_of(piece.depth)
        form = [_pt(size), _pt(line), _pt(above), "true" if first else "false"]
        indent = indent_of(piece.depth)
        items = [self._words(item.words) for item in run]
        if piece.mark is None:
            return f"paragraphe({', '.join([*form, _pt(indent), *items])})"
        if not piece.mark.style:
            form += [_pt(indent), _pt(INDENTS[1]), '"–"']
            return f"puces({', '.join([*form, *items])})"
        pattern = _DELIMITERS.get(piece.mark.delimiter, "{}.")
        shown = pattern.format(_NUMBERS.get(piece.mark.style, "1"))
        form += [_pt(indent + NUMBERED), _pt(INDENTS[1] + NUMBERED)]
        form += [str(piece.mark.number), f'"{shown}"']
        return f"numeros({', '.join([*form, *items])})"

    def _table(self, grid: Grid, top: float) -> str:
        columns = ", ".join(_pt(part * WIDTH) for part in grid.widths)
        sides = ", ".join(f"{_SIDES.get(side, 'left')} + top" for side in grid.sides)
        head = ", ".join(self._cell(cell) for row in grid.head for cell in row)
        body = [self._cell(cell) for row in grid.body for cell in row]
        form = (_pt(top), _pt(grid.size), f"({columns},)", f"({sides},)", f"({head},)")
        return f"tableau({', '.join((*form, *body))})".replace("(,)", "()")

    def _cell(self, cell: Iterable[Words]) -> str:
        return f"paragraphes({', '.join(self._words(words) for words in cell)})"

    def _words(self, words: Words) -> str:
        """A paragraph as a block of code, whose parts Typst joins."""
        return f"[#{{ {'; '.join(map(self._run, words))} }}]" if words else "[]"

    def _run(self, run: Run) -> str:
        if run == BREAK:
            return "linebreak()"
        shown = "; ".join(self._parts(run.words))
        for look in sorted(run.look & set(_LOOKS)):
            shown = f"{_LOOKS[look]}({{ {shown} }})"
        return f"link({json.dumps(run.target)}, {{ {shown} }})" if run.target else shown

    def _parts(self, text: str) -> Iterator[str]:
        """A text as strings, with signs for what no font prints and breaks in what is too long."""
        missing = unprintable(text, self._families)
        pattern = f"([{re.escape(''.join(missing))}])" if missing else "(?!)"
        for part in re.split(pattern, text):
            if part in missing:
                yield f'glyphe("{name_of(part)}")'
                continue
            for rank, piece in enumerate(_LONG.split(part)):
                if piece:
                    yield f"long({_quoted(piece)})" if rank % 2 else _quoted(piece)

    def _string(self, text: str) -> str:
        return _quoted(
            "".join("\ufffd" if c in unprintable(text, self._families) else c for c in text)
        )


def _numbered(pieces: Sequence[Piece]) -> Iterator[tuple[object, Piece]]:
    """Each piece with what tells its block from the next: items of a list have the same."""
    rank, last = 0, Piece([])
    for piece in pieces:
        if not _follows(piece, last):
            rank += 1
        last = piece
        yield rank, piece


def _follows(piece: Piece, last: Piece) -> bool:
    """Whether a piece is the next item of the list of the last one."""
    if piece.mark is None or last.mark is None or piece.depth != last.depth:
        return False
    return not piece.mark.style or piece.mark == replace(last.mark, number=last.mark.number + 1)


def _quoted(text: str) -> str:
    """A string of Typst: quotes and backslashes escaped, every other letter as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pt(points: float) -> str:
    return f"{points:.2f}pt"


def _box(box: Box) -> str:
    return ", ".join(map(_pt, box))
