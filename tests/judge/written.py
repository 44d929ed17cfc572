"""Documents as people write them who never saw our form: their blocks, and three programs.

Each is a file of `papers/`, by a hand of its own: its words, its order, its faults.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import odfdo
import PIL.Image
import typst
from docx.shared import Cm

from dla_docs.engines.typst import rasterise
from dla_docs.load.yaml_reader import parse
from tests.scenes import ROOT

Block = tuple[str, object]
"""« titre », « gras » (a title in bold alone), « texte », « tableau », « logos » by their names,
« page » (a new one)."""
PAPERS = Path(__file__).parent / "papers"


@dataclass(frozen=True, eq=False)
class Paper:
    """A document that came: its format, its blocks, and what a careful reader finds in it.

    `absent`: the points that are not there. `partly`: those of which only a part is there, which
    nobody can call present or absent. All the others are there.
    """

    name: str
    format: str
    blocks: Sequence[Block]
    absent: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    told: tuple[str, ...] = ()

    def content(self) -> bytes:
        """Its bytes, as its program saves it."""
        return WRITERS[self.format](self.blocks)


def papers(kind: str) -> tuple[Paper, ...]:
    """The papers of a kind, in order of name: `propositions`, `rapports`."""
    return tuple(_paper(path) for path in sorted((PAPERS / kind).glob("*.yaml")))


def _paper(path: Path) -> Paper:
    data = parse(path.name, path.read_bytes()).data
    blocks = tuple(next(iter(block.items())) for block in data["blocs"])
    absent, partly = frozenset(data["absents"] or ()), frozenset(data["partiels"] or ())
    return Paper(path.stem, data["format"], blocks, absent, partly, tuple(data["dit"] or ()))


@cache
def logo(name: str) -> bytes:
    """A logo as people paste one: a JPEG, 80 points high, on white."""
    drawing = (ROOT / "dossiers" / "logos" / f"{name}.svg").read_bytes()
    with PIL.Image.open(BytesIO(rasterise(drawing, "svg", 20.0))) as image:
        whole = image.convert("RGBA")
    white = PIL.Image.new("RGBA", whole.size, "white")
    flat = PIL.Image.alpha_composite(white, whole).convert("RGB")
    made = BytesIO()
    flat.resize((round(80 * flat.width / flat.height), 80)).save(made, "JPEG", quality=80)
    return made.getvalue()


def _docx(blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    for kind, held in blocks:
        match kind:
            case "titre":
                document.add_heading(str(held), 1)
            case "gras":
                document.add_paragraph().add_run(str(held)).bold = True
            case "page":
                document.add_page_break()
            case "logos":
                run = document.add_paragraph().add_run()
                for name in held:  # type: ignore[attr-defined]
                    run.add_picture(BytesIO(logo(name)), height=Cm(1.5))
            case "tableau":
                rows: Sequence[Sequence[str]] = held  # type: ignore[assignment]
                table = document.add_table(len(rows), len(rows[0]))
                for line, row in zip(table.rows, rows, strict=True):
                    for cell, text in zip(line.cells, row, strict=True):
                        cell.text = text
            case _:
                document.add_paragraph(str(held))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _odt(blocks: Sequence[Block]) -> bytes:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    for rank, (kind, held) in enumerate(blocks):
        match kind:
            case "titre":
                body.append(odfdo.Header(1, str(held)))
            case "page":
                continue
            case "logos":
                for name in held:  # type: ignore[attr-defined]
                    path = f"Pictures/{name}.jpg"
                    document.container.set_part(path, logo(name))
                    document.manifest.add_full_path(path, "image/jpeg")
                    frame = odfdo.Frame.image_frame(path, size=("4cm", "1.5cm"))
                    paragraph = odfdo.Paragraph("")
                    paragraph.append(frame)
                    body.append(paragraph)
            case "tableau":
                table = odfdo.Table(f"Tableau{rank}")
                for row in held:  # type: ignore[attr-defined]
                    line = odfdo.Row()
                    line.set_values(list(row))
                    table.append(line)
                body.append(table)
            case _:
                body.append(odfdo.Paragraph(str(held)))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _pdf(blocks: Sequence[Block]) -> bytes:
    source = ['#set text(lang: "fr", font: "Libertinus Serif")', '#set page(paper: "a4")']
    images: dict[str, bytes] = {}
    for kind, held in blocks:
        match kind:
            case "titre" | "gras":
                source.append(f"#heading(level: 1, {_said(held)})")
            case "page":
                source.append("#pagebreak()")
            case "logos":
                names = list(held)  # type: ignore[call-overload]
                images |= {name: logo(name) for name in names}
                source += [
                    f'#image(read("{name}.jpg", encoding: none), height: 1.5cm)' for name in names
                ]
            case "tableau":
                rows: Sequence[Sequence[str]] = held  # type: ignore[assignment]
                cells = ", ".join(_said(cell) for row in rows for cell in row)
                source.append(f"#table(columns: {len(rows[0])}, {cells})")
            case _:
                source.append(f"#par({_said(held)})")
    with TemporaryDirectory() as folder:
        for name, content in images.items():
            (Path(folder) / f"{name}.jpg").write_bytes(content)
        main = Path(folder) / "main.typ"
        main.write_text("\n\n".join(source), encoding="utf-8")
        return typst.compile(main)  # type: ignore[no-any-return,call-overload]


def _said(text: object) -> str:
    words = str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'text("{words}")'


WRITERS = {"docx": _docx, "odt": _odt, "pdf": _pdf}
