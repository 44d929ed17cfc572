"""The planche: every piece of the layout vocabulary, with hard contents, in each format."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image, ImageChops, ImageStat

from dla_docs.charter.charter import Charter
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import choose, examine
from dla_docs.formats import WRITERS, Engines, Properties
from dla_docs.formats.contents import DEPTH
from dla_docs.make import settle
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.tree.nodes import nodes, para, string, text
from dla_docs.tree.passes import Tree
from dla_docs.tree.template import Templates
from tests.scenes import JOUR, ROOT

PLANCHE = ROOT / "tests/planche"
PAGES = {2: "sommaire", 3: "textes", 5: "graphique", 6: "paysage", 7: "questionnaire"}
"""Key pages of the PDF, kept as images."""
SCALE = 0.8
TOLERANCE = 1.5
"""Mean difference out of 255 between a page and its image: a word moved by a line gives 3."""
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


class Planche:
    """The planche, settled once; each format is written when first asked for."""

    def __init__(self, tree: Tree, properties: Properties, engines: Engines) -> None:
        self.tree, self.properties, self.engines = tree, properties, engines
        self._files: dict[tuple[str, bool], bytes] = {}

    def file(self, name: str, draft: bool = False) -> bytes:
        if (name, draft) not in self._files:
            properties = replace(self.properties, draft=draft)
            self._files[name, draft] = WRITERS[name](self.tree, properties, self.engines)
        return self._files[name, draft]

    def parts(self, name: str, pattern: str, draft: bool = False) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.file(name, draft))) as archive:
            found = {n: archive.read(n) for n in archive.namelist() if re.fullmatch(pattern, n)}
        assert found, pattern
        return found

    def xml(self, name: str, part: str, draft: bool = False) -> etree._Element:
        return etree.fromstring(self.parts(name, re.escape(part), draft)[part])

    def page(self, draft: bool = False) -> html.HtmlElement:
        return html.fromstring(self.file("html", draft))

    def headings(self) -> list[str]:
        """The words of the headings that the contents name."""
        found = nodes(self.tree.blocks, "Header")
        return [words(text(h["c"][2])) for h in found if h["c"][0] <= DEPTH]


@pytest.fixture(scope="module")
def planche() -> Iterator[Planche]:
    workspace = Workspace(PLANCHE.resolve())
    examined = examine(workspace, JOUR)
    # It is shorter than what has contents.
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("dla_docs.tree.head.WORDS_OF_CONTENTS", 0)
    (choice,) = choose(Request(types=("planche",)), examined)
    with Pandoc() as pandoc:
        engines = Engines(Charter(workspace), pandoc)
        tree, properties = settle(choice.document, examined, Templates(workspace), engines)
        yield Planche(tree, properties, engines)
    monkeypatch.undo()


@pytest.fixture(scope="module")
def document(planche: Planche) -> etree._Element:
    return planche.xml("docx", "word/document.xml")


@pytest.fixture(scope="module")
def content(planche: Planche) -> etree._Element:
    return planche.xml("odt", "content.xml")


def words(found: str) -> str:
    return " ".join(found.split())


def said(node: etree._Element) -> str:
    return words("".join(node.itertext()))


def value(node: etree._Element, path: str) -> str:
    """A text or a number that a path gives."""
    found = node.xpath(path, namespaces=NAMES)
    return f"{found:g}" if isinstance(found, float) else str(found)


def find(node: etree._Element, path: str) -> list[etree._Element]:
    return list(node.xpath(path, namespaces=NAMES))


# --- DOCX


def test_docx_has_one_landscape_section_between_two_portrait_ones(
    document: etree._Element,
) -> None:
    sizes = [value(s, "string(w:pgSz/@w:orient)") for s in find(document, "//w:sectPr")]
    assert sizes == ["", "landscape", ""]


def test_docx_sections_each_have_a_header_and_a_footer(document: etree._Element) -> None:
    for section in find(document, "//w:sectPr"):
        assert find(section, "w:headerReference[@w:type='default']")
        assert find(section, "w:footerReference[@w:type='default']")


def test_docx_cover_alone_has_the_first_page_of_a_section(document: etree._Element) -> None:
    found = [len(find(section, "w:titlePg")) for section in find(document, "//w:sectPr")]
    assert found == [1, 0, 0]


@pytest.mark.parametrize("name", ["pdf", "docx", "odt", "html"])
def test_writing_changes_nothing_of_the_tree(planche: Planche, name: str) -> None:
    """It is shared by the writers, its untouched parts by the trees they make of it."""
    tree = replace(planche.tree, blocks=deepcopy(planche.tree.blocks))
    Planche(tree, planche.properties, planche.engines).file(name)
    assert tree.blocks == planche.tree.blocks


def test_docx_landscape_footer_reaches_the_right_margin(planche: Planche) -> None:
    footer = planche.xml("docx", "word/footer3.xml")
    section = find(planche.xml("docx", "word/document.xml"), "//w:sectPr")[1]
    width = value(section, "number(w:pgSz/@w:w) - w:pgMar/@w:left - w:pgMar/@w:right")
    assert width == value(footer, "number(//w:tblW/@w:w)")


def test_docx_contents_name_every_heading(planche: Planche, document: etree._Element) -> None:
    assert planche.headings() == [said(e) for e in find(document, "//w:sdt//w:hyperlink")]


def test_docx_contents_lead_to_bookmarks(document: etree._Element) -> None:
    anchors = find(document, "//w:sdt//w:hyperlink/@w:anchor")
    assert anchors and set() == set(anchors) - set(find(document, "//w:bookmarkStart/@w:name"))


def test_docx_contents_ask_nothing(planche: Planche, document: etree._Element) -> None:
    kinds = find(document, "//w:sdt//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"]
    assert find(document, "//@w:dirty") == []
    assert find(planche.xml("docx", "word/settings.xml"), "//w:updateFields") == []


def test_docx_boxes_can_be_ticked(document: etree._Element) -> None:
    states = find(document, "//w14:checkbox/w14:checked/@w14:val")
    # A question of three choices, then four cells.
    assert states == ["1", "0", "0", "1", "0", "0", "0"]


def test_docx_answer_of_a_line_is_a_control_and_a_longer_one_a_paragraph(
    document: etree._Element,
) -> None:
    (short,) = find(document, "//w:p[w:pPr/w:pStyle/@w:val='Champ']")
    long = find(document, "//w:p[w:pPr/w:pStyle/@w:val='Reponse']")
    assert find(short, ".//w:sdt//w:t/text()") == ["Écrire ici"]
    # What is typed over a prompt would keep its grey.
    assert long and all(said(line) == "" and not find(line, ".//w:rStyle") for line in long)


def test_docx_images_say_what_they_show_or_that_they_are_decorative(
    document: etree._Element,
) -> None:
    silent = [d for d in find(document, "//wp:docPr") if not d.get("descr")]
    assert 1 == len(silent) == len(find(document, "//wp:docPr//adec:decorative[@val='1']"))


def test_docx_chart_that_prints_its_values_says_each_without_a_table(
    document: etree._Element,
) -> None:
    (paragraph,) = find(document, "//w:p[w:pPr/w:pStyle/@w:val='DessinSeul']")
    alternative = value(paragraph, "string(.//wp:docPr/@descr)")
    assert alternative.startswith("Graphique en barres\u00a0: Jours d’intervention par étape.")
    assert "12,5\u00a0jours" in alternative and "Interopérabilité" in alternative
    assert etree.QName(paragraph.getnext()).localname != "tbl"


def test_docx_has_no_empty_paragraph(document: etree._Element) -> None:
    """But the anchors of the frames of logos, which Word would put elsewhere without them; what
    parts two tables, which would be one; the page break before a title, without which LibreOffice
    leaves another alone (measured); and the low one after a last table, where both lay one of full
    height.
    """
    empty = find(
        document,
        "//w:body/w:p[not(.//w:t or .//w:drawing or .//w:tab or w:pPr/w:sectPr)]",
    )
    named = [value(p, "string(w:pPr/w:pStyle/@w:val)") for p in empty]
    assert set(named) <= {"AncreBande", "Entre", "SautDePage", "Ancre"}
    assert named[-1] == "Ancre"


def test_docx_landscape_mark_is_left_only_after_a_table(document: etree._Element) -> None:
    marks = find(document, "//w:p[w:pPr/w:pStyle[@w:val='DebutPaysage' or @w:val='FinPaysage']]")
    assert [etree.QName(m.getprevious()).localname for m in marks] == ["tbl"]


def test_docx_signatures_have_a_cell_each_and_stay_together(document: etree._Element) -> None:
    (table,) = find(document, "//w:tbl[.//w:pStyle/@w:val='SignatureRole']")
    cells = find(table, ".//w:tc[normalize-space()]")
    assert len(cells) == 5
    rows = find(table, "w:tr")
    assert len(rows) == len(find(table, "w:tr[w:trPr/w:cantSplit]"))
    kept = find(rows[0], "w:tc/w:p[w:pPr/w:keepNext]")
    assert len(kept) == len(find(rows[0], "w:tc/w:p"))


def test_docx_tables_repeat_their_header(document: etree._Element) -> None:
    tables = find(document, "//w:tbl[w:tblPr/w:tblStyle/@w:val='Table']")
    assert len(tables) == 5
    assert all(find(table, "w:tr[1]/w:trPr/w:tblHeader") for table in tables)


def test_docx_is_in_french(planche: Planche) -> None:
    styles = planche.xml("docx", "word/styles.xml")
    assert {"fr-FR"} == set(find(styles, "//w:lang/@w:val"))
    theme = find(planche.xml("docx", "word/settings.xml"), "//w:themeFontLang/@w:val")
    assert theme == ["fr-FR"]


def test_docx_draft_is_marked_in_every_header(planche: Planche) -> None:
    headers = planche.parts("docx", r"word/header\d+\.xml", draft=True)
    for name, part in headers.items():
        marks = find(etree.fromstring(part), "//v:shape/v:textpath/@string")
        assert marks == ["PROJET"], name


def test_docx_draft_is_said_on_the_cover(planche: Planche) -> None:
    body = planche.xml("docx", "word/document.xml", draft=True)
    # After the logos, if there are any.
    first = find(body, "//w:body/w:p[w:r/w:t and not(.//w:drawing)]")[0]
    assert (value(first, "string(w:pPr/w:pStyle/@w:val)"), said(first)) == ("Projet", "PROJET")


# --- ODT


def master_of(content: etree._Element, element: etree._Element) -> str:
    name = value(element, "string(@text:style-name)")
    path = f"string(//style:style[@style:name='{name}']/@style:master-page-name)"
    return value(content, path)


@pytest.mark.parametrize(
    ("heading", "master"),
    [("Suivi mensuel", "Paysage"), ("Questionnaire", "Suite"), ("Tableaux", "")],
)
def test_odt_page_style_of_a_heading(content: etree._Element, heading: str, master: str) -> None:
    (found,) = [h for h in find(content, "//text:h") if "".join(h.itertext()) == heading]
    assert master == master_of(content, found)


def test_odt_contents_name_every_heading(planche: Planche, content: etree._Element) -> None:
    assert planche.headings() == [said(e) for e in find(content, "//text:index-body/text:p")]


def test_odt_contents_lead_to_bookmarks(content: etree._Element) -> None:
    links = find(content, "//text:index-body//text:a/@xlink:href")
    marks = find(content, "//text:bookmark-start/@text:name | //text:bookmark/@text:name")
    assert links and set() == {str(link)[1:] for link in links} - set(marks)


def test_odt_images_say_what_they_show_but_the_decorative_one(content: etree._Element) -> None:
    silent = find(content, "//draw:frame[draw:image][not(normalize-space(svg:desc))]")
    assert len(silent) == 1


def test_odt_has_no_empty_paragraph(content: etree._Element) -> None:
    """But the page break before a title and what ends the file after a table; the anchor of the
    funders' frame holds the frame."""
    empty = find(
        content,
        "//office:text/text:p[not(normalize-space() or .//draw:frame or .//text:tab)]",
    )
    # A page begins, one writes in a box, an end is anchored.
    names = [value(p, "string(@text:style-name)") for p in empty]
    assert names == ["SuiteSautDePage", "Champ", "Reponse", "Ancre"]


