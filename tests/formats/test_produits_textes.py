"""The words of produced files: as they were written, in real headings and tables, described."""

import ctypes
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from html.parser import HTMLParser
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree, html

from dla_docs.context.context import build_context
from dla_docs.documents.documents import Document
from dla_docs.documents.types import LETTER
from dla_docs.flow import Examined
from tests.scenes import Lancer, looked_at, on_pages, signed

FORMATS = ["docx", "odt", "pdf", "html"]
OFFICE = ["docx", "odt"]
HOSTILE = r"*a* <b> & | # \ {{ x }} $y$ « é » é — [l](u)"
SHORTHANDS = r"""a -- b --- c ... -? -5 // /* c */ "q" 'r' ~s~ ^t^ @u `v` ::: <!-- w -->"""
SHORTHANDS += " e\u0301"
"""What one of the engines abridges or reads: dashes, dots, comments, a combining accent."""
DOSSIER = "2025-021-rapprochement-buech-jabron"
INGENIERIE = f"dossiers/{DOSSIER}/ingenieries/phase-1-transition"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
FIELDS = {
    "structure": ("dossiers/structures/aubepine-buech.yaml", "denomination: L’Aubépine du Buëch"),
    "operateur": ("dossiers/territoire.yaml", "nom: Le Mélézin, appui aux associations"),
    "objectif": (
        f"{INGENIERIE}/cahier-des-charges.yaml",
        "- Écrire les statuts, le règlement intérieur et un budget sur deux ans.",
    ),
    "cellule": (
        f"{INGENIERIE}/cahier-des-charges.yaml",
        "libelle: Feuille de route de la transition",
    ),
    "raccourcis": (
        f"{INGENIERIE}/cahier-des-charges.yaml",
        "- Le recrutement de la direction commune.",
    ),
    "annexe": (
        f"{INGENIERIE}/convention.yaml",
        "- Délibérations des deux conseils d’administration, 4 et 6 novembre 2025",
    ),
    "livrable": (f"{INGENIERIE}/convention.yaml", "libelle: Projet de statuts"),
    "signataire": (f"{INGENIERIE}/convention.yaml", "nom: Rambaud-Teyssier"),
    "intitule": (
        f"{INGENIERIE}/ingenierie.yaml",
        "intitule: Phase 1 – conduite de la période de transition",
    ),
}
"""Plain fields that get the hostile sentence: file, then the line's beginning, value included."""
LONG = "dossierpartage" * 14
RICH = f"""\
Il est attendu, **vite**;ou pas :
- + 5 % de produits
- = 12 €
* un bilan : https://exemple.fr/{LONG}

| Poste | Évolution |
|---|---|
| Produits | + 5 % |
| Charges | - 3 % |
| {LONG} | / 4 et 1. |

Voir https://exemple.fr/~a_b/Gap_(Hautes-Alpes)?c=d&e=f#g, (https://été.exemple.fr/page),
[ici](https://exemple.fr/x_(y)) ou lise.o'brien_@exemple.fr ; [perdu](#ancre).

~~barré [ici](https://exemple.fr/page)~~

# 🌿

### Un titre deux niveaux plus bas

`{LONG}{LONG}`
"""
"""A text as people type it, in the field `enjeux`."""
LINKS = {
    f"https://exemple.fr/{LONG}",
    "https://exemple.fr/~a_b/Gap_(Hautes-Alpes)?c=d&e=f#g",
    "https://été.exemple.fr/page",
    "https://exemple.fr/x_(y)",
    "mailto:lise.o'brien_@exemple.fr",
}
IN_ORDER = ["structure", "operateur", "objectif", "cellule", "raccourcis", "intitule"]
IN_CONVENTION = ["annexe", "livrable", "signataire", "intitule"]
PLACES = [("cahier-des-charges", field) for field in IN_ORDER]
PLACES += [("convention", field) for field in IN_CONVENTION]


def sentence(field: str) -> str:
    """What a field holds: its name, so that a place is not taken for another, and the trap."""
    return f"{field} {SHORTHANDS if field == 'raccourcis' else HOSTILE}"


