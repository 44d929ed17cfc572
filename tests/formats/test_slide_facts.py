"""What a slide shows beside text: figures, people, a question, a closing line, notes."""

from collections.abc import Callable, Iterator

import pytest

from dla_docs.engines.pandoc import Pandoc
from dla_docs.formats.slides.frame import FLOOR, LEFT, WIDTH
from dla_docs.formats.slides.runs import text_of
from dla_docs.formats.slides.shapes import Rule, Text
from dla_docs.formats.slides.slides import Slide, slides
from dla_docs.tree.tables import tables

PEOPLE = "::: cartouche\nKarim Belloumi\n:   Le DLA\n\nLise Carrouge\n:   Le DLA\n:::\n"
GRID = '::: {.tableau largeurs="20,80"}\n- - N°\n  - Décision\n- - 1\n  - Retenir\n:::\n'
Read = Callable[[str], list[Slide]]


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    with Pandoc() as pandoc:
        yield lambda body: slides(tables(pandoc.read(f"# Titre\n\n{body}", [])[0]))


def said(slide: Slide) -> list[list[str]]:
    texts = [s for s in (*slide.shapes, *slide.closing) if isinstance(s, Text)]
    return [[text_of(words) for words in text.paragraphs] for text in texts]


def test_figures_stand_side_by_side_under_a_rule_each(read: Read) -> None:
    (slide,) = read("::: chiffres\n26\n:   fonctions\n\n148 000 €\n:   de budget\n:::\n")
    assert said(slide) == [["26", "fonctions"], ["148 000 €", "de budget"]]
    rules = [shape for shape in slide.shapes if isinstance(shape, Rule)]
    texts = [shape for shape in slide.shapes if isinstance(shape, Text)]
    assert [r.box[0] for r in rules] == [t.box[0] for t in texts]
    assert all(r.box[1] < t.box[1] for r, t in zip(rules, texts, strict=True))


def test_a_long_figure_has_smaller_letters_and_holds_on_its_column(read: Read) -> None:
    short, long = (
        read(f"::: chiffres\n{figure}\n:   a\n\n2\n:   b\n\n3\n:   c\n:::\n")[0].shapes[3]
        for figure in ("1", "10 septembre 2026")
    )
    assert isinstance(short, Text)
    assert isinstance(long, Text)
    assert short.first is not None
    assert long.first is not None
    assert long.first.size < short.first.size


def test_the_question_stands_under_its_label(read: Read) -> None:
    (slide,) = read("::: question\nLa question posée\n\nComment passer au texte ?\n:::\n")
    assert said(slide) == [["La question posée", "Comment passer au texte ?"]]


def test_people_stand_at_the_foot_of_a_table_that_leaves_them_room(read: Read) -> None:
    (slide,) = read(f"{GRID}\n{PEOPLE}")
    assert slide.table
    assert said(slide) == [["Karim Belloumi", "Le DLA"], ["Lise Carrouge", "Le DLA"]]
    assert max(s.box[1] + s.box[3] for s in slide.closing) == pytest.approx(FLOOR)


def test_people_after_a_line_stand_under_it(read: Read) -> None:
    (slide,) = read(f"Un texte.\n\n{PEOPLE}")
    assert (slide.closing, len(slide.text)) == ([], 1)
    assert said(slide)[0] == ["Karim Belloumi", "Le DLA"]


def test_a_closing_line_under_nothing_is_said_as_the_rest(read: Read) -> None:
    (slide,) = read("::: discret\nApprouvé le 9 juin.\n:::\n")
    assert [text_of(piece.words) for piece in slide.text] == ["Approuvé le 9 juin."]


def test_notes_are_for_the_speaker_alone(read: Read) -> None:
    (slide,) = read("Texte.\n\n::: notes\nÀ dire.\n\n- un\n- deux\n:::\n")
    assert [text_of(words) for words in slide.notes] == ["À dire.", "– un", "– deux"]
    assert [text_of(piece.words) for piece in slide.text] == ["Texte."]


def test_everything_stands_between_the_axis_and_the_margin(read: Read) -> None:
    (slide,) = read("::: chiffres\n1\n:   a\n\n2\n:   b\n\n3\n:   c\n\n4\n:   d\n:::\n")
    assert min(shape.box[0] for shape in slide.shapes) == LEFT
    assert max(s.box[0] + s.box[2] for s in slide.shapes) == pytest.approx(LEFT + WIDTH)


def grounds(slide: Slide) -> list[tuple[float, float]]:
    """The left and width of the surfaces of colour of a slide."""
    return [(s.box[0], s.box[2]) for s in slide.shapes if isinstance(s, Rule)]


def test_a_figure_alone_is_white_on_a_ground_as_wide_as_the_slide(read: Read) -> None:
    (slide,) = read("::: chiffres\n26\n:   fonctions\n:::\n")
    assert grounds(slide) == [(LEFT, WIDTH)]
    (text,) = [shape for shape in slide.shapes if isinstance(shape, Text)]
    assert {text.style_of(rank).colour for rank in (0, 1)} == {"bg1"}


def test_parts_of_a_whole_are_as_wide_as_they_weigh(read: Read) -> None:
    figures = "2/3\n:   selon les emplois\n\n1/3\n:   selon les ventes\n"
    (slide,) = read(f'::: {{.chiffres parts="2;1"}}\n{figures}:::\n')
    (left, wide), (other, narrow) = grounds(slide)
    assert (left, other) == (LEFT, pytest.approx(LEFT + wide))
    assert wide == pytest.approx(2 * narrow)
    assert said(slide) == [["2/3", "selon les emplois"], ["1/3", "selon les ventes"]]


def test_a_line_of_three_may_close_a_figure_alone(read: Read) -> None:
    line = "Un mot. " * 24
    (slide,) = read(f"::: chiffres\n26\n:   fonctions\n:::\n\n::: discret\n{line}\n:::\n")
    assert slide.closing


def test_a_short_question_has_larger_letters_than_a_long_one(read: Read) -> None:
    short, long = (
        read(f"::: question\nLa question\n\n{'Comment passer au texte ? ' * count}\n:::\n")[0]
        for count in (2, 8)
    )
    first, last = (next(s for s in slide.shapes if isinstance(s, Text)) for slide in (short, long))
    assert first.style.size > last.style.size


def test_a_figure_alone_fills_more_of_its_slide_than_one_that_a_line_closes(read: Read) -> None:
    figure = "::: chiffres\n26\n:   fonctions\n:::\n"
    (alone,), (closed,) = read(figure), read(f"{figure}\n::: discret\nUn mot.\n:::\n")
    assert alone.bottom > closed.bottom


def test_a_long_word_of_a_person_takes_from_the_columns_of_the_others(read: Read) -> None:
    people = [
        ("Un", "DLA des Hautes-Alpes"),
        ("Deux", "DLA des Alpes-de-Haute-Provence"),
        ("Trois", "X"),
    ]
    listed = "\n".join(f"{name}\n:   {said}\n" for name, said in people)
    (slide,) = read(f"::: cartouche\n{listed}\n:::\n")
    first, second, third = (shape.box[2] for shape in slide.shapes)
    assert second > first == third
