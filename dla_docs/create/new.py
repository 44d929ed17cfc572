"""A file of a workspace to come (`dla new`): where it goes, and what it is filled with.

Nothing is written here: `disk/writing.py` does, and never over what a person has written.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from dla_docs.create.known import Known
from dla_docs.create.prefill import prefill
from dla_docs.create.skeleton import skeleton
from dla_docs.documents.types import DocumentType
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library
from dla_docs.load.listing import Listing
from dla_docs.load.names import find_scope
from dla_docs.load.places import RESERVED, SHELVES, modeline, path_of, shelf_folder, slug
from dla_docs.load.references import names
from dla_docs.load.scopes import Scope
from dla_docs.model.errors import RequestError, TemplateError
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import Step
from dla_docs.model.readings import day as read_day
from dla_docs.model.schemas import SUFFIX, Kind, Schema, field_at, fields
from dla_docs.model.words import enumeration

New = tuple[PurePosixPath, bytes]
"""A file to come: its path from the root of the workspace, and its content."""


def next_reference(corpus: Corpus, day: date) -> str:
    """The first `AAAA-NNN` after those of the year, folders without a file counted.

    Raises RequestError after the 999th: a reference has three digits.
    """
    year = f"{day.year:04}-"
    folders = corpus.workspace.folders()
    numbered = (re.match(rf"{year}([0-9]{{3}})(?![0-9])", name) for name in folders)
    rank = max((int(match[1]) for match in numbered if match), default=0) + 1
    if rank > 999:
        raise RequestError(f"l’année {day.year} compte déjà 999 dossiers")
    return f"{year}{rank:03}"


def known_names(key: str, words: tuple[str, ...], kind: Kind, corpus: Corpus) -> list[str]:
    """The short names that a person gives for a list of references (`structures`).

    Raises RequestError for an unknown one, or where the kind has no such list.
    """
    target = field_at(kind.schema, (key, 0)).get("x-reference")
    if not target:
        option = key.replace("_", "-").replace("charges", "charge").removesuffix("s")
        raise RequestError(f"« dla new {kind.name} » n’a pas d’option --{option}")
    return [find_record(word, target, corpus) for word in dict.fromkeys(words)]


def before_it(kind: Kind, given: Mapping[str, Any], listing: Listing) -> tuple[str, ...]:
    """The dossiers that one to come follows: those of the structures it is given, each once."""
    if kind.name != "dossier":
        return ()
    followed = Library(listing).followed
    return tuple(dict.fromkeys(p for s in given.get("structures", ()) for p in followed.get(s, ())))


@dataclass(frozen=True)
class Draft:
    """A file to come: its path from the root, its kind, what is owed in it, what is known of it."""

    path: PurePosixPath
    kind: Kind
    schema: Schema
    values: Mapping[str, Any]
    scope: Scope


def draft(
    kind: Kind,
    words: tuple[str, ...],
    given: Mapping[str, Any],
    corpus: Corpus,
    types: Iterable[DocumentType],
    day: date,
) -> Draft:
    """One file of a kind, with what is known of it.

    `words` are what the person says of its place: nothing, a name, a dossier or an ingénierie,
    then a name where there are several. `types`: the documents that may owe some of its keys.
    Raises RequestError when the words do not lead to a place.
    """
    scope, folders, rest = _scope(kind, words, corpus)
    wanted = _wanted(kind)
    if len(rest) != len(wanted):
        raise _wrong_words(kind)
    name, known_name = "", dict[str, Any]()
    if wanted:
        name, known_name = _name(kind, wanted[0], rest[0], corpus)
        if kind.name == kind.place == "dossier":
            name = f"{next_reference(corpus, day)}-{name}"
        folders = (*folders, name)
    known = Known(corpus, scope, day, name, kind.name)
    schema = with_owed(_fillable(kind), types)
    values = prefill(schema, known, {**known_name, **given})
    if "type" in schema.get("properties", {}) and (structures := values.get("structures")):
        values["type"] = "collectif" if len(structures) > 1 else "individuel"
    return Draft(path_of(kind, *folders), kind, schema, values, scope)


def new_file(
    kind: Kind,
    words: tuple[str, ...],
    given: Mapping[str, Any],
    corpus: Corpus,
    types: Iterable[DocumentType],
    day: date,
) -> New:
    """The text of a file to come, and where it goes; see `draft`."""
    made = draft(kind, words, given, corpus, types, day)
    return made.path, drafted(made, corpus)


def drafted(made: Draft, corpus: Corpus) -> bytes:
    """The text of a draft."""
    text = skeleton(
        made.schema,
        made.values,
        modeline(made.kind, made.path),
        lambda target: _suggested(target, made.kind, made.scope, corpus),
    )
    return text.encode()


def _fillable(kind: Kind) -> Kind:
    """A kind whose schema says what a file holds. Raises TemplateError for one that says nothing.

    A workspace may have written it: the package's all do.
    """
    if not next(fields(kind.schema), None):
        raise TemplateError(
            f"schemas/{kind.name}{SUFFIX} : le schéma ne déclare aucune clé (« properties ») ; "
            f"« dla new {kind.name} » ne sait pas quoi écrire",
            "déclarez ses clés, avec leur titre et leur description",
        )
    return kind


def with_owed(kind: Kind, types: Iterable[DocumentType]) -> Schema:
    """The schema of a kind, where what its own documents print a section of is owed too.

    A section needs the first datum it is made of, whatever the schema leaves for later, unless
    another is there or may come from elsewhere.
    """
    schema = kind.schema
    for document in types:
        if document.donnees[0] != kind.name or document.condition:
            continue
        for section in document.sections:
            own = all(path.part == kind.name for path in section.champs)
            owed = {key for path in section.champs for key in path.steps[:1]}
            if section.champs and own and owed.isdisjoint(schema.get("required", ())):
                schema = _owing(schema, section.champs[0].steps)
    return schema


def _owing(schema: Schema, steps: tuple[Step, ...]) -> Schema:
    """A schema that requires a datum, and what holds it."""
    key = steps[0] if steps else None
    if key not in schema.get("properties", {}):
        return schema
    field = _owing(schema["properties"][key], steps[1:])
    required = tuple(dict.fromkeys((*schema.get("required", ()), key)))
    return {**schema, "properties": {**schema["properties"], key: field}, "required": required}


def _suggested(target: str, kind: Kind, scope: Scope, corpus: Corpus) -> tuple[str, ...]:
    """The names that comments give for a reference: those that may be meant there."""
    if target == "dossiers":
        return tuple(dossier.name for dossier in corpus.listing.level("dossier"))
    answered = tuple(scope.series.get("proposition", {}))
    if target == "prestataires" and kind.place == "ingenierie" and answered:
        return answered
    return names(corpus, target)


def example_command(kind: Kind) -> str:
    """A command that makes a file of a kind."""
    scopes = {"ingenierie": "2026-001/gouvernance", "propositions": "2026-001/gouvernance"}
    words = [scopes.get(kind.place, "2026-001" if kind.place == "dossier" else "")]
    if kind.name == kind.place:
        words = ["2026-001"] if kind.place == "ingenierie" else [""]
    samples = {"annee": "2026", "prestataire": "alidade"}
    first = next((field for _, field in fields(kind.schema)), {})
    named = "2026-03-12" if first.get("format") == "date" else f'"{first.get("title", "Nom")}"'
    words += [samples.get(w, named) for w in _wanted(kind)]
    return " ".join(["dla new", kind.name, *(word for word in words if word)])


def _wanted(kind: Kind) -> tuple[str, ...]:
    """The name that a person gives to a file of a kind: what stands in its place, if anything."""
    if kind.place in {"dossier", "ingenierie"}:
        return ("nom",) if kind.name == kind.place else ()
    return tuple(re.findall(r"<([^<>]+)>", str(path_of(kind, *(_parents(kind))))))


def words_of(kind: Kind) -> tuple[str, ...]:
    """What a person says of the place of a file: `dossier`, `ingenierie`, `nom`, `annee`."""
    level = level_of(kind)
    return (*((level,) if level else ()), *_wanted(kind))


def _parents(kind: Kind) -> tuple[str, ...]:
    return ("dossier", "ingenierie") if kind.place == "propositions" else ()


def level_of(kind: Kind) -> str:
    """The level of the scope that a person names for a kind; empty for none."""
    if kind.place == "propositions" or (kind.place == "ingenierie" != kind.name):
        return "ingenierie"
    if kind.place == "ingenierie" or (kind.place == "dossier" != kind.name):
        return "dossier"
    return ""


def _scope(
    kind: Kind, words: tuple[str, ...], corpus: Corpus
) -> tuple[Scope, tuple[str, ...], tuple[str, ...]]:
    """The scope that holds the file to come, the names of its folders, and the other words."""
    level = level_of(kind)
    if not level:
        return corpus.scopes["territoire"], (), words
    if not words:
        raise _wrong_words(kind)
    scope = find_scope(words[0], corpus)
    if level == "ingenierie" and scope.level == "dossier":
        scope = _only_ingenierie(scope, corpus, kind)
    if scope.level != level:
        raise RequestError(
            f"« {words[0]} » n’est pas {_A[level]}", f"par exemple : {example_command(kind)}"
        )
    folders = tuple(s.name for s in (scope, scope.parent) if s and s.level != "territoire")
    return scope, folders[::-1], words[1:]


_A = {"dossier": "un dossier", "ingenierie": "une ingénierie"}


def _only_ingenierie(dossier: Scope, corpus: Corpus, kind: Kind) -> Scope:
    """The ingénierie of a dossier that has one. Raises RequestError when it has none or several."""
    inside = [s for s in corpus.level("ingenierie") if s.parent and s.parent.path == dossier.path]
    if len(inside) == 1:
        return inside[0]
    if not inside:
        raise RequestError(
            f"le dossier {dossier.reference} n’a pas encore d’ingénierie",
            f'créez-la d’abord : dla new ingenierie {dossier.reference} "Intitulé de la mission"',
        )
    known = ", ".join(f"{dossier.reference}/{s.name}" for s in inside)
    raise RequestError(
        f"le dossier {dossier.reference} a plusieurs ingénieries", f"nommez-en une : {known}"
    )


def _wrong_words(kind: Kind) -> RequestError:
    """What is said when there are too few words, or too many."""
    expected = _expected(kind)
    demand = f"attend {expected}" if expected else "n’attend aucun autre mot"
    return RequestError(
        f"« dla new {kind.name} » {demand}", f"par exemple : {example_command(kind)}"
    )


def _expected(kind: Kind) -> str:
    level = level_of(kind)
    called = {"annee": "une année", "prestataire": "un prestataire", "nom": "un nom"}
    called["date"] = "une date écrite AAAA-MM-JJ"
    words = [_A[level]] if level else []
    words += [called.get(word, "un nom") for word in _wanted(kind)]
    return enumeration(words)


def _name(kind: Kind, wanted: str, word: str, corpus: Corpus) -> tuple[str, dict[str, Any]]:
    """The file or folder name that a word makes, and the datum that it is: the first of the file.

    Raises RequestError for a word that cannot name such a file.
    """
    if wanted == "prestataire":
        return find_record(word, "prestataires", corpus), {}
    key, field = next(fields(_fillable(kind).schema))
    value: Any = word
    if field.get("type") == "integer":
        if not re.fullmatch(r"[0-9]{4}", word):
            raise RequestError(
                f"« {word} » n’est pas une année", f"par exemple : {example_command(kind)}"
            )
        value = int(word)
    elif field.get("format") == "date" and not _is_day(word):
        raise RequestError(
            f"« {word} » n’est pas une date écrite AAAA-MM-JJ", _day_advice(word, kind)
        )
    name = slug(word)
    if not name:
        raise RequestError(
            f"« {word} » ne contient aucune lettre dont faire un nom de fichier",
            f"par exemple : {example_command(kind)}",
        )
    if name in RESERVED:
        name = f"{kind.name}-{name}"
    return name, {key: value}


def _day_advice(word: str, kind: Kind) -> str:
    """The command for a day written otherwise, or why there is no such day."""
    reading = read_day(word)
    if reading.written:
        return f"écrivez : dla new {kind.name} {reading.written}"
    return reading.why or f"par exemple : {example_command(kind)}"


def find_record(word: str, shelf: str, corpus: Corpus) -> str:
    """The short name of a record, from it, the path of its file or its full name.

    Raises RequestError with the nearest known one.
    """
    known = names(corpus, shelf)
    # A path of Windows too, as its shells complete it.
    name = PurePosixPath(word.replace("\\", "/")).name.removesuffix(".yaml")
    for candidate in (name, slug(word)):
        if candidate in known:
            return candidate
    holding = [name for name in known if slug(word) and slug(word) in name]
    near = nearest_word(slug(word), known)
    where = shelf_folder(shelf) or f"{shelf} de territoire.yaml"
    if near or holding:
        # Three at most: a question that lists more is read no further.
        hint = did_you_mean(near) or did_you_mean(*holding[:3])
    elif shelf in SHELVES:
        hint = f'créez sa fiche : dla new {SHELVES[shelf]} "{word}"'
    else:
        hint = f"noms connus : {', '.join(known) or 'aucun'}"
    raise RequestError(f"« {word} » n’existe pas dans {where}", hint)


def _is_day(word: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", word)) and bool(date.fromisoformat(word))
    except ValueError:
        return False
