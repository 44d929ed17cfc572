"""The words of an answer as data: people, addresses, taxes, lists, texts."""

from typing import Any

import pytest

from dla_docs.create.asking.closed import Refused
from dla_docs.engines.pandoc import Pandoc
from dla_docs.load.readable import readable
from dla_docs.model.schemas import field_at
from dla_docs.receive.people import address_of, person_of
from dla_docs.receive.traces import repeats
from dla_docs.receive.values import Data, as_markdown, read_datum
from dla_docs.tree.nodes import text
from tests.scenes import demonstration

SCHEMA = demonstration().corpus.kinds["prestataire"].schema


def read(text: str, *steps: str) -> Data:
    return read_datum(text, field_at(SCHEMA, steps), lambda target: {})


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("Claire Montagut", "Claire", "Montagut"),
        ("MONTAGUT Claire", "Claire", "Montagut"),
        ("Mme Claire Montagut", "Claire", "Montagut"),
        ("Jean-Marc de La Tour", "Jean-Marc", "de La Tour"),
        ("Claire MONTAGUT, 45 ans", "Claire", "Montagut"),
    ],
)
def test_a_name_is_parted_as_people_write_it(said: str, first: str, last: str) -> None:
    person = person_of(said)
    assert (person["prenom"], person["nom"]) == (first, last)


@pytest.mark.parametrize(
    "said",
    [
        "Montagut", "Marie Claire Montagut Roux", "", "Marie Dupont, consultante DLA",
        "trois jours de conseil en RH", "1 TVA", "deux | TVA",
    ],
)  # fmt: skip
def test_a_name_that_may_be_parted_otherwise_is_not_guessed(said: str) -> None:
    with pytest.raises(Refused):
        person_of(said)


def test_an_address_has_its_street_its_code_and_its_town() -> None:
    found = address_of("Le Moulin, 12 rue des Aires\n05 000 Gap cedex 9")
    assert found == {
        "voie": "12 rue des Aires", "complement": "Le Moulin", "code_postal": "05000",
        "commune": "Gap",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "data"),
    [
        ("FR 96 552 100 554", {("assujetti",): True, ("numero",): "FR96552100554"}),
        ("non assujetti", {("assujetti",): False}),
        ("article 293 B du CGI", {("assujetti",): False}),
    ],
)
def test_a_tax_is_a_number_or_none(said: str, data: dict[Any, Any]) -> None:
    assert read(said, "tva") == data


def test_a_list_is_one_element_a_line_a_bullet_or_a_semicolon() -> None:
    assert read("- Gouvernance\n- Comptabilité", "competences") == {
        (): ["Gouvernance", "Comptabilité"]
    }
    assert read("Hautes-Alpes ; Drôme", "zones") == {(): ["Hautes-Alpes", "Drôme"]}


def test_an_identifier_is_written_as_the_data_want_it() -> None:
    assert read("04 92 51 00 00", "telephone")[()].replace(" ", "") == "0492510000"
    with pytest.raises(Refused, match="SIRET"):
        read("123", "siret")


def test_the_signs_that_are_typed_are_those_that_are_read_in_the_document() -> None:
    typed = [
        "a &amp; b &nbsp;c", "C:\\dossier\\x_y", "- # un", "2) > deux", "*a* _b_ `c` ~~d~~ $5$",
        "<b>e</b> [f](g) ![h](i) ^j^", "| a | b", "+ 5 %", "::: note", "---", "= 3", "[^1]: k",
    ]  # fmt: skip
    with Pandoc() as pandoc:
        trees = pandoc.read("", [readable(as_markdown(one)) for one in typed])[1:]
    assert [" ".join(text(tree).split()) for tree in trees] == [
        one.removeprefix("- ").removeprefix("2) ") for one in typed
    ]


def test_a_text_keeps_its_paragraphs_and_no_sign_becomes_markdown() -> None:
    assert as_markdown("# un *deux*\n\n- trois_quatre [5](x)") == (
        "\\# un \\*deux\\*\n\n- trois_quatre \\[5](x)"
    )


def test_a_label_stuck_to_an_answer_is_known_for_that() -> None:
    assert repeats("😀 merciContact", ["Nom", "Contact"])
    assert not repeats("Prenez contact", ["Contact"])
    assert not repeats("Voir Contact", ["Contact"])
