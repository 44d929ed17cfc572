"""Which characters the fonts of the package can print. Knows fontTools, as `subsets.py` does.

Typst refuses an accessible PDF that lacks a glyph (measured): what no font holds must be known
before. Fonts come from `rendercv-fonts`; the boxes of questionnaires from typst's own DejaVu.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from dla_docs.disk.listing import names
from dla_docs.disk.reading import is_folder
from dla_docs.model.resources import installed_package

_REGULAR = re.compile(r"Regular.*\.[ot]tf$")
"""The files of a family that hold its characters."""
FALLBACK = "Noto Sans"
"""Family that completes the charter's: Greek, Cyrillic, phonetics, and CJK in files of its own."""
# Held by the DejaVu Sans Mono inside typst.
_BUILT_IN = frozenset("☐☑☒")
_EASY = frozenset(chr(c) for c in (*range(0x20, 0x7F), *range(0xA0, 0x180))) | frozenset(
    "\t\n\u2002\u2003\u2009\u200b\u202f–—‘’‚“”„†•…‰‹›€™"
)
"""Characters that need no search: for them no font is opened.

Typst takes those that a family lacks from its own fonts (tried: Lato and Fontin lack a hundred of
them, and both give an accessible PDF).
"""


def unprintable(text: str, families: tuple[str, ...]) -> frozenset[str]:
    """The characters of a text that no font can print."""
    unusual = frozenset(text) - _EASY
    if not unusual:
        return unusual
    missing = frozenset(c for c in unusual if not _printed(c, families))
    marks = frozenset(c for c in unusual - missing if _is_mark(c))
    return missing | _unset(text, marks, missing, families) if marks else missing


def _is_mark(character: str) -> bool:
    # These two of Japanese are letters for Unicode, and set on the one before all the same.
    return unicodedata.category(character)[0] == "M" or character in "\uff9e\uff9f"


def _unset(
    text: str, marks: frozenset[str], missing: frozenset[str], families: tuple[str, ...]
) -> frozenset[str]:
    """The marks that the font of their letter lacks: typst takes both from one (measured)."""
    files = [file for family in (*families, FALLBACK) for file in _folder_files(family)]
    found, letter = set[str](), ""
    for character in text:
        if character in missing or character in found:
            # A sign will stand there, and what follows is set on nothing.
            letter = ""
        elif character not in marks or not letter.strip():
            letter = character
        elif letter not in _BUILT_IN:
            first = next((file for file in files if ord(letter) in _characters(file)), None)
            if first and ord(character) not in _characters(first):
                found.add(character)
                letter = ""
    return frozenset(found)


def needs_fallback(text: str, families: tuple[str, ...]) -> bool:
    """Whether a text has characters that the charter's own families lack."""
    unusual = frozenset(text) - _EASY - _BUILT_IN
    return any(not _held(c, _folder_files(f)) for c in unusual for f in families)


def name_of(character: str) -> str:
    """What a person who hears the page is told instead of a character that cannot be printed."""
    return f"caractère {unicodedata.name(character, f'U+{ord(character):04X}').lower()}"


# Asked for at each logo; the package does not change while a program runs.
@lru_cache(maxsize=8)
def family_folder(family: str) -> Path | None:
    """The folder of a family of the package; None for a family it does not hold."""
    package = installed_package("rendercv_fonts")
    # By its name in the package: a charter may give a path for a name.
    found = family in names(package, (package,)) and is_folder(package / family, (package,))
    return package / family if found else None


def family_names() -> tuple[str, ...]:
    """Every family of the package that can set a text."""
    package = installed_package("rendercv_fonts")
    return tuple(name for name in names(package, (package,)) if _folder_files(name))


def _printed(character: str, families: tuple[str, ...]) -> bool:
    if character in _BUILT_IN:
        return True
    return any(_held(character, _folder_files(family)) for family in (*families, FALLBACK))


def _held(character: str, files: tuple[Path, ...]) -> bool:
    return any(ord(character) in _characters(file) for file in files)


# A charter has two families, and the one that completes them.
@lru_cache(maxsize=8)
def _folder_files(family: str) -> tuple[Path, ...]:
    """The upright regular files of a family: other styles hold the same characters."""
    folder = family_folder(family)
    held = names(folder, (folder,)) if folder else []
    return tuple(folder / name for name in held if folder and _REGULAR.search(name))


# The same three families, of one file each or a few.
@lru_cache(maxsize=16)
def _characters(file: Path) -> frozenset[int]:
    # Here: 150 ms (measured), for a text with an unusual letter alone.
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
