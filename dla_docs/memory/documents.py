"""The documents that need not be filled again, since all that they come from is as it was."""

from datetime import date
from functools import cache

from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library
from dla_docs.load.places import TERRITORY
from dla_docs.memory.memory import Memory, memory_of

QUESTION = "documents"


class Documents:
    """The recipes of the documents of a workspace, by which they were made and would be again.

    Without a `day`, nothing is known nor kept.
    """

    def __init__(self, corpus: Corpus, day: date | None) -> None:
        self._memory = memory_of(corpus.workspace.root, QUESTION, day) if day else Memory()
        self._library = Library(corpus.listing, self._memory.recalling(corpus.listing))
        self._is_kept = self._memory.of(self._library) is not None
        self._around = cache(self._found_around)

    def recipe(self, name: str, unit: str) -> str:
        """The recipe that a document of a unit would have; empty where it must be filled to know.

        `name`: what tells it from all others, its variant too.
        """
        return self._memory.recipe(name, unit)

    def made(self, name: str, unit: str, recipe: str) -> None:
        """Keep the recipe of a document that was just filled."""
        if self._is_kept and recipe:
            self._memory.made(name, unit, recipe, self._around(unit))

    def save(self) -> None:
        """Write what is new for the next time."""
        self._memory.save()

    def _found_around(self, unit: str) -> tuple[str, ...]:
        """The files of other units that one reads."""
        listing, read = self._library.listing, self._library.corpus((unit,)).sources
        return tuple(p for p in read if listing.unit_of(p) not in {unit, TERRITORY})
