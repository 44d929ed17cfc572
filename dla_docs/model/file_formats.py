"""The formats of documents, declared once: the command line, the archives and the checks ask here.

How each is written is in `formats/`, one function a name (`formats.WRITERS`).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FileFormat:
    """A format: its name, which is the suffix of its files too, and what it is for a reader.

    An archive says its kind in its `first_part`, and keeps in `own_part` the properties that its
    format has no place for, the empreinte among them; PDF and HTML, which are no archive, have
    neither. `laid`: it is built over a reference document of the layout.
    """

    name: str
    title: str
    first_part: str = ""
    own_part: str = ""
    laid: bool = True


_FIRST, _OWN = "[Content_Types].xml", "docProps/custom.xml"

# In the order in which the help, the manifests and the reference pages name them.
FILE_FORMATS: Mapping[str, FileFormat] = {
    format.name: format
    for format in (
        FileFormat("docx", "document Word", _FIRST, _OWN),
        FileFormat("odt", "document LibreOffice", "mimetype", "meta.xml"),
        FileFormat("pdf", "PDF accessible et archivable"),
        FileFormat("html", "page web"),
        FileFormat("pptx", "présentation", _FIRST, _OWN),
        FileFormat("xlsx", "classeur", _FIRST, _OWN, laid=False),
    )
}
ARCHIVES = tuple(name for name, f in FILE_FORMATS.items() if f.first_part and f.laid)
"""Formats built over a reference document of the layout."""
