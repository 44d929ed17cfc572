"""The length of a document, guessed: what its blocks take, and where its funders stand."""

from dla_docs.formats.estimate import Measure, height
from dla_docs.formats.funders import with_funders
from dla_docs.formats.notch import CLOSER, OF_CHARTER, WORD, WRITER
from dla_docs.formats.together import UNDER_DRAWING
from dla_docs.tree.divisions import CHART, CHART_TITLE, FIGURES, FUNDERS_FOOT, HEAD
from dla_docs.tree.nodes import attributes, div, inner, para, string
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import table

LINE = para(string("mot " * 20))
FOOT = div([para(string("Financé par"))], FUNDERS_FOOT)
TITLE = {"t": "Header", "c": [1, attributes("un"), string("Le besoin")]}


def test_a_line_of_text_takes_fifteen_points_and_six_after() -> None:
    assert height([LINE], ()) == 21


def test_a_closer_text_takes_less() -> None:
    (closer,) = Measure((), CLOSER).atoms([LINE])
    assert closer.height < 21


def test_a_title_goes_with_what_follows_and_is_airier_in_an_odt() -> None:
    (word,), (writer,) = (list(Measure((), titles=t).atoms([TITLE])) for t in (WORD, WRITER))
    assert word.keep and writer.keep and word.height < writer.height


def test_the_funders_of_a_page_stand_at_its_foot() -> None:
    head = div([LINE], HEAD)
    moved, *rest = with_funders(Tree([head, LINE, FOOT], ()), at_end=False).blocks
    assert inner(moved)[-1] == FOOT
    assert rest == [LINE]


def test_those_of_a_long_text_end_it() -> None:
    blocks = [div([LINE], HEAD), LINE, FOOT]
    assert with_funders(Tree(blocks, ()), at_end=True).blocks == blocks


def test_what_a_chart_concludes_goes_with_it_and_with_its_title() -> None:
    titled = div([para(string("Poids de chaque critère"))], CHART_TITLE)
    first, second = Measure(()).atoms([LINE, div([titled], CHART)])
    assert first.keep and second.keep


def test_a_long_answer_of_more_lines_is_higher() -> None:
    one, word, writer = (
        height([div([LINE] * lines, custom_style=style)], ())
        for lines, style in ((1, "Reponse"), (3, "Reponse"), (1, "Reponse2"))
    )
    assert one < word == writer


def test_the_last_two_points_of_a_list_go_together() -> None:
    found = {"t": "BulletList", "c": [[LINE], [LINE], [LINE]]}
    assert [atom.keep for atom in Measure(()).atoms([found])] == [False, True, False]


def test_a_drawing_stands_off_its_table_and_leaves_one_that_asks_to_be_whole() -> None:
    drawn = {"t": "RawBlock", "c": ["openxml", '<wp:extent cx="1" cy="1270000"/>']}
    rows = {"t": "BulletList", "c": [[{"t": "BulletList", "c": [[LINE]]}]] * 3}
    built = table([rows], [100.0], ["AlignLeft"])
    assert built is not None
    first = next(Measure(()).atoms([drawn, built]))
    built["c"][0] = attributes(entier="oui")
    apart = next(Measure(()).atoms([drawn, built]))
    assert (first.height, first.keep, apart.keep) == (100 + UNDER_DRAWING, True, False)


def test_the_spaces_of_titles_given_back_are_those_of_figures_in_an_odt_too() -> None:
    facts = [[string("5"), [[para(string("séances"))]]]]
    figures = div([{"t": "DefinitionList", "c": facts}], FIGURES)
    (usual,), (closer,) = (
        list(Measure((), notch, WRITER, finely=True).atoms([figures]))
        for notch in (OF_CHARTER, CLOSER)
    )
    assert usual.height - closer.height == WRITER.figures * (1 - CLOSER.heads)
