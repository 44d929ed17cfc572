"""The boxes of an ODT."""

from dla_docs.formats.odt.heads import arranged
from dla_docs.tree.divisions import RECORD
from dla_docs.tree.nodes import Node, div, nodes, para, string


def record(words: str) -> Node:
    entries = [[string(f"Terme {rank}"), [[para(string(words))]]] for rank in range(4)]
    return div([{"t": "DefinitionList", "c": entries}], RECORD)


def kept_whole(words: str) -> bool:
    raw = "".join(str(node["c"][1]) for node in nodes(arranged([record(words)]), "RawBlock"))
    return "FicheCourte" in raw


def test_a_record_of_long_texts_may_be_split_between_its_entries() -> None:
    assert kept_whole("Une ligne.") and not kept_whole("Une ligne. " * 30)
