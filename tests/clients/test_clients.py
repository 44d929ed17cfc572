"""What people see: every document, opened by LibreOffice and by poppler, page by page."""

import io
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image, ImageChops, ImageStat

from dla_docs.charter.charter import Charter
from dla_docs.documents.documents import Document
from dla_docs.documents.logos import owed_logos
from dla_docs.documents.types import LETTER
from dla_docs.engines.images import read_image
from dla_docs.engines.typst import rasterise
from dla_docs.flow import Examined
from dla_docs.formats.shared import LEAST_LOGO
from dla_docs.model.workspace import Workspace
from dla_docs.tree.divisions import ONLY_HTML
from tests.clients.outils import convert, drop_drawn, folded, run, squeezed
from tests.scenes import ROOT, looked_at

pytestmark = pytest.mark.clients

CLIENTS = ["pdf", "docx", "odt"]
"""The file each client opens: the PDF as it is, the others through LibreOffice."""
DPI = 150
SIDE = 64
TOLERANCE = 18
"""Mean difference out of 255 at 150 dots an inch; two logos of the demonstration differ by 26."""
MM = 72 / 25.4
CHARTER = Charter(Workspace(ROOT))
LONG = "2025-021-rapprochement-buech-jabron/phase-1-transition/rapport-final"
FOOT = re.compile(r"[Pp]age (\d+) sur (\d+)")
STAGE = re.compile(r"Étape (\d) sur 5 : (\w+)")
MENTION = "Accompagnement DLA financé par"
# Those of the file, and a system's own signs; the planche shows code.
EMBEDDED = re.compile(r"(SourceSans3|EBGaramond)-(Regular|Bold|Italic|BoldItalic)")
SIGNS = re.compile(r"DejaVuSans(Mono)?|LiberationMono|OpenSymbol")
CATEGORIES = ".//{*}ser[1]/{*}cat//{*}v"
SIGNATURE = "Signature et cachet"
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
def page_drawn(path: Path, number: int = 1) -> Image.Image:
    command = ["pdftoppm", "-r", str(DPI), "-f", str(number), "-l", str(number), str(path)]
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
    """Those of the file: a substitute would show other pages than people see."""
    for name in fichiers(client):
        fonts = run("pdffonts", opened / client / f"{name}.pdf")
        known = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
        assert "SourceSans3-Regular" in known, name
        others = [font for font in known if not EMBEDDED.fullmatch(font)]
        assert [font for font in others if not SIGNS.fullmatch(font)] == [], name


def test_poppler_reads_the_pdf_and_its_tags(document: Document, opened: Path) -> None:
    said = run("pdfinfo", opened / "pdf" / f"{name_of(document)}.pdf")
    assert re.search(r"^Tagged: +yes$", said, re.M)
    assert re.search(r"^Encrypted: +no$", said, re.M)
    assert re.search(r"^Page size: +595\.\d+ x 841\.\d+ pts \(A4\)$", said, re.M)


