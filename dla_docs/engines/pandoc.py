"""Pandoc, as one lasting `pandoc lua` process fed with JSON lines. Alone knows pandoc.

A process start and a Markdown read cost more than the rest (measured in `docs/architecture.md`):
the worker is started once, when first needed, reads a document once and writes each format.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from dla_docs.confined import limits
from dla_docs.disk.errors import reason_of
from dla_docs.disk.scratch import Scratch
from dla_docs.model.errors import EngineError
from dla_docs.model.resources import installed_package

# Off for all: what makes markup of raw text, formulas, metadata or quotes by accident (`smart`
# writes English ones); figures and identifiers, which are ours to make; the tables where one
# misaligned row silently becomes garbage (measured). Pipe tables are left.
_OFF = (
    "smart raw_html raw_tex raw_attribute tex_math_dollars latex_macros yaml_metadata_block "
    "pandoc_title_block mmd_title_block citations example_lists implicit_figures auto_identifiers "
    "grid_tables multiline_tables simple_tables"
)
# Off in the data too: a text could take the look of a division, or the place of a mark of ours;
# then what takes signs of a sentence for its own (« ~ 12 », a line that begins with « : »), and
# what makes a title or a quotation depend on an empty line before it; and what is looked for again
# at each sign, for hours: « ~~a *b ~~c **d » ten times.
_OFF_IN_DATA = (
    "native_divs native_spans fenced_divs bracketed_spans header_attributes link_attributes "
    "fenced_code_attributes inline_code_attributes "
    "strikeout superscript subscript definition_lists implicit_header_references "
    "blank_before_header blank_before_blockquote"
)
TEMPLATE_FORMAT = "markdown" + "".join(f"-{e}" for e in _OFF.split())
"""What templates are written in."""
DATA_FORMAT = TEMPLATE_FORMAT + "".join(f"-{e}" for e in _OFF_IN_DATA.split())
"""What the Markdown texts of the data may hold: no attribute, no raw markup."""

TIMEOUT = 20.0
"""Seconds after which a job is abandoned: the longest of the demonstration takes 0.3."""
HEAP = "1g"
"""Memory of pandoc, as its runtime writes it, on every system: a document takes 100 MB."""

Block = dict[str, Any]
"""A block of pandoc's AST: `{"t": "Para", "c": [...]}`."""


@dataclass(frozen=True)
class Writing:
    """What pandoc needs to write one format, beside the blocks and the metadata.

    `epoch` is the date of the file, in seconds. `template` is a text, `reference` the bytes of a
    document. `media`: by the name that images have in the blocks, their mime type and bytes.
    `binary`: an archive, not a text.
    """

    format: str
    epoch: int
    template: str | None = None
    reference: bytes | None = None
    variables: Mapping[str, str] | None = None
    media: Mapping[str, tuple[str, bytes]] | None = None
    binary: bool = False


class Overwhelmed(EngineError):
    """Pandoc did not answer in time, or died of what it was asked."""


