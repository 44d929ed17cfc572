"""What people see: every document, opened by LibreOffice and by poppler, page by page."""

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from PIL import Image, ImageChops, ImageStat

from dla_docs.documents.documents import Document
from dla_docs.documents.logos import owed_logos
from dla_docs.documents.types import LETTER
from dla_docs.engines.images import read_image
from dla_docs.engines.typst import rasterise
from dla_docs.flow import Examined
from dla_docs.tree.divisions import ONLY_HTML
from tests.clients.outils import convert, folded, run, squeezed
from tests.scenes import covered, looked_at

pytestmark = pytest.mark.clients

CLIENTS = ["pdf", "docx", "odt"]
"""The file each client opens: the PDF as it is, the others through LibreOffice."""
DPI = 150
SIDE = 64
TOLERANCE = 18
"""Mean difference out of 255 at 150 dots an inch; two logos of the demonstration differ by 26."""
LONG = "2025-021-rapprochement-buech-jabron/phase-1-transition/rapport-final"
FOOT = re.compile(r"page (\d+) sur (\d+)")
# The planche shows code; LibreOffice takes the widths of Courier (`w:altName`) without DejaVu.
DESK = re.compile(r"Carlito(-\w+)?|DejaVuSans(Mono)?|LiberationMono|OpenSymbol")
BLOCKS = ("p", "li", "dt", "dd", "td", "th", "caption", "h1", "h2", "h3", "h4", "h5")

Files = Callable[[str], dict[str, Path]]


def name_of(document: Document) -> str:
    return document.label.replace("/", "--")


