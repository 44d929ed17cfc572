"""Slides of a settled tree: each has a title, none overflows, nothing is lost."""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.engines.pandoc import Pandoc
from dla_docs.formats.slides.frame import (
    FLOOR,
    LEAD_LINES,
    TEXT_ROOM,
    TITLE_LINES,
    TITLE_SIZE,
    WIDTH,
)
from dla_docs.formats.slides.measure import cut, lines, shortened
from dla_docs.formats.slides.paragraphs import indent_of, size_of
from dla_docs.formats.slides.runs import Run, Words, dressed, plain, text_of, words_of
from dla_docs.formats.slides.shapes import Text
from dla_docs.formats.slides.slides import TABLE_ROOM, Slide, slides
from dla_docs.formats.slides.tables import MOST_ROWS, SIZES, Cell, Grid
from dla_docs.model.workspace import Workspace
from dla_docs.tree.nodes import Nodes, text
from dla_docs.tree.tables import tables
from tests.layout import LAYOUT

NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}
SENTENCE = "Une phrase assez longue pour prendre à peu près une ligne et demie de la diapositive. "
ITEM = "un point que la réunion discute, dont le texte revient à la ligne une fois au moins"
UNBROKEN = "anticonstitutionnellement" * 80

HARD = {
    "long paragraph": f"# Titre\n\n{SENTENCE * 40}",
    "long list": "# Titre\n\n" + "".join(f"- {ITEM} {n}\n" for n in range(40)),
    "numbered list": "# Titre\n\n" + "".join(f"{n}. {ITEM} {n}\n" for n in range(1, 40)),
    "nested list": "# Titre\n\n" + f"- {ITEM}\n    - {ITEM}\n        - {ITEM}\n" * 20,
    "unbroken word": f"# Titre\n\n{UNBROKEN}",
    "unbroken item": f"# Titre\n\n- {UNBROKEN}\n- {ITEM}\n",
    "long title": f"# {SENTENCE * 8}\n\nTexte.",
    "unbroken title": f"# {UNBROKEN}\n\nTexte.",
    "long subtitle": f"# Titre\n\n## {SENTENCE * 8}\n\nTexte.",
    "bold": f"# Titre\n\n**{SENTENCE * 20}**",
    "link": f"# Titre\n\n[{SENTENCE * 20}](https://exemple.fr)",
    "quotation": f"# Titre\n\n> {SENTENCE * 20}",
    "note": f"# Titre\n\nTexte[^1].\n\n[^1]: {SENTENCE * 20}",
    "code": "# Titre\n\n" + "".join(f"    ligne {n}\n" for n in range(60)),
    "small headings": "# Titre\n\n" + f"### Petit titre\n\n{SENTENCE * 3}\n\n" * 12,
    "no heading": SENTENCE * 3,
    "rule": f"# Titre\n\nUn.\n\n---\n\n{SENTENCE}",
    "wide letters": f"# Titre\n\n{'MWŒ 漢字 ' * 300}",
}


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


@pytest.fixture(scope="module")
def read(pandoc: Pandoc) -> Callable[[str], Nodes]:
    return lambda markdown: tables(pandoc.read(markdown, [])[0])


Read = Callable[[str], Nodes]


def titles(found: list[Slide]) -> list[str]:
    return [text_of(slide.title) for slide in found]


def letters(*paragraphs: Words) -> str:
    return "".join("".join(map(text_of, paragraphs)).split())


def table(rows: int, words: str = "libellé") -> str:
    lines_of = [f"- - {n}\n  - {words}\n" for n in ("N°", *range(1, rows + 1))]
    return '# Titre\n\n::: {.tableau largeurs="20,80"}\n' + "".join(lines_of) + ":::\n"


def words(slide: Slide) -> str:
    return letters(*(piece.words for piece in slide.text))


def grids(found: list[Slide]) -> list[Grid]:
    return [slide.table for slide in found if slide.table]


