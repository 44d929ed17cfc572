"""A territory's own charter: one file changes every format, and nothing breaks."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from dla_docs.charter.charter import Charter
from dla_docs.load.yaml_reader import parse
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT, Lancer

WHERE = "2025-003-calades-jabron/bilan-organisation-finances"
BLUE, GREEN, FONT = "#1D3B6B", "#14532D", "Ubuntu"
OURS = {"nom": "Nôtre", "fonce": GREEN, "moyen": "#4D7C0F", "clair": "#ECFCCB"}


def with_charter(espace: Path, **changes: object) -> None:
    """Copy the charter into the workspace, some values replaced: `polices_texte="Ubuntu"`."""
    folder = espace / "templates" / "_mise-en-page"
    folder.mkdir(parents=True)
    source = ROOT / "templates" / "_mise-en-page" / "charte.yaml"
    data = parse("charte.yaml", source.read_bytes()).data
    for path, value in changes.items():
        group, _, key = path.partition("_")
        data[group][key] = value
    text = json.dumps(data, ensure_ascii=False, indent=1, default=float)
    (folder / "charte.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, lancer: Lancer) -> Path:
    """Documents of an ingénierie, made with two other colours and another font."""
    espace = tmp_path_factory.mktemp("charte")
    shutil.copytree(ROOT / "dossiers", espace / "dossiers")
    with_charter(
        espace,
        familles_contrat=OURS,
        familles_restitution=OURS,
        polices_texte=FONT,
        polices_titres=FONT,
    )
    names = ("convention", "presentation-restitution")
    result = lancer("render", WHERE, *(f"--document={name}" for name in names), espace=espace)
    assert result.exit_code == 0, result.stderr
    return espace / "documents" / WHERE


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_docx_takes_the_charter(documents: Path) -> None:
    styles = part(documents / "convention.docx", "word/styles.xml")
    assert (GREEN[1:] in styles, FONT in styles, BLUE[1:] in styles) == (True, True, False)


def test_odt_takes_the_charter(documents: Path) -> None:
    styles = part(documents / "convention.odt", "styles.xml").upper()
    assert (GREEN in styles, FONT.upper() in styles, BLUE in styles) == (True, True, False)


def test_html_takes_the_charter(documents: Path) -> None:
    page = (documents / "convention.html").read_text(encoding="utf-8")
    assert (GREEN in page, FONT in page, BLUE in page) == (True, True, False)


def test_pdf_takes_the_charter(documents: Path) -> None:
    page = pdfium.PdfDocument(documents / "convention.pdf")[1]
    fonts = {o.get_font().get_base_name() for o in page.get_objects() if o.type == 1}
    assert {True} == {FONT in name for name in fonts}


def test_pptx_takes_the_charter(documents: Path) -> None:
    theme = part(documents / "presentation-restitution.pptx", "ppt/theme/theme1.xml")
    assert (GREEN[1:] in theme, BLUE[1:] in theme) == (True, False)
    # Its fonts are those of every desk: no program takes one that the file brings.
    assert {"Georgia", "Calibri"} <= set(re.findall(r'latin typeface="([^"]*)"', theme))


def test_a_font_that_is_not_supplied_is_told_with_those_that_are(
    espace: Path, lancer: Lancer
) -> None:
    with_charter(espace, polices_texte="Comic Sans MS")
    result = lancer("render", WHERE, espace=espace)
    assert result.exit_code == 3
    assert "« Comic Sans MS » n’est pas fournie" in result.stderr
    assert "Source Sans 3" in result.stderr


def test_a_fault_of_the_charter_is_told_at_its_place(espace: Path, lancer: Lancer) -> None:
    with_charter(espace, couleurs_principale="bleu")
    result = lancer("check", espace=espace)
    assert result.exit_code == 3
    assert re.search(r"charte\.yaml:\d+:\d+: .*« bleu »", result.stderr)


def test_a_copy_of_the_whole_layout_changes_nothing(espace: Path, lancer: Lancer) -> None:
    """A workspace may copy the whole layout folder without changing a byte of what is made."""
    before = lancer("render", WHERE, "-t", "html", "-o", espace / "avant", espace=espace)
    shutil.copytree(ROOT / "templates" / "_mise-en-page", espace / "templates" / "_mise-en-page")
    after = lancer("render", WHERE, "-t", "html", "-o", espace / "apres", espace=espace)
    assert (before.exit_code, after.exit_code) == (0, 0)
    for path in sorted((espace / "avant").rglob("*.html")):
        twin = espace / "apres" / path.relative_to(espace / "avant")
        assert path.read_bytes() == twin.read_bytes()


def test_line_ends_are_not_of_the_digest(espace: Path) -> None:
    with_charter(espace)
    charte = espace / "templates" / "_mise-en-page" / "charte.yaml"
    before = Charter(Workspace(espace)).digest
    charte.write_bytes(charte.read_bytes().replace(b"\n", b"\r\n"))
    assert Charter(Workspace(espace)).digest == before
    charte.write_bytes(charte.read_bytes() + b"# autre\n")
    assert Charter(Workspace(espace)).digest != before
