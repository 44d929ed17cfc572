"""One table of divisions: what it names exists in each format, and nobody names another."""

import re
from pathlib import Path

import pytest

from dla_docs.tree.divisions import (
    DIVISIONS,
    HEAD,
    LANDSCAPE,
    MISSING,
    ONLY_HTML,
    TABLE,
    OnSlide,
    on_slide,
)
from tests.layout import LAYOUT

TEMPLATES = LAYOUT.parent
GUIDES = TEMPLATES.parent / "docs" / "guides"
WRITTEN = re.compile(r"^:::+ *(?:\{\.)?([a-z][a-z-]*)", re.MULTILINE)
"""How a template opens a division: `::: fiche` or `::: {.tableau …}`."""
OPENED = {HEAD, TABLE, LANDSCAPE, ONLY_HTML}
"""Divisions that are gone when a format sees the document, or that HTML alone sees."""


def named(attribute: str) -> list[str]:
    return sorted({getattr(d, attribute) for d in DIVISIONS.values()} - {""})


def written(path: Path) -> set[str]:
    return set(WRITTEN.findall(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("style", [*named("style"), "ACompleter"])
def test_a_style_is_in_both_reference_documents(style: str) -> None:
    word = (LAYOUT / "reference/docx/word/styles.xml").read_text(encoding="utf-8")
    writer = (LAYOUT / "reference/odt/styles.xml").read_text(encoding="utf-8")
    assert f'w:styleId="{style}"' in word
    assert f'style:name="{style}"' in writer


@pytest.mark.parametrize("function", [*named("function"), MISSING])
def test_a_function_is_in_the_typst_page(function: str) -> None:
    assert f"\n#let {function}(" in (LAYOUT / "page.typ").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*named("html_class"), MISSING])
def test_a_class_is_in_the_style_sheet(name: str) -> None:
    sheet = (LAYOUT / "style.css").read_text(encoding="utf-8")
    assert re.search(rf"\.{name}[\s.:{{]", sheet)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda p: p.parent.name)
def test_a_template_writes_divisions_of_the_table(path: Path) -> None:
    assert written(path) - DIVISIONS.keys() == set()


def test_what_templates_may_write_is_in_the_guide() -> None:
    guide = (GUIDES / "vocabulaire.md").read_text(encoding="utf-8")
    kinds = [p for p in TEMPLATES.glob("*/*.j2") if not p.parent.name.startswith("_")]
    used = {name for path in kinds for name in written(path)}
    assert {
        name for name in used if f"::: {name}" not in guide and f".{name}" not in guide
    } == set()


def test_each_division_has_a_form_where_a_format_sees_it() -> None:
    bare = {d.name for d in DIVISIONS.values() if not (d.style or d.function or not d.html_class)}
    assert bare == OPENED


def test_a_slide_knows_a_division_by_its_class() -> None:
    assert on_slide(["signatures"]) is OnSlide.CELLS
    assert on_slide(["inconnue"]) is OnSlide.TEXT
