"""What is already known of a file to come: references and facts that other files hold.

A field whose schema names a source (`x-depuis`) takes its value from there:

- `dossier.type`, `cahier-des-charges.livrables`: a datum of a part of the same dossier;
- `structures.denomination`: a datum of the record that a key beside it names (`x-reference`);
- `choix.retenu/proposition.budget.jours`: a datum of the proposition that another datum names, in
  its last version;
- `jour`: the day of the command.

Without it, an owed reference takes the names that the dossier or ingénierie gives, or the only
one there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from dla_docs.load.corpus import Corpus, Scope
from dla_docs.load.places import SHELVES, path_of
from dla_docs.load.references import names, position
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import Schema, fields
from dla_docs.model.versions import standing

SOURCE = "x-depuis"
TODAY = Path("jour")


@dataclass(frozen=True)
class Known:
    """Where facts are looked for: a corpus (sound), the scope the file is for, the day."""

    corpus: Corpus
    scope: Scope
    day: date


def prefill(schema: Schema, known: Known, given: Mapping[str, Any]) -> dict[str, Any]:
    """The known values of a mapping: those given, then those found, in the order of its keys.

    An optional key is there only when its schema says where to take it from. Raises TemplateError
    for an `x-depuis` that is no path.
    """
    values: dict[str, Any] = dict(given)
    owed = schema.get("required", ())
    # References first: what is beside them is copied from the records they name.
    order = sorted(fields(schema), key=lambda entry: "x-reference" not in entry[1])
    for key, field in order:
        value = None
        if key in given:
            continue
        if source := source_of(field):
            value = _take(source, schema, values, known)
        elif key in owed:
            value = _owed(field, known)
        if value not in (None, [], {}):
            values[key] = value
    return {key: values[key] for key, _ in fields(schema) if key in values}


def _owed(field: Schema, known: Known) -> Any:
    """What is known of an owed field that names no source."""
    items = field.get("items", {})
    if target := field.get("x-reference"):
        candidates = _candidates(target, known)
        return candidates[0] if len(candidates) == 1 else None
    if target := items.get("x-reference"):
        return list(_candidates(target, known))
    if "properties" in items:
        return _elements(items, known)
    if "properties" in field:
        return prefill(field, known, {})
    return None


def _elements(items: Schema, known: Known) -> list[dict[str, Any]]:
    """One element for each name that its first owed reference may take."""
    owed = items.get("required", ())
    for key, field in fields(items):
        if key in owed and (target := field.get("x-reference")):
            source = source_of(field)
            name = _take(source, items, {}, known) if source else None
            candidates = [name] if name else _candidates(target, known)
            return [prefill(items, known, {key: candidate}) for candidate in candidates]
    alone = prefill(items, known, {})
    return [alone] if alone else []


def source_of(field: Schema) -> Path | None:
    """Where a field says to take its value from, None if nowhere. Raises TemplateError."""
    if SOURCE not in field:
        return None
    try:
        return Path.parse(field[SOURCE])
    except ValueError as error:
        raise TemplateError(
            f"{error} (« {SOURCE} » de « {field.get('title')} », dans un schéma)",
            "écrivez partie.champ, comme dossier.type",
        ) from error


def _take(path: Path, schema: Schema, beside: Mapping[str, Any], known: Known) -> Any:
    """The datum that a source names; None where there is none yet."""
    if path == TODAY:
        return known.day.isoformat()
    if path.through:
        name = _take(path.through, schema, beside, known)
        if not isinstance(name, str):
            return None
        # Every second part is a name: `2026-001-fournil/ingenieries/gouvernance`.
        place = path_of(
            known.corpus.kinds[path.part], *PurePosixPath(known.scope.path).parts[::2], name
        )
        part = known.corpus.sources.get(str(place))
        return _standing(path, part.data, known.corpus.kinds[path.part].schema) if part else None
    for key, field in fields(schema):
        if field.get("x-reference") == path.part:
            name = beside.get(key)
            if not isinstance(name, str):
                return None
            return path.first(_record(path.part, name, known))
    part = known.scope.part(path.part)
    return path.first(part.data) if part else None


def _standing(path: Path, data: Any, schema: Schema) -> Any:
    """The datum that a path names, in the last version of what was negotiated."""
    key, *rest = path.steps
    if not isinstance(key, str):
        return path.first(data)
    return Path(path.part, (*standing(data, schema, key), *rest)).first(data)


def _record(target: str, name: str, known: Known) -> Any:
    """What a name leads to: the data of a file, or an element of a list of `territoire.yaml`."""
    if target in SHELVES:
        source: Source | None = known.corpus.record(target, name)
        return source.data if source else None
    rank = position(known.corpus, target, name)
    return None if rank is None else at(known.corpus.territory.data, (target, rank))


def _candidates(target: str, known: Known) -> tuple[str, ...]:
    """The names a reference may take: those of the ingénierie or dossier, else the only one."""
    for scope in known.scope.lineage():
        head = scope.parts.get(scope.level)
        listed = at(head.data, (target,)) if head and scope.level != "territoire" else None
        if isinstance(listed, list):
            return tuple(name for name in listed if isinstance(name, str))
    everyone = names(known.corpus, target)
    return everyone if len(everyone) == 1 else ()
