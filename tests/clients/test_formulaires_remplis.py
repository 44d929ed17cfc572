"""A Word form filled as Word does, then saved by LibreOffice: each answer is found at its label."""

import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from tests.clients.outils import convert

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORM = "trame-proposition"
LONG = ("Une démarche « pas à pas », en trois temps.", "Puis 4,5 jours d’atelier ; 12 % de moins.")
"""Two paragraphs, where the blank has one."""


def filled(source: Path, target: Path) -> dict[str, str]:
    """The form with an answer everywhere; what was written, by the bookmark of the label."""
    with zipfile.ZipFile(source) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    root = etree.fromstring(parts["word/document.xml"])
    item = etree.fromstring(parts["customXml/item1.xml"])
    written = dict(_filled(root, item))
    parts["word/document.xml"] = etree.tostring(root)
    parts["customXml/item1.xml"] = etree.tostring(item)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written


def _filled(root: etree._Element, item: etree._Element) -> Iterator[tuple[str, str]]:
    answers, mark, done = {str(a.get("cle")): a for a in item}, "", ""
    for rank, paragraph in zip(count(1), list(root.iter(f"{W}p"))):
        marks = [m.get(f"{W}name", "") for m in paragraph.iter(f"{W}bookmarkStart")]
        mark = next((name for name in marks if name.startswith("l_")), mark)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        kind = "" if style is None else style.get(f"{W}val")
        if kind == "Reponse" and mark != done:
            done = mark
            texts = list(paragraph.iter(f"{W}t"))
            second = etree.fromstring(etree.tostring(paragraph))
            texts[0].text, next(iter(second.iter(f"{W}t"))).text = LONG
            paragraph.addnext(second)
            yield mark, "\n".join(LONG)
        elif kind == "Champ":
            value = f"Réponse n° {rank}"
            answers[mark.removeprefix("l_")].text = value
            for shown in paragraph.iter(f"{W}showingPlcHdr"):
                shown.getparent().remove(shown)  # type: ignore[union-attr]
            next(paragraph.iter(f"{W}t")).text = value
            yield mark, value


def read(path: Path, wanted: set[str]) -> dict[str, str]:
    """What follows each label up to the next one, by its bookmark."""
    odt = path.suffix == ".odt"
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("content.xml" if odt else "word/document.xml"))
    start = "bookmark-start" if odt else "bookmarkStart"
    found: dict[str, list[str]] = {}
    mark = ""
    for paragraph in root.iter("{*}p", "{*}h"):
        names = [
            next(iter(m.attrib.values())) if odt else m.get(f"{W}name", "")
            for m in paragraph.iter(f"{{*}}{start}")
        ]
        label = next((name for name in names if name in wanted), None)
        if label:
            mark = label
        elif mark and etree.QName(paragraph).localname == "p":
            found.setdefault(mark, []).append(
                "".join(
                    str(t)
                    for t in paragraph.xpath(".//text()[not(parent::*[local-name()='instrText'])]")
                )
            )
    return {mark: "\n".join(lines) for mark, lines in found.items()}


@pytest.fixture(scope="module")
def rempli(
    fichiers: Files, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    source = next(path for name, path in fichiers("docx").items() if FORM in name)
    target = tmp_path_factory.mktemp("rempli") / "rempli.docx"
    return target, filled(source, target)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_each_answer_is_found_at_its_label(
    rempli: tuple[Path, dict[str, str]], kind: str, tmp_path: Path
) -> None:
    path, written = rempli
    saved = convert([path], kind, tmp_path / kind) / f"rempli.{kind}"
    found = read(saved, set(written))
    lost = {
        mark: (value, found.get(mark))
        for mark, value in written.items()
        if not found.get(mark, "").startswith(value)
    }
    assert len(written) > 15 and lost == {}