def test_word_processors_need_about_as_many_pages(
    document: Document, show: Show, opened: Path
) -> None:
    typst = len(read(opened / "pdf" / f"{name_of(document)}.pdf").pages)
    # A long document breaks its pages elsewhere more than once.
    # A fifth, rounded up: blocks kept whole break elsewhere, the PDF alone is measured.
    assert abs(len(show(document).pages) - typst) <= -(-typst // 5)


def bare(words: str) -> str:
    """Letters and digits alone: a line broken within a word puts a space or a hyphen there."""
    return re.sub(r"[\W_]", "", words).casefold()


def blocks(path: Path, client: str) -> Iterator[str]:
    """The paragraphs, items, cells and titles of an HTML document, but those that hold others."""
    main = html.parse(str(path)).getroot().find(".//main")
    if client == "pdf":
        drop_drawn(main)
    # What is for a screen alone is in no other format, nor the links to the other formats.
    for section in [*main.find_class(ONLY_HTML), *main.find_class("formats")]:
        section.drop_tree()
    for node in main.iter(*BLOCKS):
        if not any(True for _ in node.iterdescendants(*BLOCKS)):
            # Pages draw the five stages, each with its number and its name.
            yield STAGE.sub(r"\1 \2", folded(node.text_content()))


def body(pages: tuple[str, ...]) -> Iterator[str]:
    """The lines of the pages without their heads and feet: a text may go on over a page."""
    sheets = [page.splitlines() for page in pages]
    heads = {bare(lines[0]) for lines in sheets[1:2]}
    feet = set.intersection(*({bare(line) for line in lines[-5:]} for lines in sheets))
    for rank, lines in enumerate(sheets):
        for line in lines:
            margin = bare(line) in feet or (rank and bare(line) in heads)
            if not (margin or FOOT.search(line) or line.startswith(MENTION)):
                yield line


def test_every_text_of_the_page_is_shown(
    document: Document, client: str, opened: Path, produits: Path
) -> None:
    path = opened / client / f"{name_of(document)}.pdf"
    pages = raw(path)
    # What is said in the margins is there too, in its place.
    shown = f"{bare(''.join(body(pages)))}\n{bare(''.join(pages))}"
    texts = list(blocks(produits / document.folder / f"{document.stem}.html", client))
    assert len(texts) > 8
    assert [text for text in texts if bare(text) not in shown] == []


def labels_and_words(path: Path) -> tuple[Counter[str], str]:
    """The labels of the native charts of a DOCX, and the words of its text, without spaces."""
    with ZipFile(path) as archive:
        charts = [n for n in archive.namelist() if n.startswith("word/charts/chart")]
        found = [etree.fromstring(archive.read(name)) for name in charts]
        body = etree.fromstring(archive.read("word/document.xml"))
    # Those of a stacked bar, which has one category, are said by its key.
    said = [[v.text for v in root.iterfind(CATEGORIES)] for root in found]
    labels = Counter(bare(str(label)) for one in said if len(one) > 1 for label in set(one))
    return labels, bare("".join(t.text or "" for t in body.iter("{*}t")))


def test_libreoffice_shows_every_label_of_a_chart(
    document: Document, opened: Path, fichiers: Files
) -> None:
    (path,) = (p for p in fichiers("docx").values() if p.stem == name_of(document))
    labels, words = labels_and_words(path)
    shown = bare("".join(raw(opened / "docx" / f"{name_of(document)}.pdf")))
    lacking = [one for one, n in labels.items() if shown.count(one) < words.count(one) + n]
    assert lacking == []


def test_owed_section_titles_are_read_in_order(
    document: Document, show: Show, produits: Path
) -> None:
    text = squeezed("".join("\n".join(lines(page)) for page in show(document).pages))
    # A verdict, or what is said in brief, takes the place of a heading; a letter prints none, nor
    # may a page alone.
    printed = titles(document, produits)
    owed = [squeezed(folded(section.titre)) for section in document.type.sections]
    due = [title for title in owed if any(words.endswith(title) for words in printed)]
    assert due or document.type.forme == LETTER or len(show(document).pages) == 1
    place = 0
    for title in due:
        place = text.find(title, place)
        assert place >= 0, title
        place += len(title)


def test_each_page_says_its_rank(document: Document, show: Show) -> None:
    pages = show(document).pages
    said = [FOOT.findall(page) for page in pages]
    assert said == [[(str(rank), str(len(pages)))] for rank in range(1, len(pages) + 1)]


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
    # What is for a screen alone has titles too, which may be those of drawings of a page.
    for section in main.find_class(ONLY_HTML):
        section.drop_tree()
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
    """Without spaces, hyphens of words broken at the end of a line, signs of lists and boxes."""
    return re.sub("[\N{SOFT HYPHEN}–•☐☑☒]", "", squeezed(folded(words)))


def spreads(document: Document, path: Path, produits: Path) -> Iterator[Spread]:
    """Each table of the document, followed from page to page in the order of drawing."""
    source = produits / document.folder / f"{document.stem}.html"
    pages = [unbroken(page) for page in raw(path)]
    root = html.parse(str(source)).getroot()
    if path.parent.name == "pdf":
        drop_drawn(root)
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
    # The place is said once; each box leaves the day to write.
    signed = [rank for rank, page in enumerate(pages) if re.search(r"^\W*Fait à \w", page, re.M)]
    assert len(signed) == 1
    counts = {rank: page.count(SIGNATURE) for rank, page in enumerate(pages) if SIGNATURE in page}
    assert counts == {signed[0]: due}
    assert len(re.findall(r"\bLe[\s_]*(?=\bLe\b|$)", pages[signed[0]], re.M)) == due


Box = tuple[float, float, float, float]


def boxes(path: Path, number: int = 1) -> list[Box]:
    """Where LibreOffice drew logos on a page, the cover else, in points from the bottom left."""
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[number - 1]) as page:
        kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        images = page.get_objects(filter=[kind])
        # LibreOffice fills a bar of a chart with an image of one point.
        found = [image.get_bounds() for image in images if max(image.get_px_size()) > 1]
    # A chart is as wide as the text.
    return [box for box in found if box[2] - box[0] < 0.98 * CHARTER.text_width * MM]


