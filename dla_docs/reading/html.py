"""Reads an HTML form that a browser saved: its values, by the names of its fields."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dla_docs.reading.blocks import Block, Cell, Grid, Read, Role, Words
from dla_docs.reading.xml import local

DATA = "dla-donnees"
"""The element where our page keeps the answers as data."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TEXTS = frozenset("p dt dd figcaption legend label blockquote".split())
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_UNSEEN = frozenset("script style head button template".split())


class HtmlFault(Exception):
    """A page that is not read; the message is the French reason, about « la page »."""


def read_html(content: bytes) -> Read:
    """A page. Raises HtmlFault for what is none."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise HtmlFault("la page est vide, ou abîmée") from None
    walk = _Walk()
    blocks = tuple(walk.blocks(root))
    return Read("html", blocks, {**_inputs(root), **_data(root)}, _mark(root))


def _mark(root: etree._Element) -> str:
    metas = (m.get("content", "") for m in root.iter("meta") if m.get("name") == "empreinte")
    return next((str(mark) for mark in metas if str(mark).startswith("dla:")), "")


def _data(root: etree._Element) -> dict[str, str | bool]:
    """The answers as our page saved them."""
    held = next((node for node in root.iter("script") if node.get("id") == DATA), None)
    try:
        data: Any = json.loads((held.text or "{}") if held is not None else "{}")
        values = data.get("valeurs", {}) if isinstance(data, dict) else {}
    except (ValueError, RecursionError):
        return {}
    pairs = values.items() if isinstance(values, dict) else ()
    return {str(key): value for key, value in pairs if isinstance(value, str | bool)}


def _inputs(root: etree._Element) -> dict[str, str | bool]:
    """The answers as the fields of the page hold them."""
    found: dict[str, str | bool] = {}
    for node in root.iter("input", "textarea", "select"):
        name = str(node.get("name", ""))
        kind = node.get("type", "")
        if kind == "radio":
            found[str(node.get("value", ""))] = node.get("checked") is not None
        elif kind == "checkbox":
            found[name] = node.get("checked") is not None
        elif node.tag == "textarea":
            found[name] = node.text or ""
        elif node.tag == "select":
            chosen = [o for o in node.iter("option") if o.get("selected") is not None]
            found[name] = str(chosen[-1].get("value", chosen[-1].text or "")) if chosen else ""
        else:
            found[name] = str(node.get("value", ""))
    return {name: value for name, value in found.items() if name}


class _Walk:
    """Reads in order, and counts paragraphs and tables."""

    def __init__(self) -> None:
        self._rank = self._table = 0

    def blocks(self, node: etree._Element) -> Iterator[Block]:
        """The blocks below an element."""
        for child in node:
            name = local(child)
            if name in _UNSEEN or not name:
                continue
            if name in _HEADINGS:
                yield self._words(child, Role.HEADING)
            elif name in _TEXTS:
                yield self._words(child, Role.PARAGRAPH)
            elif name == "li" and not any(local(below) in _TEXTS for below in child):
                yield self._words(child, Role.ITEM)
            elif name == "table":
                yield self._grid(child)
            else:
                yield from self.blocks(child)

    def _words(self, node: etree._Element, role: Role) -> Words:
        self._rank += 1
        whole = "".join(str(piece) for piece in node.itertext())
        # LibreOffice leaves the marks of its fields there, that YAML refuses.
        text = " ".join(_CONTROLS.sub(" ", whole).split())
        return Words(text, role, self._rank)

    def _grid(self, node: etree._Element) -> Grid:
        self._table += 1
        rank = self._table
        rows = (row for row in node.iter("tr"))
        return Grid(tuple(tuple(self._cells(row)) for row in rows), rank)

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        for cell in row:
            if local(cell) in {"td", "th"}:
                yield Cell((self._words(cell, Role.PARAGRAPH),))
