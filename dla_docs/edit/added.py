"""A key, or an element, added: at the place that the schema gives it among the others.

A skeleton left the line of an optional key behind a « # »: the key takes it, so that what explains
it stays above. Elsewhere it goes after the key that comes before it in the schema.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.edit.changes import blank, refusal
from dla_docs.edit.layout import Layout
from dla_docs.edit.written import STEP, element, entry, indented
from dla_docs.load.yaml_reader import parse
from dla_docs.model.examples import scalar
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema, field_at, fields, leaves

_MODELINE = "yaml-language-server"
_GAP = "\ue000"
"""Stands for a blank line among lines to be joined: a private character, which no value has."""
_COMMENTED = re.compile(r"( *)#([A-Za-z_][\w-]*):(?=[ \t]|$)")


@dataclass(frozen=True)
class Spot:
    """A key that is there, or that a skeleton left behind a « # »: its first and last characters.

    `lines` are those behind a « # », without it; none for a key that is there.
    """

    start: int
    end: int
    lines: tuple[str, ...] = ()


def with_key(layout: Layout, holder: Pointer, key: str, value: Any, schema: Schema) -> str:
    """The text with a key added to a mapping that is there, or empty. `schema`: the mapping's."""
    field = field_at(schema, (key,))
    if layout.is_flow(holder) or layout.in_flow(holder):
        return _in_flow(layout, holder, key, value, schema)
    column = _column(layout, holder)
    spots = _spots(layout, holder, column, schema)
    lines = entry(key, value, field)
    if (left := spots.get(key)) and _says_nothing(left.lines, key, field):
        opened = isinstance(value, dict) and "properties" in field and len(left.lines) > 1
        return _uncommented(layout, left, lines, opened, field, column)
    before, later = _neighbours(key, spots, schema)
    if before:
        return _after(layout, before, lines, column, _gap(layout, before, spots))
    if later:
        return _before(layout, later, lines, column)
    return _alone(layout, holder, lines, column)


def _neighbours(
    key: str, spots: Mapping[str, Spot], schema: Schema
) -> tuple[Spot | None, Spot | None]:
    """The keys that come before and after one in a schema, of those that are there.

    What a person put aside of the key itself, behind a « # », comes before.
    """
    order = [name for name, _ in fields(schema)]
    if key not in order:
        return max(spots.values(), key=lambda spot: spot.end, default=None), None
    rank = order.index(key)
    before = [spots[name] for name in order[: rank + 1] if name in spots]
    later = [spots[name] for name in order[rank + 1 :] if name in spots]
    return before[-1] if before else None, later[0] if later else None


def _column(layout: Layout, holder: Pointer) -> int:
    """The column, from 0, of the keys of a mapping."""
    children = layout.children(holder)
    if children:
        return layout.column(layout.key(children[0])[0])
    if not holder:
        return 0
    last = holder[-1]
    sign = layout.dash(holder) if isinstance(last, int) else layout.key(holder)[0]
    shown = [spot for spot in _comments(layout, *_region(layout, holder)) if spot[1]]
    inner = [col for _, col, _ in shown if col > layout.column(sign)]
    return min(inner, default=layout.column(sign) + STEP)


def _region(layout: Layout, holder: Pointer) -> tuple[int, int]:
    """The lines where the keys of a mapping may be, behind a « # » or not."""
    if not holder:
        return 0, len(layout.text) + 1
    first = layout.after_sign(holder)
    if layout.is_block(holder):
        return first, layout.after(holder)
    last = layout.end_of_line(first)
    for start, line in layout.lines(last, len(layout.text) + 1):
        if line.strip() and not line.lstrip().startswith("#"):
            return first, start
        last = start + len(line)
    return first, last + 1


