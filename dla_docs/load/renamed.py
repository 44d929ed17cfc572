"""Keys whose name has changed: the former one (`x-anciens-noms`) is still read, and told.

What a person wrote for an older dla goes on working; `dla check --fix` writes the present name.
"""

from dataclasses import replace

from dla_docs.load.source import Source, Span
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.paths import at
from dla_docs.model.schemas import FORMER, Kind, Schema, field_at, fields


def renamed(source: Source, kind: Kind) -> Source:
    """The file with its keys under their present names, an alerte for each that was not."""
    if not kind.former_names:
        return source
    found = [p for p in source.keys if p[-1] in kind.former_names]
    for pointer in sorted(found, key=len):
        source = _renamed(source, pointer, kind.schema)
    return source


def _renamed(source: Source, former: Pointer, schema: Schema) -> Source:
    holder, key = at(source.data, former[:-1]), str(former[-1])
    name = present_name(field_at(schema, former[:-1]), key)
    # Under a key that has just been renamed, it is found again once that one is written.
    if not name or not isinstance(holder, dict) or key not in holder or name in holder:
        return source
    held = {name if other == key else other: value for other, value in holder.items()}
    holder.clear()
    holder.update(held)
    pointer = (*former[:-1], name)

    def moved(places: dict[Pointer, Span]) -> dict[Pointer, Span]:
        size = len(former)
        return {pointer + p[size:] if p[:size] == former else p: s for p, s in places.items()}

    keys, values = moved(source.keys), moved(source.values)
    after = replace(source, keys=keys, values=values)
    return replace(after, faults=(*source.faults, _told(source, former, pointer, after)))


def present_name(schema: Schema, key: str) -> str:
    """The name that a key has now; empty where it never had another."""
    return next((name for name, field in fields(schema) if key in field.get(FORMER, ())), "")


def _told(source: Source, former: Pointer, pointer: Pointer, after: Source) -> Finding:
    message = f"la clé « {former[-1]} » s’appelle désormais « {pointer[-1]} »"
    hint = f"écrivez « {pointer[-1]} » ; l’ancien nom est encore lu"
    told = after.finding("S-CLE", message, pointer, Severity.ALERTE, hint=hint, at_key=True)
    return replace(told, cure=source.renamed(former, str(pointer[-1])), public=(message, hint))
