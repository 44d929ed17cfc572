"""Names that resemble one another without being the same: one thing may be written twice."""

from collections.abc import Iterable, Mapping
from typing import Any

from dla_docs.lists.declared import ListType
from dla_docs.lists.known import Known
from dla_docs.model.likeness import bare

_COMMON = frozenset(
    "l d le la les de du des et a au aux en pour sur association asso societe cabinet conseil "
    "sarl sas scop scic".split()
)
"""Words of a name that tell nothing of it."""
Telling = frozenset[str]


class Resembling:
    """The names that are known, by the words that tell them: one look a word, however many."""

    def __init__(self, records: Iterable[Known], declared: ListType) -> None:
        self._declared = declared
        self._by_word: dict[str, list[tuple[str, Telling]]] = {}
        for known in records:
            words = self._telling(known.data)
            for word in words:
                self._by_word.setdefault(word, []).append((known.name, words))

    def names(self, data: Mapping[str, Any]) -> list[str]:
        """The known names that the name of some data resembles."""
        own = self._telling(data)
        beside = (pair for word in sorted(own) for pair in self._by_word.get(word, ()))
        return [name for name, words in dict.fromkeys(beside) if _resemble(own, words)]

    def _telling(self, data: Mapping[str, Any]) -> Telling:
        """The words that tell the first name of a record."""
        words = bare(str(self._declared.named_by[0].first(data) or "")).split("-")
        return frozenset(words) - _COMMON - {""}


def _resemble(one: Telling, other: Telling) -> bool:
    """Whether all that tells a name is in another, by more than a word unless it is all."""
    fewer = min(one, other, key=len)
    return fewer <= one & other and (len(fewer) > 1 or one == other)
