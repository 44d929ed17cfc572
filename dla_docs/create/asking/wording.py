"""The words of a question: its title, what is expected, the known values, what Enter keeps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from dla_docs.create.asking.answers import alike, tight, titles_of
from dla_docs.create.asking.closed import Names
from dla_docs.create.asking.questions import (
    Form,
    Question,
    cells,
    form_of,
    is_closed,
    is_mapping,
    is_table,
)
from dla_docs.model.examples import example
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.model.values import amount, long_date
from dla_docs.model.words import folded, number_of, plain, within

WIDTH = 88
"""Longest line of known values, in signs; beyond, there is one a line."""
SHOWN = 12
"""Known names given with a question, at most; « ? » gives them all."""
LONGEST = 140
"""Signs of a value that is shown as known, at most: two lines of a terminal with its title."""
SAME = 5
"""Letters by which the name of an element is known in that of its list."""
NAMED = 40
"""Signs of the word by which an element is called, at most."""

_PART = re.compile(r"(?<![a-z_-])[a-z][a-z_-]++(?=[.\[/])")
"""What a path names before a key, an element or another path."""


@dataclass(frozen=True)
class Known:
    """What the words of a question need beside it: the names of references, what parts are called.

    `parts`: kinds of files, and lists of names, as people call them.
    """

    names: Names
    parts: Mapping[str, str]


HOW = (
    "Entrée garde ce qui est entre crochets, ou passe la question. « ? » explique, « < » revient",
    "à la question d’avant, « q » arrête : tout ce qui est répondu est enregistré.",
)
IN_ORDER = "dans l’ordre, séparés par « ; » ou par des espaces"
FOR_ALL = "un seul vaut pour tous"
IN_LINE = "sur une ligne, séparés par « ; »"
THEN = " ; ou le premier seul, et le reste vous est demandé"
HINTS = {
    Form.TEXT: "Plusieurs lignes ; un point seul sur une ligne termine",
    Form.LIST: "Un par ligne ; une ligne vide termine",
}


def heading(place: Pointer, schema: Schema, data: Any) -> str:
    """A place by titles: `Demande › Accord de l’instance`; with data, elements by their names."""
    return " › ".join(_titles(place, schema, data))


def _titles(place: Pointer, schema: Schema, data: Any) -> Iterator[str]:
    """The titles on the way to a place; an element by its rank, and by the first word it holds."""
    for size, step in enumerate(place, 1):
        own = field_at(schema, place[:size])
        if isinstance(step, int):
            called = _called(at(data, place[: size - 1]), step, own)
            yield f"{_title(own, 'élément')} {step + 1}{f' ({called})' if called else ''}"
        elif not (size < len(place) and is_table(own) and _alike_titles(own)):
            yield _title(own, step)


def _alike_titles(table: Schema) -> bool:
    """Whether an element is called after its list: `Livrables`, `Livrable`."""
    one, every = (folded(_title(own, ""))[:SAME] for own in (table["items"], table))
    return one == every


def _title(own: Schema, key: str) -> str:
    return str(own.get("title", key))


def lines(question: Question, schema: Schema, data: Any, known: Known) -> list[str]:
    """What is shown before the answer: title, what is expected, known values."""
    names = known.names
    title = heading(question.pointer, schema, data)
    match question.form:
        case Form.KNOWN:
            return _known(question, schema, data, known.parts)
        case Form.ALSO:
            return _also(question, title, data)
        case Form.ROW:
            return _row(question, title, names)
        case Form.COLUMN:
            key = question.columns[0]
            asked = _title(field_at(question.field, (key,)), key)
            return [f"{title} › {asked}", *_column(question, data)]
    own = question.field
    if question.either:
        return _either(own, schema)
    told = [*_about(question, title), *(f"  {line}" for line in choices(own, names))]
    if question.form is Form.LIST and is_closed(own.get("items", {})):
        return [*told, "  (plusieurs, s’il le faut, séparés par des virgules)"]
    hint = HINTS.get(question.form)
    return [*told, f"  ({hint})"] if hint else told


def _either(own: Schema, schema: Schema) -> list[str]:
    """What is asked of a file that may have been received: what is not is written here."""
    told = _spoken(own).partition(". ")[0]
    return [
        f"{_title(schema, 'Document')} : reçu en fichier, ou écrit ici ?",
        f"  Reçu : {told[:1].lower()}{told[1:].rstrip('.')}, par exemple recus/document.pdf",
        "  Écrit ici : Entrée, et ses rubriques vous sont demandées",
    ]


def _about(question: Question, title: str) -> list[str]:
    """The title, and what is expected where the title does not say it."""
    own = question.field
    about = _spoken(own).rstrip(".")
    inner = own.get("items", {}) if form_of(own) is Form.LIST else own
    if "x-reference" in inner and about.startswith(("Nom du fichier", "Identifiant")):
        # What the file holds; a person picks a name.
        about = about.partition(" ; ")[2]
    if own.get("type") == "boolean":
        about = about.removeprefix("Vrai si ")
    said = about and not folded(about).startswith(folded(str(own.get("title", ""))))
    optional = "" if question.owed else " (facultatif)"
    return [f"{title}{optional}{f' — {about[:1].upper()}{about[1:]}' if said else ''}"]


def _spoken(own: Schema) -> str:
    """A description without what is said of the file alone: its quotes, its brackets."""
    told = re.sub(
        r",? ?\bentre guillemets\b( pour garder [^.,;]*+)?", "", own.get("description", "")
    )
    return told.replace("« [] »", "« aucun »").replace("[]", "« aucun »")


def choices(own: Schema, names: Names) -> list[str]:
    """The known values of a closed field, by number; the first ones of a long list."""
    inner = own.get("items", {}) if form_of(own) is Form.LIST else own
    if inner.get("type") == "boolean":
        return ["oui ou non"]
    if not is_closed(inner):
        return []
    if "enum" in inner:
        labels = inner.get("x-libelles", {})
        known = [str(labels.get(value, value)) for value in inner["enum"] if value is not None]
    else:
        target = names(inner["x-reference"])
        known = [next(iter(titles), name) for name, titles in target.items()]
    told = [f"{rank} {word}" for rank, word in enumerate(known[:SHOWN], 1)]
    if len(known) > SHOWN:
        told.append(f"et {number_of(len(known) - SHOWN, 'autre')} (« ? » les montre)")
    line = " ; ".join(told)
    return told if len(line) > WIDTH else [line] if told else []


def _row(question: Question, title: str, names: Names) -> list[str]:
    """A line: the titles of its cells, the optional ones in brackets, then their known values."""
    owed = question.field.get("required", ())
    columns = [(key, field_at(question.field, (key,))) for key in question.columns]
    some = any(key in owed for key, _ in columns)
    titles = [within(_title(own, key)) for key, own in columns]
    cells_shown = (
        f"({word})" if some and key not in owed else word
        for word, (key, _) in zip(titles, columns, strict=True)
    )
    more_of_them = question.last and bool(question.pointer[-1])
    told = [_marked(title, question, more_of_them), f"  {' ; '.join(cells_shown)}"]
    if more_of_them:
        return told
    if alike([own for _, own in columns]):
        checklist = is_mapping(columns[0][1])
        known = ["la page de chacun, ou « absent »"] if checklist else choices(columns[0][1], names)
        return [*told, *(f"  {line}" for line in known), f"  ({IN_ORDER} ; {FOR_ALL})"]
    if tight([own for _, own in columns]):
        return [*told, f"  ({IN_ORDER})"]
    told.append(f"  ({IN_LINE}{THEN if len(set(owed) & set(question.columns)) > 1 else ''})")
    for word, (_, own) in zip(titles, columns, strict=True):
        if known := choices(own, names):
            told.append(f"  {word} : {' ; '.join(known)}")
    return told


def _marked(title: str, question: Question, more_of_them: bool) -> str:
    """A title with what Enter means there, when it is not to leave for later."""
    if more_of_them:
        return f"{title} — Entrée pour finir"
    return title if question.owed or question.last else f"{title} (facultatif)"


def _column(question: Question, data: Any) -> list[str]:
    items = at(data, question.pointer)
    called = (_first(items[rank], question.field) or f"n° {rank + 1}" for rank in question.ranks)
    return [f"  dans l’ordre, séparés par des espaces : {' ; '.join(called)}"]


def _first(item: Any, own: Schema, count: int = 1) -> str:
    """The first word that an element holds, by which a person knows it; or the first words."""
    held = item.items() if isinstance(item, Mapping) else ()
    words = (shown(value, field_at(own, (key,))) for key, value in held if isinstance(value, str))
    return ", ".join(_cut(word, NAMED) for word in islice(words, count))


def _called(items: Any, rank: int, own: Schema) -> str:
    """An element by its first word; by the first two where another begins alike."""
    listed = items if isinstance(items, list) and rank < len(items) else []
    names = [_first(item, own) for item in listed]
    if not names:
        return ""
    return _first(listed[rank], own, 2 if names.count(names[rank]) > 1 else 1)


def _also(question: Question, title: str, data: Any) -> list[str]:
    here = at(data, question.pointer) if question.pointer else data
    listed = []
    for rank, (key, word) in enumerate(titles_of(question).items(), 1):
        there = here.get(key) if isinstance(here, Mapping) else None
        going_on = f" (déjà {len(there)} : en ajouter)" if there else ""
        listed.append(f"{rank} {word}{going_on}")
    told = [f"{title} : autre chose à dire ?" if title else "Autre chose à dire ?"]
    return [*told, f"  {' ; '.join(listed)}", "  (leurs numéros, « tout », ou Entrée si rien)"]


def _known(question: Question, schema: Schema, data: Any, parts: Mapping[str, str]) -> list[str]:
    told = ["Déjà connu, avec d’où cela vient :"]
    for rank, place in enumerate(question.places, 1):
        own, value = field_at(schema, place), at(data, place)
        # What an element is called begins its own line of values: it is said of what it holds.
        title = " › ".join(_titles(place, schema, None if isinstance(place[-1], int) else data))
        if is_table(own):
            told.append(f"  {rank} {title} : en ajouter")
            continue
        told.append(f"  {rank} {title} : {shown(value, own)}{_origin(schema, place, parts)}")
    return [
        *told,
        "  (Entrée garde tout ; sinon, les numéros de ce qui est à revoir ou à compléter)",
    ]


def _origin(schema: Schema, place: Pointer, parts: Mapping[str, str]) -> str:
    """Where a known part was found: by the source that its field, or what holds it, names."""
    above = [field_at(schema, place[:size]) for size in range(len(place), 0, -1)]
    for own in (*above, *(field for _, field in fields(above[0]))):
        for path in _paths(own.get("x-depuis")):
            # A path leads through one file to another, which is the one: the last that it names.
            named = [parts[word] for word in _PART.findall(path) if word in parts]
            if named:
                return f" ({named[-1]})"
    return ""


def _paths(source: Any) -> Iterator[str]:
    """The paths of a source, the one that gives the elements of a list first."""
    if isinstance(source, str):
        yield source.split("}")[0]
    elif isinstance(source, Mapping):
        yield from _paths(source.get("chaque", ""))
        yield from _paths(list(source.values()))
    elif isinstance(source, list):
        for inner in source:
            yield from _paths(inner)


def shown(value: Any, own: Schema) -> str:
    """A datum as a person reads it, on one line."""
    if isinstance(value, Mapping):
        short = cells(own) or [key for key, _ in fields(own)]
        parts = (shown(value[key], field_at(own, (key,))) for key in short if key in value)
        return _cut(", ".join(part for part in parts if part))
    if isinstance(value, list):
        return _cut(", ".join(shown(item, own.get("items", {})) for item in value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value is None:
        return ""
    if labels := own.get("x-libelles"):
        return str(labels.get(value, value))
    if own.get("format") == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        return long_date(date.fromisoformat(value))
    if own.get("x-unite") == "euros":
        return f"{amount(value)} €"
    if own.get("x-unite") == "pourcent":
        return f"{value} %"
    return _cut(plain(str(value)))


def _cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def proposed(question: Question) -> str:
    """What Enter keeps, between brackets; empty where it keeps nothing."""
    value = question.proposed
    if value is None:
        return ""
    if question.form is Form.ROW and isinstance(value, Mapping):
        columns = [(key, field_at(question.field, (key,))) for key in question.columns]
        said = [shown(value.get(key), own) for key, own in columns]
        return f"[{' ; '.join(word or '…' for word in said)}] " if any(said) else ""
    return f"[{shown(value, question.field)}] "


def more(question: Question, names: Names) -> list[str]:
    """What « ? » adds: the description, an example, the rule, every known name."""
    own = question.field
    described = [_spoken(own)]
    columns = question.columns or ()
    for key in columns:
        inner = field_at(own, (key,))
        sample = f" Exemple : {example(inner)}." if example(inner) else ""
        described.append(f"{_title(inner, key)} : {_spoken(inner)}{sample}")
    if not columns and (sample := example(own if form_of(own) is not Form.LIST else own["items"])):
        described.append(f"Exemple : {sample}.")
    inner = own.get("items", {}) if form_of(own) is Form.LIST else own
    if target := inner.get("x-reference"):
        known = names(target)
        described += [" — ".join((name, *titles[:1])) for name, titles in known.items()]
    if question.form is Form.TEXT:
        described.append(
            "« e » ouvre votre éditeur ; « fichier : nom.md » prend un fichier voisin."
        )
    if rule := own.get("x-regle"):
        described.append(f"Ce qui l’exige : dla explain {rule}")
    return [f"  {line}" for line in described if line] or ["  Rien de plus à en dire."]
