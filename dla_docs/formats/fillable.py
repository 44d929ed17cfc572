"""Writers of documents that one fills: the fields put in before, completed after."""

from dla_docs.formats import pdf
from dla_docs.formats.docx import writer as docx
from dla_docs.formats.docx.fields import with_answers, with_fields
from dla_docs.formats.html import form as html_form
from dla_docs.formats.html import writer as html
from dla_docs.formats.odt import writer as odt
from dla_docs.formats.odt.fields import with_cells, with_controls
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import Engines
from dla_docs.forms.asked import asked
from dla_docs.tree.passes import Tree


def write_docx(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A Word document; a form with its controls, its bookmarks and its answers as data."""
    form = asked(tree.blocks)
    if form is None:
        return docx.write_docx(tree, properties, engines)
    blocks = with_fields(form, engines.charter.text_width)
    written = docx.write_docx(Tree(blocks, tree.images), properties, engines, filled=True)
    return with_answers(written, form)


def write_pdf(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """The pages of a document; a form with its fields."""
    form = asked(tree.blocks)
    if form is None:
        return pdf.write_pdf(tree, properties, engines)
    # Here: importing pikepdf takes 90 ms (measured), for forms alone.
    from dla_docs.formats.pdf_fields import with_links, with_widgets

    content = pdf.write_pdf(Tree(with_links(form), tree.images), properties, engines)
    return with_widgets(content, form, str(engines.charter.values["polices"]["texte"]))


def write_html(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A page; a form with its fields, which saves a filled copy of itself."""
    form = asked(tree.blocks)
    if form is None:
        return html.write_html(tree, properties, engines)
    page = html.write_html(Tree(html_form.with_inputs(form), tree.images), properties, engines)
    style, script = (engines.charter.text(f"formulaire.{kind}") for kind in ("css", "js"))
    return html_form.with_script(page, form, style, script)


def write_odt(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """An OpenDocument text; a form with its controls and its bookmarks."""
    form = asked(tree.blocks)
    if form is None:
        return odt.write_odt(tree, properties, engines)
    blocks = Tree(with_controls(form), tree.images)
    content = odt.write_odt(blocks, properties, engines, filled=True)
    return with_cells(content, form, engines.charter)
