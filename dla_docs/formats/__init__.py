"""Writers: one module a format, each a function from a settled tree to the bytes of a file."""

from collections.abc import Callable, Mapping

from dla_docs.formats.docx.writer import write_docx
from dla_docs.formats.html import write_html
from dla_docs.formats.odt import write_odt
from dla_docs.formats.pdf import write_pdf
from dla_docs.formats.shared import House, Properties
from dla_docs.formats.slides.writer import write_pptx
from dla_docs.tree.passes import Tree

WRITERS: Mapping[str, Callable[[Tree, Properties, House], bytes]] = {
    "docx": write_docx,
    "odt": write_odt,
    "pdf": write_pdf,
    "html": write_html,
    "pptx": write_pptx,
}

__all__ = ["WRITERS", "House", "Properties"]
