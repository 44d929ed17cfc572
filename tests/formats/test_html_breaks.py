"""Where the lines of a page may break."""

from dla_docs.formats.html.breaks import mail, unbroken
from dla_docs.tree.nodes import Node, attributes, classes, div, nodes, para, string, text


def test_a_reference_of_a_head_stays_on_one_line() -> None:
    head = unbroken(div([para(string("Avenant – 2026-002-C1-A1 du mi-temps"))], "tete"))
    (held,) = nodes([head], "Span")
    assert (text(held), classes(held)) == ("2026-002-C1-A1", ["insecable"])


def test_a_commune_of_an_address_stays_on_one_line() -> None:
    sent = unbroken(
        div([para(string("04000 Digne-les-Bains, Alpes-de-Haute-Provence"))], "expediteur")
    )
    assert [text(held) for held in nodes([sent], "Span")] == ["Digne-les-Bains,"]


def test_elsewhere_the_number_of_a_dossier_stays_on_one_line_and_nothing_else() -> None:
    block = div([para(string("Digne-les-Bains, 2026-002, essai-2026-002.pdf"))], "encadre")
    assert [text(held) for held in nodes([unbroken(block)], "Span")] == ["2026-002,"]


def test_a_mail_address_is_cut_before_its_domain() -> None:
    link: Node = {"t": "Link", "c": [attributes(), string("a@b.fr"), ["mailto:a@b.fr", ""]]}
    (cut,) = mail(link)
    assert text(cut) == "a@b.fr"
    assert [node["t"] for node in cut["c"][1]] == ["Str", "RawInline", "Str"]


def test_another_address_is_left_as_it_is() -> None:
    link: Node = {"t": "Link", "c": [attributes(), string("a@b"), ["https://a.fr/@b", ""]]}
    assert mail(link) == [link]
