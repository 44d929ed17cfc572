"""The whole judgement of a document that was not written on our form, in the order it is read.

Nothing is written here: `receive/` holds what it says against the data, and shows it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dla_docs.judge.agreed import beside, reported
from dla_docs.judge.amounts import Price, price_of, where
from dla_docs.judge.copies import copies_of, repeated
from dla_docs.judge.cues import Contract, contracts
from dla_docs.judge.dated import Written, signed_on, written_on
from dla_docs.judge.days import Done, days_done, days_told
from dla_docs.judge.expected import Expected, whole
from dla_docs.judge.needs import NEEDS, people_in
from dla_docs.judge.parts import parts_of
from dla_docs.judge.passages import LONGEST, Passage, margins_of, passages_of
from dla_docs.judge.pictures import logo_verdict, seen_in
from dla_docs.judge.points import points_of
from dla_docs.judge.verdict import State, Verdict
from dla_docs.model.values import long_date
from dla_docs.model.words import apart, number_of
from dla_docs.reading.blocks import Read

_QUOTED = 60
"""Signs of a comment that are quoted."""
PROPOSITION = "proposition"
"""The kind of data that has a price, and an order that may be copied."""


@dataclass(frozen=True)
class Judgement:
    """What is read of a document: its points, its date, its price, the days of its calendar.

    `people`: those of the dossier that it names, with where it does. `faults`: where it contradicts
    itself; `remarks`: what a person must look at.
    """

    points: tuple[Verdict, ...]
    written: Written | None
    price: Price
    done: Done | None
    people: tuple[tuple[tuple[str, str], Passage], ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def is_judged(kind: str) -> bool:
    """Whether there is a contract for a kind of data."""
    return kind in contracts()


def judged_apart(bench: object, read: Read, kind: str, expected: Expected) -> Iterator[Judgement]:
    """One answer, for a process that may neither last nor swell: see `judged`."""
    yield judged(read, kind, expected)


def judged(read: Read, kind: str, expected: Expected) -> Judgement:
    """What a document of a kind shows, held against what the dossier says."""
    contract = contracts()[kind]
    found = passages_of(read)
    parts = parts_of(found, contract)
    offer = kind == PROPOSITION
    price = price_of(parts.body) if offer else Price()
    done, faults = (None, ()) if offer else days_done(parts.body)
    points = [
        *_counted(points_of(found, contract, expected), contract, _places(price, done)),
        *_logos(read, contract, expected),
    ]
    written = written_on(parts.cover) or signed_on(parts.body)
    people = tuple(_named(found, expected))
    remarks = [*_dated(written, expected), *_absent(people, expected, offer), *_left(read)]
    if len(found) == LONGEST:
        told = f"ses {LONGEST} premiers paragraphes sont lus, pas la suite"
        remarks.append(f"document très long : {told}")
    if offer:
        remarks += [*days_told(parts.body, price), *beside(parts.body, expected, price)]
        remarks += copies_of(parts.body, parts.blocks, expected)
    else:
        remarks += reported(parts.body, expected, done, written)
        remarks += repeated(parts.body, expected)
    return Judgement(
        points=_in_order(contract, points),
        written=written,
        price=price,
        done=done,
        people=people,
        faults=(*price.faults, *faults),
        remarks=tuple(remarks),
    )


def _in_order(contract: Contract, points: Sequence[Verdict]) -> tuple[Verdict, ...]:
    ranks = {cue.name: rank for rank, cue in enumerate(contract.cues)}
    return tuple(sorted(points, key=lambda point: ranks[point.name]))


def _logos(read: Read, contract: Contract, expected: Expected) -> Iterator[Verdict]:
    """The points about logos, by the pictures of the file."""
    owed = [logo.content for logo in expected.logos] if read.images else []
    seen = seen_in(read.images, owed, expected.families)
    for cue in contract.cues:
        if cue.pictures:
            yield logo_verdict(cue, seen, expected, read.format == "pdf" and read.drawn)


def _places(price: Price, done: Done | None) -> dict[str, Passage]:
    """Where the amounts and the days of tables are."""
    shown = {key: place for key, _, place in price.data}
    return shown | ({"jours_realises": done[1]} if done else {})


def _counted(
    points: Iterable[Verdict], contract: Contract, shown: Mapping[str, Passage]
) -> Iterator[Verdict]:
    """The points, those that the amounts of a table show told to be there.

    What else they need, which a table does not show, is still asked.
    """
    cues = {cue.name: cue for cue in contract.cues}
    for point in points:
        cue = cues[point.name]
        place = shown.get(cue.amount)
        asked = any(NEEDS[need][0] in point.reason for need in cue.whole)
        if place is None or asked or (cue.whole and point.state is State.PRESENT):
            yield point
        else:
            yield replace(point, state=State.PRESENT, proof=place, reason="")


def _named(
    found: Sequence[Passage], expected: Expected
) -> Iterator[tuple[tuple[str, str], Passage]]:
    """The people of the dossier that a document names, where it first does."""
    for person in expected.people:
        alone = Expected(people=(person,))
        place = next((one for one in found if people_in([one], alone)), None)
        if place is not None:
            yield person, place


def _left(read: Read) -> Iterator[str]:
    """The comments and the notes that are left in a document, and are not judged."""
    margins = margins_of(read)
    if margins:
        first = " ".join(margins[0].text.split())
        quoted = first if len(first) <= _QUOTED else f"{first[:_QUOTED].rstrip()}…"
        count = number_of(len(margins), "commentaire ou note", "commentaires ou notes")
        place = f"page {margins[0].page}, " if margins[0].page else ""
        yield f"{count} hors du texte, non jugé : {place}« {quoted} »"


def _dated(written: Written | None, expected: Expected) -> Iterator[str]:
    """What its date says beside those of the dossier."""
    if written is None:
        return
    told, place = written
    if expected.first and told < expected.first:
        yield (
            f"datée du {long_date(told)} ({where(place)}), avant le "
            f"{long_date(expected.first)} où le dossier commence à l’attendre"
        )
    if expected.last and told > expected.last:
        yield (
            f"datée du {long_date(told)} ({where(place)}), après la date limite du "
            f"{long_date(expected.last)}"
        )


def _absent(
    people: Sequence[tuple[tuple[str, str], Passage]], expected: Expected, offer: bool
) -> Iterator[str]:
    """The people of the convention that a report does not name; all of them, for a proposition."""
    named = {person for person, _ in people}
    missing = [whole(person) for person in expected.people if person not in named]
    if missing and not (offer and named):
        asked = "de la fiche du prestataire" if offer else "de la convention"
        yield f"équipe {asked} que le document ne nomme pas : {apart(missing)}"
