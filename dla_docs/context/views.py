"""Views: data as a template reads it, through its schema and the document's audience.

A field is there only if every addressee may see it (`x-diffusion`, inherited down the data path);
reading an unknown or closed field raises, even under `is defined` or `default`; an absent optional
one is None, or an empty list. A field marked `x-accord` is None until the structures have agreed.
What is known only from a day (`x-connu-le`) is absent from a document of an earlier one; who holds
a place that others held before (`x-avant`) is who held it that day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dla_docs.check.representation import in_charge
from dla_docs.disk.reading import located
from dla_docs.documents.consents import agreed, standing
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import REFERENCE, SHELVES
from dla_docs.load.references import position
from dla_docs.load.scopes import Scope
from dla_docs.load.texts import markdown_text
from dla_docs.load.yaml_reader import Source
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import Every, Path, at
from dla_docs.model.schemas import Schema, field_at, nearest
from dla_docs.model.values import GROUPS, Code, Missing, Riche, clock, grouped, of_unit

DEFAULT_AUDIENCE = ("operateur", "structure")
"""Who sees a field whose schema names nobody: what is gathered goes no further by itself."""
SEATED = frozenset({"operateur", "comite", "financeurs"})
"""Who sees the members of the instances: those who sit in them."""
PARTIES = frozenset({"operateur", "structure", "prestataire"})
"""Who signs a convention and its avenants."""
CHOOSERS = frozenset({"operateur", "structure"})
"""Who sees notes, ranks and propositions."""
DISCLOSURE = "R-CNF-01, R-CNF-02"
"""The rules that a template breaks by asking for what its readers may not see."""


class TemplateFault(Exception):
    """A template asks for what it may not have; the message is French, without a place."""


@dataclass(frozen=True)
class Function:
    """What a template may call, of all that can be: any other callable is refused."""

    call: Callable[..., Any]

    def __call__(self, *given: Any, **named: Any) -> Any:
        """What it gives. Raises TemplateFault for what it is not made for."""
        return self.call(*given, **named)


@dataclass(frozen=True)
class Lens:
    """Through what a view looks: the corpus, the audience, the scope whose consents count.

    `day` is the document's. `hidden` is the list of which the document is about one item: it is
    never read whole. In a `draft`, what is owed and absent is a mark to fill in. `within`: the
    first and the last day looked at, `AAAA-MM-JJ`; elements of another day are not read.
    """

    corpus: Corpus
    audience: frozenset[str]
    scope: Scope
    day: date
    hidden: Path | None = None
    draft: bool = False
    within: tuple[str, str] | None = None

    def unknown(self, data: Mapping[str, Any], field: Schema) -> bool:
        """Whether a datum was not known yet on the document's day: a letter tells no future.

        `x-connu-le` names the neighbour that holds the day from which it is known.
        """
        day = data.get(field.get("x-connu-le", "")) if isinstance(data, Mapping) else None
        return isinstance(day, str) and day > self.day.isoformat()

    def outside(self, item: Any) -> bool:
        """Whether an element of a list is dated of a day that is not looked at."""
        if self.within is None or not isinstance(item, Mapping):
            return False
        (start, end), day = self.within, item.get("date")
        return isinstance(day, str) and not start <= day <= end

    def agreed(self, path: str, audience: frozenset[str]) -> bool:
        """Whether every structure of the dossier agreed to show a field to that audience."""
        dossier = self.scope.part("dossier")
        data = dossier.data if dossier and isinstance(dossier.data, dict) else {}
        return agreed(data, path, audience, standing(data, self.day.isoformat()))


class View:
    """A read-only mapping for templates: `convention.montant.ttc`."""

    __slots__ = ("_data", "_diffusion", "_lens", "_path", "_schema", "_source")

    def __init__(
        self,
        lens: Lens,
        source: Source,
        path: Path,
        data: Mapping[str, Any],
        schema: Schema,
        diffusion: tuple[str, ...],
    ) -> None:
        self._lens, self._source, self._path = lens, source, path
        self._data, self._schema, self._diffusion = data, schema, diffusion

    def __getitem__(self, key: str) -> Any:
        properties = self._schema.get("properties", {})
        if not isinstance(key, str):
            raise TemplateFault(f"« {self._path} » se lit par ses champs : nommez celui voulu")
        path = self._path.down(key)
        if key not in properties:
            near = did_you_mean(nearest_word(key, properties))
            also = f" ({near})" if near else ""
            raise TemplateFault(f"« {path} » n’existe pas{also}")
        field: Schema = properties[key]
        if path == self._lens.hidden:
            raise TemplateFault(f"« {path} » ne se lit qu’un à la fois : employez « element »")
        diffusion = tuple(field.get("x-diffusion", self._diffusion))
        closed = self._lens.audience - set(diffusion)
        if closed:
            if not field.get("x-accord"):
                raise TemplateFault(
                    f"« {path} » n’est pas destiné à ce public : {', '.join(sorted(closed))} "
                    f"({DISCLOSURE})"
                )
            if not self._lens.agreed(str(path), closed):
                return None
            # What is agreed to is open with all that it holds.
            diffusion = (*diffusion, *closed)
        if self._lens.unknown(self._data, field):
            return None
        data = self._read(key, field)
        if self._lens.draft and data in (None, []) and key in self._schema.get("required", ()):
            return Missing(str(field.get("title", key)))
        return wrap(self._lens, self._source, path, data, field, diffusion)

    def _read(self, key: str, field: Schema) -> Any:
        data = self._data.get(key)
        if before := field.get("x-avant"):
            data = in_charge(self._data.get(before) or (), data, self._lens.day.isoformat())
        # What a territory does not say is what its schema documents: a delay, a threshold.
        return field.get("default") if data is None else data

    def __str__(self) -> str:
        raise TemplateFault(f"« {self._path} » ne s’imprime pas : nommez le champ voulu")

    def __iter__(self) -> Iterator[str]:
        raise TemplateFault(f"« {self._path} » ne se parcourt pas : nommez le champ voulu")


class Bundle:
    """Some names under one: the parts of a dossier that another scope refers to."""

    __slots__ = ("_names", "_path")

    def __init__(self, path: Path, names: Mapping[str, Any]) -> None:
        self._path, self._names = path, names

    def __getitem__(self, key: str) -> Any:
        if not isinstance(key, str):
            raise TemplateFault(f"« {self._path} » se lit par ses parties : nommez celle voulue")
        if key not in self._names:
            raise TemplateFault(f"« {self._path.down(key)} » n’existe pas")
        return self._names[key]

    def __str__(self) -> str:
        raise TemplateFault(f"« {self._path} » ne s’imprime pas : nommez la partie voulue")


def part_view(lens: Lens, source: Source, kind: str) -> View:
    """The view of a whole file; reading a key that is closed or unknown raises TemplateFault."""
    schema = lens.corpus.kinds[kind].schema
    diffusion = tuple(schema.get("x-diffusion", DEFAULT_AUDIENCE))
    return View(lens, source, Path(name_of(kind)), source.data or {}, schema, diffusion)


def parts_of(lens: Lens, scope: Scope) -> Iterator[tuple[str, Any]]:
    """The parts of a scope and of what holds it, by their names in templates; None if absent."""
    levels = set()
    for holder in scope.lineage():
        levels.add(holder.level)
        for kind, source in holder.parts.items():
            yield name_of(kind), part_view(lens, source, kind)
    for name, declared in lens.corpus.kinds.items():
        if declared.place in levels and scope.part(name) is None:
            yield name_of(name), None


def ingenieries_of(lens: Lens, name: str = "") -> Iterator[Bundle]:
    """The ingénieries of the dossier looked at, or the one of that name: their parts, each once.

    What is read of them goes through their own schemas, as anything else.
    """
    unit = lens.scope.unit
    for scope in lens.corpus.level("ingenierie"):
        if scope.unit == unit and name in {"", scope.name}:
            names = {name_of(kind): part_view(lens, f, kind) for kind, f in scope.parts.items()}
            absent = (k.name for k in lens.corpus.kinds.values() if k.place == "ingenierie")
            yield Bundle(Path("ingenieries"), {**dict.fromkeys(map(name_of, absent)), **names})


def name_of(kind: str) -> str:
    """The name of a part in templates: `cahier_des_charges`."""
    return kind.replace("-", "_")


def wrap(
    lens: Lens, source: Source, path: Path, data: Any, field: Schema, diffusion: tuple[str, ...]
) -> Any:
    """A datum as templates read it: a view, a tuple, or a value that knows how to print."""
    if field.get("type") == "array":
        item = field.get("items", {})
        each = path.down(Every())
        known = (e for e in data or () if not lens.unknown(e, item) and not lens.outside(e))
        return tuple(wrap(lens, source, each, entry, item, diffusion) for entry in known)
    if data is None:
        return None
    if "text/markdown" in str(field.get("contentMediaType")):
        # A text whose keys were all faulty is an absent one.
        return _rich(lens, source, data) if data else None
    if isinstance(data, dict):
        return View(lens, source, path, data, field, diffusion)
    if target := field.get("x-reference"):
        return _referred(lens, str(target), str(data), path)
    if field.get("x-nomme") == "ingenieries":
        return next(ingenieries_of(lens, str(data)), None)
    return scalar(data, field)


def scalar(data: Any, field: Schema) -> Any:
    """A scalar that knows how to print: a day, an amount, a code with its label."""
    if labels := field.get("x-libelles"):
        return Code(str(data), str(labels.get(data, data)))
    if field.get("format") == "date":
        return date.fromisoformat(data)
    if field.get("format") == "heure":
        return clock(data)
    if sizes := GROUPS.get(str(field.get("format"))):
        return Code(str(data), grouped(str(data), sizes))
    if isinstance(data, int | Decimal) and not isinstance(data, bool) and field.get("x-unite"):
        return of_unit(data, str(field["x-unite"]))
    return data


def _rich(lens: Lens, source: Source, data: Any) -> Riche:
    workspace = lens.corpus.workspace
    text, folder = markdown_text(workspace.root, source, data)
    return Riche(text, workspace.relative(located(folder)))


def _referred(lens: Lens, target: str, name: str, path: Path) -> Any:
    """The view of what a reference names; None where it leads nowhere (already a finding)."""
    if target in SHELVES:
        record = lens.corpus.record(target, name)
        return part_view(lens, record, SHELVES[target]) if record else None
    if target == "dossiers":
        return _dossier(lens, name, path)
    rank = position(lens.corpus, target, name)
    if rank is None:
        return None
    source, schema = lens.corpus.territory, lens.corpus.kinds["territoire"].schema
    pointer = (target, rank)
    diffusion = tuple(nearest(schema, pointer, "x-diffusion") or DEFAULT_AUDIENCE)
    data = at(source.data, pointer)
    path = Path("territoire", pointer).general
    return View(lens, source, path, data, field_at(schema, pointer), diffusion)


def _dossier(lens: Lens, name: str, path: Path) -> Bundle | None:
    """A dossier that another scope refers to: its parts and structures, under its own consents.

    Its number alone where its files are not read: a dossier that names another needs no more.
    """
    # By its folder or by its number: a comité writes either.
    named = (s for s in lens.corpus.level("dossier") if name in {s.name, s.reference})
    scope = next(named, None)
    if scope is None:
        if name not in lens.corpus.listing.shelf("dossiers"):
            return None
        kinds = (k.name for k in lens.corpus.kinds.values() if k.place == "dossier")
        absent = {**dict.fromkeys(map(name_of, kinds)), "structures": ()}
        return Bundle(path, {**absent, "reference": name[:REFERENCE]})
    inner = replace(lens, scope=scope)
    names = dict(parts_of(inner, scope))
    head = scope.parts.get("dossier")
    listed = at(head.data, ("structures",)) if head else None
    records = (lens.corpus.record("structures", s) for s in listed or () if isinstance(s, str))
    names["structures"] = tuple(part_view(inner, r, "structure") for r in records if r)
    return Bundle(path, {**names, "reference": scope.reference})
