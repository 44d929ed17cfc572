"""Presentations as programs read them: titles, order of reading, words, logos, places, language."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.util import Emu

from dla_docs.charter.charter import Charter
from dla_docs.documents.documents import Document
from dla_docs.documents.logos import Logo
from dla_docs.engines.images import Image as Drawing
from dla_docs.engines.images import read_image
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import Examined
from dla_docs.formats import Engines, Properties
from dla_docs.formats.slides.writer import write_pptx
from dla_docs.model.workspace import Workspace
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import tables
from tests.scenes import (
    Lancer,
    demonstration_documents,
    demonstration_logos,
    file_of,
    looked_at,
    presented,
)

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
DOSSIER = "2025-021-rapprochement-buech-jabron"
SCOPE = f"{DOSSIER}/phase-1-transition"
REPORT = f"dossiers/{DOSSIER}/ingenieries/phase-1-transition/rapport-final.yaml"
PLACES = {"sldNum", "ftr"}

Open = Callable[[Document], Any]


def path_of(documents_demo: Path, document: Document) -> Path:
    return documents_demo / document.folder / f"{document.stem}.pptx"


@cache
def opened(path: Path) -> Any:
    return Presentation(str(path))


@cache
def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(params=["documents_demo", "planche_produite"])
def shown(request: pytest.FixtureRequest) -> Path:
    """A folder with presentations: those of the demonstration, then the planche."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


def slides_in(folder: Path) -> Iterator[tuple[str, Any]]:
    """Every slide below a folder, with a name to say which one fails."""
    found = sorted(folder.rglob("*.pptx"))
    assert found, "no presentation at all"
    for path in found:
        for rank, slide in enumerate(opened(path).slides, 1):
            yield f"{path.parent.name}/{path.name}:{rank}", slide


def title(slide: Any) -> str:
    return slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""


def contents(slide: Any) -> list[Any]:
    """Shapes but the footer and the number, which the layout places."""
    return [s for s in slide.shapes if not (s.is_placeholder and _kind(s) in PLACES)]


def _kind(shape: Any) -> str:
    return str(shape._element.xpath("string(.//p:nvPr/p:ph/@type)"))


def box(shape: Any) -> tuple[int, int, int, int]:
    """Left, top, right, bottom, those of its layout where a slide has none of its own."""
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def test_the_three_reports_give_a_presentation() -> None:
    labels = [d.label for d in demonstration_documents() if presented(d)]
    assert len([label for label in labels if label.endswith("presentation-restitution")]) == 3


def test_each_slide_has_its_own_title(shown: Path) -> None:
    for path in sorted(shown.rglob("*.pptx")):
        titles = [title(slide).strip() for slide in opened(path).slides]
        assert "" not in titles, path
        assert len(set(titles)) == len(titles), path


def test_a_presentation_has_ten_slides_at_most(documents_demo: Path) -> None:
    for document in looked_at(presented):
        titles = [title(slide) for slide in opened(path_of(documents_demo, document)).slides]
        assert len(titles) <= 10, document.label
        # Each says one thing: none goes on over another.
        assert [words for words in titles if "(suite" in words] == [], document.label


def test_the_text_of_the_report_is_in_the_notes(documents_demo: Path) -> None:
    for document in looked_at(presented):
        slides = opened(path_of(documents_demo, document)).slides
        notes = " ".join(s.notes_slide.notes_text_frame.text for s in slides if s.has_notes_slide)
        said = document.scope.parts["rapport-final"].data
        for action in said["plan_actions"]:
            assert action["preconisation"][:40] in notes.replace("\u00a0", " "), document.label


def test_shapes_stand_within_the_slide(shown: Path) -> None:
    for name, slide in slides_in(shown):
        for shape in slide.shapes:
            left, top, right, bottom = box(shape)
            assert min(left, top) >= 0, (name, shape.name)
            assert right <= Emu(12192000), (name, shape.name)
            assert bottom <= Emu(6858000), (name, shape.name)


def test_shapes_do_not_overlap(shown: Path) -> None:
    for name, slide in slides_in(shown):
        boxes = [(shape.name, box(shape)) for shape in contents(slide)]
        for rank, (one, first) in enumerate(boxes):
            for other, second in boxes[rank + 1 :]:
                aside = first[2] <= second[0] or second[2] <= first[0]
                apart = first[3] <= second[1] or second[3] <= first[1]
                # A figure is written on its ground.
                around = zip(first[:2] + second[2:], second[:2] + first[2:], strict=True)
                ground = one == "Filet" and all(low <= high for low, high in around)
                assert aside or apart or ground, (name, one, other)


def test_rows_of_a_table_end_above_the_footer(shown: Path) -> None:
    for name, slide in slides_in(shown):
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.top + shape.height <= Emu(504 * 12700), name
                assert sum(row.height for row in shape.table.rows) <= shape.height, name


def test_header_rows_are_marked_and_repeated(shown: Path) -> None:
    for path in sorted(shown.rglob("*.pptx")):
        headers: dict[str, str] = {}
        for slide in opened(path).slides:
            for shape in (s for s in slide.shapes if s.has_table):
                assert shape.table.first_row, title(slide)
                cells = [cell.text for cell in shape.table.rows[0].cells]
                begun = re.sub(r" \(suite.*\)$", "", title(slide))
                if len(shape.table.rows) > 8:
                    assert headers.setdefault(begun, "|".join(cells)) == "|".join(cells)


def test_reading_order_is_from_top_to_bottom(shown: Path) -> None:
    for name, slide in slides_in(shown):
        tops = [box(shape)[1] for shape in contents(slide) if shape.shape_type != 13]
        assert tops == sorted(tops), name


def test_shape_numbers_are_distinct(shown: Path) -> None:
    for name, slide in slides_in(shown):
        found = [shape.shape_id for shape in slide.shapes]
        assert len(set(found)) == len(found), name


def test_every_image_is_described_in_words(shown: Path) -> None:
    for name, slide in slides_in(shown):
        for picture in slide.shapes._spTree.iter(f"{P}pic"):
            words = picture.find(f".//{P}cNvPr").get("descr")
            assert len(words) >= 3, name
            assert "/" not in words, name
            assert not words.endswith((".png", ".svg", ".jpeg")), name


def logos_shown(documents_demo: Path) -> Iterator[tuple[Any, Any, Logo]]:
    """Each picture of a title slide, with its slide and the logo that is owed in its place."""
    for document in looked_at(presented):
        slide = opened(path_of(documents_demo, document)).slides[0]
        pictures = [shape for shape in slide.shapes if shape.shape_type == 13]
        for picture, logo in zip(pictures, demonstration_logos(document), strict=True):
            yield slide, picture, logo


@pytest.mark.campagne
def test_title_slide_shows_the_owed_logos_in_order(documents_demo: Path) -> None:
    for _, picture, logo in logos_shown(documents_demo):
        words = picture._element.find(f".//{P}cNvPr").get("descr")
        assert words == logo.alternative
        ratio = read_image(file_of(logo)).ratio
        assert picture.width / picture.height == pytest.approx(ratio, rel=0.01)
        drawn = Image.open(io.BytesIO(picture.image.blob))
        assert drawn.width / drawn.height == pytest.approx(ratio, rel=0.03)


@pytest.mark.campagne
def test_mention_stands_above_the_funders(documents_demo: Path, examen: Examined) -> None:
    (mention,) = examen.types["presentation-restitution"].mentions
    for slide, picture, logo in logos_shown(documents_demo):
        shapes = [s for s in slide.shapes if s.has_text_frame]
        (said,) = [s for s in shapes if s.text_frame.text.replace("\u00a0", " ") == mention.texte]
        assert (picture.top >= said.top + said.height) == (logo.ensemble == "financeurs")


def test_european_block_is_at_least_as_large_as_any_other(planche_produite: Path) -> None:
    (path,) = planche_produite.rglob("*.pptx")
    pictures = [s for s in opened(path).slides[0].shapes if s.shape_type == 13]
    areas = {s._element.find(f".//{P}cNvPr").get("descr"): s.width * s.height for s in pictures}
    (europe,) = [area for name, area in areas.items() if "Union européenne" in name]
    assert europe >= 0.999 * max(areas.values())