@pytest.fixture(scope="module")
def opened(fichiers: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder a client, with every document as that client shows it, in PDF."""
    folder = tmp_path_factory.mktemp("clients")
    (folder / "pdf").mkdir()
    for path in fichiers("pdf").values():
        shutil.copyfile(path, folder / "pdf" / path.name)
    for kind in ("docx", "odt"):
        convert(fichiers(kind).values(), "pdf", folder / kind)
    return folder


@dataclass(frozen=True)
class Shown:
    """A document as a client shows it: the file, and the text of its pages in reading order."""

    path: Path
    pages: tuple[str, ...]


@cache
def read(path: Path) -> Shown:
    pages = run("pdftotext", "-layout", path, "-").split("\f")
    return Shown(path, tuple(folded(page) for page in pages[:-1]))


@cache
def raw(path: Path) -> tuple[str, ...]:
    """The text of the pages in the order of drawing."""
    return tuple(folded(page) for page in run("pdftotext", "-raw", path, "-").split("\f")[:-1])


@cache
def cover_drawn(path: Path) -> Image.Image:
    command = ["pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def drawn(path: Path) -> Iterator[Image.Image]:
    """Each page in grey, small, in one launch: a launch a page takes longer than the drawing."""
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-gray", "-r", "40", path, Path(folder) / "page")
        for page in sorted(Path(folder).iterdir()):
            with Image.open(page) as image:
                yield image.convert("L")


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def show(client: str, opened: Path) -> Callable[[Document], Shown]:
    """A document as one of the clients shows it."""
    return lambda document: read(opened / client / f"{name_of(document)}.pdf")


Show = Callable[[Document], Shown]


def lines(page: str) -> list[str]:
    """The lines of a page without its foot."""
    found = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
    return [line for line in found if not FOOT.search(line)]


@pytest.mark.parametrize("client", CLIENTS)
def test_client_opens_every_document(opened: Path, fichiers: Files, client: str) -> None:
    assert {path.stem for path in (opened / client).glob("*.pdf")} == set(fichiers(client))


@pytest.mark.parametrize("client", ["docx", "odt"])
def test_libreoffice_has_the_fonts_of_a_desk(opened: Path, fichiers: Files, client: str) -> None:
    """A substitute with other widths would show other pages than people see."""
    for name in fichiers(client):
        fonts = run("pdffonts", opened / client / f"{name}.pdf")
        known = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
        assert "Carlito" in known, name
        assert [font for font in known if not DESK.fullmatch(font)] == [], name


def test_poppler_reads_the_pdf_and_its_tags(document: Document, opened: Path) -> None:
    said = run("pdfinfo", opened / "pdf" / f"{name_of(document)}.pdf")
    assert re.search(r"^Tagged: +yes$", said, re.M)
    assert re.search(r"^Encrypted: +no$", said, re.M)
    assert re.search(r"^Page size: +595\.\d+ x 841\.\d+ pts \(A4\)$", said, re.M)


def test_word_processors_need_about_as_many_pages(
    document: Document, show: Show, opened: Path
) -> None:
    typst = len(read(opened / "pdf" / f"{name_of(document)}.pdf").pages)
    assert abs(len(show(document).pages) - typst) <= 1


def bare(words: str) -> str:
    """Letters and digits alone: a line broken within a word puts a space or a hyphen there."""
    return re.sub(r"[\W_]", "", words).casefold()


def blocks(path: Path) -> Iterator[str]:
    """The paragraphs, items, cells and titles of an HTML document, but those that hold others."""
    main = html.parse(str(path)).getroot().find(".//main")
    # What is for a screen alone is in no other format.
    for section in main.find_class(ONLY_HTML):
        section.drop_tree()
    for node in main.iter(*BLOCKS):
        if not any(True for _ in node.iterdescendants(*BLOCKS)):
            yield node.text_content()


def test_every_text_of_the_page_is_shown(
    document: Document, client: str, opened: Path, produits: Path
) -> None:
    path = opened / client / f"{name_of(document)}.pdf"
    cover, *others = (page.splitlines() for page in raw(path))
    titles = {bare(page[0]) for page in others[:1]}
    body = [line for page in others for line in page if bare(line) not in titles]
    shown = bare("".join(line for line in [*cover, *body] if not FOOT.search(line)))
    texts = list(blocks(produits / document.folder / f"{document.stem}.html"))
    assert len(texts) > 8
    assert [text for text in texts if bare(text) not in shown] == []


def test_owed_section_titles_are_read_in_order(document: Document, show: Show) -> None:
    pages = show(document).pages[covered(document) :]
    text = squeezed("".join("\n".join(lines(page)) for page in pages))
    # A letter prints no heading.
    sections = () if document.type.forme == LETTER else document.type.sections
    places = [text.find(squeezed(folded(s.titre))) for s in sections]
    assert -1 not in places


def test_each_page_but_the_cover_says_its_rank(document: Document, show: Show) -> None:
    pages = show(document).pages
    said = [FOOT.findall(page) for page in pages]
    count = str(len(pages))
    assert said == [[], *([(str(rank), count)] for rank in range(2, len(pages) + 1))]


def test_no_page_is_blank(document: Document, show: Show) -> None:
    for rank, page in enumerate(show(document).pages[1:], 2):
        # The first line is the running title.
        assert len(" ".join(lines(page)[1:]).split()) >= 5, f"page {rank}"


def test_every_page_is_drawn(document: Document, show: Show) -> None:
    shown, rank = show(document), 0
    for rank, page in enumerate(drawn(shown.path), 1):
        body = page.crop((0, page.height * 7 // 100, page.width, page.height * 9 // 10))
        ink = sum(body.histogram()[:160]) / (body.width * body.height)
        assert ink > 0.0003, f"page {rank}"
    assert rank == len(shown.pages) > 0


def titles(document: Document, produits: Path) -> set[str]:
    """Headings and captions, which must stand with what they announce."""
    path = produits / document.folder / f"{document.stem}.html"
    main = html.parse(str(path)).getroot().find(".//main")
    found = [node for tag in ("h2", "h3", "h4", "h5", "caption") for node in main.iter(tag)]
    return {squeezed(folded("".join(node.itertext()))) for node in found}


def test_no_page_ends_with_a_title(document: Document, show: Show, produits: Path) -> None:
    announced = titles(document, produits)
    assert announced or document.type.forme == LETTER
    for rank, page in enumerate(show(document).pages[1:], 2):
        if "Sommaire" in lines(page):
            continue  # Its entries are titles.
        last = lines(page)[-2:]
        ends = {squeezed(last[-1]), squeezed("".join(last))}
        assert ends & announced == set(), f"page {rank}"


@dataclass(frozen=True)
class Spread:
    """Of one table: its header, on each page the number of its rows found there, and whether the
    header is on the pages of those rows whose text is nowhere else in the document."""

    header: str
    rows: dict[int, int]
    repeated: dict[int, bool]


def unbroken(words: str) -> str:
    """Without spaces, nor the hyphens of words broken at the end of a line."""
    return squeezed(folded(words)).replace("\N{SOFT HYPHEN}", "")


def spreads(document: Document, path: Path, produits: Path) -> Iterator[Spread]:
    """Each table of the document, followed from page to page in the order of drawing."""
    source = produits / document.folder / f"{document.stem}.html"
    pages = [unbroken(page) for page in raw(path)]
    root = html.parse(str(source)).getroot()
    whole = unbroken("".join(root.find(".//main").itertext()))
    for table in root.iter("table"):
        header, *rows = (unbroken("".join(row.itertext())) for row in table.iter("tr"))
        counts = {rank: sum(row in page for row in rows) for rank, page in enumerate(pages, 1)}
        # Another table or a chart may bear the same words, under another header or none.
        own = [
            row
            for row in rows
            if whole.count(row) == 1 and sum(page.count(row) for page in pages) == 1
        ]
        yield Spread(
            header,
            {rank: n for rank, n in counts.items() if n},
            {
                rank: header in page
                for rank, page in enumerate(pages, 1)
                if any(row in page for row in own)
            },
        )


def test_header_row_is_repeated_on_each_page_of_a_table(
    document: Document, show: Show, produits: Path
) -> None:
    for spread in spreads(document, show(document).path, produits):
        assert spread.rows, f"no row of the table {spread.header}"
        assert all(spread.repeated.values()), spread


@pytest.mark.parametrize("client", CLIENTS)
def test_the_longest_report_has_a_table_on_two_pages(
    opened: Path, produits: Path, client: str
) -> None:
    """Without one the repeated header would be tested on nothing."""
    (report,) = (d for d in looked_at() if d.label == LONG)
    path = opened / client / f"{name_of(report)}.pdf"
    assert max(len(spread.repeated) for spread in spreads(report, path, produits)) >= 2


def test_signatures_stay_together_with_their_place(document_signe: Document, show: Show) -> None:
    convention = document_signe.scope.part("convention")
    assert convention is not None
    due = sum(len(party) for party in convention.data["parties"].values())
    pages = show(document_signe).pages
    signed = [rank for rank, page in enumerate(pages) if re.search(r"^\W*Fait à", page, re.M)]
    assert len(signed) == 1
    assert [page.count("Date et signature") for page in pages if "Date et signature" in page] == [
        due
    ]
    assert "Date et signature" in pages[signed[0]]


Box = tuple[float, float, float, float]


def boxes(path: Path) -> list[Box]:
    """Where LibreOffice drew images on the cover, in points from the bottom left."""
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[0]) as page:
        kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        return [image.get_bounds() for image in page.get_objects(filter=[kind])]


def crop(path: Path, box: Box) -> Image.Image:
    page = cover_drawn(path)
    left, bottom, right, top = (length * DPI / 72 for length in box)
    return page.crop(
        tuple(round(x) for x in (left, page.height - top, right, page.height - bottom))
    )


def original(path: Path) -> Image.Image:
    image = read_image(path)
    drawing = Image.open(io.BytesIO(rasterise(image.content, image.kind, 16))).convert("RGBA")
    page = Image.new("RGBA", drawing.size, "white")
    page.alpha_composite(drawing)
    return page.convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    small = [picture.resize((SIDE, SIDE), Image.Resampling.BOX) for picture in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3


@pytest.fixture(params=["docx", "odt"])
def covers(request: pytest.FixtureRequest, opened: Path) -> Callable[[Document], Path]:
    return lambda document: opened / request.param / f"{name_of(document)}.pdf"


Covers = Callable[[Document], Path]


def test_libreoffice_draws_each_owed_logo_in_order(
    document_logos: Document, covers: Covers, examen: Examined
) -> None:
    path = covers(document_logos)
    # Rows from top to bottom, then from left to right: the order in which they are read.
    found = sorted(boxes(path), key=lambda box: (-round(box[1] / 60), box[0]))
    owed = owed_logos(document_logos, examen.corpus)
    assert len(found) == len(owed)
    pairs = zip(found, owed, strict=True)
    data = examen.corpus.workspace.data
    gaps = {
        logo.file: difference(crop(path, box), original(data / logo.file)) for box, logo in pairs
    }
    assert {file: gap for file, gap in gaps.items() if gap > TOLERANCE} == {}


def test_libreoffice_keeps_each_set_of_logos_on_one_row(
    document_logos: Document, covers: Covers, examen: Examined
) -> None:
    found = sorted(boxes(covers(document_logos)), key=lambda box: -box[1])
    owed = owed_logos(document_logos, examen.corpus)
    upper = sum(logo.ensemble != "financeurs" for logo in owed)
    for row in (found[:upper], found[upper:]):
        # The European block may be higher than the others: they share most of their height.
        shared = min((box[3] for box in row), default=0) - max((box[1] for box in row), default=0)
        assert shared >= 0.9 * min((box[3] - box[1] for box in row), default=0), row
        sides = sorted((box[0], box[2]) for box in row)
        assert all(b[0] > a[1] for a, b in pairwise(sides)), sides
        assert not sides or (sides[0][0] > 50 and sides[-1][1] < 546), "within the margins"
