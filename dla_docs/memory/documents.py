"""What need not be filled, nor even examined again, since all that it comes from is as it was.

Documents are known by their recipes (see `formats/recipe.py`), units by the files that they have
given, and by the lines that those which count all dossiers read.
"""

from collections.abc import Mapping
from functools import cache, partial

from dla_docs.documents.documents import Document
from dla_docs.gather.gather import Gathered, Part
from dla_docs.load.library import Library
from dla_docs.load.places import TERRITORY
from dla_docs.memory.memory import KeyOf, Memory

QUESTION = "documents"


class Documents:
    """What was made of a workspace, for one day; without a place for it, nothing is known."""

    def __init__(self, memory: Memory, library: Library) -> None:
        self._memory, self._library = memory, library
        self._units = memory.of(library)
        self._around = cache(self._found_around)

    def recipe(self, document: Document, gathered: Gathered | None) -> str:
        """The recipe that a document would have; empty where it must be filled to know."""
        key_of = self._key_of(document, gathered)
        return str(self._memory.told_of(_name(document), key_of) or "") if key_of else ""

    def made(self, document: Document, recipe: str, text: str, gathered: Gathered | None) -> None:
        """Keep the recipe of a document, and the digest of what its template has just given."""
        key_of = self._key_of(document, gathered)
        if key_of and recipe and self.recipe(document, gathered) != recipe:
            around = self._around(document.scope.unit)
            self._memory.hold(_name(document), key_of, around, recipe)
        if self._units and recipe and text and self.text(document) != (text, recipe):
            ground = self._units.ground
            self._memory.hold(f"{_name(document)} =", lambda _: ground, (), (text, recipe))

    def text(self, document: Document) -> tuple[str, str]:
        """The digest of what its template gave the last time, and the recipe that it came to.

        Nothing where what every document comes from has changed: what is of no unit, a text or a
        picture of one.
        """
        ground = self._units.ground if self._units else ""
        found = self._memory.told_of(f"{_name(document)} =", lambda _: ground)
        return found if isinstance(found, tuple) else ("", "")

    def lying(self, unit: str, asked: str) -> Mapping[str, str] | None:
        """The recipe of each file that a unit would give, by its place in the output folder.

        `asked`: what tells one request from all others. None where its documents are to be seen.
        """
        key_of = partial(self._units.document_key, unit) if self._units else None
        found = self._memory.told_of(f"{unit} {asked}", key_of) if key_of else None
        return found if isinstance(found, dict) else None

    def lie(self, unit: str, asked: str, files: Mapping[str, str]) -> None:
        """Keep the recipes of all the files that a unit has just given."""
        if self._units and self.lying(unit, asked) != files:
            key_of = partial(self._units.document_key, unit)
            self._memory.hold(f"{unit} {asked}", key_of, self._around(unit), dict(files))

    def part(self, unit: str) -> Part | None:
        """The lines of a unit, if it would give the same."""
        key_of = partial(self._units.key, unit) if self._units else None
        found = self._memory.told_of(f"{unit} :", key_of) if key_of else None
        return found if isinstance(found, Part) else None

    def counted(self, unit: str, part: Part) -> None:
        """Keep the lines that a unit has just given."""
        if self._units and self.part(unit) is None:
            key_of = partial(self._units.key, unit)
            self._memory.hold(f"{unit} :", key_of, self._around(unit), part)

    def save(self) -> None:
        """Write what is new for the next time."""
        self._memory.save()

    def _key_of(self, document: Document, gathered: Gathered | None) -> KeyOf | None:
        units, unit = self._units, document.scope.unit
        if units is None:
            return None
        # All that one which counts all dossiers reads of them is their lines.
        counted = gathered.digest if gathered and document.type.rassemble else ""
        return lambda around: f"{units.document_key(unit, around)}{counted}"

    def _found_around(self, unit: str) -> tuple[str, ...]:
        """The files of other units that one reads."""
        listing, read = self._library.listing, self._library.corpus((unit,)).sources
        return tuple(p for p in read if listing.unit_of(p) not in {unit, TERRITORY})


def _name(document: Document) -> str:
    """What tells a document from all others."""
    return f"{document.label} {document.variant}"
