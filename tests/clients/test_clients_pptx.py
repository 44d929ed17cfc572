"""Presentations as LibreOffice shows them: a page a slide, with every word of the slide."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

pytestmark = pytest.mark.clients


def run(*command: str | Path, timeout: int = 120) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=timeout)
    assert done.returncode == 0, f"{words[0]} : {done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def shown(
    documents_demo: Path, planche_produite: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, list[str]]:
    """Each presentation, the planche with them, and the text of its pages in LibreOffice."""
    folder = tmp_path_factory.mktemp("presentations")
    for rank, path in enumerate(sorted(documents_demo.rglob("*.pptx"))):
        shutil.copyfile(path, folder / f"demonstration-{rank}.pptx")
    (planche,) = planche_produite.rglob("*.pptx")
    shutil.copyfile(planche, folder / planche.name)
    given = sorted(folder.glob("*.pptx"))
    profile = (folder / "profil").as_uri()
    office = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    run(*office, "--convert-to", "pdf", "--outdir", folder / "pdf", *given)
    pages = {}
    for path in given:
        text = run("pdftotext", "-raw", folder / "pdf" / f"{path.stem}.pdf", "-")
        pages[path] = text.split("\f")[:-1]
    return pages


def words_of(slide: Any) -> list[str]:
    """The words of the shapes and tables of a slide, but its number."""
    texts: list[str] = []
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_text_frame and "sldNum" not in str(shape._element.xpath(".//p:ph/@type")):
            texts.append(shape.text_frame.text)
    return " ".join(texts).split()


def bare(words: str) -> str:
    """Letters and digits alone: a line broken within a word puts a space or a hyphen there.

    Without case: the kind of a document is shown in capitals.
    """
    return re.sub(r"[\W_]", "", words).casefold()


def slides_of(shown: dict[Path, list[str]]) -> Iterator[tuple[str, Any, str]]:
    for path, pages in shown.items():
        for rank, slide in enumerate(Presentation(str(path)).slides):
            yield f"{path.stem}:{rank + 1}", slide, pages[rank]


def test_each_slide_is_a_page(shown: dict[Path, list[str]]) -> None:
    counts = {path.stem: len(Presentation(str(path)).slides) for path in shown}
    assert {path.stem: len(pages) for path, pages in shown.items()} == counts
    assert {"planche", "demonstration-0"} <= set(counts)


def test_every_word_of_a_slide_is_on_its_page(shown: dict[Path, list[str]]) -> None:
    """What runs off a slide is not on its page: poppler keeps to the sheet."""
    for name, slide, page in slides_of(shown):
        there = bare(page)
        assert [word for word in words_of(slide) if bare(word) not in there] == [], name


def test_text_ends_above_the_footer(shown: dict[Path, list[str]]) -> None:
    """Below 500 points of the 540 there is nothing but the footer and the number."""
    for path in shown:
        boxes = run("pdftotext", "-bbox", path.parents[0] / "pdf" / f"{path.stem}.pdf", "-")
        slides = list(Presentation(str(path)).slides)
        for rank, page in enumerate(boxes.split("<page ")[2:], 2):
            found = re.findall(r'yMax="([\d.]+)">([^<]*)</word>', page)
            low = [unescape(word) for bottom, word in found if float(bottom) > 500]
            shapes = {
                str(s._element.xpath("string(.//p:ph/@type)")): s for s in slides[rank - 1].shapes
            }
            due = f"{shapes['ftr'].text_frame.text} {rank}"
            assert sorted(low) == sorted(due.split()), f"{path.stem}:{rank}"
