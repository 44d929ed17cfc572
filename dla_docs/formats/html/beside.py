"""Links to the same document in the formats that are printed and edited."""

from dla_docs.tree.nodes import Node, Nodes, attributes, para, raw_block, string

WORDS = {"pdf": "PDF", "docx": "Word", "odt": "LibreOffice", "xlsx": "Tableur"}
"""Formats worth a link, in this order, as people call them."""


def beside(stem: str, formats: tuple[str, ...]) -> Nodes:
    """A landmark of links to the files of the same name beside the page; nothing without any."""
    links: Nodes = []
    for format in [name for name in WORDS if stem and name in formats]:
        links += [{"t": "Space"}] if links else []
        links.append(_link(f"{stem}.{format}", WORDS[format]))
    if not links:
        return []
    opening = raw_block("html", '<nav class="formats" aria-label="Le même document">')
    return [opening, para(links), raw_block("html", "</nav>")]


def _link(name: str, words: str) -> Node:
    # As it is: the name of our files has letters, figures and hyphens only.
    return {"t": "Link", "c": [attributes(), string(words), [name, ""]]}