def test_odt_draft_is_marked_on_every_page_style(planche: Planche) -> None:
    styles = planche.xml("odt", "styles.xml", draft=True)
    pages = find(styles, "//style:page-layout-properties")
    assert len(pages) == 3
    for page in pages:
        image = value(page, "string(style:background-image/@xlink:href)")
        assert planche.parts("odt", re.escape(image), draft=True)


def test_odt_draft_is_said_by_the_tab_of_every_page_but_a_cover(planche: Planche) -> None:
    headers = find(planche.xml("odt", "styles.xml", draft=True), "//style:header")
    tabs = [find(header, ".//text:p[@text:style-name='Onglet']") for header in headers]
    assert [[said(tab) for tab in found] for found in tabs] == [[], ["PROJET"], ["PROJET"]]


# --- PDF


@pytest.fixture(scope="module")
def pdf(planche: Planche) -> Iterator[pypdfium2.PdfDocument]:
    with closing(pypdfium2.PdfDocument(planche.file("pdf"))) as opened:
        yield opened


def texts(opened: pypdfium2.PdfDocument) -> list[str]:
    """The words of each page."""
    found = []
    for page in opened:
        with closing(page.get_textpage()) as read:
            found.append(words(read.get_text_range().replace("\u00ad", "")))
    return found


