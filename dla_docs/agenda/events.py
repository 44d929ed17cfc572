"""From deadlines to the events of a calendar: what each says, and the identifier it keeps."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dla_docs.agenda.deadlines import Deadline, deadlines, scopes_of
from dla_docs.agenda.ics import Event
from dla_docs.check.facts import Facts
from dla_docs.documents.documents import folder_of
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import DATA, TERRITORY, slug
from dla_docs.load.scopes import Scope
from dla_docs.model.days import day_of
from dla_docs.model.paths import at
from dla_docs.model.values import NO_BREAK
from dla_docs.model.words import enumeration

SUFFIX = "ics"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def calendar_file(scope: Scope) -> str:
    """The calendar of a dossier, or of the territory for that of all, in the output folder."""
    key = f"-{scope.reference}" if scope.reference else ""
    return f"{folder_of(scope)}/echeances{key}.{SUFFIX}"


def events_of(corpus: Corpus, day: date) -> Iterator[Event]:
    """The events of the own units of a corpus, by scope, then in the order of an accompaniment.

    `day`: what the data say of a later day numbers no revision.
    """
    territory = Facts(corpus.scopes[TERRITORY], corpus, day)
    house = _domain(territory)
    revised: dict[str, date] = {}
    for facts in scopes_of(territory):
        unit = facts.scope.unit
        if unit not in revised:
            revised[unit] = _last_told(corpus, unit, day)
        yield from _events(deadlines(facts), facts, house, revised[unit])


def _events(due: Iterable[Deadline], facts: Facts, house: str, revised: date) -> Iterator[Event]:
    taken: dict[str, int] = {}
    for one in due:
        name = ".".join(slug(word) for word in (*_place(one.scope), one.id, one.key) if word)
        taken[name] = taken.get(name, 0) + 1
        # Two alerts of one day: the second is told from the first by its rank.
        rank = f".{taken[name]}" if taken[name] > 1 else ""
        when = day_of(one.day)
        if when:
            yield Event(
                uid=f"{name}{rank}@{house}",
                revised=revised,
                day=when,
                summary=_summary(one, facts),
                hour=one.hour,
                end=one.end,
                place=one.place,
                description=_description(one, facts),
                categories=("DLA", "Rendez-vous" if one.meeting else "Échéance"),
                cancelled=one.cancelled,
                busy=one.meeting,
            )


def _place(scope: Scope) -> tuple[str, ...]:
    """What an identifier says of a scope: the number of its dossier, never whom it is about."""
    if scope.level == "ingenierie":
        return (scope.reference, scope.name)
    return (scope.reference,) if scope.reference else (scope.path.replace("/", "-"),)


def _domain(territory: Facts) -> str:
    """What makes identifiers those of one territory: two may have a dossier 2026-001 each."""
    addresses = territory.data("territoire.operateurs[].email")
    first = next((str(a.value).rpartition("@")[2] for a in addresses), "")
    return first.lower() if first.isascii() and first else "dla.invalid"


def _last_told(corpus: Corpus, unit: str, day: date) -> date:
    """The last day that the files of a unit tell of, `day` at most."""
    last, found = day.isoformat(), ["2000-01-01"]
    for path, source in corpus.sources.items():
        if f"{path.removesuffix('.yaml')}/".startswith(f"{DATA}{unit}/"):
            found += [text for text in _texts(source.data) if _DAY.fullmatch(text)]
    return date.fromisoformat(max(text for text in found if text <= last))


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)
    elif isinstance(data, str):
        yield data


def _summary(one: Deadline, facts: Facts) -> str:
    """What a calendar shows in its box: whose dossier, then what; « fait » once it came."""
    done = " (fait)" if one.done and not one.meeting else ""
    whom = one.scope.reference and f"{one.scope.reference} {_whose(facts)}{NO_BREAK}: "
    return f"{whom}{one.title}{done}"


def _whose(facts: Facts) -> str:
    """The structures of a mission or of a dossier, or its title where there are several."""
    paths = ("ingenierie.structures[]", "dossier.structures[]")
    names = next((found for path in paths if (found := list(facts.data(path)))), [])
    if len(names) != 1:
        return str(facts.value("dossier.titre", ""))
    return str(facts.record("structures", names[0].value).get("denomination", names[0].value))


def _description(one: Deadline, facts: Facts) -> str:
    """The mission, who carries it out, what is left to do in `dla`."""
    lines = []
    if title := facts.value("ingenierie.intitule"):
        lines.append(f"Mission{NO_BREAK}: {title}")
    makers = facts.data("convention.parties.prestataire[].denomination")
    if names := [str(maker.value) for maker in makers]:
        lines.append(f"Prestataire{NO_BREAK}: {enumeration(names)}")
    if one.key and (name := _named(one.key, facts)):
        lines.append(f"De{NO_BREAK}: {name}")
    if one.told and not (one.done or one.cancelled):
        lines.append(one.told)
    return "\n".join(lines)


def _named(key: str, facts: Facts) -> str:
    """The name of a structure or of a prestataire by its short name; empty for another key."""
    for shelf, field in (("structures", "denomination"), ("prestataires", "raison_sociale")):
        source = facts.corpus.record(shelf, key)
        if source:
            return str(at(source.data, (field,)) or key)
    return ""
