"""XLSX: a document's tables and charts as a workbook, with real numbers and days."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from dla_docs.formats.office import tidy
from dla_docs.formats.properties import LANGUAGE, Properties
from dla_docs.formats.shared import Engines
from dla_docs.formats.sheets.book import Book, book_of
from dla_docs.formats.sheets.workbook import EMPREINTE, workbook
from dla_docs.tree.passes import Tree

_LAST = b"</cp:coreProperties>"


def write_xlsx(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A workbook; the same tree and properties give the same bytes."""
    return finished(book_of(tree), properties, engines.charter.values["couleurs"])


def finished(book: Book, properties: Properties, colours: Mapping[str, str]) -> bytes:
    """The bytes of a workbook as they stay: no clock in them, and what XlsxWriter leaves out."""
    written = workbook(book, properties, colours)
    language = f"<dc:language>{LANGUAGE}</dc:language>".encode()
    empreinte = escape(properties.mark).encode()
    return tidy(
        written,
        {
            # XlsxWriter has no place for the language, nor for a property of more than 255 signs.
            "docProps/core.xml": lambda part: part.replace(_LAST, language + _LAST),
            "docProps/custom.xml": lambda part: part.replace(EMPREINTE.encode(), empreinte),
        },
    )
