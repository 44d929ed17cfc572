"""Heads and boxes of a page: what a telephone and a screen reader find in them."""

from dla_docs.formats.contents import Entry, html_contents
from dla_docs.formats.html.heads import (
    brief,
    folded,
    funders_last,
    numbered,
    question,
    steps,
    verdict,
)
from dla_docs.formats.html.sheet import quoted
from dla_docs.formats.html.writer import with_links
from dla_docs.tree.divisions import BRIEF, FUNDERS_FOOT, HEAD, NUMBER, QUESTION, STEPS, VERDICT
from dla_docs.tree.nodes import (
    Node,
    attributes,
    classes,
    div,
    inner,
    nodes,
    para,
    string,
    target,
    text,
)


def raw(tree: object) -> str:
    return "".join(node["c"][1] for node in nodes(tree, "RawBlock"))


def test_the_step_is_said_by_a_sentence_and_shown_by_a_thick_line() -> None:
    (shown,) = steps(div([para(string("Étape 4 sur 5 : mission"))], STEPS, courante="4"))
    assert text(shown).strip() == "Étape 4 sur 5 : mission"
    assert '<li class="courante">4 Mission</li>' in raw(shown)
    assert raw(shown).count("<li") == 5


def test_facts_are_labels_and_values_under_their_title() -> None:
    facts: Node = {"t": "DefinitionList", "c": [[string("Volume"), [[para(string("10 jours"))]]]]}
    (shown,) = brief(div([para(string("Une phrase.")), facts], BRIEF))
    assert text(shown).split() == "En bref Une phrase. Volume 10 jours".split()
    assert raw(shown) == "<dl><div><dt></dt><dd></dd></div></dl>"


def test_a_verdict_that_says_no_is_marked() -> None:
    (shown,) = verdict(div([para(string("Infructueux"))], VERDICT, negatif="oui"))
    assert classes(shown) == ["verdict", "negatif"]


def test_the_question_is_a_quotation() -> None:
    assert raw(question(div([], QUESTION))) == '<blockquote class="question"></blockquote>'


def test_funders_leave_the_head_for_the_end_of_the_page() -> None:
    head = div([para(string("Titre")), div([], FUNDERS_FOOT)], HEAD)
    shown = funders_last([head, para(string("Texte"))])
    assert [text(block).strip() for block in shown] == ["Titre", "Texte"]
    assert FUNDERS_FOOT in classes(inner(shown[-1])[-1])


def test_funders_are_kept_with_the_short_text_that_they_follow() -> None:
    head, first, last = div([], HEAD), para(string("Début")), para(string("Fin"))
    *_, kept = funders_last([head, first, last, div([], FUNDERS_FOOT)])
    assert classes(kept) == ["fin"] and text(kept).strip() == "Fin"


def test_funders_do_not_hold_a_long_text_back() -> None:
    long = para(string("mot " * 400))
    *_, funders = funders_last([div([], HEAD), para(string("Début")), long, div([], FUNDERS_FOOT)])
    assert FUNDERS_FOOT in classes(funders)


def test_the_number_of_an_article_is_short_and_its_letters_raised() -> None:
    number = {"t": "Span", "c": [attributes("", [NUMBER]), string("Article 1er – ")]}
    header = {"t": "Header", "c": [2, attributes("objet"), [number, *string("Objet")]]}
    (shown,) = numbered(header)
    assert text(shown).strip() == "Art.\u00a01er Objet"
    assert classes(shown) == ["article"]
    assert len(list(nodes(shown, "Superscript"))) == 1


def test_contents_are_a_list_of_links_under_a_heading() -> None:
    listed = [Entry(1, "cadre", "Cadre"), Entry(2, "place", "Place"), Entry(1, "prix", "Prix")]
    shown = html_contents(listed, 2)
    assert [target(link) for link in nodes(shown, "Link")] == ["#cadre", "#place", "#prix"]
    assert [text(header).strip() for header in nodes(shown, "Header")] == ["Sommaire"]


def test_words_of_a_style_sheet_cannot_end_it() -> None:
    assert quoted('L’été "</style>') == "L\\2019 \\e9 t\\e9 \\20 \\22 \\3c \\2f style\\3e "


def test_links_to_other_formats_stand_after_a_decision() -> None:
    links = [para(string("PDF"))]
    blocks = [div([], HEAD), div([], VERDICT), para(string("Motif"))]
    assert with_links(blocks, links) == [*blocks[:2], *links, blocks[2]]


def test_a_part_for_a_screen_alone_is_folded_under_its_title() -> None:
    title = {"t": "Header", "c": [2, attributes(), string("Les dossiers")]}
    opening, summary, closing, words, end = folded(div([title, para([])], "en-html"))
    assert opening["c"][1] == '<details class="en-html"><summary>'
    assert (summary, closing["c"][1], words) == (title, "</summary>", para([]))
    assert end["c"][1] == "</details>"


def test_a_line_for_a_screen_alone_is_not_folded() -> None:
    line = div([para(string("Les dossiers de chaque part"))], "en-html")
    assert folded(line) == [line]