def right_edge(page: pypdfium2.PdfPage, sought: str) -> float:
    """How far from the right edge of a page a text ends, in points."""
    with closing(page.get_textpage()) as read:
        place = read.search(sought).get_next()
        assert place is not None, sought
        start, count = place
        _, _, right, _ = read.get_charbox(start + count - 1)
    return float(page.get_width() - right)


def test_pdf_bookmarks_say_the_number_of_a_part(pdf: pypdfium2.PdfDocument) -> None:
    titles = [mark.get_title() for mark in pdf.get_toc() if mark.level == 0]
    assert "1 Textes" in titles


def test_pdf_has_one_landscape_page(pdf: pypdfium2.PdfDocument) -> None:
    wide = [n for n, page in enumerate(pdf, 1) if page.get_width() > page.get_height()]
    assert wide == [6]
    assert "Suivi mensuel" in texts(pdf)[5]


def test_pdf_pages_say_their_number(pdf: pypdfium2.PdfDocument) -> None:
    found = texts(pdf)
    for number, page in enumerate(found, 1):
        assert f"Page {number} sur {len(found)}" in page


def test_pdf_footer_ends_at_the_margin_in_landscape_too(pdf: pypdfium2.PdfDocument) -> None:
    ends = {round(right_edge(pdf[n - 1], f"page {n} sur {len(pdf)}")) for n in (6, 7, 8)}
    assert len(ends) == 1, ends


