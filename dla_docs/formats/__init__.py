"""Writers: one module a format, each a function from a settled tree to the bytes of a file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version

from dla_docs.context.context import Context
from dla_docs.documents.documents import DRAFT
from dla_docs.engines.typst import TYPST_VERSION
from dla_docs.formats.fillable import write_docx, write_html, write_odt, write_pdf
from dla_docs.formats.plain import write_plain
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import Engines
from dla_docs.formats.sheets.writer import write_xlsx
from dla_docs.formats.slides.pages import write_slides_pdf
from dla_docs.formats.slides.writer import write_pptx
from dla_docs.forms.asked import is_form
from dla_docs.tree.fingerprint import Signature, fingerprint
from dla_docs.tree.passes import Tree


def _write_pdf(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """The pages of a document, or the slides of a presentation."""
    write = write_slides_pdf if properties.shown else write_pdf
    return write(tree, properties, engines)


WRITERS: Mapping[str, Callable[[Tree, Properties, Engines], bytes]] = {
    "docx": write_docx,
    "odt": write_odt,
    "pdf": _write_pdf,
    "html": write_html,
    "pptx": write_pptx,
    "xlsx": write_xlsx,
}

OF_MESSAGES = {"texte": write_plain}
"""What no document is offered in: the words of a message, which a mail program shows."""

__all__ = ["WRITERS", "Engines", "Properties", "properties_of", "said_of", "written"]


def written(format: str, tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """The bytes of a document in a format, in the colours of its family. Raises EngineError."""
    return {**WRITERS, **OF_MESSAGES}[format](tree, properties, engines.of(properties.family))


def said_of(context: Context) -> Properties:
    """What the files of a document say of themselves, but their empreinte."""
    document = context.document
    return Properties(
        document.title,
        context.author,
        document.scope.reference,
        f"{document.type.titre} du dispositif local d’accompagnement",
        context.names["document"].date,
        draft=document.variant == DRAFT,
        shown=document.type.shown,
        stem=document.stem,
        formats=document.type.formats,
        family=document.type.famille,
        emitter=context.emitter,
        piece=context.names["document"].piece,
        mark_of_foot=context.names["document"].repere,
    )


def properties_of(context: Context, tree: Tree, engines: Engines) -> Properties:
    """The same, their empreinte included.

    The version of the library of a format counts only where the document has that format.
    """
    document, properties = context.document, said_of(context)
    versions = {"pandoc": engines.pandoc.version, "typst": TYPST_VERSION}
    for format, library in (("pptx", "python-pptx"), ("xlsx", "XlsxWriter")):
        if format in document.type.formats:
            versions[library] = version(library)
    if is_form(tree.blocks):
        versions["pikepdf"] = version("pikepdf")
    empreinte = fingerprint(tree, properties.office(), engines.charter.digest, versions)
    return replace(properties, mark=Signature(empreinte, document.signed).mark())
