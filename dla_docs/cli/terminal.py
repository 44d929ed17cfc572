"""The door through which every word leaves: no other module writes to the terminal.

What is said is given line by line, and a line stays one: an end of line, a sign of command or of
direction that a name, a key or a value holds is shown by its number (`words.one_line`), so that
nothing outside speaks in our name. A stream that is closed or full is told where there is somewhere
to tell it.
"""

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO, TypeVar, cast

import click

from dla_docs.confined import clock
from dla_docs.disk.errors import reason_of
from dla_docs.model.errors import OutputError
from dla_docs.model.words import harmless, one_line, visible

T = TypeVar("T")

_heard: ContextVar[list[tuple[bool, str]] | None] = ContextVar("heard", default=None)

BROKEN_PIPE = 141
"""The exit code when the reader left (`| head`): what a shell gives to a program it ends so."""


def out(*lines: str) -> None:
    """Lines on stdout: what was asked for. Raises OutputError, or Exit when nobody reads it."""
    _write("\n".join(map(one_line, lines)))


def err(*lines: str) -> None:
    """Lines on stderr: what goes with it. Where that is full, there is nowhere left to say so."""
    if lines:
        _write_err("\n".join(map(one_line, lines)))


@contextmanager
def heard() -> Iterator[list[tuple[bool, str]]]:
    """What is said meanwhile, in order: whether it goes with what was asked for, and the text."""
    said: list[tuple[bool, str]] = []
    before = _heard.set(said)
    try:
        yield said
    finally:
        _heard.reset(before)


def streams() -> list[tuple[bool, str]]:
    """What each of the three is: whether a person is there, and its encoding."""
    three = (sys.stdin, sys.stdout, sys.stderr)
    return [(_is_terminal(one), str(getattr(one, "encoding", ""))) for one in three]


def again(said: Iterable[tuple[bool, str]]) -> None:
    """Say once more what was heard."""
    for beside, text in said:
        (_write_err if beside else _write)(text)


def commands(lines: Iterable[str]) -> None:
    """Lines that the runner of GitHub Actions obeys: each is one command, made by us."""
    _write("\n".join(harmless(visible(line)) for line in lines))


def data(value: Any, ascii_only: bool = False) -> None:
    """Data as indented JSON, its texts as safe to show as lines are.

    `ascii_only`: for a tool that wants UTF-8, whatever the encoding of the console.
    """
    plain = ascii_only or not _is_unicode(sys.stdout)
    text = json.dumps(_safe(value), ensure_ascii=plain, indent=2)
    # A mark of command is a part of a text here: an escape of JSON keeps its value.
    _write(harmless(text, "\\u{:04x}"))


def ask(question: str, default: str) -> str:
    """What the person answers, who may take their time; the default where nobody can."""
    clock.stop()
    try:
        answer: str = click.prompt(one_line(question), default=default, err=True)
    except OSError:
        return default
    return answer.strip().lower()


def line(prompt: str) -> str | None:
    """One line that is typed, or piped, without its end; None where there is no more to read.

    What is not UTF-8 comes as lone surrogates, which no answer may hold. Raises KeyboardInterrupt.
    """
    clock.stop()
    try:
        if attended() and _is_terminal(sys.stdout):
            # Arrows and accents are edited, and a line is not cut at 4,096 signs.
            with suppress(ImportError):
                import_module("readline")
            return input(one_line(prompt))
        click.echo(one_line(prompt), err=True, nl=not attended())
        typed = sys.stdin.readline() if sys.stdin else ""
    except (EOFError, OSError, ValueError):
        return None
    return typed.rstrip("\r\n") if typed else None


def edited(text: str) -> str | None:
    """A text once changed in the person's own editor; None where it was left, or there is none."""
    try:
        return click.edit(text, extension=".md")
    except click.ClickException:
        return None


def attended() -> bool:
    """Whether a person can be asked."""
    return _is_terminal(sys.stdin)


def watched() -> bool:
    """Whether a person sees stderr."""
    return _is_terminal(sys.stderr)


def progress(
    steps: Iterator[T], length: int, label: str
) -> AbstractContextManager[Iterable[T], bool | None]:
    """A progress bar over steps on a terminal: not in a pipe, nor in the log of a CI.

    Such a log would keep each state of the bar.
    """
    hidden = not watched() or bool(os.environ.get("CI"))
    file = cast(TextIO, _Bar())
    return click.progressbar(steps, length=length, label=label, file=file, hidden=hidden)


class _Bar:
    """Stderr for a progress bar: a terminal that went away stops no work."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()

    def isatty(self) -> bool:
        return watched()


def prepare() -> None:
    """Make the three streams safe to use: called once, before anything is opened.

    A stream that is closed has its number taken by nothing: the next file opened would have it,
    and what a library prints would go into that file.
    """
    closed = [number for number in range(3) if not _is_open(number)]
    if closed:
        with Path(os.devnull).open("wb") as nowhere:
            # Its own number may be one of the three, and leaves with it.
            spare = os.dup(nowhere.fileno())
        for number in closed:
            os.dup2(spare, number)
        if spare not in closed:
            os.close(spare)
        else:
            os.set_inheritable(spare, True)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows another rather than stop the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        # What is not of the encoding is refused as an answer, and stops nothing.
        sys.stdin.reconfigure(errors="surrogateescape")


def is_of_output(error: OSError) -> bool:
    """Whether an error is what Click, which writes help by itself, meets on a stream."""
    full = {errno.ENOSPC, errno.EPIPE, errno.EINVAL, errno.EIO, errno.EBADF}
    return error.filename is None and error.errno in full


def unsaid(error: OSError) -> Exception:
    """What to raise when stdout could not be written; nothing more is sent to it."""
    _mute(sys.stdout)
    # Windows says EINVAL of a pipe that nobody reads any more.
    if error.errno in {errno.EPIPE, errno.EINVAL}:
        return click.exceptions.Exit(BROKEN_PIPE)
    return OutputError(
        f"la sortie ne peut pas être écrite : {reason_of(error)}",
        "libérez de la place, ou envoyez la sortie ailleurs, puis recommencez",
    )


def _write_err(text: str) -> None:
    if (said := _heard.get()) is not None:
        said.append((True, text))
    try:
        click.echo(text, err=True)
    except OSError:
        _mute(sys.stderr)


def _write(text: str) -> None:
    if (said := _heard.get()) is not None:
        said.append((False, text))
    try:
        click.echo(text)
    except OSError as error:
        raise unsaid(error) from error


def _mute(stream: Any) -> None:
    """Send what is left of a stream nowhere: Python tries once more when it ends, and complains."""
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _is_terminal(stream: Any) -> bool:
    # A stream that was closed before us is None.
    return stream is not None and not stream.closed and stream.isatty()


def _is_unicode(stream: Any) -> bool:
    """Whether a stream has a sign for each of a text; one that is not there loses none."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def _safe(value: Any) -> Any:
    """Data whose texts and keys are safe to show."""
    if isinstance(value, str):
        # JSON writes a line end as two signs, which start no line.
        return "\n".join(map(visible, value.split("\n")))
    if isinstance(value, dict):
        return {visible(str(key)): _safe(inner) for key, inner in value.items()}
    return [*map(_safe, value)] if isinstance(value, list | tuple) else value
