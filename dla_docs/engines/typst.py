"""Typst: PDF pages and rasterised drawings. Alone knows typst.

Fonts come from a package and from typst itself, never from the machine: bytes and line breaks
must not depend on where a document is made.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from functools import lru_cache

import typst

from dla_docs.disk.scratch import Scratch
from dla_docs.engines.fonts import family_folder
from dla_docs.engines.page_ends import AS_SET, End, Notch, best_notch, end_of
from dla_docs.model.errors import EngineError

STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
"""PDF/UA-1 (accessible) and PDF/A-2a (archival); `a-4` does not go with `ua-1` (measured)."""
TYPST_VERSION: str = vars(typst)["__version__"]
"""Version of the engine, which the stubs of typst forget."""
PPI = 300.0
"""Pixels per inch of rasterised drawings: what print asks for; 26 ms a logo (measured)."""

NOTCH = "cran.typ"
"""The file that tells a page how tight it is set."""
AGED = 5
"""Empty pages composed after each document, and one after each notch, for typst to forget the
former ones: it keeps what it laid out until ten compilations have passed without it, 2 GB at the
seventeenth document (measured). Ten would have it forget the fonts too: a sixth of a second a
document."""


def compile_pdf(
    source: str, files: Mapping[str, bytes], day: datetime.date, families: tuple[str, ...]
) -> bytes:
    """Compile a Typst source that names some files, dated at midnight UTC of a day.

    `files`: by name, what the source calls. `families`: the fonts it may use, beside typst's own.
    A source that tells where its text ends (`<fin>`) is laid out a notch tighter, or looser, until
    its last page is not nearly empty. Raises EngineError with what typst refused.
    """
    stamp = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    with Scratch() as folder:
        for file, content in files.items():
            folder.write(file, content)
        main = folder.write("main.typ", source.encode())

        def laid_out(notch: Notch) -> typst.Compiler:
            # In a file, and not said by `sys_inputs`: typst then keeps from one notch to the next
            # what does not depend on it, a fourth of the time of a page (measured).
            folder.write(NOTCH, notch.source.encode())
            return typst.Compiler(
                main,
                # No package, of this machine or of the network: our pages ask for none.
                package_path=folder.path,
                package_cache_path=folder.path,
                font_paths=_fonts(families),
            )

        def ended(notch: Notch) -> End:
            said = laid_out(notch).query("<fin>", field="value")
            _age(folder, 1)
            return end_of(json.loads(said))

        def written(notch: Notch) -> bytes:
            made = laid_out(notch).compile(format="pdf", pdf_standards=STANDARDS, timestamp=stamp)
            assert isinstance(made, bytes), "a PDF is one file"
            return made

        try:
            # Laid out at each notch, but written once: half of the time of a page.
            return _written(best_notch(ended) if "<fin>" in source else AS_SET, written)
        # Of which TypstError is one: a query raises it bare (measured).
        except RuntimeError as error:
            raise _refused(error) from error
        finally:
            _age(folder, AGED)


def _written(notch: Notch, written: Callable[[Notch], bytes]) -> bytes:
    """A PDF at a notch, or as it was set where typst cannot write it there."""
    try:
        return written(notch)
    except typst.TypstError:
        # Typst 0.15 loses its tags where a float follows a block of many pages: funders on the
        # first page, whose head holds a word of 2,000 letters (measured).
        return written(AS_SET)


def _age(folder: Scratch, times: int) -> None:
    """Let the memory of typst grow old: see `AGED`."""
    empty = typst.Compiler(folder.write("empty.typ", b""), font_paths=_fonts(()))
    for _ in range(times):
        empty.compile(format="svg")


def _refused(error: Exception) -> EngineError:
    if "package" in str(error):
        return EngineError(
            "page.typ demande un paquet de Typst : dla n’en lit aucun",
            "recopiez dans page.typ ce que vous vouliez de ce paquet",
        )
    return EngineError("typst n’a pas pu composer le PDF", f"détail technique : {error}")


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
