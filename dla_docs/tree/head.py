"""The head of a document, once its text is whole: where its funders stand, its contents.

Three heads (`modele`): « couverture », a page of its own; « bandeau », a coloured band that the
text follows; « court », for what is short.
"""

import re

from dla_docs.tree.divisions import (
    BRIEF,
    CONTENTS,
    FUNDERS_FOOT,
    HEAD,
    ONLY_BOOK,
    ONLY_HTML,
    SUBTITLE,
    TITLE,
)
from dla_docs.tree.nodes import Node, Nodes, div, each, inner, is_div, nodes, pairs, text

OF_ITS_OWN, OF_LETTER, BANNER = "couverture", "lettre", "bandeau"
"""The models of a head that is a page of its own, of one that holds the logos alone, and of one
whose coloured band the text follows."""
STEP_NAMES = ("Accueil", "Diagnostic", "Parcours", "Mission", "Suivi")
"""The five steps of an accompaniment, from the first."""
WORDS_OF_CONTENTS = 3600
"""Words of a document of ten pages, under which contents tell nothing that a look does not: 360 a
page, tables and headings included (measured on the demonstration)."""
_NAMING = re.compile(r"[A-ZÀ-Ý]\w{3,}|\d+")
"""What names someone or something in a subtitle: no article has four letters."""


def settled(blocks: Nodes, contents: bool) -> Nodes:
    """The blocks with the funders in their place, and that of the contents, which formats fill."""
    ranks = [rank for rank, block in enumerate(blocks) if is_div(block, HEAD)]
    place = ranks[0] + 1 if ranks else 0
    if ranks:
        head, foot = _without_last_foot(_unrepeated(blocks[ranks[0]]))
        blocks = [*blocks[: ranks[0]], head, *blocks[place:], *foot]
    # What is essential comes before what there is.
    place += place < len(blocks) and is_div(blocks[place], BRIEF)
    if contents and len(text(_on_pages(blocks)).split()) >= WORDS_OF_CONTENTS:
        return [*blocks[:place], div([], CONTENTS), *blocks[place:]]
    return blocks


def _on_pages(blocks: Nodes) -> Nodes:
    """The blocks without what a screen or a workbook alone shows."""
    return each(blocks, "Div", lambda d: [] if is_div(d, ONLY_HTML, ONLY_BOOK) else [d])


def model_of(head: Node) -> str:
    """Which head it is."""
    return pairs(head).get("modele", "court")


def stays_last(foot: Node) -> bool:
    """Whether funders are at the end of their document, however its pages end."""
    return pairs(foot).get("place") == "derniere"


def _unrepeated(head: Node) -> Node:
    """A head without the subtitle that its title says already: who « Bilan de X » is about."""
    said = {
        name: text(b) for b in nodes(head, "Div") for name in (TITLE, SUBTITLE) if is_div(b, name)
    }
    named = _NAMING.findall(said.get(SUBTITLE, ""))
    if not named or any(name not in said.get(TITLE, "") for name in named):
        return head
    return each([head], "Div", lambda b: [] if is_div(b, SUBTITLE) else [b])[0]


def _without_last_foot(head: Node) -> tuple[Node, Nodes]:
    """A head, and its funders where they belong to the foot of the last page."""
    feet = [block for block in inner(head) if is_div(block, FUNDERS_FOOT)]
    foot = [block for block in feet if pairs(block).get("place") == "fin" or stays_last(block)]
    kept = [block for block in inner(head) if block not in foot]
    return {"t": "Div", "c": [head["c"][0], kept]}, foot
