"""Sections of a DOCX: landscape pages between portrait ones, each with its header and footer."""

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from dla_docs.engines.archives import unpacked
from dla_docs.formats.docx.wordml import NAMES, at_top, neighbour, properties_of, style_of, w

_START, _END = "DebutPaysage", "FinPaysage"
_TEXT = "word/document.xml"


@dataclass(frozen=True)
class Sections:
    """The two page set-ups of the reference document."""

    portrait: etree._Element
    landscape: etree._Element


# One reference a charter: the package's, the workspace's.
@lru_cache(maxsize=4)
def sections_of(reference: bytes) -> Sections:
    """Read them from the reference: pandoc keeps its headers and footers, but the first section."""
    root = etree.fromstring(unpacked(reference, {_TEXT})[_TEXT])
    portrait, landscape = root.iter(w("sectPr"))
    return Sections(portrait, landscape)


def lay_sections(root: etree._Element, model: Sections) -> None:
    """End a section at each mark. A cover without header is the first page of the first one only.

    The end of a section is a property of its last paragraph: the mark goes, and stays as a
    one-point paragraph only after a table, where Word wants a paragraph in any case.
    """
    body = root.find("w:body", NAMES)
    assert body is not None, "a document has a body"
    last = body.find("w:sectPr", NAMES)
    for mark in [p for p in body.findall("w:p", NAMES) if style_of(p) in {_START, _END}]:
        ended = model.portrait if style_of(mark) == _START else model.landscape
        following = mark.getnext()
        if following is last and last is not None and style_of(mark) == _END:
            # The document ends in landscape: no empty portrait page after it. After a table the
            # mark stays, for Word wants a paragraph there and LibreOffice loses the page without.
            body.replace(last, deepcopy(ended))
            previous = neighbour(mark, after=False)
            if previous is None or previous.tag != w("tbl"):
                body.remove(mark)
            continue
        _end_section(mark, ended)
    for section in list(root.iter(w("sectPr")))[1:]:
        for first_page in section.findall("w:titlePg", NAMES):
            section.remove(first_page)


def _end_section(mark: etree._Element, section: etree._Element) -> None:
    previous, following = neighbour(mark, after=False), neighbour(mark)
    if following is not None and following.tag == w("p"):
        at_top(following)
    ends = previous is not None and previous.tag == w("p")
    if previous is None or not ends or previous.find("w:pPr/w:sectPr", NAMES) is not None:
        properties_of(mark).append(deepcopy(section))
        return
    properties_of(previous).append(deepcopy(section))
    parent = mark.getparent()
    assert parent is not None, "a mark is in the text"
    parent.remove(mark)
