"""The personal data that the schemas let people keep: which, about whom, why, who may read them.

`x-personnel` says why, once, on the field that holds the person; all that it holds is personal too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dla_docs.model.schemas import Kind, Schema

PURPOSE = "x-personnel"


@dataclass(frozen=True)
class Personal:
    """Data about people, in a kind of files.

    `donnee` names the field from its file down, `contient` what is kept of each person, `lecteurs`
    the codes of who may read it.
    """

    fichier: str
    donnee: str
    contient: tuple[str, ...]
    pourquoi: str
    lecteurs: tuple[str, ...]


def personal_data(kinds: Mapping[str, Kind], everyone: tuple[str, ...]) -> Iterator[Personal]:
    """Every field that holds data about people, in the order of the schemas.

    `everyone`: who reads a field whose schema names nobody.
    """
    for kind in kinds.values():
        yield from _inside(kind.schema, kind.title, (), everyone)


def _inside(
    schema: Schema, file: str, titles: tuple[str, ...], readers: tuple[str, ...]
) -> Iterator[Personal]:
    readers = tuple(schema.get("x-diffusion", readers))
    if purpose := schema.get(PURPOSE):
        yield Personal(file, " – ".join(titles), tuple(_leaves(schema)), str(purpose), readers)
        return
    for field in schema.get("properties", {}).values():
        yield from _inside(field, file, (*titles, str(field.get("title", ""))), readers)
    if isinstance(items := schema.get("items"), Mapping):
        yield from _inside(items, file, titles, readers)


def _leaves(schema: Schema) -> Iterator[str]:
    """The titles of what is kept of a person; of a text alone, its own."""
    inner = schema.get("items", schema)
    fields = inner.get("properties", {}).values() if isinstance(inner, Mapping) else ()
    yield from (str(field.get("title", "")) for field in fields)