def _comments(layout: Layout, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """The keys behind a « # » between two places: where, at which column, their name."""
    for start, line in layout.lines(first, last):
        found = _COMMENTED.match(line)
        if found and not any(a <= start < b for a, b in layout.texts):
            yield start, len(found[1]), found[2]


def _spots(layout: Layout, holder: Pointer, column: int, schema: Schema) -> dict[str, Spot]:
    """Where the keys of a mapping are, written or left behind a « # »."""
    spots: dict[str, Spot] = {}
    for child in layout.children(holder):
        spots[str(child[-1])] = Spot(layout.key(child)[0], layout.end_of_line(layout.end(child)))
    known = {key for key, _ in fields(schema)} - spots.keys()
    for start, col, key in _comments(layout, *_region(layout, holder)):
        if col == column and key in known and key not in spots:
            spots[key] = _left(layout, start, column)
    return spots


def _left(layout: Layout, start: int, column: int) -> Spot:
    """A key behind a « # », with what it holds: the lines set in behind theirs."""
    inside = re.compile(rf" {{{column}}}#( {{2,}}\S.*)")
    lines = [layout.text[start + column + 1 : layout.end_of_line(start)]]
    place = start
    while match := inside.fullmatch(
        layout.text[(following := layout.next_line(place)) : layout.end_of_line(following)]
    ):
        if following == place:
            break
        lines.append(match[1])
        place = following
    return Spot(start, layout.end_of_line(place), tuple(lines))


def _says_nothing(lines: tuple[str, ...], key: str, field: Schema) -> bool:
    """Whether what is behind a « # » is what a skeleton left there, not what a person put aside."""
    if not lines:
        return False
    data = parse("", "\n".join(lines).encode()).data
    if not isinstance(data, dict):
        return False
    for _, value, inner in leaves(data.get(key), field):
        kept = isinstance(value, dict | list) or blank(value)
        if not kept and value not in (inner.get("default"), inner.get("const")):
            return False
    return True


def _uncommented(
    layout: Layout, left: Spot, lines: list[str], opened: bool, field: Schema, column: int
) -> str:
    """A key in the place of its line behind a « # ».

    `opened`: without what it holds yet, whose lines stay below it, owed ones to be filled and
    others behind their own « # ».
    """
    if opened:
        owed = field.get("required", ())
        lines = [lines[0].partition(":")[0] + ":", *(_shown(s, owed) for s in left.lines[1:])]
    whole = layout.line_end.join(indented(lines, column))
    return layout.text[: left.start] + whole + layout.text[left.end :]


def _shown(line: str, owed: Iterable[str]) -> str:
    """A line below a key that is no more behind a « # »."""
    key, _, value = line[STEP:].partition(":")
    if line[STEP] == "#" or (key in owed and value.strip() in ("", '""')):
        return line
    return f"{line[:STEP]}#{line[STEP:]}"


def _after(layout: Layout, spot: Spot, lines: list[str], column: int, gap: str) -> str:
    """Lines put after a key, and what it holds."""
    whole = layout.line_end.join(["", *([gap] if gap else []), *indented(lines, column)])
    whole = whole.replace(_GAP, "")
    return layout.text[: spot.end] + whole + layout.text[spot.end :]


def _gap(layout: Layout, spot: Spot, spots: Mapping[str, Spot]) -> str:
    """The blank line that parts a key from those beside it, where one does."""
    others = [other for other in spots.values() if other != spot]
    below = any(other.start > spot.end for other in others)
    above = any(other.end < spot.start for other in others)
    if below:
        place = layout.next_line(spot.end)
    elif above:
        # Its own comments stand between it and the blank line.
        place = layout.start_of_line(_above(layout, layout.start_of_line(spot.start)) - 1)
    else:
        return ""
    return "" if layout.text[place : layout.end_of_line(place)].strip() else _GAP


def _above(layout: Layout, start: int) -> int:
    """Where the comments right above a line start; the line itself where there are none."""
    while start > 0:
        line = layout.start_of_line(start - 1)
        words = layout.text[line : layout.end_of_line(line)].strip()
        if not words.startswith("#") or _MODELINE in words or _COMMENTED.match(words):
            break
        start = line
    return start


def _before(layout: Layout, spot: Spot, lines: list[str], column: int) -> str:
    """Lines put before a key, and above the comments that explain it."""
    text, start = layout.text, layout.start_of_line(spot.start)
    if text[start : spot.start].strip():
        # On the line of a dash: what is added takes its place there.
        first, *others = lines
        whole = layout.line_end.join([first, *indented(others, column), " " * column])
        return text[: spot.start] + whole + text[spot.start :]
    above = _above(layout, start)
    # Comments that begin a file are about all of it.
    place = above if above else start
    whole = "".join(f"{line}{layout.line_end}" for line in indented(lines, column))
    return text[:place] + whole + text[place:]


def _alone(layout: Layout, holder: Pointer, lines: list[str], column: int) -> str:
    """Lines as all that a mapping holds: below its key, or at the end of a file of comments."""
    text, end = layout.text, layout.line_end
    if holder:
        place = layout.end_of_line(layout.after_sign(holder))
        return text[:place] + end.join(["", *indented(lines, column)]) + text[place:]
    if text and text[-1] not in "\r\n":
        return text + end.join(["", *lines])
    return text + "".join(f"{line}{end}" for line in lines)


def _in_flow(layout: Layout, holder: Pointer, key: str, value: Any, schema: Schema) -> str:
    """A key between braces, after the one that comes before it in the schema."""
    written = f"{scalar(key)}: {'' if value is None else scalar(value)}".rstrip()
    order = [name for name, _ in fields(schema)]
    rank = order.index(key) if key in order else len(order)
    children = layout.children(holder)
    before = [c for c in children if c[-1] in order[:rank]] if key in order else children
    return _among(layout, holder, before[-1] if before else None, written)


def _among(layout: Layout, holder: Pointer, before: Pointer | None, written: str) -> str:
    """What is written between braces or brackets, after something or first."""
    text = layout.text
    if before is not None:
        place = layout.end(before)
        return f"{text[:place]}, {written}{text[place:]}"
    place = text.index(layout.opening(holder), layout.start(holder)) + 1
    comma = ", " if layout.children(holder) else ""
    return f"{text[:place]}{written}{comma}{text[place:]}"


def with_element(layout: Layout, holder: Pointer, rank: int, value: Any, items: Schema) -> str:
    """The text with an element added to a list that has some, at a rank. `items`: its schema."""
    if layout.is_flow(holder) or layout.in_flow(holder):
        before = (*holder, rank - 1) if rank else None
        return _among(layout, holder, before, scalar(value))
    if not layout.is_block(holder):
        raise refusal(holder, "cette liste est celle d’un renvoi (*)")
    lines, dash = element(value, items), layout.dash((*holder, max(rank - 1, 0)))
    column = layout.column(dash)
    if rank == 0:
        spot = Spot(dash, dash)
        return _before(layout, spot, lines, column)
    last = (*holder, rank - 1)
    spots = {
        str(c[-1]): Spot(layout.dash(c), layout.end_of_line(layout.end(c)))
        for c in layout.children(holder)
    }
    spot = spots[str(last[-1])]
    return _after(layout, spot, lines, column, _gap(layout, spot, spots))
