"""What DOCX and ODT share."""

from dla_docs.formats.office import uncut
from dla_docs.tree.nodes import Node, attributes, string, text


def kept(words: str) -> Node:
    return {"t": "Span", "c": [attributes("", ["insecable"]), string(words)]}


def test_a_long_reference_is_held_by_its_hyphens_and_what_one_searches_for_keeps_its_own() -> None:
    assert text(uncut(kept("DLA04-CPO-2025-A2"))) == "DLA04‑CPO‑2025‑A2"
    assert [text(uncut(kept(said))) for said in ("2025-003", "cahier-des-charges.docx")] == [
        "2025-003",
        "cahier-des-charges.docx",
    ]
