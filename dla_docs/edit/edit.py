"""Changes to the text of a data file: only the lines concerned are touched, and it is proved.

Comments, order, quotes, line ends, indents and widths of all the rest stay to the byte. Each change
is read again: the data must be the former data with that change, otherwise it is refused.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dla_docs.edit.added import with_element, with_key
from dla_docs.edit.changes import (
    Append,
    Change,
    Edit,
    Remove,
    Rename,
    applied,
    as_set,
    common,
    refusal,
    same,
)
from dla_docs.edit.layout import Layout
from dla_docs.edit.removed import removed
from dla_docs.edit.replaced import replaced
from dla_docs.model.errors import EditError
from dla_docs.model.examples import scalar
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at

__all__ = ["Append", "Change", "Edit", "Remove", "Rename", "changed"]

MARK = "\ufeff"
"""What Notepad puts at the head of a file in UTF-8."""


def changed(text: str, edits: Iterable[Edit], schema: Schema) -> str:
    """The text of a file once changed, each change after the other. `schema`: of its kind.

    Raises EditError for a text that cannot be read, for a place that is not there, and for a change
    that cannot be made without touching something else.
    """
    head, body = (MARK, text[1:]) if text.startswith(MARK) else ("", text)
    for edit in edits:
        body = _proved(body, edit, schema)
    return head + body


def _proved(text: str, edit: Edit, schema: Schema) -> str:
    """The text once changed, read again."""
    former = Layout(text).source.data
    wanted = applied(former, edit)
    try:
        new = _made(text, edit, schema)
        found = Layout(new).source.data
    except EditError as error:
        if error.message.startswith("«"):
            raise
        raise refusal(edit.steps, _OTHERWISE) from error
    if not same(wanted or None, found or None):
        raise refusal(edit.steps, _OTHERWISE)
    return new


_OTHERWISE = "le fichier est écrit d’une façon que dla ne sait pas changer là sans toucher au reste"


def _made(text: str, edit: Edit, schema: Schema) -> str:
    layout = Layout(text)
    if isinstance(edit, Append):
        items = at(layout.source.data, edit.steps)
        if as_change := as_set(edit, layout.source.data):
            return _set(text, as_change.steps, as_change.value, schema)
        item = field_at(schema, (*edit.steps, 0))
        return with_element(layout, edit.steps, len(items), edit.value, item)
    if isinstance(edit, Remove):
        return removed(layout, edit.steps)
    if isinstance(edit, Rename):
        start, end = layout.key(edit.steps)
        return text[:start] + scalar(edit.key) + text[end:]
    return _set(text, edit.steps, edit.value, schema)


def _set(text: str, steps: Pointer, value: Any, schema: Schema) -> str:
    """The text with a datum of that value: what differs of it is written, and nothing else."""
    layout = Layout(text)
    former = at(layout.source.data, steps)
    there = steps in layout.source.values
    if there and same(former, value):
        return text
    fills = (isinstance(former, dict) and former) or _opens(layout, steps)
    if isinstance(value, dict) and value and fills:
        return _mapping(text, steps, value, schema)
    if isinstance(value, list) and value and isinstance(former, list) and former:
        return _list(text, steps, value, schema)
    if there:
        return replaced(layout, steps, value, field_at(schema, steps))
    holder, key = steps[:-1], steps[-1]
    if not (at(layout.source.data, holder) or _opens(layout, holder)):
        return _set(text, holder, {key: value}, schema)
    new = with_key(layout, holder, str(key), value, field_at(schema, holder))
    return _mapping(new, steps, value, schema) if isinstance(value, dict) and value else new


def _opens(layout: Layout, steps: Pointer) -> bool:
    """Whether keys may be written below a key that has nothing yet, or in a file that has none."""
    if not steps:
        return layout.source.data is None
    bare = steps in layout.source.values and not layout.opening(steps)
    return bare and isinstance(steps[-1], str) and not layout.in_flow(steps)


def _mapping(text: str, steps: Pointer, value: Mapping[str, Any], schema: Schema) -> str:
    """The text with a mapping changed key by key; those it has no more are taken out last."""
    for key, item in value.items():
        text = _set(text, (*steps, key), item, schema)
    former = at(Layout(text).source.data, steps)
    for key in [key for key in former if key not in value and former[key] is not None]:
        text = removed(Layout(text), (*steps, key))
    return text


def _list(text: str, steps: Pointer, value: list[Any], schema: Schema) -> str:
    """The text with a list changed where it differs: elements alike at both ends stay."""
    former = at(Layout(text).source.data, steps)
    first, last = common(former, value)
    olds, news = former[first : len(former) - last], value[first : len(value) - last]
    shared = min(len(olds), len(news))
    for rank, item in enumerate(news[:shared], first):
        text = _set(text, (*steps, rank), item, schema)
    for rank in reversed(range(first + shared, first + len(olds))):
        text = removed(Layout(text), (*steps, rank))
    items = field_at(schema, (*steps, 0))
    for rank, item in enumerate(news[shared:], first + shared):
        text = with_element(Layout(text), steps, rank, item, items)
    return text
