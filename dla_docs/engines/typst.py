"""Typst: PDF pages and rasterised drawings. Alone knows typst.

Fonts come from a package and from typst itself, never from the machine: bytes and line breaks
must not depend on where a document is made.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import typst

from dla_docs.disk.scratch import Scratch
from dla_docs.engines.fonts import family_folder
from dla_docs.model.errors import EngineError

STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
"""PDF/UA-1 (accessible) and PDF/A-2a (archival); `a-4` does not go with `ua-1` (measured)."""
TYPST_VERSION: str = vars(typst)["__version__"]
"""Version of the engine, which the stubs of typst forget."""
LEAST_FILLED = 0.29
"""The part of a last page that its text fills, at least: a quarter (charte des pages, §7), and the
space below its last block."""
NOTCHES = (
    *({"cran": str(notch)} for notch in (1, 2, 3, 4)),
    *({"cran": str(notch), "pied": "premier"} for notch in (0, 1, 2, 3, 4)),
    *({"cran": str(notch)} for notch in (-1, -2, -3)),
)
"""What the source is told, in order, until it ends well: tables smaller, lines closer, less air
above headings, letters of 10 points; the same with the funders at the foot of the first page; then
looser, for a page that nothing empties."""
PPI = 300.0
"""Pixels per inch of rasterised drawings: what print asks for; 26 ms a logo (measured)."""


@dataclass(frozen=True)
class Ended:
    """Where the text of a document ends: its page, of how many, the part of that page it fills."""

    page: int
    pages: int
    filled: float

    @property
    def shown(self) -> float:
        """The part of the last page that the text fills, all of it where there is but one."""
        return 1.0 if self.pages == 1 else self.filled if self.page == self.pages else 0.0


def compile_pdf(
    source: str, files: Mapping[str, bytes], day: datetime.date, families: tuple[str, ...]
) -> bytes:
    """Compile a Typst source that names some files, dated at midnight UTC of a day.

    `files`: by name, what the source calls. `families`: the fonts it may use, beside typst's own.
    A source that tells where its text ends (`<fin>`) is set a notch tighter, or looser, until its
    last page is not nearly empty (`NOTCHES`). Raises EngineError with what
    typst refused.
    """
    stamp = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    with Scratch() as folder:
        for file, content in files.items():
            folder.write(file, content)
        main = folder.write("main.typ", source.encode())
        # No package, of this machine or of the network: none is asked for by our pages.
        compiler = typst.Compiler(
            main,
            package_path=folder.path,
            package_cache_path=folder.path,
            font_paths=_fonts(families),
        )

        def at(inputs: dict[str, str]) -> bytes:
            made = compiler.compile(
                format="pdf", pdf_standards=STANDARDS, timestamp=stamp, sys_inputs=inputs
            )
            assert isinstance(made, bytes), "a PDF is one file"
            return made

        try:
            best, most = at({}), _ended(compiler).shown if "<fin>" in source else 1.0
            for notch in NOTCHES:
                if most >= LEAST_FILLED:
                    break
                made, shown = at(notch), _ended(compiler).shown
                best, most = (made, shown) if shown > most else (best, most)
            return best
        except typst.TypstError as error:
            raise _refused(error) from error


def _ended(compiler: typst.Compiler) -> Ended:
    """What the source last compiled says of its end."""
    said = json.loads(compiler.query("<fin>", field="value"))
    return Ended(**said[0]) if said else Ended(1, 1, 1.0)


def _refused(error: typst.TypstError) -> EngineError:
    if "package" in error.message:
        return EngineError(
            "page.typ demande un paquet de Typst : dla n’en lit aucun",
            "recopiez dans page.typ ce que vous vouliez de ce paquet",
        )
    return EngineError("typst n’a pas pu composer le PDF", f"détail technique : {error.message}")


# A few logos at a few heights serve every document of a run.
@lru_cache(maxsize=128)
def rasterise(content: bytes, kind: str, height: float, families: tuple[str, ...] = ()) -> bytes:
    """A drawing as PNG at 300 ppi, on a transparent ground; `height` in millimetres.

    `families` are the fonts of its text, if it has some. Raises EngineError for what typst cannot
    read.
    """
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        f'#image("drawing.{kind}", height: {height:.2f}mm)'
    )
    with Scratch() as folder:
        folder.write(f"drawing.{kind}", content)
        main = folder.write("main.typ", source.encode())
        try:
            return typst.compile(
                main,
                # No package, of this machine or of the network: none is asked for by our pages.
                package_path=folder.path,
                package_cache_path=folder.path,
                format="png",
                ppi=PPI,
                font_paths=_fonts(families),
            )
        except typst.TypstError as error:
            raise EngineError(
                "typst ne lit pas une image", f"détail technique : {error.message}"
            ) from error


@lru_cache(maxsize=8)
def _fonts(families: tuple[str, ...]) -> typst.Fonts:
    """The families asked for: scanning every font of the package costs start-up."""
    folders = [folder for family in families if (folder := family_folder(family))]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
