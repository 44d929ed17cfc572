"""References between files: what a name in one file (`structure: jardins-du-lien`) leads to."""

from collections.abc import Iterator
from typing import Any

from dla_docs.findings import Pointer
from dla_docs.load import SHELVES, Corpus, Scope
from dla_docs.source import Source


def names(corpus: Corpus, target: str) -> tuple[str, ...]:
    """The names a reference may take: slugs of a folder, or ids of a list of `territoire.yaml`."""
    if target in SHELVES:
        return tuple(s.name for s in corpus.level(SHELVES[target]))
    return tuple(str(item["id"]) for item in _listed(corpus, target) if "id" in item)


def position(corpus: Corpus, target: str, name: str) -> int | None:
    """The rank of a named item in a list of `territoire.yaml`; None where it is unknown."""
    items = _listed(corpus, target)
    return next((i for i, item in enumerate(items) if item.get("id") == name), None)


def records(corpus: Corpus, scope: Scope, kind: str) -> Iterator[Source]:
    """The structures or prestataires that the files of a scope name, each once."""
    named = (link for source in scope.parts.values() for link in corpus.links[source.path])
    for target, name in dict.fromkeys(named):
        if SHELVES[target] == kind and (found := corpus.record(target, name)):
            yield found


def at(data: Any, pointer: Pointer) -> Any:
    """The datum at a pointer; None where there is nothing."""
    for step in pointer:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _listed(corpus: Corpus, target: str) -> list[dict[str, Any]]:
    items = at(corpus.territory.data, (target,))
    return [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []
