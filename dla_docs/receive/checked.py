"""The points of a checklist that a form of ours shows: there, absent, or contradictory.

A point is absent where the form asks for it, still has its label, and nothing answers: neither
there nor in a text out of place, beside the label or that names it. A form of an earlier version
has texts of its own, which say nothing of the points far from them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dla_docs.documents.returned import Returned
from dla_docs.judge.verdict import State as Found
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema, field_at
from dla_docs.reading.blocks import Read
from dla_docs.receive.answers import Reply, has_fields
from dla_docs.receive.blank import Blank
from dla_docs.receive.compare import Entry, State
from dla_docs.receive.folded import plain
from dla_docs.receive.given import Given, Origin
from dla_docs.receive.landmarks import ANCHOR
from dla_docs.receive.target import Target


def points_of(
    read: Read, reply: Reply, blank: Blank, into: Returned, schema: Schema, faults: Sequence[str]
) -> Iterator[Given]:
    """Each point that the answers decide. `faults`: where the price contradicts itself."""
    places = _places(read, blank)
    reading = {key for key, table in into.tables.items() if table.reading}
    for name, keys in into.present.items():
        place: Pointer = ("points", *name.split("."))
        title = str(field_at(schema, place).get("title", name))
        wrong = faults if reading & {key.partition(".")[0] for key in keys} else ()
        found = next((page for key in keys if (page := _page(key, reply)) is not None), None)
        origin = Origin(title, "point", found or 0)
        if found is not None and wrong:
            yield Given((*place, "etat"), Found.DOUBTFUL.value, "", origin)
            yield Given((*place, "note"), _sentence(wrong), "", origin)
        elif found is not None:
            yield Given((*place, "etat"), Found.PRESENT.value, "", origin)
            if found:
                yield Given((*place, "page"), found, "", origin)
        elif all(_is_left_empty(key, reply, blank, places) for key in keys):
            yield Given((*place, "etat"), Found.ABSENT.value, "", origin)


def printed_of(read: Read, blank: Blank, into: Returned, schema: Schema) -> Iterator[Given]:
    """The points that the form prints itself, while its cover is as it was sent."""
    for name in into.printed if _has_its_cover(read, blank) else ():
        place: Pointer = ("points", *name.split("."))
        title = str(field_at(schema, place).get("title", name))
        yield Given((*place, "etat"), Found.PRESENT.value, "", Origin(title, "point"))


def decided(entries: Sequence[Entry], target: Target) -> tuple[Entry, ...]:
    """The entries, where a point that stayed to be read is decided by a newer file.

    What a note said of it before goes with its former state.
    """
    found: list[Entry] = []
    for entry in entries:
        if entry.place[:1] != ("points",) or entry.place[-1] != "etat":
            found.append(entry)
            continue
        new = entry.state is State.OTHER and entry.former == Found.DOUBTFUL.value
        kept = replace(entry, state=State.NEW) if new else entry
        note = (*entry.place[:-1], "note")
        found.append(kept)
        there = kept.value == Found.PRESENT.value and kept.state in {State.NEW, State.OTHER}
        if there and (former := target.now(note)):
            found.append(replace(kept, place=note, value=None, former=former))
    return tuple(found)


def _page(key: str, reply: Reply) -> int | None:
    """The page of an answer, 0 where the format has none; None where nothing answers.

    `budget.4` is a column of a table, from 1.
    """
    table, _, column = key.partition(".")
    if column:
        lines = reply.lines.get(table, ())
        filled = (line for line in lines if len(line.cells) >= int(column))
        return next((line.page for line in filled if line.cells[int(column) - 1]), None)
    answer = reply.answers.get(key)
    return answer.page if answer and answer.text else None


def _places(read: Read, blank: Blank) -> dict[str, int]:
    """The paragraph of each label of a form, by its mark, else by its words."""
    marks = {name: words.rank for words in read.words() for name in words.anchors}
    texts = {plain(words.text): words.rank for words in read.words()}
    found: dict[str, int] = {}
    for key, field in blank.fields.items():
        rank = marks.get(f"{ANCHOR}{key}") or texts.get(plain(field.label))
        if rank:
            found[key] = rank
    return found


def _is_left_empty(key: str, reply: Reply, blank: Blank, places: Mapping[str, int]) -> bool:
    """Whether a form asks for something, and nothing in it may be the answer."""
    table, _, column = key.partition(".")
    if column:
        return table in reply.lines and not any(words.cell for words in reply.more)
    if key not in blank.fields or key in reply.lost:
        return False
    name = plain(blank.fields[key].label)
    if any(name in plain(words.text) for words in reply.more):
        return False
    here, others = places.get(key, 0), sorted(places.values())
    before = max((rank for rank in others if rank < here), default=0)
    after = min((rank for rank in others if rank > here), default=0) or here
    return not any(before < words.rank < after for words in reply.more)


def _has_its_cover(read: Read, blank: Blank) -> bool:
    """Whether what the form has before its first question is there, and as many pictures.

    Who fills the fields of a PDF, or saves a page, cannot take its cover away.
    """
    if has_fields(read, blank):
        return True
    held = {plain(words.text) for words in read.words()}
    labels = {plain(field.label) for field in blank.fields.values()}
    cover: list[str] = []
    for words in blank.read.words():
        if plain(words.text) in labels:
            break
        cover.append(plain(words.text))
    return bool(cover) and {*cover} <= held and len(read.images) >= len(blank.read.images)


def _sentence(faults: Sequence[str]) -> str:
    text = " ; ".join(faults)
    return f"{text[:1].upper()}{text[1:]}"
