"""What people do to a form: nothing they wrote is lost, nothing is given wrongly in silence."""

from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest
from lxml import etree

from dla_docs.reading.read import read_file
from dla_docs.receive.answers import Reply, reply_of
from dla_docs.receive.blank import Blank
from dla_docs.receive.folded import plain
from tests.receive.filling import FORMS, Value, W, drawn, filled, flat, form, part


def labels(root: etree._Element) -> list[etree._Element]:
    """The paragraphs of the labels."""
    marks = (m for m in root.iter(f"{W}bookmarkStart") if m.get(f"{W}name", "")[:2] == "l_")
    return [next(mark.iterancestors(f"{W}p")) for mark in marks]


def write(paragraph: etree._Element, text: str) -> None:
    texts = list(paragraph.iter(f"{W}t"))
    for rank, one in enumerate(texts):
        one.text = text if not rank else ""


def said(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def without_carriers(root: etree._Element) -> None:
    """No bookmark and no field, as when a text is pasted elsewhere."""
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(root.iter(f"{W}{name}")):
            mark.getparent().remove(mark)  # type: ignore[union-attr]
    for control in list(root.iter(f"{W}sdt")):
        holder, content = control.getparent(), control.find(f"{W}sdtContent")
        assert holder is not None
        place = holder.index(control)
        holder[place : place + 1] = list(content) if content is not None else []


def retyped(root: etree._Element) -> None:
    """A letter lost in one label of four."""
    for label in labels(root)[::4]:
        text = said(label)
        write(label, text[:3] + text[4:] if len(text) > 8 else text)
    without_carriers(root)


def in_capitals(root: etree._Element) -> None:
    for label in labels(root):
        write(label, f"{said(label).upper()} :")
    without_carriers(root)


def erased(root: etree._Element) -> None:
    """Some labels emptied, their bookmarks left."""
    for label in labels(root)[3::7]:
        for run in label.findall(f"{W}r"):
            label.remove(run)


def without_labels(root: etree._Element) -> None:
    """Some labels taken out, and everything that names them."""
    gone = labels(root)[3::7]
    without_carriers(root)
    for label in gone:
        holder = label.getparent()
        if holder is not None and len(holder) > 1:
            holder.remove(label)


def plain_headings(root: etree._Element) -> None:
    for style in root.iter(f"{W}pStyle"):
        if style.get(f"{W}val", "").startswith("Heading"):
            style.set(f"{W}val", "BodyText")
    without_carriers(root)


def sections_moved(root: etree._Element) -> None:
    """The first part put before the third."""
    body = root[0]
    heads = [e for e in body if e.find(f"{W}pPr/{W}pStyle[@{W}val='Heading1']") is not None]
    if len(heads) > 2:
        first, second = body.index(heads[0]), body.index(heads[1])
        for block in body[first:second]:
            heads[2].addprevious(block)


def tables_cut(root: etree._Element) -> None:
    """Each table in two, the second without its titles."""
    for table in list(root.iter(f"{W}tbl")):
        rows = list(table.iter(f"{W}tr"))
        if len(rows) > 4 and len(list(rows[0].iter(f"{W}tc"))) > 3:
            other = etree.Element(f"{W}tbl")
            table.addnext(other)
            table.addnext(etree.Element(f"{W}p"))
            other.extend(deepcopy(rows[3:]))
            for row in rows[3:]:
                row.getparent().remove(row)  # type: ignore[union-attr]


DISORDERS = (
    without_carriers, retyped, in_capitals, erased, without_labels, plain_headings,
    sections_moved, tables_cut,
)  # fmt: skip


def unsaid(put: dict[str, Value], reply: Reply, blank: Blank) -> Iterator[str]:
    """The values that are neither read nor told to be in doubt."""
    got = flat(reply, blank)
    doubted = [a.text for a in reply.answers.values() if a.doubt]
    elsewhere = plain(" ".join([*(words.text for words in reply.more), *doubted]))
    for key, value in put.items():
        now = got.get(key)
        same = bool(now) == value if isinstance(value, bool) else plain(str(now)) == plain(value)
        told = key in reply.lost or (isinstance(value, str) and plain(value) in elsewhere)
        if not (same or told):
            yield f"{key} : {value} → {now}"


@pytest.mark.parametrize("disorder", DISORDERS)
@pytest.mark.parametrize("label", FORMS[:4])
def test_nothing_is_lost_nor_given_wrongly_in_silence(
    label: str, disorder: Callable[[etree._Element], None]
) -> None:
    blank, content = form(label, "docx")
    put = drawn(blank, 7)
    spoilt = part(filled(content, blank, put, "docx"), "word/document.xml", disorder)
    assert list(unsaid(put, reply_of(read_file(spoilt), blank), blank)) == []