def opened(path: Path, part: str) -> Any:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(part))


def words_of_docx(path: Path) -> str:
    breaks = {f"{W}p": "\n", f"{W}tab": "\t", f"{W}br": "\n"}
    body = opened(path, "word/document.xml")
    # The number of an article hangs in the margin, as that of a heading does.
    for number in list(body.iterfind(f".//{W}rStyle[@{W}val='ArticleNumero']/../..")):
        number.getparent().remove(number)
    # What the bars of a chart are is drawn in the other formats.
    for style in list(body.iterfind(f".//{W}pStyle[@{W}val='CleGraphique']")):
        line = style.getparent().getparent()
        line.getparent().remove(line)
    words = body.iter(f"{W}t", *breaks)
    return "".join(breaks.get(node.tag) or node.text or "" for node in words)


def after(mark: Any) -> Iterator[str]:
    """The texts that follow a mark in its paragraph."""
    yield mark.tail or ""
    for following in mark.itersiblings():
        yield "".join(following.itertext()) + (following.tail or "")


def words_of_odt(path: Path) -> str:
    def words(node: Any) -> str:
        # Alternative texts, the model of the contents and comments are not on the page.
        hidden = {f"{SVG}desc", f"{TEXT}table-of-content-source", etree.Comment}
        if node.tag in hidden:
            return ""
        # ODF writes a run of spaces as elements.
        inside = " " * int(node.get(f"{TEXT}c", 1)) if node.tag == f"{TEXT}s" else node.text or ""
        if node.tag == f"{TEXT}h":
            # A number hangs in the margin, before a tab.
            for tab in node.findall(f".//{TEXT}tab")[-1:]:
                return "".join(after(tab)) + "\n"
        inside += "".join(words(child) + (child.tail or "") for child in node)
        return inside + ("\n" if node.tag in {f"{TEXT}p", f"{TEXT}h"} else "")

    return words(opened(path, "content.xml"))


def words_of_html(path: Path) -> str:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.words: list[str] = []

        def handle_data(self, data: str) -> None:
            self.words.append(data)

    page = html.parse(str(path)).getroot()
    # What is for a screen alone is in no other format: steps are names there, numbers are lists.
    (main,) = page.iter("main")
    alone = [main.find_class(name) for name in ("en-html", "formats", "numero")]
    for part in [*chain(*alone), *main.xpath(".//div[@class='etapes']/p")]:
        part.drop_tree()
    reader = Reader()
    reader.feed(html.tostring(main, encoding="unicode", with_tail=False))
    return "".join(reader.words)


@cache
def pages_of_pdf(path: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
        return texts


def words_of_pdf(path: Path) -> str:
    return "\n".join(pages_of_pdf(path))


WORDS = {"docx": words_of_docx, "odt": words_of_odt, "html": words_of_html, "pdf": words_of_pdf}


def links_of(path: Path) -> set[str]:
    """Where the links of a file lead."""
    if path.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(path)) as document:
            return {uri for page in document for uri in _uris(document, page)}
    if path.suffix == ".docx":
        return {str(r.get("Target")) for r in opened(path, "word/_rels/document.xml.rels")}
    if path.suffix == ".odt":
        return {str(a.get(f"{XLINK}href")) for a in opened(path, "content.xml").iter(f"{TEXT}a")}
    return {str(a.get("href")) for a in html.parse(str(path)).iter("a")}


