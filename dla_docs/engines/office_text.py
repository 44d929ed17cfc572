"""The words of a word processor's file (DOCX, ODT), a paragraph a line, read within bounds.

Received files come from anyone: no entity is resolved, nothing is fetched, no tree is endless.
"""

from collections.abc import Iterator

from lxml import etree

from dla_docs.engines.archives import ArchiveFault, unpacked

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}
"""Where the text of each kind of file is, in its archive."""
_PARAGRAPHS = frozenset({f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"})
_BREAKS = frozenset({f"{_WORD}br", f"{_WORD}tab", f"{_TEXT}line-break", f"{_TEXT}tab", f"{_TEXT}s"})
_LEFT_OUT = frozenset({f"{_WORD}delText", f"{_WORD}instrText", f"{_TEXT}tracked-changes"})
"""What is in the file and nobody reads: words deleted with tracked changes, fields' own codes."""
MOST = 16_000_000
"""Bytes of the part that holds the text, inflated: a report of a thousand pages has a tenth."""


def lines_of(content: bytes, suffix: str) -> tuple[str, ...]:
    """The paragraphs that hold words, in order. `suffix`: one of `PARTS`. Raises ArchiveFault."""
    part = unpacked(content, {PARTS[suffix]}, MOST).get(PARTS[suffix])
    if part is None:
        raise ArchiveFault("l’archive ne contient pas de texte")
    if b"<!DOCTYPE" in part:
        # Neither program writes one: it would only declare entities.
        raise ArchiveFault("l’archive est abîmée")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ArchiveFault("l’archive est abîmée") from None
    return tuple(line for line in "".join(_pieces(root)).split("\n") if line.strip())


def _pieces(root: etree._Element) -> Iterator[str]:
    """The texts of a tree in order, with a line end after each paragraph."""
    events = etree.iterwalk(root, events=("start", "end"))
    for event, node in events:
        if event == "end":
            if node.tag in _PARAGRAPHS:
                yield "\n"
            if node.tail and not _is_markup(node):
                yield node.tail
        elif node.tag in _LEFT_OUT:
            events.skip_subtree()
        else:
            yield " " if node.tag in _BREAKS else node.text or ""


def _is_markup(node: etree._Element) -> bool:
    """Whether what follows an element is only there to set the XML in lines."""
    return isinstance(node.tag, str) and node.tag.startswith(_WORD)