def test_language_is_french_everywhere(shown: Path) -> None:
    for path in sorted(shown.rglob("*.pptx")):
        for name, part in parts(path).items():
            if name.startswith("ppt/") and name.endswith(".xml"):
                said = set(re.findall(rb'\blang="([^"]*)"', part))
                assert said <= {b"fr-FR"}, name
                runs = etree.fromstring(part).iter(f"{A}r")
                assert all(r.find(f"{A}rPr").get("lang") == "fr-FR" for r in runs), name
        core = etree.fromstring(parts(path)["docProps/core.xml"])
        assert core.findtext(f"{DC}language") == "fr-FR"


@pytest.mark.campagne
def test_footer_says_title_and_reference(documents_demo: Path) -> None:
    for document in looked_at(presented):
        path = path_of(documents_demo, document)
        said = [
            [s.text_frame.text for s in slide.shapes if s.is_placeholder and _kind(s) == "ftr"]
            for slide in opened(path).slides
        ]
        assert said[0] == []
        assert {len(words) for words in said[1:]} == {1}
        ending = f" – {document.scope.reference}"
        title = opened(path).slides[0].shapes.title.text_frame.text
        assert {words[0] for words in said[1:]} == {f"{title}{ending}"}
        texts = [name for name in parts(path) if name.endswith(".xml")]
        assert [name for name in texts if b"@@" in parts(path)[name]] == []