def _uris(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    place, link, size = ctypes.c_int(0), pdfium.FPDF_LINK(), 2000
    while pdfium.FPDFLink_Enumerate(page.raw, place, link):
        uri = ctypes.create_string_buffer(size)
        action = pdfium.FPDFLink_GetAction(link)
        pdfium.FPDFAction_GetURIPath(document.raw, action, uri, size)
        yield uri.value.decode()


def folded(words: str) -> str:
    """Text up to what typography may replace: an ordinary space by an unbreakable one."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def file(folder: Path, document: Document, suffix: str) -> Path:
    return folder / document.folder / f"{document.stem}.{suffix}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, racine: Path, lancer: Lancer) -> Path:
    """Documents of a workspace whose plain fields hold the hostile sentence after their name."""
    workspace = tmp_path_factory.mktemp("hostile")
    shutil.copytree(racine / "dossiers", workspace / "dossiers")
    for name, (path, line) in FIELDS.items():
        before = (workspace / path).read_text(encoding="utf-8")
        key = re.match(r"- (?=\S+ )|\w+: ", line)
        assert key and line in before, f"{line} is no more in {path}"
        after = re.sub(
            f"{re.escape(line)}.*",
            lambda _, n=name, k=key: k[0] + json.dumps(sentence(n), ensure_ascii=False),
            before,
        )
        (workspace / path).write_text(after, encoding="utf-8")
    path = workspace / INGENIERIE / "cahier-des-charges.yaml"
    block = "enjeux: |\n" + "".join(f"  {line}".rstrip() + "\n" for line in RICH.splitlines())
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"^enjeux: \|\n(?:  .*\n|\n)+", lambda _: block, text, flags=re.M), "utf-8"
    )
    names = [f"{DOSSIER}/phase-1-transition", "-d", "cahier-des-charges", "-d", "convention"]
    result = lancer("render", *names, espace=workspace)
    assert result.exit_code == 0, result.stderr
    return workspace / "documents" / DOSSIER / "phase-1-transition"


def read_words(path: Path, words: str) -> bool:
    """Whether a file says some words, to the letter."""
    text = folded(WORDS[path.suffix[1:]](path))
    if path.suffix == ".pdf":
        # Lines are cut where the column ends, and an accent is one glyph with its letter.
        text, words = (normalize("NFC", "".join(w.split())) for w in (text, words))
    return words in text


@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_words_come_out_as_themselves(hostile: Path, suffix: str) -> None:
    lost = [
        (stem, field)
        for stem, field in PLACES
        if not read_words(hostile / f"{stem}.{suffix}", sentence(field))
    ]
    assert lost == []


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "words",
    ["vite;ou pas", "+ 5 % de produits", "= 12 €", "+ 5 %", "- 3 %", "/ 4 et 1.", "(Hautes-Alpes)"],
)
def test_signs_come_out_wherever_they_stand(hostile: Path, suffix: str, words: str) -> None:
    assert read_words(hostile / f"cahier-des-charges.{suffix}", words)


@pytest.mark.parametrize("suffix", FORMATS)
def test_links_lead_where_they_were_typed_to(hostile: Path, suffix: str) -> None:
    found = links_of(hostile / f"cahier-des-charges.{suffix}")
    assert {link for link in found if "exemple.fr" in link} >= LINKS


def test_what_no_space_cuts_stays_on_the_page(hostile: Path) -> None:
    with closing(pypdfium2.PdfDocument(hostile / "cahier-des-charges.pdf")) as document:
        for page in document:
            words, width = page.get_textpage(), page.get_width()
            for rank in range(words.count_chars()):
                if words.get_text_range(rank, 1).strip():
                    assert words.get_charbox(rank)[2] < width - 20
            words.close()
            page.close()


@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_title_is_the_property_of_the_file(hostile: Path, suffix: str) -> None:
    title = properties(hostile / f"convention.{suffix}")["title"]
    assert folded(title) == f"Convention tripartite – intitule {HOSTILE}"


def test_hostile_title_stands_in_the_margins_of_word_processors(hostile: Path) -> None:
    with zipfile.ZipFile(hostile / "convention.docx") as archive:
        headers = [n for n in archive.namelist() if re.match(r"word/(header|footer)", n)]
        parts = [etree.fromstring(archive.read(name)) for name in headers]
    said = [folded("".join(part.itertext(f"{W}t"))) for part in parts]
    # As much of it as a running head holds; the other parts of it are escaped the same way.
    assert sum("Convention tripartite" in words for words in said) >= 1


@pytest.mark.campagne
def test_formats_say_the_same_words(documents_demo: Path) -> None:
    def letters(document: Document, suffix: str) -> list[str]:
        words = WORDS[suffix](file(documents_demo, document, suffix))
        # A box to tick is a letter in one format, a control in another.
        # The funders are at the foot of a first page, or at the end of one on a screen.
        return sorted("".join(words.split()).translate({ord(box): None for box in "☐☒"}))

    # Not the PDF, whose pages repeat the title and cut the words; nor a form, each format of which
    # asks in its own way (`test_formulaires.py`).
    for document in looked_at(on_pages):
        if b'id="dla-plan"' in file(documents_demo, document, "html").read_bytes():
            continue
        page = letters(document, "html")
        assert letters(document, "docx") == page, document.label
        assert letters(document, "odt") == page, document.label


@pytest.mark.campagne
def test_each_page_says_its_rank(documents_demo: Path) -> None:
    for document in looked_at(on_pages):
        pages = pages_of_pdf(file(documents_demo, document, "pdf"))
        said = [re.findall(r"[Pp]age (\d+) sur (\d+)", folded(page)) for page in pages]
        due = [[(str(rank), str(len(pages)))] for rank in range(1, len(pages) + 1)]
        assert said == due, document.label


def headings(path: Path) -> list[str]:
    """Headings of the first two levels, as the program that opens the file knows them."""
    if path.suffix == ".docx":
        styles = opened(path, "word/styles.xml").iter(f"{W}style")
        levels = [(s, s.find(f"{W}pPr/{W}outlineLvl")) for s in styles]
        names = {
            style.get(f"{W}styleId")
            for style, level in levels
            if level is not None and level.get(f"{W}val") in {"0", "1"}
        }
        body = opened(path, "word/document.xml").iter(f"{W}p")
        return [_words(p) for p in body if _style_of(p) in names]
    if path.suffix == ".odt":
        body = opened(path, "content.xml").iter(f"{TEXT}h")
        return ["".join(h.itertext()) for h in body if h.get(f"{TEXT}outline-level") in {"1", "2"}]
    if path.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(path)) as document:
            return [mark.get_title() for mark in document.get_toc() if mark.level < 2]
    titles = html.parse(str(path)).getroot().xpath(".//main//h2 | .//main//h3")
    return ["".join(title.itertext()) for title in titles]


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _words(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


@pytest.mark.campagne
@pytest.mark.parametrize("suffix", FORMATS)
def test_owed_sections_are_real_headings_in_order(documents_demo: Path, suffix: str) -> None:
    for document in looked_at(on_pages):
        titles = [folded(title) for title in headings(file(documents_demo, document, suffix))]
        owed = [folded(section.titre) for section in document.sections]
        if document.type.forme == LETTER:
            # A letter has none, but on a page of its own.
            owed = [title for title in owed if title in titles]
        # What covers more than its document says so after its title.
        titles = [title.removesuffix(", pour tout le territoire") for title in titles]
        # A verdict, or what is said in brief, is the title of its section.
        page = html.parse(str(file(documents_demo, document, "html"))).getroot()
        boxes = len(page.find_class("verdict")) + len(page.find_class("en-bref"))
        ends = (next((o for o in owed if title.endswith(o)), "") for title in titles)
        found = [title for title in ends if title]
        printed = [folded(title) for title in headings(file(documents_demo, document, "html"))]
        printed = [title.removesuffix(", pour tout le territoire") for title in printed]
        due = [title for title in owed if any(words.endswith(title) for words in printed)]
        assert found == due and len(owed) - len(due) <= boxes, document.label


Table = list[list[str]]


def tables(path: Path) -> Iterator[tuple[Any, Table]]:
    """Each table of a word processor's file, with the words of its cells."""
    part, names = {
        ".docx": ("word/document.xml", (f"{W}tbl", f"{W}tr", f"{W}tc")),
        ".odt": ("content.xml", (f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}table-cell")),
    }[path.suffix]
    for table in opened(path, part).iter(names[0]):
        if path.suffix == ".odt" and not str(table.get(f"{TABLE}name")).startswith("Table"):
            # A box, a band, columns: laid as a table, which pandoc does not number.
            continue
        rows = list(table.iter(names[1]))
        yield table, [["".join(c.itertext()) for c in row.iter(names[2])] for row in rows]


def data_tables(path: Path) -> list[Any]:
    """The tables that are not of layout: in Word those have no style, in Writer no header."""
    if path.suffix == ".docx":
        return [t for t, _ in tables(path) if t.find(f"{W}tblPr/{W}tblStyle") is not None]
    return [t for t, rows in tables(path) if "Date et signature" not in rows[0][0]]


@pytest.fixture
def table_files(documents_demo: Path) -> dict[str, list[Path]]:
    return {suffix: sorted(documents_demo.rglob(f"*.{suffix}")) for suffix in OFFICE}


@pytest.mark.campagne
def test_docx_tables_repeat_their_header_row(table_files: dict[str, list[Path]]) -> None:
    for path in table_files["docx"]:
        for table in data_tables(path):
            rows = table.findall(f"{W}tr")
            repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
            assert repeated == [True] + [False] * (len(rows) - 1), path


@pytest.mark.campagne
def test_odt_tables_repeat_their_header_row(table_files: dict[str, list[Path]]) -> None:
    for path in table_files["odt"]:
        for table in data_tables(path):
            head = table.findall(f"{TABLE}table-header-rows/{TABLE}table-row")
            assert len(head) == 1, path


@pytest.mark.campagne
def test_docx_rows_are_never_split(table_files: dict[str, list[Path]]) -> None:
    rows = [r for p in table_files["docx"] for t, _ in tables(p) for r in t.iter(f"{W}tr")]
    assert len(rows) > 100
    assert [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is None] == []


@pytest.mark.campagne
def test_odt_rows_are_never_split(table_files: dict[str, list[Path]]) -> None:
    for path in table_files["odt"]:
        kept = f"{STYLE}style[@{STYLE}family='table-row']"
        whole = f"{STYLE}table-row-properties[@{FO}keep-together='always']"
        styles = opened(path, "content.xml").iterfind(f".//{kept}")
        names = {s.get(f"{STYLE}name") for s in styles if s.find(whole) is not None}
        rows = [r for t, _ in tables(path) for r in t.iter(f"{TABLE}table-row")]
        assert {row.get(f"{TABLE}style-name") for row in rows} <= names, path


def columns_of(cell: Any) -> int:
    """How many columns a cell of Word takes."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val"))


@pytest.mark.campagne
def test_docx_columns_have_their_width(table_files: dict[str, list[Path]]) -> None:
    for path in table_files["docx"]:
        for table, _ in tables(path):
            widths = [int(c.get(f"{W}w")) for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
            for row in table.iterfind(f"{W}tr"):
                ends = [0, *accumulate(columns_of(cell) for cell in row.iterfind(f"{W}tc"))]
                assert ends[-1] == len(widths), path
                # A box, a stage stand apart from the next by a column that holds nothing.
                for cell, (first, last) in zip(row.iterfind(f"{W}tc"), pairwise(ends), strict=True):
                    held = "".join(cell.itertext(f"{W}t")).strip()
                    assert not held or sum(widths[first:last]) > 300, path
            assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed", path


@pytest.mark.campagne
def test_odt_columns_have_their_width(table_files: dict[str, list[Path]]) -> None:
    for path in table_files["odt"]:
        properties = f"{STYLE}style[@{STYLE}family='table-column']/{STYLE}table-column-properties"
        found = opened(path, "content.xml").iterfind(f".//{properties}")
        widths = {p.getparent().get(f"{STYLE}name"): len(p.attrib) for p in found}
        for table, rows in tables(path):
            columns = [c.get(f"{TABLE}style-name") for c in table.iter(f"{TABLE}table-column")]
            assert len(columns) == len(rows[0]), path
            assert [name for name in columns if not widths.get(name)] == [], path


def signed_cells(path: Path) -> int:
    if path.suffix == ".pdf":
        return folded(words_of_pdf(path)).count("Signature et cachet")
    if path.suffix == ".html":
        return len(html.parse(str(path)).getroot().find_class("signature"))
    if path.suffix == ".odt":
        cells = opened(path, "content.xml").iter(f"{TABLE}table-cell")
        return sum(cell.get(f"{TABLE}style-name") == "CelluleSignature" for cell in cells)
    cells = (cell for _, rows in tables(path) for row in rows for cell in row)
    return sum("Signature et cachet" in cell for cell in cells)


@pytest.mark.campagne
@pytest.mark.parametrize("suffix", FORMATS)
def test_each_signatory_has_a_cell_to_sign(documents_demo: Path, suffix: str) -> None:
    for document in looked_at(signed):
        convention = document.scope.part("convention")
        assert convention is not None, document.label
        due = sum(len(party) for party in convention.data["parties"].values())
        assert signed_cells(file(documents_demo, document, suffix)) == due, document.label


@pytest.mark.parametrize("suffix", FORMATS)
def test_two_dlas_and_two_structures_make_five_signatures(
    documents_demo: Path, suffix: str
) -> None:
    path = documents_demo / DOSSIER / "phase-1-transition" / f"convention.{suffix}"
    assert signed_cells(path) == 5


def properties(path: Path) -> dict[str, str]:
    if path.suffix in {".docx", ".odt"}:
        root = opened(path, "docProps/core.xml" if path.suffix == ".docx" else "meta.xml")
        names = {"title": "title", "author": "creator", "language": "language"}
        return {key: root.findtext(f".//{DC}{name}") for key, name in names.items()}
    if path.suffix == ".html":
        root = html.parse(str(path)).getroot()
        author = root.find(".//meta[@name='author']").get("content")
        return {"title": root.findtext(".//title"), "author": author, "language": root.get("lang")}
    with closing(pypdfium2.PdfDocument(path)) as document:
        found = document.get_metadata_dict()
        size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
        units = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFCatalog_GetLanguage(document, units, size)
        language = bytes(units).decode("utf-16-le").rstrip("\0")
    return {"title": found["Title"], "author": found["Author"], "language": language}


@pytest.mark.campagne
@pytest.mark.parametrize("suffix", FORMATS)
def test_file_says_its_title_author_and_language(
    documents_demo: Path, examen: Examined, suffix: str
) -> None:
    for document in looked_at(on_pages):
        author = build_context(document, examen.corpus).author
        assert author, document.label
        due = {"title": document.title, "author": author, "language": "fr-FR"}
        assert properties(file(documents_demo, document, suffix)) == due, document.label


@pytest.mark.campagne
def test_docx_text_is_french_for_the_spelling_checker(documents_demo: Path) -> None:
    for document in looked_at(on_pages):
        path = file(documents_demo, document, "docx")
        named = opened(path, "word/styles.xml").iterfind(f"{W}docDefaults//{W}lang")
        assert [lang.get(f"{W}val") for lang in named] == ["fr-FR"], document.label
        body = opened(path, "word/document.xml").iter(f"{W}lang")
        assert {lang.get(f"{W}val") for lang in body} <= {"fr-FR"}, document.label


@pytest.fixture(scope="module")
def web(documents_demo: Path) -> dict[str, Any]:
    """The pages that tests look at, read, by the name of their document."""
    paths = {d.label: file(documents_demo, d, "html") for d in looked_at(on_pages)}
    return {label: html.parse(str(path)).getroot() for label, path in paths.items()}


@pytest.mark.campagne
def test_html_needs_no_other_file(web: dict[str, Any]) -> None:
    for label, root in web.items():
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        links = [(e.tag, e.get("src") or e.get("href")) for e in elements]
        named = {address for tag, address in links if address and tag != "a"}
        assert {address for address in named if not address.startswith("data:")} == set(), label
        styles = " ".join(style.text or "" for style in root.iter("style"))
        assert styles and not re.search(r"@import|url\((?!['\"]?data:)", styles), label


@pytest.mark.campagne
def test_html_has_landmarks_and_one_title(web: dict[str, Any]) -> None:
    for label, root in web.items():
        counts = {tag: len(root.findall(f".//{tag}")) for tag in ("main", "footer", "h1")}
        assert counts == {"main": 1, "footer": 1, "h1": 1}, label
