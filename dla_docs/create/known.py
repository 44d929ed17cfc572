"""What the files of a workspace say already: the data that an offer names (see `offers.py`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import PurePosixPath
from typing import Any

from dla_docs.create.earlier import earlier
from dla_docs.create.offers import (
    EARLIER,
    ELEMENT,
    HERE,
    INSIDE,
    NAME,
    NEXT,
    REFERENCE,
    TODAY,
    WAITING,
    Blank,
    Each,
    First,
    Keys,
    Offer,
    Together,
    Words,
)
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SERIES, SHELVES, path_of
from dla_docs.load.references import names, position
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.amended import amended_on
from dla_docs.model.identity import names as names_person
from dla_docs.model.paths import Every, Path, at
from dla_docs.model.schemas import Schema, fields
from dla_docs.model.values import long_date
from dla_docs.model.versions import standing


@dataclass(frozen=True)
class Known:
    """Where facts are looked for: a corpus (sound), the scope the file is for, the day.

    `name`: that of the file to come, where a person gives it; `kind`: of what sort it is.
    `everyone`: who has left is looked at too.
    """

    corpus: Corpus
    scope: Scope
    day: date
    name: str = ""
    kind: str = ""
    everyone: bool = False


@dataclass(frozen=True)
class Found:
    """A datum, and its name where it has one: that of its file, of a record."""

    value: Any
    name: str = ""


@dataclass(frozen=True)
class Place:
    """A mapping being filled: its schema, its values until now, what it is made from."""

    known: Known
    schema: Schema
    beside: Mapping[str, Any]
    element: Found | None = None


@dataclass(frozen=True)
class Made:
    """An element to come: the values that its offer gives, and what they are taken from."""

    values: Mapping[str, Any]
    origin: Found


def offered(offer: Offer, place: Place) -> Iterator[Made]:
    """What an offer gives, one after the other; a datum as it is has no key of its own."""
    match offer:
        case Path():
            yield from (Made({}, found) for found in _found(offer, place))
        case Words():
            value = _said(offer, place)
            yield from () if value is None else (Made({}, Found(value)),)
        case Keys():
            keys = [found.value for found in _found(offer.path, place)]
            if keys:
                yield Made({}, Found(dict.fromkeys(map(str, keys))))
        case First():
            yield from next(filter(None, (list(offered(o, place)) for o in offer.sources)), ())
        case Together():
            yield from _distinct(made for o in offer.sources for made in offered(o, place))
        case Each():
            yield from _each(offer, place)


def _distinct(listed: Iterator[Made]) -> Iterator[Made]:
    """The same without what was given already."""
    seen: list[Made] = []
    for made in listed:
        if not any(made.values == other.values for other in seen if made.values):
            seen.append(made)
            yield made


def _each(offer: Each, place: Place) -> Iterator[Made]:
    origins = list(_found(offer.path, place)) if offer.path else [Found(None)]
    if offer.but:
        left = {found.value for found in _found(offer.but, place)}
        origins = [origin for origin in origins if origin.name not in left]
    if offer.gone:
        left_people = _gone(offer.gone, place)
        origins = [o for o in origins if not _names_one(o.value, left_people)]
    if offer.until:
        origins = _last(origins, next(_found(offer.until, place), Found(None)).value)
    if offer.sole and len(origins) != 1:
        return
    for origin in origins:
        here = replace(place, element=origin)
        lists = [[(key, _said(w, here)) for w in words] for key, words in offer.shape.items()]
        for shaped in product(*lists):
            yield Made({key: value for key, value in shaped if value is not None}, origin)


def _gone(path: Path, place: Place) -> list[Any]:
    """The people of a path who are not in office on the day."""
    now = [found.value for found in _found(path, place)]
    ever = _found(path, replace(place, known=replace(place.known, everyone=True)))
    return [found.value for found in ever if found.value not in now]


def _names_one(person: Any, people: list[Any]) -> bool:
    text = str(person.get("nom", "")) if isinstance(person, dict) else ""
    return any(names_person(text, one) for one in people if isinstance(one, dict))


def _last(origins: list[Found], day: Any) -> list[Found]:
    """The last of dated mappings on a day; none where the day is not known."""
    dated = [o for o in origins if isinstance(o.value, Mapping) and o.value.get("date")]
    before = [o for o in dated if day and o.value["date"] <= day]
    return [max(before, key=lambda o: str(o.value["date"]))] if before else []


def _said(words: Words, place: Place) -> Any:
    """A text; the datum itself when it stands alone. None where what is needed is absent."""
    values = [p if isinstance(p, str) else _blank(p, place) for p in words.pieces]
    if None in values:
        return None
    return values[0] if len(values) == 1 else "".join(map(str, values))


def _blank(blank: Blank, place: Place) -> Any:
    value = next((found.value for found in _found(blank.path, place)), None)
    if value is None:
        return "" if blank.before else None
    if blank.said == "date":
        value = long_date(date.fromisoformat(value))
    elif blank.said == "libelle":
        value = _field(blank.path, place).get("x-libelles", {}).get(value, value)
    return f"{blank.before}{value}" if blank.before else value


def _field(path: Path, place: Place) -> Schema:
    """The schema of what a path names; empty where it is of the territory."""
    kinds = place.known.corpus.kinds
    kind = kinds.get(SHELVES.get(path.part, path.part))
    return (path.of_schema(kind.schema) if kind else None) or {}


def _found(path: Path, place: Place) -> Iterator[Found]:
    """The data that a path names, in their order."""
    path = replace(path, steps=tuple(_step(step, place) for step in path.steps))
    if path.through:
        for named in _found(path.through, place):
            if isinstance(named.value, str):
                yield from _of_named(path, named.value, place.known)
        return
    if path in (TODAY, NAME, REFERENCE, NEXT):
        yield from (Found(value) for value in [_apart(path, place)] if value)
        return
    for name, data in _roots(path.part, place):
        # A mapping made from one element stands for it, whatever it is.
        yield from (Found(value, name) for _, value in path.of(data))


def _step(step: Any, place: Place) -> Any:
    """A step whose value is that of another datum: `[id={ingenierie.action}]`."""
    if not isinstance(step, Every) or not step.value.startswith("{"):
        return step
    found = next(_found(Path.parse(step.value.strip("{}")), place), None)
    # No element holds an empty value.
    return replace(step, value=str(found.value) if found else "")


def _apart(path: Path, place: Place) -> str:
    """What no file holds."""
    known = place.known
    if path == NAME:
        return place.element.name if place.element and place.element.name else known.name
    if path == REFERENCE:
        return known.scope.reference
    if path == TODAY:
        return known.day.isoformat()
    unit = known.scope.unit
    same = (s for s in known.corpus.level("ingenierie") if s.unit == unit)
    return str(1 + sum(1 for s in same if known.kind in s.parts))


def _roots(part: str, place: Place) -> Iterator[tuple[str, Any]]:
    """What a path starts from, each with its name if it has one."""
    known = place.known
    if part == HERE:
        yield "", dict(place.beside)
    elif part == ELEMENT:
        if place.element:
            yield place.element.name, place.element.value
    elif part in SERIES:
        yield from ((n, s.data) for n, s in known.scope.series.get(SERIES[part], {}).items())
    elif part in (WAITING, EARLIER, INSIDE):
        yield from _gathered(part, place)
    elif beside := next((k for k, f in fields(place.schema) if f.get("x-reference") == part), ""):
        name = place.beside.get(beside)
        if isinstance(name, str):
            yield name, _record(part, name, known)
    elif source := known.scope.part(part):
        yield "", _on_the_day(part, source.data, known)


def _on_the_day(part: str, data: Any, known: Known) -> Any:
    """A part as it stands on the day: who is in office, the convention with its avenants."""
    if part == "territoire":
        return _in_force(data, known)
    if part == "convention" and isinstance(data, dict):
        return amended_on(data, known.day.isoformat())
    return data


def _gathered(part: str, place: Place) -> Iterator[tuple[str, Any]]:
    """What no file lists: dossiers to show, dossiers that came before, missions of a dossier."""
    known = place.known
    if part == EARLIER:
        listed = earlier(known.corpus, place.beside.get("structures"), known.name)
        yield from (("", told) for told in listed)
        return
    inside = (s.name for s in known.corpus.level("ingenierie") if s.unit == known.scope.unit)
    yield from ((name, name) for name in (_waiting(known.corpus) if part == WAITING else inside))


def _waiting(corpus: Corpus) -> Iterator[str]:
    """The dossiers that a comité has still to see: a diagnostic, and nobody consulted yet."""
    seen = {
        shown.get("dossier")
        for comite in corpus.level("comite")
        for shown in at(comite.parts["comite"].data, ("dossiers",)) or ()
        if shown.get("moment") == "avant_consultation"
    }
    asked = {scope.unit for scope in corpus.level("ingenierie") if scope.holds("consultation")}
    for scope in corpus.level("dossier"):
        if scope.holds("diagnostic") and scope.name not in seen | asked:
            yield scope.name


def _of_named(path: Path, name: str, known: Known) -> Iterator[Found]:
    """The data of what a name leads to."""
    kind = known.corpus.kinds.get(path.part)
    if kind is None:
        yield from (Found(value, name) for _, value in path.of(_record(path.part, name, known)))
        return
    # Every second part is a name: `2026-001-fournil/ingenieries/gouvernance`.
    place = path_of(kind, *PurePosixPath(known.scope.path).parts[::2], name)
    if part := known.corpus.sources.get(str(place)):
        yield from (Found(value, name) for _, value in _standing(path, part, kind.schema))


def _standing(path: Path, part: Source, schema: Schema) -> Iterator[tuple[Any, Any]]:
    """The data that a path names, in the last version of what was negotiated."""
    if not path.steps or not isinstance(path.steps[0], str):
        return path.of(part.data)
    key, *rest = path.steps
    return Path(path.part, (*standing(part.data, schema, str(key)), *rest)).of(part.data)


def _record(target: str, name: str, known: Known) -> Any:
    """What a name leads to: the data of a file, or an element of a list of `territoire.yaml`."""
    if target in SHELVES:
        source = known.corpus.record(target, name)
        return _in_force(source.data, known) if source else None
    rank = position(known.corpus, target, name)
    return None if rank is None else at(known.corpus.territory.data, (target, rank))


def _in_force(data: Any, known: Known) -> Any:
    """A record without what it says to be over, or not begun, on the day: who has left it."""
    if known.everyone:
        return data
    if isinstance(data, dict):
        return {key: _in_force(item, known) for key, item in data.items()}
    if not isinstance(data, list):
        return data
    day = known.day.isoformat()
    dated = (item if isinstance(item, dict) else {} for item in data)
    kept = [d.get("debut", day) <= day <= d.get("fin", day) for d in dated]
    return [_in_force(item, known) for item, there in zip(data, kept, strict=True) if there]


def candidates(target: str, known: Known) -> tuple[str, ...]:
    """The names a reference may take: those of the ingénierie or dossier, else the only one."""
    for scope in known.scope.lineage():
        head = scope.parts.get(scope.level)
        listed = at(head.data, (target,)) if head and scope.level != "territoire" else None
        if isinstance(listed, list):
            return tuple(name for name in listed if isinstance(name, str))
    everyone = names(known.corpus, target)
    return everyone if len(everyone) == 1 else ()
