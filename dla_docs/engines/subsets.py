"""The faces of the charter cut to the letters of our documents, to go inside office files.

With them Word and LibreOffice show what the PDF shows. Cut on the machine that makes the document:
the licence of these fonts (OFL) frees what a document holds, not a font cut and given apart.
"""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from dla_docs.disk.kept import keep, own_folder, recalled
from dla_docs.disk.listing import names
from dla_docs.disk.reading import read_ours
from dla_docs.engines.fonts import family_folder

STYLES = ("regular", "bold", "italic", "bolditalic")
"""The four faces of a family that a word processor knows."""
LETTERS = frozenset(
    # Latin letters of Europe: ASCII, Latin-1 and Latin Extended-A.
    (*range(0x20, 0x7F), *range(0xA0, 0x180))
) | frozenset(map(ord, "ȘșȚț\u2002\u2009\u2011\u202f–—‘’‚“”„†•…‰‹›€™−←↑→↓≤≥■□●○☐☑☒✓"))
"""What a person may write in our documents; another letter is shown in the font of replacement."""

_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]
"""Names that a face keeps: copyright, family, style, version, licence."""


KEPT = 40
"""Files kept at most, 60 kB each: five times the faces of the package (8)."""


@lru_cache(maxsize=16)
def subset(family: str, style: str) -> bytes:
    """A face of a family as TrueType, the same bytes each time; empty where it cannot be had.

    `style` is one of `STYLES`. Only TrueType that its maker lets embed: Word takes no other.
    """
    file = _file(family, style)
    if file is None:
        return b""
    content = read_ours(file)
    folder, name = own_folder(), f"{_key(content)}.police"
    if folder and (known := recalled(folder, name)):
        return known
    cut = _cut(content)
    if folder and cut:
        keep(folder, name, cut, KEPT)
    return cut


def _key(content: bytes) -> str:
    """All that a face is cut from: what it is, and what cuts it."""
    ours = read_ours(Path(__file__))
    said = (version("fonttools").encode(), ours, content)
    return hashlib.sha256(b"\0".join(said)).hexdigest()


def _cut(content: bytes) -> bytes:
    # Here: 130 ms (measured), then 50 ms a face, which a machine waits for once.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(hinting=False, notdef_outline=True, name_IDs=_NAMES)
    # Kerning and ligatures: thrice the time, and Word leaves them out unless it is asked.
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    with TTFont(BytesIO(content), lazy=True, recalcTimestamp=False) as font:
        if font["OS/2"].fsType:
            return b""
        cutter = Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        cut = BytesIO()
        font.save(cut)
    return cut.getvalue()


def _file(family: str, style: str) -> Path | None:
    """The file of a face in the package: `SourceSans3-BoldItalic.ttf`."""
    folder = family_folder(family)
    if folder is None:
        return None
    end = f"-{style}.ttf"
    found = (name for name in names(folder, (folder,)) if name.lower().endswith(end))
    return next((folder / name for name in found), None)
