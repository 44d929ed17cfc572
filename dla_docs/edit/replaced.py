"""A value replaced at its place: what follows it on its line, comment included, stays there."""

import re
from typing import Any

from dla_docs.edit.layout import Layout
from dla_docs.edit.written import element, entry, indented
from dla_docs.model.examples import scalar
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema

_BLOCK_HEAD = re.compile(r"(?:[&!]\S*+[ \t]++)*+[|>][-+0-9]*+")


def replaced(layout: Layout, pointer: Pointer, value: Any, field: Schema) -> str:
    """The text with another value at a place that is there, whatever its form and the former's."""
    text, start, end = layout.text, layout.start(pointer), layout.end(pointer)
    if not pointer:
        return _whole(layout, value, field)
    if layout.in_flow(pointer):
        return text[:start] + _in_flow(layout, pointer, value) + text[end:]
    sign = layout.after_sign(pointer)
    head, *tail = _lines(pointer, value, field)
    column = layout.column(_owner(layout, pointer))
    spaces = text[sign:start] if start > sign and not text[sign:start].strip(" \t") else " "
    beside = _beside(layout, pointer, sign, end)
    first = f"{spaces}{head}" if head else ""
    lines = [f"{first}{beside}", *indented(tail, column)]
    return text[:sign] + layout.line_end.join(lines) + text[layout.end_of_line(end) :]


def _owner(layout: Layout, pointer: Pointer) -> int:
    """Where the key, or the dash, of a value is."""
    return layout.dash(pointer) if isinstance(pointer[-1], int) else layout.key(pointer)[0]


def _lines(pointer: Pointer, value: Any, field: Schema) -> list[str]:
    """What stands beside the sign of a value, then the lines below, set in from the key."""
    if isinstance(pointer[-1], int):
        first, *others = element(value, field)
        return [first[2:], *others]
    first, *others = entry("k", value, field)
    return [first[3:], *others]


def _beside(layout: Layout, pointer: Pointer, sign: int, end: int) -> str:
    """What stays at the end of the first line: the comment of a value, or of its head."""
    text, start = layout.text, layout.start(pointer)
    end_of_line = layout.end_of_line(sign)
    if layout.is_block(pointer):
        # What is on the line of a dash is the first key: it goes with the value.
        kept = text[sign:end_of_line] if start > end_of_line else ""
    elif layout.opening(pointer) in ("|", ">"):
        head = _BLOCK_HEAD.match(text, start)
        kept = text[head.end() : end_of_line] if head else ""
    else:
        kept = text[end : layout.end_of_line(end)]
    return kept if kept.strip() else ""


def _in_flow(layout: Layout, pointer: Pointer, value: Any) -> str:
    """A value between braces or brackets; a key without « : » takes one."""
    written = "" if value is None else scalar(value)
    if layout.opening(pointer) or isinstance(pointer[-1], int):
        return written
    signed = layout.text[layout.key(pointer)[1] : layout.start(pointer)].strip() == ":"
    return f" {written}" if signed else f": {written}"


def _whole(layout: Layout, value: Any, field: Schema) -> str:
    """A file with other data as a whole: what is around them stays."""
    text, start, end = layout.text, layout.start(()), layout.end(())
    if isinstance(value, dict) and value:
        lines = [line[2:] for line in entry("k", value, {**field, "type": "object"})[1:]]
    else:
        lines = [scalar(value)]
    return text[:start] + layout.line_end.join(lines) + text[end:]
