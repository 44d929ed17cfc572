"""Prestataires by what they can do, for whom and where: the three keys of the fiches [seed 002]."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.model.departements import Departement, departement_named, departement_of
from dla_docs.model.errors import RequestError
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.words import folded

Row = Mapping[str, Any]

ADDRESSES = ("structure", "prestataire", "territoire")
"""Kinds of files whose addresses tell in which département a town is."""


def matching(
    rows: Iterable[Row], wanted: Mapping[str, Sequence[str]], towns: Mapping[str, Departement]
) -> list[Row]:
    """The rows where each word asked of a list is part of one of its elements.

    Case and accents do not count. A place of `zones` that is a département, its number, a postal
    code or a town of `towns` means that département, and the region it is in: who works in the
    whole region works there.
    """

    def answers(row: Row, key: str, word: str) -> bool:
        named = departement_named(word) if key == "zones" else None
        place = named or (towns.get(folded(word)) if key == "zones" else None)
        return any(
            (place is not None and _covers(str(item), place))
            # « Ain » is no part of « Maine ».
            or (named is None and folded(word) in folded(str(item)))
            for item in row[key]
        )

    asked = [(key, word) for key, words in wanted.items() for word in words]
    return [row for row in rows if all(answers(row, key, word) for key, word in asked)]


def known_towns(corpus: Corpus) -> dict[str, Departement]:
    """The towns that addresses of the workspace name, and their département."""
    towns: dict[str, Departement] = {}
    for path, kind in corpus.kind_of.items():
        if kind.name in ADDRESSES and path in corpus.sources:
            for town, code_postal in _addresses(corpus.sources[path].data):
                if place := departement_of(code_postal):
                    towns.setdefault(folded(town), place)
    return towns


def known_words(rows: Iterable[Row], key: str) -> list[str]:
    """What the rows have in a list, each once, in the order of the alphabet."""
    return sorted({str(item) for row in rows for item in row[key]}, key=folded)


def _covers(zone: str, place: Departement) -> bool:
    """Whether a zone names a département or its region."""
    return any(
        re.search(rf"(?<![\w-]){'[ -]'.join(map(re.escape, words))}(?![\w-])", folded(zone))
        for name in (place.code, place.name, place.region)
        if (words := re.split("[ -]", folded(name)))
    )


def _addresses(data: Any) -> Iterator[tuple[str, str]]:
    """The town and postal code of each address, wherever it is in a file."""
    if isinstance(data, list):
        for item in data:
            yield from _addresses(item)
    elif isinstance(data, Mapping):
        if "commune" in data and "code_postal" in data:
            yield str(data["commune"]), str(data["code_postal"])
        for value in data.values():
            yield from _addresses(value)


def known_sectors(words: Iterable[str], schema: Schema) -> list[str]:
    """The sectors of the schema of a fiche that words name, by value or by label.

    Raises RequestError for an unknown one, with those there are.
    """
    field = field_at(schema, ("secteurs", 0))
    labels = field.get("x-libelles", {})
    known = {
        folded(name): value
        for value in field.get("enum", ())
        for name in (value, labels.get(value, value))
    }
    values = []
    for word in words:
        if folded(word) not in known:
            listed = ", ".join(field.get("enum", ()))
            raise RequestError(f"le secteur « {word} » n’existe pas", f"secteurs connus : {listed}")
        values.append(known[folded(word)])
    return values
