"""The planche as a web page: landmarks, headings, alternatives, boxes."""

import itertools
from pathlib import Path

import pytest
from lxml.html import HtmlElement, parse


@pytest.fixture(scope="module")
def page(planche_produite: Path) -> HtmlElement:
    (file,) = planche_produite.rglob("planche.html")
    return parse(str(file)).getroot()


def test_html_headings_begin_at_one_and_skip_no_level(page: HtmlElement) -> None:
    headings = page.xpath("//*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6]")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_html_images_all_have_an_alternative_and_one_is_decorative(page: HtmlElement) -> None:
    alternatives = [image.get("alt") for image in page.xpath("//img")]
    assert None not in alternatives
    assert alternatives.count("") == 1


def test_html_boxes_have_a_label_and_a_question(page: HtmlElement) -> None:
    (group,) = page.xpath("//fieldset[.//input]")
    assert "L’accompagnement a-t-il répondu" in group.findtext("legend")
    boxes = group.xpath(".//label/input[@type='checkbox']")
    assert [box.get("checked") is not None for box in boxes] == [True, False, False]


CARDS = "//table[contains(@class, 'cartes')]"


def test_each_value_of_a_folded_table_bears_the_heading_of_its_column(page: HtmlElement) -> None:
    for table in page.xpath(f"{CARDS}[thead]"):
        headings = [" ".join(cell.text_content().split()) for cell in table.xpath("thead//th")]
        for row in table.xpath("tbody/tr"):
            labels = [cell.get("data-label", "") for cell in row.xpath("td")]
            assert labels == ["", *headings[1:]]


def test_a_table_says_its_roles_for_a_browser_that_folds_it(page: HtmlElement) -> None:
    tables = page.xpath(CARDS)
    assert {table.get("role") for table in tables} == {"table"}
    assert {row.get("role") for row in page.xpath(f"{CARDS}//tr")} == {"row"}
    assert {cell.get("role") for cell in page.xpath(f"{CARDS}//th")} == {"columnheader"}
    assert {cell.get("role") for cell in page.xpath(f"{CARDS}//td")} == {"cell"}


def test_a_table_of_a_label_and_figures_stays_one_on_a_telephone(page: HtmlElement) -> None:
    narrow = page.xpath("//table[not(contains(@class, 'cartes'))]")
    assert narrow and not any(table.xpath(".//@role | .//@data-label") for table in narrow)
    assert {len(row.xpath("td")) for row in page.xpath("//table[not(@class)]/tbody/tr")} <= {2, 3}


def test_the_page_leads_to_the_other_formats_beside_it(page: HtmlElement) -> None:
    links = page.xpath("//nav[@class='formats']//a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("PDF", "planche.pdf"),
        ("Word", "planche.docx"),
        ("LibreOffice", "planche.odt"),
        ("Tableur", "planche.xlsx"),
    ]


def test_the_title_is_printed_once(page: HtmlElement) -> None:
    (title,) = page.xpath("//h1")
    texts = [str(text).strip() for text in page.xpath("//body//text()")]
    assert texts.count(title.text_content().strip()) == 1