def beside(one: Box, other: Box) -> bool:
    """The European block may be higher than the others: they share most of their height."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared >= 0.9 * min(one[3] - one[1], other[3] - other[1])


def rows(found: list[Box]) -> list[list[Box]]:
    """Boxes in rows, in the order in which they are read."""
    made: list[list[Box]] = []
    for box in sorted(found, key=lambda box: -box[1]):
        if made and beside(made[-1][0], box):
            made[-1].append(box)
        else:
            made.append([box])
    return [sorted(row) for row in made]


def crop(path: Path, box: Box, number: int = 1) -> Image.Image:
    page = page_drawn(path, number)
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
    with closing(pypdfium2.PdfDocument(path)) as document:
        last = len(document)
    found = [(1, box) for row in rows(boxes(path)) for box in row]
    owed = owed_logos(document_logos, examen.corpus)
    if len(found) < len(owed):
        # The funders of a convention between many close it.
        found += [(last, box) for row in rows(boxes(path, last)) for box in row]
    assert len(found) == len(owed)
    data = examen.corpus.workspace.data
    gaps = {
        logo.file: difference(crop(path, box, number), original(data / logo.file))
        for (number, box), logo in zip(found, owed, strict=True)
    }
    assert {file: gap for file, gap in gaps.items() if gap > TOLERANCE} == {}


def owed_sizes(found: list[Box]) -> list[int]:
    """How many logos each row of a set has: one row of five at most, unless they would be under
    the least height, then rows of three, of two, or of one; seven or eight are two rows of four."""
    common = min((box[3] - box[1] for box in found), default=1.0)
    # Their widths, in millimetres, at the least height.
    wide = [(box[2] - box[0]) * LEAST_LOGO / common for box in found]
    sizes = [5] if len(found) <= 5 else [4] if len(found) in {7, 8} else []
    for size in (*sizes, 3, 2):
        cut = [wide[i : i + size] for i in range(0, len(wide), size)]
        if all(sum(row) + CHARTER.logo_gap * (len(row) - 1) <= CHARTER.text_width for row in cut):
            return [len(row) for row in cut]
    return [1] * len(found)


def test_libreoffice_keeps_each_set_of_logos_on_its_rows(
    document_logos: Document, covers: Covers, examen: Examined
) -> None:
    found = rows(boxes(covers(document_logos)))
    owed = owed_logos(document_logos, examen.corpus)
    upper = sum(logo.ensemble != "financeurs" for logo in owed)
    every = [box for row in found for box in row]
    sizes = [*owed_sizes(every[:upper]), *owed_sizes(every[upper:])]
    assert [len(row) for row in found] == sizes
    for row in found:
        assert all(b[0] > a[2] for a, b in pairwise(row)), row
        assert row[0][0] > 50 and row[-1][2] < 546, "within the margins"
        assert min(box[3] - box[1] for box in row) >= 0.98 * LEAST_LOGO * MM, row
