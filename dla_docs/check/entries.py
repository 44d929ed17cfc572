"""What a record may say in `verifie`: refused when it is read, never met while data are checked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dla_docs.check.declared import Entry, paths, shared
from dla_docs.load.places import SERIES
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import Every, Path
from dla_docs.model.schemas import Kind, Schema, field_at, fields

Kinds = Mapping[str, Kind]

NATURES = {
    "duree": ("une date",),
    "depuis": ("une date",),
    "ordre": ("une date", "un nombre"),
    "somme": ("un nombre",),
    "egale": ("un nombre",),
    "nombre": ("une liste",),
}
"""What the data under a key of an entry must be, for the interpreter to count or compare them."""


def refuse_faulty_entry(source: Source, place: Pointer, entry: Entry, kinds: Kinds) -> None:
    """Raise TemplateError, at its place, for an entry that could not be read, or never fire.

    `place` is that of the entry in the file of its record.
    """
    for message, hint in _faults(entry, kinds):
        span = source.place(place)
        where = f"{source.path}:{span.line}:{span.column}: {place[0]} :"
        raise TemplateError(f"{where} {message}", hint)


def _faults(entry: Entry, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do; each is only looked for where those before it are not."""
    for key in ("message", "conseil"):
        if key not in entry:
            yield f"il manque « {key} » à une vérification", "écrivez-le dans la fiche"
    for text in paths(entry):
        if _field(text, kinds) is None:
            hint = "écrivez partie.champ, comme convention.date ou realisation.notes[].date"
            yield f"« {text} » n’est pas une donnée que les schémas connaissent", hint
    yield from _natures(entry, kinds)
    yield from _products(entry, kinds)
    required = entry.get("requis")
    if required and "retard" not in entry and _owed_by_schema(Path.parse(required), kinds):
        told = f"« {required} » est obligatoire dans son schéma : la règle ne jouerait jamais"
        yield told, "dla check dit déjà cette absence (S-REQUIS)"
    parameters = dict(fields(field_at(kinds["territoire"].schema, ("parametres",))))
    for name in (entry[key] for key in ("min", "max", "retard") if key in entry):
        if isinstance(name, str) and name not in parameters:
            hint = did_you_mean(nearest_word(name, parameters)) or "écrivez un nombre"
            yield f"« {name} » n’est pas un paramètre du territoire", hint
        if isinstance(name, str) and _nature(parameters.get(name, {})) != "un nombre":
            yield f"« {name} » n’est pas un nombre de territoire.yaml", "écrivez un nombre"


def _products(entry: Entry, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """Two lists of which each element would be compared to all those of the other.

    Of n and m elements, that would say n × m things, of which none tells which datum is wrong.
    """
    for key in ("ordre", "duree", "egal"):
        if key in entry:
            depth = shared(*entry[key])
            if all(_is_many(Path.parse(text), depth, kinds) for text in entry[key]):
                told = " et ".join(f"« {text} »" for text in entry[key])
                hint = "comparez à une seule donnée, ou à une donnée du même élément"
                yield f"« {key} » compare deux listes, {told}, chaque élément à tous", hint


def _is_many(path: Path, depth: int | None, kinds: Kinds) -> bool:
    """Whether a path names several data of one element of the list that two paths share."""
    several = depth is None and kinds[path.part].place in SERIES
    return several or any(isinstance(step, Every) for step in path.steps[depth or 0 :])


def _natures(entry: Entry, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """Data that cannot be counted or compared as their key does."""
    for key, natures in NATURES.items():
        texts = paths({key: entry[key]}) if key in entry else ()
        met = {text: _nature(_field(text, kinds) or {}) for text in texts}
        for text, nature in met.items():
            if nature not in natures:
                yield f"« {key} » attend {' ou '.join(natures)} : « {text} » n’en est pas", ""
        if len(set(met.values())) > 1:
            yield f"« {key} » compare deux dates ou deux nombres, non l’un à l’autre", ""


def _nature(field: Schema) -> str:
    kinds = field.get("type", ())
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    if field.get("format") == "date":
        return "une date"
    if kinds & {"number", "integer"}:
        return "un nombre"
    return "une liste" if "array" in kinds else "un texte"


def _field(text: str, kinds: Kinds) -> Schema | None:
    """The schema of a path of an entry; None where there is none, or in a file named by another."""
    try:
        path = Path.parse(text)
    except ValueError:
        return None
    if path.through or path.part not in kinds:
        return None
    return path.of_schema(kinds[path.part].schema)


def _owed_by_schema(path: Path, kinds: Kinds) -> bool:
    """Whether its schema owes a datum to what holds it: absent, it is a fault of form already."""
    holder = replace(path, steps=path.steps[:-1]).of_schema(kinds[path.part].schema) or {}
    return bool(path.steps) and path.steps[-1] in holder.get("required", ())
