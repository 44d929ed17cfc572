"""The tree of a document: texts put back, headings shifted, numbered and dropped, links made."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dla_docs.documents.types import DocumentType
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import Examined
from dla_docs.model.errors import TemplateError
from dla_docs.model.values import Riche
from dla_docs.tree.nodes import Nodes, nodes, text
from dla_docs.tree.passes import Tree, build_blocks, finish
from dla_docs.tree.template import Text

MARK = "[]{.riche n=0}"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


@pytest.fixture
def kind(examen: Examined) -> DocumentType:
    """A type that owes the section `rappel`."""
    return replace(examen.types["rapport-final"], numerotation="sections")


def filled(markdown: str, *riches: str, folder: str = "dossiers") -> Text:
    return Text(markdown, tuple(Riche(words, folder) for words in riches), ())


@pytest.fixture
def arbre(pandoc: Pandoc, kind: DocumentType, tmp_path: Path) -> "Arbre":
    return Arbre(pandoc, kind, tmp_path)


class Arbre:
    """Both halves of the stage, over a type and an empty workspace."""

    def __init__(self, pandoc: Pandoc, kind: DocumentType, root: Path) -> None:
        self.pandoc, self.kind, self.root = pandoc, kind, root

    def blocks(self, markdown: str, *riches: str) -> Nodes:
        return build_blocks(filled(markdown, *riches), self.kind.sections, self.pandoc)

    def finished(self, markdown: str, *riches: str, numerotation: str = "sections") -> Tree:
        text = filled(markdown, *riches)
        blocks = build_blocks(text, self.kind.sections, self.pandoc)
        return finish(blocks, text, replace(self.kind, numerotation=numerotation), self.root)


def headings(blocks: Nodes) -> list[tuple[int, str]]:
    """Level and words of each heading, unbreakable spaces as ordinary ones."""
    return [
        (header["c"][0], text(header["c"][2]).replace("\u00a0", " ").strip())
        for header in nodes(blocks, "Header")
    ]


@pytest.mark.parametrize(
    ("markdown", "rich", "expected"),
    [
        (f"# Un\n\n{MARK}", "# a\n\nx\n\n## b\n\ny", [2, 3]),
        (f"## Un\n\n{MARK}", "# a\n\nx\n\n## b\n\ny", [3, 4]),
        (f"# Un\n\n{MARK}", "### a\n\nx\n\n#### b\n\ny", [2, 3]),
        (f"# Un\n\n{MARK}", "# a\n\nx\n\n# b\n\ny", [2, 2]),
        (MARK, "# a\n\nx", [1]),
        (f"#### Un\n\n{MARK}", "# a\n\nx\n\n## b\n\ny\n\n### c\n\nz", [5, 5, 5]),
        (f"# Un\n\n::: encadre\n{MARK}\n:::", "# a\n\nx", [2]),
        (f"# Un\n\n{MARK}", "# a\n\nx\n\n### b\n\ny", [2, 3]),
        (f"# Un\n\n{MARK}", "### a\n\nx\n\n# b\n\ny\n\n#### c\n\nz", [2, 2, 3]),
    ],
)
def test_headings_of_a_text_go_below_the_one_that_prints_it(
    arbre: Arbre, markdown: str, rich: str, expected: list[int]
) -> None:
    found = headings(arbre.blocks(markdown, rich))
    assert expected == [level for level, words in found if words != "Un"]


def test_a_text_replaces_the_paragraph_of_its_mark(arbre: Arbre) -> None:
    blocks = arbre.blocks(f"Avant\n\n{MARK}\n\nAprès", "- un\n- deux")
    assert [block["t"] for block in blocks] == ["Para", "BulletList", "Para"]


def test_a_text_within_a_sentence_gives_its_words(arbre: Arbre) -> None:
    blocks = arbre.blocks(f"Avant {MARK} après", "un **gras**\n\ndeux")
    assert [block["t"] for block in blocks] == ["Para"]
    assert " ".join(text(blocks).split()) == "Avant un gras deux après"


def test_a_list_within_a_sentence_keeps_its_words(arbre: Arbre) -> None:
    blocks = arbre.blocks(f"Avant {MARK} après", "# titre\n\n- un\n- deux\n\n> trois")
    assert {"titre", "un", "deux", "trois"} <= set(text(blocks).split())


@pytest.mark.parametrize("holder", ["- {}", "1. {}", "> {}", "Mot\n:   {}", "::: x\n{}\n:::"])
def test_a_text_is_put_back_wherever_its_mark_is(arbre: Arbre, holder: str) -> None:
    blocks = arbre.blocks(holder.format(MARK), "un\n\n- deux")
    assert text(blocks).removeprefix("Mot").split() == ["un", "deux"]
    assert list(nodes(blocks, "BulletList"))


def test_a_text_printed_twice_is_there_twice(arbre: Arbre) -> None:
    blocks = arbre.blocks(f"# Un\n\n{MARK}\n\n## Deux\n\n{MARK}", "# a\n\nx")
    assert headings(blocks) == [(1, "Un"), (2, "a"), (2, "Deux"), (3, "a")]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Un\n\n# Deux\n\nx", ["Deux"]),
        ("# Un\n\n## Deux\n\n### Trois\n\n# Quatre\n\nx", ["Quatre"]),
        ("# Un\n\n## Deux\n\nx", ["Un", "Deux"]),
        ("x\n\n# Dernier", []),
        ('# Un\n\n::: {.tableau largeurs="1,1"}\n- - A\n  - B\n:::\n\n# Deux\n\nx', ["Deux"]),
        ("# Un {#rappel}\n\n# Deux\n\nx", ["Un", "Deux"]),
    ],
)
def test_a_heading_that_announces_nothing_is_dropped(
    arbre: Arbre, markdown: str, expected: list[str]
) -> None:
    assert expected == [words for _, words in headings(arbre.blocks(markdown))]


def test_a_heading_that_was_typed_is_printed_though_nothing_follows(arbre: Arbre) -> None:
    blocks = arbre.blocks(f"# Un\n\n{MARK}\n\n# Deux\n\nx", "a\n\n# Fin")
    assert headings(blocks) == [(1, "Un"), (2, "Fin"), (1, "Deux")]


def test_a_heading_above_an_empty_text_is_dropped(arbre: Arbre) -> None:
    blocks = arbre.blocks(f"# Un\n\n{MARK}\n\n# Deux\n\nx", "")
    assert headings(blocks) == [(1, "Deux")]


@pytest.mark.parametrize(
    ("style", "expected"),
    [("sections", ["1. a", "2. b", "3. c"]),
     ("articles", ["Article 1er – a", "Article 2 – b", "Article 3 – c"])],
)  # fmt: skip
def test_first_level_headings_are_numbered(arbre: Arbre, style: str, expected: list[str]) -> None:
    markdown = "# a\n\nx\n\n## sous\n\nx\n\n# b\n\nx\n\n# c\n\nx"
    found = headings(arbre.finished(markdown, numerotation=style).blocks)
    assert expected == [words for level, words in found if level == 1]
    assert [heading for heading in found if heading[0] == 2] == [(2, "sous")]


def test_a_heading_may_stay_without_number(arbre: Arbre) -> None:
    tree = arbre.finished("# Parties {.sans-numero}\n\nx\n\n# a\n\nx")
    assert headings(tree.blocks) == [(1, "Parties"), (1, "1. a")]


def test_every_heading_has_its_own_short_identifier(arbre: Arbre) -> None:
    long = "Un titre si long " * 8
    tree = arbre.finished(f"# {long}\n\nx\n\n# {long}\n\nx\n\n# b {{#rappel}}\n\nx")
    found = [header["c"][1][0] for header in nodes(tree.blocks, "Header")]
    assert len(set(found)) == 3
    assert all(found)
    assert max(map(len, found)) <= 40
    assert found[2] == "rappel"


@pytest.mark.parametrize(
    ("words", "target", "shown"),
    [
        ("ana@exemple.fr", "mailto:ana@exemple.fr", "ana@exemple.fr"),
        ("écrire à ana@exemple.fr.", "mailto:ana@exemple.fr", "ana@exemple.fr"),
        ("(https://exemple.fr/a?b=1)", "https://exemple.fr/a?b=1", "https://exemple.fr/a?b=1"),
        ("voir https://exemple.fr, puis", "https://exemple.fr", "https://exemple.fr"),
        ("«https://exemple.fr»", "https://exemple.fr", "https://exemple.fr"),
        ("[le site](https://exemple.fr)", "https://exemple.fr", "le site"),
        ("[https://exemple.fr](https://exemple.fr)", "https://exemple.fr", "https://exemple.fr"),
        ("**ana@exemple.fr**", "mailto:ana@exemple.fr", "ana@exemple.fr"),
        ("ana.o'brien@exemple.fr", "mailto:ana.o'brien@exemple.fr", "ana.o'brien@exemple.fr"),
        ("'ana@exemple.fr'", "mailto:ana@exemple.fr", "ana@exemple.fr"),
        ("https://exemple.fr/a_(b)", "https://exemple.fr/a_(b)", "https://exemple.fr/a_(b)"),
        ("[](https://exemple.fr/a)", "https://exemple.fr/a", "https://exemple.fr/a"),
    ],
)
def test_an_address_is_one_link(arbre: Arbre, words: str, target: str, shown: str) -> None:
    (link,) = nodes(arbre.finished(words).blocks, "Link")
    assert (target, shown) == (link["c"][2][0], text(link["c"][1]))


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.fr/~durand/bilan~2",
        "https://exemple.fr/_docs_/plan*b*c",
        "https://été.exemple.fr/é?a=b&copy=2#ancre",
        "lise_durand_@exemple.fr",
    ],
)
def test_an_address_typed_in_a_text_leads_where_it_says(arbre: Arbre, address: str) -> None:
    (link,) = nodes(arbre.finished(MARK, f"Voir ({address}).").blocks, "Link")
    assert (address, text(link["c"][1])) == (link["c"][2][0].removeprefix("mailto:"), address)


def test_a_link_to_no_heading_is_only_words(arbre: Arbre) -> None:
    tree = arbre.finished("# Un {#rappel}\n\n[a](#rappel) et [b](#ancre)")
    assert [link["c"][2][0] for link in nodes(tree.blocks, "Link")] == ["#rappel"]
    assert text(tree.blocks).endswith("a et b ")


def test_the_text_around_an_address_stays(arbre: Arbre) -> None:
    words = "Voir (https://exemple.fr), ou écrire à ana@exemple.fr."
    assert words == text(arbre.finished(words).blocks).strip()


@pytest.mark.parametrize("words", ["a@b", "@ana", "exemple.fr", "`ana@exemple.fr`", "12@"])
def test_what_is_no_address_is_no_link(arbre: Arbre, words: str) -> None:
    assert list(nodes(arbre.finished(words).blocks, "Link")) == []


def test_an_image_of_the_workspace_is_read_once(arbre: Arbre) -> None:
    (arbre.root / "dossiers").mkdir()
    (arbre.root / "dossiers/plan.svg").write_text(SQUARE, encoding="utf-8")
    tree = arbre.finished(MARK, "![Un plan](plan.svg)\n\n![Le même](plan.svg)")
    assert len(tree.images) == 1
    assert [image["c"][2][0] for image in nodes(tree.blocks, "Image")] == ["image:0"] * 2


@pytest.mark.parametrize(
    "target",
    [
        "absente.png",
        "../dehors.svg",
        "/etc/passwd",
        "https://exemple.fr/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "logo:0",
        "logo:x",
        "image:0",
    ],
)
def test_no_other_image_is_read(arbre: Arbre, target: str) -> None:
    (arbre.root.parent / "dehors.svg").write_text(SQUARE, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        arbre.finished(MARK, f"![x]({target})")
    assert target in caught.value.message


def test_an_unreadable_image_is_told(arbre: Arbre) -> None:
    (arbre.root / "dossiers").mkdir()
    (arbre.root / "dossiers/plan.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"plan\.svg"):
        arbre.finished(MARK, "![Un plan](plan.svg)")
