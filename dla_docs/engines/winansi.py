"""A face cut to the letters of Western Europe, with the measures that a field of a PDF asks for."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from dla_docs.engines.subsets import subset

FIRST, LAST = 32, 255
"""Codes of the encoding that have a letter."""
_ENCODING = "cp1252"


@dataclass(frozen=True)
class Face:
    """A TrueType face and its measures, in thousandths of an em as PDF has them."""

    name: str
    content: bytes
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    capitals: int
    letters: dict[int, int]
    """The Unicode letter of each code, for who copies or hears what is written."""


# One family a charter, in the process that makes the documents.
@lru_cache(maxsize=4)
def winansi(family: str) -> Face | None:
    """The regular face of a family; None for one that a file may not hold."""
    content = subset(family, "regular")
    if not content:
        return None
    # Here: 130 ms (measured), for forms alone.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    letters = {
        code: ord(bytes([code]).decode(_ENCODING))
        for code in range(FIRST, LAST + 1)
        if bytes([code]).decode(_ENCODING, "ignore")
    }
    with TTFont(BytesIO(content), recalcTimestamp=False) as font:
        cutter = Subsetter(Options(hinting=False, notdef_outline=True, name_IDs=[6]))
        cutter.populate(unicodes=letters.values())
        cutter.subset(font)
        named, measures = font.getBestCmap(), font["hmtx"].metrics
        scale = 1000 / font["head"].unitsPerEm
        missing = measures[".notdef"][0]
        widths = [
            measures[named[u]][0] if (u := letters.get(c)) in named else missing
            for c in range(FIRST, LAST + 1)
        ]
        head, names, system = font["head"], font["name"], font["OS/2"]
        box = (head.xMin, head.yMin, head.xMax, head.yMax)
        cut = BytesIO()
        font.save(cut)
        return Face(
            str(names.getDebugName(6) or family.replace(" ", "")),
            cut.getvalue(),
            tuple(round(w * scale) for w in widths),
            (
                round(box[0] * scale),
                round(box[1] * scale),
                round(box[2] * scale),
                round(box[3] * scale),
            ),
            round(font["hhea"].ascent * scale),
            round(font["hhea"].descent * scale),
            round(system.sCapHeight * scale),
            letters,
        )
