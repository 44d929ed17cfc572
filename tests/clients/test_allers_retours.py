"""LibreOffice opens every DOCX and ODT, saves it and opens it again: nothing is lost."""

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.clients.outils import convert

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]
Kept = dict[str, tuple[Path, Path]]
"""By name, a file that we made and what LibreOffice made of it."""

APART = {"desc", "title", "sequence-decls", "table-of-content-source", "note"}
"""Elements of ODT whose text is not the body's: alternative texts, recipe of a contents, notes."""
BREAKS = {"p", "h", "tab", "s", "br", "line-break"}


@dataclass(frozen=True)
class Content:
    words: list[str]
    tables: int
    images: int
    alternatives: list[str]


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def odt_text(element: etree._Element) -> str:
    """Its text and its descendants', a space where a line or a paragraph ends."""
    if local(element) in APART:
        return ""
    inner = "".join(odt_text(child) + (child.tail or "") for child in element)
    space = " " if local(element) in BREAKS else ""
    return f"{space}{element.text or ''}{inner}{space}"


def docx_text(element: etree._Element) -> str:
    """What `w:t` holds; the instructions of fields are no text."""
    pieces = ((local(node), node.text or "") for node in element.iter())
    return "".join(text if name == "t" else " " * (name in BREAKS) for name, text in pieces)


def parts(path: Path, *names: str) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        there = set(archive.namelist())
        return [etree.fromstring(archive.read(name)) for name in names if name in there]


def count(roots: list[etree._Element], name: str) -> int:
    return sum(1 for root in roots for _ in root.iter(f"{{*}}{name}"))


def charted(element: etree._Element) -> bool:
    """Whether an alternative text is that of a chart: LibreOffice 7.4 loses it."""
    frame = element.getparent()
    return frame is not None and any(local(node) in {"chart", "object"} for node in frame.iter())


@cache
def content(path: Path) -> Content:
    """Words, tables, images and alternative texts of a DOCX or an ODT.

    The words are in the order of the alphabet: DOCX has its notes in a part of their own. A chart
    of Word is an image: LibreOffice saves it in an ODT with its picture.
    """
    if path.suffix == ".odt":
        roots = parts(path, "content.xml")
        bodies = [*roots[0].findall(".//{*}body/{*}text"), *roots[0].iter("{*}note-body")]
        words = " ".join(odt_text(body) for body in bodies)
        described = [node.text for node in roots[0].iter("{*}desc") if not charted(node)]
        tables, images = count(roots, "table"), count(roots, "image")
    else:
        roots = parts(path, "word/document.xml", "word/footnotes.xml")
        words = " ".join(docx_text(root) for root in roots)
        pictures = [node for node in roots[0].iter("{*}docPr") if not charted(node)]
        described = [node.get("descr") for node in pictures]
        tables, images = count(roots, "tbl"), count(roots, "blip") + count(roots, "chart")
    texts = sorted(text for text in described if text)
    return Content(sorted(words.split()), tables, images, texts)


def kept(made: dict[str, Path], folder: Path) -> Kept:
    (suffix,) = {path.suffix for path in folder.iterdir()}
    return {name: (path, folder / f"{name}{suffix}") for name, path in made.items()}


@pytest.fixture(scope="module", params=["docx", "odt"])
def enregistres(
    request: pytest.FixtureRequest, fichiers: Files, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Kept, Kept]:
    """Each file saved in its own format; and what was saved, opened again, as ODT."""
    folder, made = tmp_path_factory.mktemp(request.param), fichiers(request.param)
    saved = convert(made.values(), request.param, folder / "enregistres")
    again = convert(saved.iterdir(), "odt", folder / "rouverts")
    return kept(made, saved), kept(made, again)


@pytest.fixture(params=["enregistré", "rouvert"])
def paires(request: pytest.FixtureRequest, enregistres: tuple[Kept, Kept]) -> Kept:
    return enregistres[request.param == "rouvert"]


def differences(pairs: Kept, of: Callable[[Content], Counter[str]]) -> dict[str, list[str]]:
    """By document, what was lost and what was added."""
    found = {}
    for name, (made, saved) in pairs.items():
        one, other = of(content(made)), of(content(saved))
        assert one, name
        lost, added = (one - other).elements(), (other - one).elements()
        found[name] = [*(f"- {word}" for word in lost), *(f"+ {word}" for word in added)]
    return {name: changes for name, changes in found.items() if changes}


def test_no_word_is_lost(paires: Kept) -> None:
    assert differences(paires, lambda content: Counter(content.words)) == {}


def test_no_table_is_lost(paires: Kept) -> None:
    assert differences(paires, lambda content: Counter(table=content.tables)) == {}


def test_no_image_is_lost(paires: Kept) -> None:
    assert differences(paires, lambda content: Counter(image=content.images)) == {}


def test_each_chart_of_word_is_described(fichiers: Files) -> None:
    """In our files: what LibreOffice makes of it is not ours."""
    charts = [
        (name, node.get("descr"))
        for name, path in fichiers("docx").items()
        for node in parts(path, "word/document.xml")[0].iter("{*}docPr")
        if charted(node)
    ]
    assert charts
    assert [name for name, said in charts if not said] == []


def test_no_alternative_text_is_lost(paires: Kept) -> None:
    illustrated = {n: pair for n, pair in paires.items() if content(pair[0]).alternatives}
    assert illustrated
    assert differences(illustrated, lambda content: Counter(content.alternatives)) == {}