def body(found: list[Slide]) -> list[list[Cell]]:
    return [row for grid in grids(found) for row in grid.body]


@pytest.mark.parametrize("case", HARD)
def test_every_slide_has_a_title_on_two_lines(case: str, read: Read) -> None:
    found = slides(read(HARD[case]))
    assert found
    counts = [lines(slide.title, WIDTH / TITLE_SIZE / 1.12) for slide in found]
    assert [letters(slide.title) == "" for slide in found] == [False] * len(found)
    assert max(counts) <= TITLE_LINES


@pytest.mark.parametrize("case", HARD)
def test_titles_are_distinct(case: str, read: Read) -> None:
    found = titles(slides(read(HARD[case])))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("case", HARD)
def test_text_of_a_slide_fits(case: str, read: Read) -> None:
    heights = [sum(piece.height for piece in slide.text) for slide in slides(read(HARD[case]))]
    assert max(heights) <= TEXT_ROOM


@pytest.mark.parametrize("case", HARD)
def test_no_word_is_lost(case: str, read: Read) -> None:
    blocks = read(HARD[case])
    given = "".join(text([b for b in blocks if b["t"] != "Header"]).split())
    shown = "".join(words(slide) for slide in slides(blocks))
    if case == "note":
        given = given.replace("TexteUne", "Texte(Une", 1)
        assert given.replace(".", "") in shown.replace(")", "").replace(".", "")
    elif case != "small headings":
        assert shown.endswith(given)


def test_the_next_part_is_announced(read: Read) -> None:
    found = titles(slides(read(HARD["long list"])))
    assert found[0] == "Titre"
    assert found[1] == "Titre (suite)"
    assert found[2] == "Titre (suite\u00a02)"


def test_a_title_of_two_lines_is_not_cut(read: Read) -> None:
    title = "Ce que chacune garde et ce que le groupement porte est écrit"
    (slide,) = slides(read(f"# {title}\n\nTexte.\n"))
    assert text_of(slide.title) == title
    assert len(slide.text) == 1


def test_what_figures_say_grows_with_the_height_left(read: Read) -> None:
    figures = "::: chiffres\n1\n:   Un\n\n2\n:   Deux\n\n3\n:   Trois\n:::\n"
    sizes = [
        max(shape.style.size for shape in slide.shapes if isinstance(shape, Text))
        for said in ("Un", "Un résultat que dix mots au moins disent bien, " * 4)
        for slide in slides(read("# Titre\n\n" + figures.replace("Un\n", said + "\n")))
    ]
    assert sizes[0] > sizes[1]


def test_a_numbered_list_goes_on_counting(read: Read) -> None:
    marks = [p.mark for slide in slides(read(HARD["numbered list"])) for p in slide.text]
    assert [mark.number for mark in marks if mark] == list(range(1, 40))


def test_parts_are_even(read: Read) -> None:
    counts = [len(slide.text) for slide in slides(read(HARD["long list"]))]
    assert max(counts) - min(counts) <= 1


def test_a_chapter_and_its_part_make_the_title(read: Read) -> None:
    found = slides(read("# Un\n\n## Deux\n\nTexte.\n\n## Trois\n\nTexte.\n"))
    assert titles(found) == ["Un – Deux", "Un – Trois"]


def test_a_chapter_without_text_takes_no_slide_of_its_own(read: Read) -> None:
    assert titles(slides(read("# Un\n\n## Deux\n\nA.\n\n# Trois\n\n# Quatre\n\nB."))) == [
        "Un – Deux",
        "Trois",
        "Quatre",
    ]


def test_a_list_stands_with_what_announces_it(read: Read) -> None:
    points = "".join(f"- {ITEM}\n" for _ in range(4))
    found = slides(read(f"# Titre\n\n{SENTENCE * 3}\n\nTrois points :\n\n{points}"))
    assert [piece.mark is not None for piece in found[1].text] == [False, True, True, True, True]
    assert text_of(found[1].text[0].words) == "Trois points :"


