"""HTML documents in Chromium: axe-core, a screen, a phone, and the printer."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.clients.installation import TOOLS, program
from tests.clients.outils import folded, run, squeezed

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]
WIDTHS = ["1280", "390"]
"""A screen and a phone, in pixels."""


@pytest.fixture(scope="module")
def imprimes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imprimes")


@pytest.fixture(scope="module")
def vues(fichiers: Files, imprimes: Path) -> dict[str, Any]:
    """What Chromium and axe-core said of each page, in one launch; see `pages.mjs`."""
    script = Path(__file__).with_name("pages.mjs")
    files = fichiers("html")
    said = run("node", script, program("chromium"), TOOLS, imprimes, *files.values(), timeout=800)
    found: dict[str, Any] = json.loads(said)
    assert found.keys() == files.keys()
    return found


@pytest.fixture(scope="module")
def pages_imprimees(vues: dict[str, Any], imprimes: Path) -> dict[str, list[str]]:
    """The text of each printed page."""
    return {
        name: folded(run("pdftotext", "-raw", imprimes / f"{name}.pdf", "-")).split("\f")[:-1]
        for name in vues
    }


def texts(element: html.HtmlElement) -> list[str]:
    """The texts of an element, whatever its letters' case: the style sheet changes it."""
    found = (squeezed(folded(str(text))).casefold() for text in element.itertext())
    return [text for text in found if text]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(vues: dict[str, Any], width: str) -> None:
    found = {name: said["violations"][width] for name, said in vues.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_has_something_to_look_at(vues: dict[str, Any], width: str) -> None:
    due = {"color-contrast", "document-title", "heading-order", "html-has-lang",
           "landmark-one-main", "page-has-heading-one", "region"}  # fmt: skip
    lacking = {name: sorted(due - set(said["passes"][width])) for name, said in vues.items()}
    assert {name: rules for name, rules in lacking.items() if rules} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(vues: dict[str, Any], width: str) -> None:
    found = {name: said["wide"][width] for name, said in vues.items()}
    assert {name: wide for name, wide in found.items() if wide["page"] > int(width)} == {}


def test_no_page_asks_the_network_for_anything(vues: dict[str, Any]) -> None:
    assert {name: said["asked"] for name, said in vues.items() if said["asked"]} == {}


def test_no_page_has_the_browser_complain(vues: dict[str, Any]) -> None:
    assert {name: said["console"] for name, said in vues.items() if said["console"]} == {}


def test_the_printed_cover_is_whole_on_the_first_page(
    pages_imprimees: dict[str, list[str]], fichiers: Files
) -> None:
    mains = {n: html.parse(str(p)).getroot().find(".//main") for n, p in fichiers("html").items()}
    covered = {name: main for name, main in mains.items() if main.find_class("couverture")}
    assert covered
    for name, main in covered.items():
        (cover,) = main.find_class("couverture")
        # The rank of the step is heard; the steps beside it are printed.
        for heard in [p for steps in cover.find_class("etapes") for p in steps.findall("p")]:
            heard.drop_tree()
        first = squeezed(pages_imprimees[name][0]).casefold()
        assert [text for text in texts(cover) if text not in first] == [], name


def test_no_printed_page_is_blank(pages_imprimees: dict[str, list[str]]) -> None:
    few = {
        f"{name} p. {rank}": page.split()
        for name, pages in pages_imprimees.items()
        for rank, page in enumerate(pages, 1)
        if len(re.findall(r"\w{2,}", page)) < 8
    }
    assert few == {}
