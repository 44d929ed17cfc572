"""A key, or an element, taken out with its lines: comments above it and around it stay."""

import re

from dla_docs.edit.changes import refusal
from dla_docs.edit.layout import Layout
from dla_docs.model.findings import Pointer

_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")


def removed(layout: Layout, pointer: Pointer) -> str:
    """The text without a key, or an element, that is there."""
    holder = pointer[:-1]
    others = [child for child in layout.children(holder) if child != pointer]
    is_key = isinstance(pointer[-1], str)
    if layout.in_flow(pointer):
        return _from_flow(layout, pointer, is_key)
    start = layout.key(pointer)[0] if is_key else layout.dash(pointer)
    if not layout.text[layout.start_of_line(start) : start].strip():
        if others or not holder:
            return _without_lines(layout, start, layout.end(pointer))
        # Alone below its key: what is left is an empty mapping, or list.
        sign = layout.after_sign(holder)
        text = _without_lines(layout, start, layout.end(pointer))
        return f"{text[:sign]} {'{}' if is_key else '[]'}{text[sign:]}"
    if not is_key:
        raise refusal(pointer, "cet élément est sur la ligne d’un autre")
    if not others:
        return f"{layout.text[:start]}{{}}{layout.text[layout.end(pointer) :]}"
    return _from_dash(layout, pointer, start)


def _without_lines(layout: Layout, start: int, end: int) -> str:
    """The text without some whole lines; what had no last line end still has none."""
    text = layout.text
    first, last = layout.start_of_line(start), layout.next_line(end)
    ended = text[:last].endswith(("\n", "\r"))
    before = text[:first] if ended else text[:first].removesuffix("\n").removesuffix("\r")
    return before + text[last:]


def _from_dash(layout: Layout, pointer: Pointer, start: int) -> str:
    """The text without the key that is on the line of a dash: the next one takes its place."""
    text = layout.text
    following = min(
        layout.key(child)[0]
        for child in layout.children(pointer[:-1])
        if layout.key(child)[0] > start
    )
    end = layout.end_of_line(layout.end(pointer))
    if text[end:following].strip():
        # Comments in between: they stay above the next key.
        return text[:start].rstrip(" ") + text[end:]
    return text[:start] + text[following:]


def _from_flow(layout: Layout, pointer: Pointer, is_key: bool) -> str:
    """The text without what is between braces or brackets, and one comma."""
    text, end = layout.text, layout.end(pointer)
    start = layout.key(pointer)[0] if is_key else layout.start(pointer)
    if after := _COMMA_AFTER.match(text, end):
        return text[:start] + text[after.end() :]
    before = text[:start].rstrip()
    if before.endswith(","):
        return before[:-1].rstrip(" \t") + text[end:]
    return text[:start] + text[end:]