def test_a_long_table_repeats_its_header(read: Read) -> None:
    found = slides(read(table(30)))
    assert {
        letters(*(p for row in grid.head for cell in row for p in cell)) for grid in grids(found)
    } == {"N°libellé"}
    assert [letters(*row[0]) for row in body(found)] == [str(n) for n in range(1, 31)]


@pytest.mark.parametrize("words", ["libellé", SENTENCE, SENTENCE * 3, SENTENCE * 40, UNBROKEN])
def test_a_table_fits(words: str, read: Read) -> None:
    found = grids(slides(read(table(20, words))))
    assert max(sum(grid.heights) for grid in found) <= TABLE_ROOM
    assert max(len(grid.body) for grid in found) <= MOST_ROWS


def test_a_row_higher_than_a_slide_is_cut_without_loss(read: Read) -> None:
    cells = [letters(*row[1]) for row in body(slides(read(table(2, SENTENCE * 40))))]
    assert len(cells) > 2
    assert "".join(cells) == letters(plain(SENTENCE)) * 80


def test_the_caption_stands_above_its_table_once(read: Read) -> None:
    markdown = table(12).replace("- - N°", "Budget de la mission\n\n- - N°", 1)
    found = slides(read(markdown))
    captions = [words(slide) for slide in found]
    assert captions == ["Budgetdelamission", *[""] * (len(found) - 1)]


def test_letters_of_a_wide_table_break_no_word_of_its_header(read: Read) -> None:
    wide = ",".join(["16", *["7"] * 12])
    cells = "".join(f"  - {n}\n" for n in range(12))
    head = "".join("  - Septembre\n" for _ in range(12))
    markdown = f'# T\n\n::: {{.tableau largeurs="{wide}"}}\n- - A\n{head}- - b\n{cells}:::\n'
    (narrow,), (broad,) = grids(slides(read(table(3)))), grids(slides(read(markdown)))
    assert narrow.size == SIZES[0]
    assert broad.size < SIZES[0]


def test_one_image_a_slide(read: Read) -> None:
    found = slides(read("# Titre\n\n![un](a.png) ![deux](b.png)\n\nTexte.\n"))
    assert [text(slide.images) for slide in found] == ["un", "deux", ""]
    assert titles(found) == ["Titre", "Titre (suite)", "Titre (suite\u00a02)"]


def test_a_decorative_image_takes_no_slide(read: Read) -> None:
    assert len(slides(read("# Titre\n\n![](a.png){.decoratif}\n\nTexte.\n"))) == 1


def test_divisions_have_a_form(read: Read) -> None:
    given = {
        "fiche": ("Lieu\n:   Gap\n", "Lieu\u00a0:Gap"),
        "encadre": ("Note.\n", "Note."),
        "signatures": ("- **Pour le DLA**\n\n  Nom\n", "PourleDLANom"),
        "cases": ("- ☐ Oui\n- ☒ Non\n", "☐Oui☒Non"),
        "reponse": ("Nom :\n", "Nom:" + "…" * 24),
    }
    for name, (markdown, shown) in given.items():
        (slide,) = slides(read(f"# Titre\n\n::: {name}\n{markdown}:::\n"))
        assert words(slide) == "".join(shown.split()), name
        assert {(piece.depth, piece.mark) for piece in slide.text} == {(0, None)}, name


def test_the_contents_list_the_chapters(read: Read) -> None:
    found = slides(read("::: sommaire\n:::\n\n# Un\n\nA.\n\n## Deux\n\nB.\n\n# Trois\n\nC.\n"))
    assert titles(found)[0] == "Sommaire"
    assert [text_of(piece.words) for piece in found[0].text] == ["Un", "Trois"]


def reference(name: str) -> "etree._Element":
    charter = Charter(Workspace(LAYOUT.parent.parent), "restitution")
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(charter.reference("pptx"))).read(name))