def test_two_renderings_have_the_same_bytes(
    documents_demo: Path, lancer: Lancer, tmp_path: Path
) -> None:
    result = lancer("render", SCOPE, "-d", "presentation-restitution", "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    name = f"{SCOPE}/presentation-restitution.pptx"
    assert (tmp_path / name).read_bytes() == (documents_demo / name).read_bytes()
    dates = {e.date_time for e in zipfile.ZipFile(tmp_path / name).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_title_too_long_for_its_slide_goes_on_the_next(
    espace_entier: Path, lancer: Lancer, tmp_path: Path
) -> None:
    path = espace_entier / f"dossiers/{DOSSIER}/ingenieries/phase-1-transition/ingenierie.yaml"
    given = path.read_text(encoding="utf-8")
    long = "Un intitulé qui ne finit pas " * 20
    changed = re.sub(r"(?m)^intitule: .*$", f"intitule: {long}fin", given)
    path.write_text(changed, encoding="utf-8")
    result = lancer(
        "render", SCOPE, "-d", "presentation-restitution", "-o", tmp_path, espace=espace_entier
    )
    assert result.exit_code == 0, result.stderr
    (made,) = tmp_path.rglob("*.pptx")
    first, second, *_ = Presentation(str(made)).slides
    assert title(first).endswith("…")
    assert title(second).endswith("(suite)")
    assert second.placeholders[1].text_frame.text == f"{long}fin"


Made = Callable[..., Any]


@pytest.fixture(scope="module")
def made(racine: Path) -> Iterator[Made]:
    """A presentation of some Markdown, as python-pptx reads it again."""
    with Pandoc() as pandoc:
        engines = Engines(Charter(Workspace(racine)), pandoc)

        def make(markdown: str, draft: bool = False, images: tuple[Drawing, ...] = ()) -> Any:
            properties = Properties("T", "A", "2025-001", "S", date(2026, 1, 2), "dla:0", draft)
            (blocks,) = pandoc.read(markdown, [])
            content = write_pptx(Tree(tables(blocks), images), properties, engines)
            return Presentation(io.BytesIO(content))

        yield make


def test_a_draft_says_so_behind_every_slide_and_in_every_footer(made: Made) -> None:
    presentation = made("# Titre\n\nTexte.", draft=True)
    behind = [s.text_frame.text for s in presentation.slide_master.shapes if s.has_text_frame]
    first, second = presentation.slides
    assert behind[0] == "PROJET"
    assert [s.text_frame.text for s in first.shapes if s.text_frame.text] == ["PROJET", "T"]
    footers = [s.text_frame.text for s in second.placeholders if _kind(s) == "ftr"]
    assert footers == ["PROJET – T – 2025-001"]


def test_nothing_says_draft_in_another(made: Made) -> None:
    master = made("# Titre\n\nTexte.").slide_master
    assert "PROJET" not in etree.tostring(master._element, encoding="unicode")


def test_the_file_says_what_it_is(made: Made) -> None:
    presentation = made("# Titre\n\nTexte.")
    core = presentation.core_properties
    assert (core.title, core.author, core.subject) == ("T", "A", "S")
    assert {str(core.created), str(core.modified)} == {"2026-01-02 00:00:00"}
    (custom,) = [p for p in presentation.part.package.iter_parts() if "custom" in p.partname]
    assert re.findall("<vt:lpwstr>(.*?)</vt:lpwstr>", custom.blob.decode()) == ["dla:0", "2025-001"]


def test_a_numbered_list_counts_on_after_what_stands_between(made: Made) -> None:
    _, slide = made("# Titre\n\n1. un\n2. deux\n    a) alpha\n\nEntre.\n\n3. trois\n").slides
    numbers = slide.placeholders[1]._element.xpath(".//a:buAutoNum")
    assert [(n.get("type"), n.get("startAt")) for n in numbers] == [
        ("arabicPeriod", None),
        ("arabicPeriod", None),
        ("alphaLcParenR", None),
        ("arabicPeriod", "3"),
    ]


def test_what_a_draft_lacks_is_in_the_alert_colour_in_text_and_tables(made: Made) -> None:
    mark = "[à compléter]{.a-completer}"
    grid = f'::: {{.tableau largeurs="50,50"}}\n- - A\n  - B\n- - {mark}\n  - b\n:::\n'
    _, told, listed = made(f"# Un\n\nVoici {mark}.\n\n# Deux\n\n{grid}").slides
    for slide in (told, listed):
        (run,) = [r for r in slide._element.iter(f"{A}r") if r.find(f"{A}t").text == "à compléter"]
        assert run.find(f"{A}rPr/{A}solidFill/{A}schemeClr").get("val") == "accent5"


def test_a_note_in_a_table_stands_in_brackets(made: Made) -> None:
    grid = '::: {.tableau largeurs="50,50"}\n- - A\n  - B\n- - a[^1]\n  - b\n:::\n'
    _, slide = made(f"# Titre\n\n{grid}\n[^1]: Une note.").slides
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert table.cell(1, 0).text == "a (Une note.)"


def test_a_photo_of_two_images_as_phones_make_is_shown(made: Made, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    views = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    views[0].save(photo, format="MPO", save_all=True, append_images=views[1:])
    _, slide = made("# Titre\n\n![Le jardin](image:0)", images=(read_image(photo),)).slides
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture._element.find(f".//{P}cNvPr").get("descr") == "Le jardin"


NAUGHTY = ["x" * 2000, "<b> & ]]> \"q\" 'r'", "שלום עולם", "漢字" * 300]


def test_naughty_text_survives(espace_entier: Path, lancer: Lancer, tmp_path: Path) -> None:
    path, given = espace_entier / REPORT, iter(NAUGHTY)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for rank, line in enumerate(lines):
        if (key := re.match(r" +- preconisation: ", line)) and (words := next(given, "")):
            lines[rank] = f"{key[0]}{json.dumps(words, ensure_ascii=False)}\n"
    assert next(given, None) is None, "fewer preconisations than strings"
    path.write_text("".join(lines), encoding="utf-8")
    result = lancer(
        "render", SCOPE, "-d", "presentation-restitution", "-o", tmp_path, espace=espace_entier
    )
    assert result.exit_code == 0, result.stderr
    (made,) = tmp_path.rglob("*.pptx")
    slides = Presentation(str(made)).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    shown = "".join("".join(notes).split())
    assert [words for words in NAUGHTY if "".join(words.split()) not in shown] == []


def test_python_pptx_waits_for_a_presentation() -> None:
    """It takes 0.3 s to import, which no other command should pay."""
    code = "import dla_docs.cli, dla_docs.flow, sys; sys.exit('pptx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
