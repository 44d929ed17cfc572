"""Plain text, for the body of a message: its subject on the first line, then a blank one.

It is no format that a document is offered in: mail programs alone read it.
"""

import re

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import Engines
from dla_docs.tree.divisions import OBJECT
from dla_docs.tree.nodes import Nodes, each, is_div, nodes, text
from dla_docs.tree.passes import Tree

_GAPS = re.compile(r"\n{3,}")


def write_plain(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """The words of a document, one line a paragraph: mail programs cut lines where they will.

    Raises EngineError.
    """
    subjects = [block for block in nodes(tree.blocks, "Div") if is_div(block, OBJECT)]
    subject = " ".join(text(subjects).split()) or properties.title
    body: Nodes = [block for block in tree.blocks if not is_div(block, OBJECT)]
    # « 1er », which pandoc would write « 1^(er) ».
    body = each(body, "Superscript", lambda raised: list(raised["c"]))
    written = engines.pandoc.write(body, {}, Writing("plain", properties.epoch)).decode()
    return f"{subject}\n\n{_GAPS.sub(chr(10) * 2, written).strip()}\n".encode()
