"""References between files: what a name in one file (`structure: jardins-du-lien`) leads to."""

from collections.abc import Collection, Iterator
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES, shelf_folder
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.paths import at
from dla_docs.model.schemas import field_at
from dla_docs.model.words import folded


def names(corpus: Corpus, target: str) -> tuple[str, ...]:
    """The names a reference may take: those of a folder, or ids of a list of `territoire.yaml`."""
    if shelf_folder(target):
        return tuple(corpus.listing.shelf(target))
    return tuple(str(item["id"]) for item in _listed(corpus, target) if "id" in item)


def titled(corpus: Corpus, target: str) -> dict[str, tuple[str, ...]]:
    """The names that a reference may take, each with what people call it, where that was read."""
    if not shelf_folder(target):
        items = {str(item["id"]): item for item in _listed(corpus, target) if "id" in item}
        return {name: titles_of(item) for name, item in items.items()}
    found = {name: corpus.record(target, name) for name in names(corpus, target)}
    return {name: titles_of(source.data if source else None) for name, source in found.items()}


def titles_of(data: Any) -> tuple[str, ...]:
    """The names of a person, an organisation or a dossier, as its own data give them."""
    if not isinstance(data, dict):
        return ()
    person = f"{data.get('prenom', '')} {data.get('nom', '')}".strip()
    keys = ("denomination", "raison_sociale", "sigle", "nom_dla", "titre", "intitule")
    return tuple(str(word) for word in (person, *(data.get(key) for key in keys)) if word)


def position(corpus: Corpus, target: str, name: str) -> int | None:
    """The rank of a named item in a list of `territoire.yaml`; None where it is unknown."""
    items = _listed(corpus, target)
    return next((i for i, item in enumerate(items) if item.get("id") == name), None)


def called(corpus: Corpus, target: str, words: str) -> int | None:
    """The rank of the item of a list of `territoire.yaml` that words name, as people call it.

    By its identifier, or by a name of it, former ones included; None where none is.
    """

    def named(item: dict[str, Any]) -> set[str]:
        former = (titles_of(one) for one in item.get("noms_historiques") or ())
        return {folded(word) for found in (titles_of(item), *former) for word in found}

    rank = position(corpus, target, words)
    if rank is not None:
        return rank
    items = _listed(corpus, target)
    return next((i for i, item in enumerate(items) if folded(words) in named(item)), None)


def records(
    corpus: Corpus, scope: Scope, kind: str, among: Collection[str] = ()
) -> Iterator[Source]:
    """The structures or prestataires that the files of a scope name, each once.

    `among`: the kinds of the only files that count beside the scope's own (dossier.yaml,
    ingenierie.yaml), so that a convention is about the prestataire it names and not about those
    consulted; without it, all do.
    """
    counted = {*among, scope.level}
    files = (s for s in scope.files() if not among or corpus.kind_of[s.path].name in counted)
    named = (link for source in files for link in corpus.links[source.path])
    for target, name in dict.fromkeys(named):
        if SHELVES.get(target) == kind and (found := corpus.record(target, name)):
            yield found


def parameter(corpus: Corpus, name: str) -> Any:
    """A threshold or delay: the territory's, else the default its schema documents."""
    chosen = at(corpus.territory.data, ("parametres", name))
    schema = corpus.kinds["territoire"].schema
    return field_at(schema, ("parametres", name)).get("default") if chosen is None else chosen


def _listed(corpus: Corpus, target: str) -> list[dict[str, Any]]:
    items = at(corpus.territory.data, (target,))
    return [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []
