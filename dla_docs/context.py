"""Stage 5, context: what one document may read, and nothing else.

A view wraps the data with its schema and the document's audience. A field is there only if every
addressee may see it (`x-diffusion`, inherited down the data path); reading an unknown or closed
field raises, even under `is defined` or `default`; an absent optional one is None, or an empty
list. A field marked `x-accord` is None until the structures have agreed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from dla_docs.catalogue import Document
from dla_docs.consents import agreed
from dla_docs.load import SHELVES, Corpus, Scope
from dla_docs.logos import Logo, owed_logos
from dla_docs.references import at, position, records
from dla_docs.schemas import Schema, field_at, nearest
from dla_docs.source import Source
from dla_docs.texts import markdown_text
from dla_docs.values import Code, Riche, clock, of_unit

DEFAULT_AUDIENCE = ("operateur", "structure")
DISCLOSURE = "R-CNF-01, R-CNF-02"
"""The rules that a template breaks by asking for what its readers may not see."""


class TemplateFault(Exception):
    """A template asks for what it may not have; the message is French, without a place."""


@dataclass(frozen=True)
class Cover:
    """What every template may print of the document itself."""

    titre: str
    type: str
    reference: str
    date: date
    chemin: str


@dataclass(frozen=True)
class Context:
    """The names a template finds, the logos it owes, and the document it makes."""

    document: Document
    names: Mapping[str, Any]
    logos: tuple[Logo, ...]
    author: str


@dataclass(frozen=True)
class _Lens:
    """Through what a view looks: the corpus, the audience, the scope whose consents count."""

    corpus: Corpus
    audience: frozenset[str]
    scope: Scope

    def agreed(self, path: str, audience: frozenset[str]) -> bool:
        """Whether every structure of the dossier agreed to show a field to that audience."""
        dossier = self.scope.part("dossier")
        data = dossier.data if dossier and isinstance(dossier.data, dict) else {}
        return agreed(data, path, audience)


class View:
    """A read-only mapping for templates: `convention.montant.ttc`."""

    __slots__ = ("_data", "_diffusion", "_lens", "_path", "_schema", "_source")

    def __init__(
        self,
        lens: _Lens,
        source: Source,
        path: str,
        data: Mapping[str, Any],
        schema: Schema,
        diffusion: tuple[str, ...],
    ) -> None:
        self._lens, self._source, self._path = lens, source, path
        self._data, self._schema, self._diffusion = data, schema, diffusion

    def __getitem__(self, key: str) -> Any:
        known = self._schema.get("properties", {})
        if key not in known:
            near = get_close_matches(str(key), known, n=1)
            also = f" (vouliez-vous dire « {near[0]} » ?)" if near else ""
            raise TemplateFault(f"« {self._path}.{key} » n’existe pas{also}")
        field: Schema = known[key]
        path = f"{self._path}.{key}"
        diffusion = tuple(field.get("x-diffusion", self._diffusion))
        closed = self._lens.audience - set(diffusion)
        if closed:
            if not field.get("x-accord"):
                raise TemplateFault(
                    f"« {path} » n’est pas destiné à ce public : {', '.join(sorted(closed))} "
                    f"({DISCLOSURE})"
                )
            if not self._lens.agreed(path, closed):
                return None
            # What is agreed to is open with all that it holds.
            diffusion = (*diffusion, *closed)
        return _wrap(self._lens, self._source, path, self._data.get(key), field, diffusion)

    def __str__(self) -> str:
        raise TemplateFault(f"« {self._path} » ne s’imprime pas : nommez le champ voulu")

    def __iter__(self) -> Iterator[str]:
        raise TemplateFault(f"« {self._path} » ne se parcourt pas : nommez le champ voulu")


def build_context(document: Document, corpus: Corpus) -> Context:
    """Everything one document may print. The document must be ready: its date is known."""
    lens = _Lens(corpus, frozenset(document.type.destinataires), document.scope)
    day = document.date
    assert day is not None, "select lets no document without a date through"
    cover = Cover(
        document.type.titre, document.type.name, document.scope.reference, day, document.folder
    )
    names: dict[str, Any] = dict(_parts(lens, document))
    names |= {
        "document": cover,
        "accord": lambda path: lens.agreed(path, lens.audience - set(DEFAULT_AUDIENCE)),
    }
    return Context(document, names, owed_logos(document, corpus), _author(document, corpus))


def _parts(lens: _Lens, document: Document) -> Iterator[tuple[str, Any]]:
    """The parts in reach, as views; the records they name become `structures`, `prestataires`."""
    for scope in document.scope.lineage():
        for kind, source in scope.parts.items():
            yield _name(kind), _view(lens, source, kind)
    for kind in document.type.donnees:
        if kind in SHELVES.values() and document.scope.part(kind) is None:
            among, lineage = document.type.donnees, document.scope.lineage()
            named = (r for s in lineage for r in records(lens.corpus, s, kind, among))
            unique = {r.path: r for r in named}
            yield f"{kind}s", tuple(_view(lens, r, kind) for r in unique.values())
    levels = {scope.level for scope in document.scope.lineage()}
    for name, known in lens.corpus.kinds.items():
        if known.place in levels and document.scope.part(name) is None:
            yield _name(name), None
    if document.item:
        yield "element", _item(lens, document)


def _item(lens: _Lens, document: Document) -> Any:
    """The one item of `pour_chaque` that this document is about, never its siblings."""
    kind = document.type.pour_chaque.partition(".")[0]
    source = document.scope.part(kind)
    assert source is not None, "an item lives in a file that is there"
    schema = lens.corpus.kinds[kind].schema
    diffusion = tuple(nearest(schema, document.item, "x-diffusion") or DEFAULT_AUDIENCE)
    data, field = at(source.data, document.item), field_at(schema, document.item)
    return _wrap(lens, source, kind, data, field, diffusion)


def _view(lens: _Lens, source: Source, kind: str) -> View:
    schema = lens.corpus.kinds[kind].schema
    diffusion = tuple(schema.get("x-diffusion", DEFAULT_AUDIENCE))
    return View(lens, source, _name(kind), source.data or {}, schema, diffusion)


def _name(kind: str) -> str:
    return kind.replace("-", "_")


def _wrap(
    lens: _Lens, source: Source, path: str, data: Any, field: Schema, diffusion: tuple[str, ...]
) -> Any:
    """A datum as templates read it: a view, a tuple, or a value that knows how to print."""
    if field.get("type") == "array":
        item = field.get("items", {})
        return tuple(_wrap(lens, source, path, entry, item, diffusion) for entry in data or ())
    if data is None:
        return None
    if "text/markdown" in str(field.get("contentMediaType")):
        return _rich(lens, source, data)
    if isinstance(data, dict):
        return View(lens, source, path, data, field, diffusion)
    if target := field.get("x-reference"):
        return _referred(lens, str(target), str(data), path)
    return _scalar(data, field)


def _scalar(data: Any, field: Schema) -> Any:
    if labels := field.get("x-libelles"):
        return Code(str(data), str(labels.get(data, data)))
    if field.get("format") == "date":
        return date.fromisoformat(data)
    if field.get("format") == "heure":
        return clock(data)
    if isinstance(data, int | Decimal) and not isinstance(data, bool) and field.get("x-unite"):
        return of_unit(data, str(field["x-unite"]))
    return data


def _rich(lens: _Lens, source: Source, data: Any) -> Riche:
    workspace = lens.corpus.workspace
    text, folder = markdown_text(workspace.root, source, data)
    return Riche(text, workspace.relative(folder.resolve()))


def _referred(lens: _Lens, target: str, name: str, path: str) -> View | None:
    """The view of what a reference names; None where it leads nowhere (already a finding)."""
    if target in SHELVES:
        record = lens.corpus.record(target, name)
        return _view(lens, record, SHELVES[target]) if record else None
    rank = position(lens.corpus, target, name)
    if rank is None:
        return None
    source, schema = lens.corpus.territory, lens.corpus.kinds["territoire"].schema
    pointer = (target, rank)
    diffusion = tuple(nearest(schema, pointer, "x-diffusion") or DEFAULT_AUDIENCE)
    data = at(source.data, pointer)
    return View(lens, source, target, data, field_at(schema, pointer), diffusion)


def _author(document: Document, corpus: Corpus) -> str:
    """The operator that issues the document: the dossier's first, else the territory's first."""
    dossier = document.scope.part("dossier")
    named = at(dossier.data, ("operateurs", 0)) if dossier else None
    rank = position(corpus, "operateurs", str(named)) if named else 0
    return str(at(corpus.territory.data, ("operateurs", rank or 0, "nom")) or "")