class Pandoc:
    """The worker. Use as a context manager; it starts at the first job.

    `version` is known once something was read.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._scratch = Scratch()
        self._api: Sequence[int] = ()
        self.version = ""

    def __enter__(self) -> "Pandoc":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker, for who cannot use a context manager; it starts again if asked."""
        self._stop()
        self._scratch.close()

    def read(
        self, template_text: str, data_texts: Sequence[str], seconds: float | None = None
    ) -> list[list[Block]]:
        """Parse a filled template and the Markdown texts it sets aside, in that order.

        `seconds`: how long it may take, TIMEOUT if not given. Raises EngineError, of which
        Overwhelmed for texts that are beyond pandoc.
        """
        texts = [{"text": template_text, "format": TEMPLATE_FORMAT}]
        texts += [{"text": text, "format": DATA_FORMAT} for text in data_texts]
        answer = self._job({"op": "read", "texts": texts}, seconds)
        with _as_expected():
            asts = [json.loads(ast) for ast in answer["asts"]]
            self.version, self._api = str(answer["version"]), asts[0]["pandoc-api-version"]
            return [list(ast["blocks"]) for ast in asts]

    def write(self, blocks: Sequence[Block], meta: Mapping[str, str], writing: Writing) -> bytes:
        """Write blocks in one format; `meta` becomes the file's properties. Raises EngineError."""
        ast = {
            "pandoc-api-version": self._api,
            "meta": {key: {"t": "MetaString", "c": text} for key, text in meta.items()},
            "blocks": list(blocks),
        }
        job: dict[str, Any] = {
            "op": "write",
            "ast": json.dumps(ast),
            "format": writing.format,
            "template": writing.template,
            "variables": dict(writing.variables or {}),
            "epoch": str(writing.epoch),
            "media": [],
        }
        # By files: JSON carries no bytes.
        for rank, (name, (mime, content)) in enumerate((writing.media or {}).items()):
            path = self._scratch.write(f"media-{rank}", content)
            job["media"].append({"name": name, "mime": mime, "path": str(path)})
        if writing.reference:
            job["reference"] = str(self._scratch.write("reference", writing.reference))
        if not writing.binary:
            answer = self._job(job)
            with _as_expected():
                return str(answer["text"]).encode()
        self._job({**job, "output": str(self._scratch.path / "output")})
        return self._scratch.read("output")

    def _job(self, job: Mapping[str, Any], seconds: float | None = None) -> dict[str, Any]:
        """Send a job and wait for its answer; a dead worker is restarted once."""
        line = json.dumps(job)
        most = TIMEOUT if seconds is None else seconds
        answer = self._ask(line, most)
        if answer is None:
            # Once only: a worker that dies again dies of this document.
            self._stop()
            answer = self._ask(line, most)
        if answer is None:
            raise Overwhelmed(
                "pandoc s’est arrêté deux fois de suite sur ce document",
                "cherchez un texte démesuré dans ses données",
            )
        with _as_expected():
            result: dict[str, Any] = dict(json.loads(answer))
        if "error" in result:
            raise EngineError(
                "pandoc n’a pas pu écrire le document", f"détail technique : {result['error']}"
            )
        return result

    def _ask(self, line: str, seconds: float) -> str | None:
        """One exchange; None when the worker died. Raises Overwhelmed past the time limit."""
        process = self._running()
        assert process.stdin is not None, "the worker is started with a pipe"
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            return self._answers.get(timeout=seconds)
        except OSError:
            return None
        except queue.Empty:
            self._stop()
            raise Overwhelmed(
                f"document abandonné : pandoc n’a pas répondu en {seconds:.0f} secondes",
                "cherchez un texte démesuré dans ses données",
            ) from None

    def _running(self) -> subprocess.Popen[str]:
        if self._process and self._process.poll() is None:
            return self._process
        self._stop()
        script = Path(__file__).with_name("pandoc_worker.lua")
        memory = ("+RTS", f"-M{HEAP}", "-RTS")
        # Where it keeps the history of a console that nobody opens.
        scratch = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._scratch.path))
        try:
            self._process = subprocess.Popen(
                [str(_executable()), *memory, "lua", str(script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Faults come back as answers; a pipe that nobody reads would fill and block.
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                cwd=self._scratch.path,
                env={**os.environ, **scratch},
                preexec_fn=limits.AT_BIRTH,
            )
        except OSError as error:
            absent = isinstance(error, FileNotFoundError)
            reason = "il est introuvable" if absent else reason_of(error)
            raise EngineError(f"pandoc ne démarre pas ({reason})", _REINSTALL) from error
        self._answers = queue.Queue()
        # Reading in a thread gives a time limit on Windows too, where pipes have none.
        arguments = (self._process.stdout, self._answers)
        threading.Thread(target=_listen, args=arguments, daemon=True).start()
        return self._process

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                _close(pipe)
        self._process = None


def _listen(stdout: IO[str], answers: "queue.Queue[str | None]") -> None:
    try:
        for line in stdout:
            answers.put(line)
    except (OSError, ValueError):
        pass
    answers.put(None)


def _close(pipe: IO[str]) -> None:
    try:
        pipe.close()
    except OSError:
        # A dead worker leaves a broken pipe, whose unsent line no longer matters.
        return


def _executable() -> Path:
    """The pandoc that `pypandoc_binary` ships; importing pypandoc would cost 70 ms."""
    folder = installed_package("pypandoc") / "files"
    return folder / ("pandoc.exe" if sys.platform == "win32" else "pandoc")


_REINSTALL = "réinstallez dla : pandoc est livré avec lui (paquet pypandoc_binary)"


@contextmanager
def _as_expected() -> Iterator[None]:
    """What another program in the place of pandoc answers, as EngineError."""
    try:
        yield
    except RecursionError:
        raise Overwhelmed(
            "document abandonné : un de ses textes s’emboîte sans fin", "écrivez-le plus à plat"
        ) from None
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise EngineError("pandoc a répondu ce qui n’a pas de sens pour dla", _REINSTALL) from error
