"""Rules written as data: the `verifie` of a record, read by one small interpreter.

Each entry says one thing that must be true of the data, and what to say when it is not:

- `fichier: choix` — the file exists;
- `requis: choix.date` — the datum is there, in every element of a list;
- `vaut: accueil.decision`, `valeurs: […]` — the datum is one of these;
- `ordre: [a, b]` — a day or number is never after the next (`strict`: always before);
- `duree: [a, b]`, `min`, `max`, `unite` — from one day to the next, days or months;
- `retard: delai`, `depuis: a`, `requis: b` — once the delay is past, the datum is there; with
  `message_tard`, it is a day, and not one after the delay. Of several `depuis`, the first there;
- `somme: [a, b]`, `egale: c` — what is written is the sum of its terms;
- `egal: [a, b]` — two data are the same;
- `parmi: a`, `noms: [b, c]` — each name is one of a list;
- `nombre: a`, `min`, `max` — how many elements a list has.

`si` and `sauf` name data without which, or with which, the entry says nothing. `min`, `max` and
delays are parameters of the territory, or numbers.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dla_docs.check.facts import Facts, listing, parsed
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.mission import interrupted
from dla_docs.model.days import day_of, days_after, months_after
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Every, Path, at
from dla_docs.model.schemas import field_at
from dla_docs.model.values import CENT, amount, number, shown
from dla_docs.model.words import blanks, filled

Entry = Mapping[str, Any]
NAMED = 30
"""Names of a list that a message gives, at most: a line or two of them; the file has them all."""
Words = Mapping[str, Any]
"""What the placeholders of a message stand for, besides the data it names."""


def relations(entry: Entry, facts: Facts) -> Iterator[Relation]:
    """What one entry of a record says of a scope.

    Of a scope that itself holds a file which the entry names (`parts`): what is said of the
    parcours alone is said in its dossier, not again in each ingénierie.
    """
    if all(_there(path, facts) for path in _list(entry.get("si"))) and not any(
        _there(path, facts) for path in _list(entry.get("sauf"))
    ):
        form = next(key for key in FORMS if key in entry)
        yield from FORMS[form](entry, facts)


def parts(entry: Entry) -> frozenset[str]:
    """The kinds of files that an entry names."""
    return frozenset(parsed(path).part for path in paths(entry))


def paths(entry: Entry) -> Iterator[str]:
    """Every path that an entry names, in its messages too; a kind of file alone is one."""
    for key in PATHS & entry.keys():
        yield from (path for path in _list(entry[key]) if isinstance(path, str))
    for key in ("message", "message_min", "message_tard", "conseil"):
        yield from (name for name in blanks(str(entry.get(key, ""))) if "." in name)


PATHS = frozenset(
    "si sauf fichier appelant requis vaut ordre duree depuis somme egale egal parmi noms "
    "nombre".split()
)
"""The keys of an entry that hold paths; `noms` only where it is a list."""


def _file(entry: Entry, facts: Facts) -> Iterator[Relation]:
    caller = str(entry["appelant"])
    if facts.file(entry["fichier"]) is None and facts.holds(caller):
        datum = facts.absent_file(entry["fichier"], caller)
        yield _relation(entry, facts, (datum,), False)


def _required(entry: Entry, facts: Facts) -> Iterator[Relation]:
    for datum in _in_elements(entry["requis"], facts):
        yield _relation(entry, facts, (datum,), datum.value is not None)


def _among_values(entry: Entry, facts: Facts) -> Iterator[Relation]:
    for datum in facts.data(entry["vaut"]):
        yield _relation(entry, facts, (datum,), datum.value in entry["valeurs"])


def _order(entry: Entry, facts: Facts) -> Iterator[Relation]:
    """Days and numbers: both compare as they are, a day being written AAAA-MM-JJ."""
    for first, last in _pairs(entry["ordre"], facts):
        holds = first.value < last.value or (first.value == last.value and "strict" not in entry)
        data = (last, first) if entry.get("accuse") == entry["ordre"][0] else (first, last)
        names = entry.get("noms", {})
        labels = {
            f"nom_{key}": names.get(path) for key, path in zip("ab", entry["ordre"], strict=True)
        }
        words = {"a": first.value, "b": last.value, **labels}
        yield _relation(entry, facts, data, holds, words)


def _duration(entry: Entry, facts: Facts) -> Iterator[Relation]:
    least, most = (_bound(entry.get(key), facts) for key in ("min", "max"))
    months = entry.get("unite") == "mois"
    for first, last in _pairs(entry["duree"], facts):
        begun, ended = day_of(first.value), day_of(last.value)
        assert begun and ended, "the schema says that these are days"
        # What ends before it begins has no duration: its order is what is wrong.
        early = least is not None and begun <= ended < _after(begun, least, months)
        late = most is not None and ended > _after(begun, most, months)
        words = {"a": first.value, "b": last.value, "min": least, "max": most}
        key = "message_min" if early and "message_min" in entry else "message"
        chosen = {**entry, "message": entry[key]}
        yield _relation(chosen, facts, (first, last), not (early or late), words)


def _lateness(entry: Entry, facts: Facts) -> Iterator[Relation]:
    """What is not there is told where the delay runs from; what came after it, at its own day.

    Nothing is awaited of a mission that is suspended or stopped.
    """
    days = _bound(entry["retard"], facts)
    since = next((d[-1] for p in _list(entry["depuis"]) if (d := list(facts.data(p)))), None)
    if since is None:
        return
    due = _after(date.fromisoformat(since.value), days, months=False)
    words = {"echeance": due.isoformat()}
    given = list(facts.data(entry["requis"]))
    if not given:
        late = due < facts.day and not interrupted(facts)
        datum = facts.awaited(entry["requis"], since)
        yield _relation(entry, facts, (datum,), not late, words, late=True)
    elif "message_tard" in entry:
        # The first of several is the one that was due.
        first = min(given, key=lambda datum: str(datum.value))
        holds = first.value <= words["echeance"]
        told = {**entry, "message": entry["message_tard"]}
        relation = _relation(told, facts, (first,), holds, words, late=True)
        # What is agreed is not doubted for a day that does not keep to it.
        yield replace(relation, rests=(since,))


def _sums(entry: Entry, facts: Facts) -> Iterator[Relation]:
    """One sum a file, of a kind that several have."""
    for one in facts.by_file(parsed(_list(entry["somme"])[0]).part):
        yield from _sum(entry, one)


def _sum(entry: Entry, facts: Facts) -> Iterator[Relation]:
    """A sum of which a term or the total is missing is not wrong."""
    listed = [list(facts.each(path)) for path in _list(entry["somme"])]
    terms = [datum for data in listed for datum in data]
    total, totals = _total(entry["egale"], facts)
    if not terms or total is None or any(term.value is None for term in terms):
        return
    made = sum((Decimal(term.value) for term in terms), Decimal(0))
    # Three thirds of a price are each rounded: a list is allowed a cent a term.
    holds = abs(made - total) <= CENT * max(map(len, listed))
    # The list as a whole, unless another relation doubts one of its terms too.
    whole = (listing(terms[0]),) if entry.get("accuse") == "liste" else ()
    first = parsed(_list(entry["somme"])[0])
    field = first.of_schema(facts.corpus.kinds[first.part].schema) or {}
    told = amount if field.get("x-unite") == "euros" else number
    words = {"somme": told(made), "total": told(total)}
    yield _relation(entry, facts, (*totals, *terms, *whole), holds, words)


def _total(wanted: Any, facts: Facts) -> tuple[Decimal | None, tuple[Datum, ...]]:
    """What a sum must make: a number, a datum, or the sum of several of which only one is owed."""
    if not isinstance(wanted, str | list):
        return Decimal(wanted), ()
    data = [list(facts.data(path)) for path in _list(wanted)]
    if not data[0]:
        return None, ()
    flat = tuple(datum for listed in data for datum in listed)
    return sum((Decimal(datum.value) for datum in flat), Decimal(0)), flat


def _equal(entry: Entry, facts: Facts) -> Iterator[Relation]:
    for one, other in _pairs(entry["egal"], facts):
        words = {"a": one.value, "b": other.value}
        yield _relation(entry, facts, (one, other), one.value == other.value, words)


def _among(entry: Entry, facts: Facts) -> Iterator[Relation]:
    listed = list(facts.each(entry["parmi"]))
    values = [datum.value for datum in listed if datum.value is not None]
    told = [*map(str, values[:NAMED]), *("…" for _ in values[NAMED : NAMED + 1])]
    words = {"noms": ", ".join(told) or "aucun"}
    rests, known = tuple(listed), set(map(_key, values))
    for path in _list(entry["noms"]):
        for datum in _in_elements(path, facts):
            relation = _relation(entry, facts, (datum,), _key(datum.value) in known, words)
            yield replace(relation, rests=rests)


def _key(value: Any) -> Any:
    """What tells a value from another, in a set: five thousand names are looked for in as many."""
    plain = isinstance(value, str | int | float | Decimal | None)
    return value if plain else json.dumps(value, sort_keys=True, default=str)


def _count(entry: Entry, facts: Facts) -> Iterator[Relation]:
    least, most = (_bound(entry.get(key), facts) for key in ("min", "max"))
    for datum in facts.data(entry["nombre"]):
        size = len(datum.value)
        holds = (least is None or size >= least) and (most is None or size <= most)
        words = {"nombre": size, "min": least, "max": most}
        yield _relation(entry, facts, (datum,), holds, words)


FORMS: Mapping[str, Callable[[Entry, Facts], Iterator[Relation]]] = {
    # A delay also says what is required, a sum what it equals: the word that tells comes first.
    "retard": _lateness,
    "fichier": _file,
    "requis": _required,
    "vaut": _among_values,
    "ordre": _order,
    "duree": _duration,
    "somme": _sums,
    "egal": _equal,
    "parmi": _among,
    "nombre": _count,
}
"""Each form of entry by the key that names it."""


def _in_elements(path: str, facts: Facts) -> Iterator[Datum]:
    """The data at a path, there or not: an absent list has no element that could lack anything."""
    depth = len(parsed(path).steps)
    return (d for d in facts.each(path) if d.value is not None or len(d.pointer) == depth)


def _pairs(paths: Sequence[str], facts: Facts) -> Iterator[tuple[Datum, Datum]]:
    """Two data to compare: of one kind of file, those of one file and of one element of a list."""
    before, after = paths
    depth = shared(before, after)
    lasts: dict[object, list[Datum]] = {}
    for last in facts.data(after):
        lasts.setdefault(_holder(last, depth), []).append(last)
    for first in facts.data(before):
        yield from ((first, last) for last in lasts.get(_holder(first, depth), ()))


def _holder(datum: Datum, depth: int | None) -> object:
    """The file and the element that hold a datum; the same for all the data of two kinds."""
    return None if depth is None else (datum.source.path, datum.pointer[:depth])


def shared(before: str, after: str) -> int | None:
    """How many steps two paths share down to the last list they are both in; None for two kinds."""
    one, other = parsed(before), parsed(after)
    if one.part != other.part:
        return None
    depth = 0
    for rank, (step, same) in enumerate(zip(one.steps, other.steps, strict=False)):
        if step != same:
            break
        depth = rank + 1 if isinstance(step, Every) else depth
    return depth


def _relation(
    entry: Entry,
    facts: Facts,
    data: tuple[Datum, ...],
    holds: bool,
    words: Words | None = None,
    late: bool = False,
) -> Relation:
    if holds:
        return Relation(data, holds)
    texts = (str(entry["message"]), str(entry["conseil"]))
    message, hint = (_filled(text, data[-1], words or {}, facts) for text in texts)
    public = (_public(texts[0], words or {}), _public(texts[1], words or {}))
    return Relation(data, holds, message, hint, late=late, public=public)


_OURS = frozenset("min max nombre nom_a nom_b".split())
"""The words of a message that hold nothing of the data: bounds, counts and names of fields."""


def _public(text: str, words: Words) -> str:
    """A message without the data it names."""
    return filled(
        text, lambda name: shown(words[name], {}) if name in _OURS & words.keys() else "…"
    )


def _filled(text: str, datum: Datum, words: Words, facts: Facts) -> str:
    """A message with what it names: a word of the entry, a datum beside, or a path."""

    def word(name: str) -> str:
        if name in words:
            return shown(words[name], {})
        if "." in name:
            return _shown_at(Path.parse(name), facts)
        pointer = datum.pointer if name == "valeur" else (*_element(datum.pointer), name)
        kind = facts.corpus.kind_of.get(datum.source.path)
        field = field_at(kind.schema, pointer) if kind else {}
        return shown(at(datum.source.data, pointer), field)

    return filled(text, word)


def _shown_at(path: Path, facts: Facts) -> str:
    field = path.of_schema(facts.corpus.kinds[path.part].schema)
    return shown(facts.value(str(path)), field or {})


def _element(pointer: Pointer) -> Pointer:
    """The closest element of a list that holds a datum, else its file."""
    ranks = [rank for rank, step in enumerate(pointer) if isinstance(step, int)]
    return pointer[: ranks[-1] + 1] if ranks else ()


def _there(path: str, facts: Facts) -> bool:
    """Whether there is a datum at a path, or a file of that kind."""
    return any(True for _ in facts.data(path))


def _list(paths: Any) -> list[str]:
    if isinstance(paths, list):
        return paths
    return [paths] if isinstance(paths, str) else []


def _bound(limit: Any, facts: Facts) -> Any:
    """A number, or the parameter of the territory that holds it."""
    return facts.parameter(limit) if isinstance(limit, str) else limit


def _after(day: date, delay: int, months: bool) -> date:
    return months_after(day, delay) if months else days_after(day, delay)