def test_sizes_of_the_estimate_are_those_of_the_reference() -> None:
    master = reference("ppt/slideMasters/slideMaster1.xml")
    for depth in range(1, 6):
        (level,) = master.iterfind(f".//p:bodyStyle/a:lvl{depth}pPr", NAMES)
        places = ("a:defRPr/@sz", "a:lnSpc/a:spcPts/@val", "a:spcBef/a:spcPts/@val")
        said = tuple(int(level.xpath(f"string({p})", namespaces=NAMES)) // 100 for p in places)
        assert said == size_of(depth)
        assert int(level.get("marL", "")) / 12700 == indent_of(depth)


@pytest.mark.parametrize(
    ("part", "room"),
    [
        ("slideMasters/slideMaster1", TEXT_ROOM),
        ("slideLayouts/slideLayout4", LEAD_LINES * size_of(0)[1] + size_of(0)[2]),
    ],
)
def test_boxes_of_the_reference_hold_what_is_estimated(part: str, room: float) -> None:
    (box,) = reference(f"ppt/{part}.xml").xpath(
        ".//p:sp[p:nvSpPr/p:nvPr/p:ph[@idx='1']]/p:spPr/a:xfrm/a:ext", namespaces=NAMES
    )
    assert int(box.get("cx")) / 12700 == WIDTH
    assert int(box.get("cy")) / 12700 >= room


def test_tables_end_above_the_footer() -> None:
    (foot,) = reference("ppt/slideMasters/slideMaster1.xml").xpath(
        ".//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='ftr']]/p:spPr/a:xfrm/a:off", namespaces=NAMES
    )
    assert int(foot.get("y")) / 12700 > FLOOR


def test_neighbouring_words_of_one_look_are_one_run(read: Read) -> None:
    (block,) = read("Un **mot *fort* et** un [lien](https://a.fr) puis `code` [ici](#la).")
    assert words_of(block["c"]) == [
        Run("Un "),
        Run("mot ", frozenset({"Strong"})),
        Run("fort", frozenset({"Strong", "Emph"})),
        Run(" et", frozenset({"Strong"})),
        Run(" un "),
        Run("lien", target="https://a.fr"),
        Run(" puis "),
        Run("code", frozenset({"Code"})),
        Run(" ici."),
    ]


def test_a_note_stands_in_brackets(read: Read) -> None:
    block, *_ = read("Un mot[^1].\n\n[^1]: Une *note*.\n\n    Sa suite.\n")
    assert text_of(words_of(block["c"])) == "Un mot (Une note. Sa suite.)."


@pytest.mark.parametrize("room", [5.0, 20.0, 60.0])
def test_a_cut_text_is_whole(room: float) -> None:
    rest = [*plain(SENTENCE), *dressed(plain(SENTENCE.strip()), "Strong"), Run(UNBROKEN)]
    whole, parts = letters(rest), []
    while rest:
        head, rest = cut(rest, room, 3)
        assert lines(head, room) <= 3
        parts.append(letters(head))
    assert "".join(parts) == whole


def test_a_text_is_cut_after_a_sentence() -> None:
    head, rest = cut(plain("Une phrase. Une autre phrase bien plus longue."), 10.0, 1)
    assert (text_of(head), text_of(rest)[:9]) == ("Une phrase.", "Une autre")


def test_a_shortened_text_says_so() -> None:
    short, was_cut = shortened(plain(SENTENCE * 3), 30.0, 2)
    assert was_cut
    assert text_of(short).endswith(" …")
    assert lines(short, 30.0) <= 2
    assert shortened(plain("Court"), 30.0, 2) == (plain("Court"), False)


def test_links_are_whole_after_a_cut() -> None:
    head, rest = cut([Run(SENTENCE.strip(), target="https://a.fr")], 30.0, 1)
    assert [run.target for run in (*head, *rest)] == ["https://a.fr"] * 2
