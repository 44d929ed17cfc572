"""What the judgement of a document says of the data: values as a form would give them.

A point is its state, its page and what shows it; the words about a person stay in the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dla_docs.judge.amounts import where
from dla_docs.judge.judge import Judgement
from dla_docs.judge.passages import Passage
from dla_docs.judge.verdict import State as Found
from dla_docs.judge.verdict import Verdict
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.receive.compare import Entry, State
from dla_docs.receive.given import Answers, Given, Origin

_SHOWN = 60
"""Signs of a passage that a note quotes."""


def answers_of_judgement(judgement: Judgement, schema: Schema) -> Answers:
    """What a document says, for the file that it fills."""
    private = {verdict.proof for verdict in judgement.points if verdict.discreet} - {None}
    values = [
        given
        for verdict in judgement.points
        # A line of a curriculum says several things: all that it says is about a person.
        for given in _point(replace(verdict, discreet=verdict.proof in private), schema)
    ]
    known = {key for key, _ in fields(schema)}
    if judgement.written and "date" in known:
        written, place = judgement.written
        origin = _origin("Date d’écriture", place)
        values.append(Given(("date",), written.isoformat(), place.text, origin))
    for key, value, place in judgement.price.data:
        origin = _origin("Budget", place)
        if judgement.price.doubt and key.startswith("total"):
            origin = replace(origin, doubt=judgement.price.doubt)
        values.append(Given(("budget", key), value, place.text, origin))
    if judgement.done:
        days, place = judgement.done
        origin = _origin("Jours réalisés", place)
        values.append(Given(("jours_realises",), days, place.text, origin))
    return Answers(
        values=tuple(values),
        elements=dict(_people(judgement)) if "intervenants" in known else {},
        faults=judgement.faults,
        remarks=judgement.remarks,
    )


def _point(verdict: Verdict, schema: Schema) -> Iterator[Given]:
    place: Pointer = ("points", *verdict.name.split("."))
    label = str(field_at(schema, place).get("title", verdict.name))
    said = verdict.proof.text if verdict.proof else ""
    origin = _origin(label, verdict.proof)
    yield Given((*place, "etat"), verdict.state.value, said, origin)
    page = verdict.proof.page if verdict.proof else 0
    if page:
        yield Given((*place, "page"), page, said, origin)
    if note := _note(verdict):
        yield Given((*place, "note"), note, said, origin)


def _note(verdict: Verdict) -> str:
    """Why it must be looked at, then what shows it; a page alone says where a plain point is."""
    proof, parts = verdict.proof, [verdict.reason] if verdict.reason else []
    if proof and not (verdict.state is Found.PRESENT and proof.page):
        if proof.rank:
            parts.append(where(replace(proof, page=0)))
        if verdict.discreet and verdict.under:
            parts.append(f"sous « {_short(verdict.under)} »")
        if not verdict.discreet:
            parts.append(f"« {_short(proof.shown)} »")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _origin(label: str, place: Passage | None) -> Origin:
    if place is None:
        return Origin(label, "lecture")
    table = str(place.table) if place.table else ""
    return Origin(label, "lecture", place.page, place.rank, table, place.row)


def _people(
    judgement: Judgement,
) -> Iterator[tuple[Pointer, tuple[tuple[Mapping[str, Any], Origin], ...]]]:
    """Who intervenes: the people of the dossier that the document names."""
    listed = tuple(
        ({"prenom": first, "nom": last}, _origin("Équipe d’intervention", place))
        for (first, last), place in judgement.people
        if first
    )
    if listed:
        yield ("intervenants",), listed


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def settled(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, those of a point kept together: a note never joins a state that it is not of.

    What a person has decided is not asked again by a doubt: only what contradicts it is shown.
    """
    states = {entry.place[:-1]: entry for entry in entries if _is_state(entry)}
    held = (_settled(entry, states) for entry in entries)
    return tuple(_of_one_price([entry for entry in held if entry is not None]))


def _of_one_price(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, those of a price kept together: a new total does not join days of another."""
    priced = [entry for entry in entries if entry.place[:1] == ("budget",)]
    other = any(entry.state is State.OTHER for entry in priced)
    for entry in entries:
        new = other and entry in priced and entry.state is State.NEW
        yield replace(entry, state=State.DOUBT) if new else entry


def _is_state(entry: Entry) -> bool:
    return entry.place[:1] == ("points",) and entry.place[-1] == "etat"


def _settled(entry: Entry, states: Mapping[Pointer, Entry]) -> Entry | None:
    state = states.get(entry.place[:-1])
    if state is None or state.state is State.NEW:
        return entry
    decided = (Found.PRESENT.value, Found.ABSENT.value)
    if state.state is State.OTHER and state.former in decided and state.value not in decided:
        return replace(entry, state=State.SAME) if entry is state else None
    if entry is state:
        return entry
    if state.state is State.SAME:
        return None if entry.place[-1] == "note" else entry
    return replace(entry, state=State.DOUBT) if entry.state is State.NEW else entry