def test_pdf_contents_tell_the_right_pages(planche: Planche, pdf: pypdfium2.PdfDocument) -> None:
    found = texts(pdf)
    for heading in planche.headings():
        entry = re.search(rf"{re.escape(heading)}[ .]*(\d+)", found[1])
        assert entry, heading
        # On its page the number is in the margin.
        assert re.sub(r"^\d+\.\s*", "", heading) in found[int(entry[1]) - 1]


def test_pdf_draft_is_marked_on_every_page(planche: Planche) -> None:
    with closing(pypdfium2.PdfDocument(planche.file("pdf", draft=True))) as opened:
        found = [page.count("PROJET") for page in texts(opened)]
    # In the tab and behind the page; read aloud on the cover, which has no tab.
    assert [2] * len(found) == found


def test_pdf_is_not_marked_without_draft(pdf: pypdfium2.PdfDocument) -> None:
    assert [0] * len(pdf) == [page.count("PROJET") for page in texts(pdf)]


@pytest.mark.parametrize(("number", "name"), PAGES.items())
def test_pdf_page_looks_as_kept(
    pdf: pypdfium2.PdfDocument,
    number: int,
    name: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    page = pdf[number - 1].render(scale=SCALE).to_pil().convert("L")
    path = PLANCHE / "pages" / f"{name}.png"
    if request.config.getoption("--maj"):
        path.parent.mkdir(exist_ok=True)
        page.quantize(16).save(path, optimize=True)
    kept = Image.open(path).convert("L")
    assert kept.size == page.size
    difference = ImageChops.difference(kept, page)
    difference.point(lambda level: 255 - level).save(tmp_path / "difference.png")
    measured = ImageStat.Stat(difference).mean[0]
    assert measured < TOLERANCE, f"voir {tmp_path / 'difference.png'}"


# --- HTML


def test_html_draft_is_marked(planche: Planche) -> None:
    assert planche.page().xpath("//*[@class='marque-projet' or @class='projet']") == []
    page = planche.page(draft=True)
    assert len(page.xpath("//body/p[@class='marque-projet']")) == 1
    assert [words(d.text_content()) for d in page.xpath("//div[@class='projet']")] == ["PROJET"]


@pytest.mark.parametrize(
    ("name", "part", "kept"),
    [
        ("docx", "word/document.xml", b"<w:keepNext/>"),
        ("odt", "content.xml", b'style-name="Annonce'),
    ],
)
def test_what_announces_is_kept_with_what_follows(
    name: str, part: str, kept: bytes, planche: Planche
) -> None:
    def written(words: str) -> bytes:
        blocks = [para(string(words)), para(string("La suite."))]
        made = Planche(Tree(blocks, ()), planche.properties, planche.engines)
        return made.parts(name, re.escape(part))[part]

    assert kept in written("Les versements deviennent :")
    assert kept not in written("Les versements changent.")
