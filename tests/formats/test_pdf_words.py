"""What keeps or cuts words is looked for where a block holds one, and nowhere else."""

import re
from pathlib import Path

import pytest

from dla_docs.formats.pdf_words import options, with_words
from dla_docs.tree.nodes import Node, Nodes, nodes, para, string, text
from dla_docs.tree.tables import table

PATTERNS = Path(__file__).parents[2] / "templates" / "_mise-en-page" / "motifs.typ"


def table_of(cells: list[str]) -> Node:
    row = {"t": "BulletList", "c": [[para(string(cell))] for cell in cells]}
    built = table([{"t": "BulletList", "c": [[row], [row]]}], [80.0], ["AlignLeft"])
    assert built is not None
    return built


def paragraph(words: str) -> Node:
    return para(string(words))


def called(blocks: Nodes) -> list[str]:
    return [node["c"][1] for node in nodes(with_words(blocks), "RawInline")]


@pytest.mark.parametrize(
    "words",
    [
        "Écrire à accueil@exemple.fr.",
        "Voir https://exemple.fr/page.",
        "Le fichier trame-proposition.docx",
        "04000\u00a0Digne-les-Bains",
        "à Digne-les-Bains",
        "avenant DLA04-CPO-2025-A2",
        "La note à mi-parcours",
        "Comment peut-elle se développer ?",
        "x" * 30,
    ],
)
def test_words_to_keep_or_to_cut_are_told_to_the_page(words: str) -> None:
    assert called([paragraph(words)]) == ["#mots[", "];"]


def test_an_ordinary_paragraph_is_left_as_it_is() -> None:
    block = paragraph("L’association emploie quinze personnes depuis 2019.")
    assert with_words([block]) == [block]


def test_a_cell_may_cut_a_long_address_and_is_told_once() -> None:
    assert called([table_of(["exemple.fr/une-page"])]) == ["#mots-de-case[", "];"] * 2


def test_long_words_are_looked_for_where_a_table_holds_one() -> None:
    long = "anticonstitutionnellement"
    assert options([table_of([long])]) == {"mots-longs": "true"}
    assert options([paragraph(long)]) == {}


def test_every_pattern_is_compiled_in_one_file() -> None:
    page = PATTERNS.with_name("page.typ").read_text(encoding="utf-8")
    assert "regex(" not in page
    names = re.findall(r"#let ([\w-]+) = regex", PATTERNS.read_text(encoding="utf-8"))
    assert [name for name in names if name not in page] == []


def test_what_is_told_says_the_same_words() -> None:
    block = paragraph("Écrire à accueil@exemple.fr.")
    assert text(with_words([block])) == text([block])
