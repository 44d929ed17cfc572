"""Prestataires by what they can do, for whom and where: the three keys of the fiches [seed 002]."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dla_docs.model.errors import RequestError
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.words import folded


def matching(
    rows: Iterable[Mapping[str, Any]], wanted: Mapping[str, Sequence[str]]
) -> list[Mapping[str, Any]]:
    """The rows where each word asked of a list (`zones`) is part of one of its elements.

    Case and accents do not count.
    """
    return [
        row
        for row in rows
        if all(
            any(folded(word) in folded(str(item)) for item in row[key])
            for key, words in wanted.items()
            for word in words
        )
    ]


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
