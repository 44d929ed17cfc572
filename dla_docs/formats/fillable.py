"""Writers of documents that one fills: the fields put in before, completed after."""

from dla_docs.formats.docx import writer as docx
from dla_docs.formats.docx.fields import with_answers, with_fields
from dla_docs.formats.shared import Engines, Properties
from dla_docs.forms.asked import asked
from dla_docs.tree.passes import Tree


def write_docx(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A Word document; a form with its controls, its bookmarks and its answers as data."""
    form = asked(tree.blocks)
    if form is None:
        return docx.write_docx(tree, properties, engines)
    blocks = with_fields(form, engines.charter.text_width)
    return with_answers(docx.write_docx(Tree(blocks, tree.images), properties, engines), form)
