"""The questions of a file, one after the other, each answer written in it at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import wrap
from typing import Any

from dla_docs.cli import terminal
from dla_docs.cli.common import near
from dla_docs.create.asking.answers import read_answer
from dla_docs.create.asking.closed import Refused
from dla_docs.create.asking.interview import Put, answered, edits_of, trimmed
from dla_docs.create.asking.questions import (
    Form,
    Progress,
    Question,
    is_closed,
    next_question,
)
from dla_docs.create.asking.received import relieved
from dla_docs.create.asking.wording import Known, lines, more, proposed, shown
from dla_docs.disk.errors import Unreadable
from dla_docs.disk.reading import DATA, read
from dla_docs.disk.writing import rewrite
from dla_docs.edit.edit import changed
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import RequestError
from dla_docs.model.findings import Severity
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.words import folded

HELP, BACK, PASS, STOP, EDITOR = "?", "<", "p", "q", "e"
"""What may be typed instead of an answer, at any question (the editor: for a long text)."""
END = "."
"""What ends a long text, alone on its line."""
WIDTH = 96
"""Longest line that is shown, in signs."""
REMINDED = 2
"""Empty lines in a row after which a person is told how a long text ends."""


Create = Callable[[str, str], bool]
"""Makes the record of a word in a list of names, if the person wants it; whether it did."""


@dataclass(frozen=True)
class Sheet:
    """A file that is being answered: where it is, what it holds in general, what names lead to.

    `create` makes the record of an unknown name of a list, if the person wants it and it may be.
    """

    path: Path
    root: Path
    schema: Schema
    known: Known
    create: Create


class Stopped(Exception):
    """The person stops here, or there is nobody left to answer."""


class Gone(Exception):
    """The person goes back to the question before."""


def content(sheet: Sheet) -> str:
    """The text of the file. Raises RequestError for one that cannot be read, or has faults."""
    try:
        text = read(sheet.path, (sheet.root,), DATA).decode()
    except (Unreadable, UnicodeDecodeError) as error:
        why = "n’est pas en UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        told = f"{near(sheet.path)} : ce qui porte ce nom {why}"
        raise RequestError(told, "rien n’y a été changé") from error
    source = parse(near(sheet.path), text.encode())
    for fault in source.faults:
        if fault.severity is Severity.ERREUR:
            raise RequestError(
                f"{near(sheet.path)}, ligne {fault.line} : {fault.message}",
                f"corrigez-le d’abord, rien n’y a été changé : dla check {near(sheet.path)}",
            )
    return text


def converse(sheet: Sheet, progress: Progress) -> Progress:
    """Ask all that is left of a file. Raises Stopped when the person stops before the end."""
    text, asked = _relieved(sheet, content(sheet), progress), list[Question]()
    again: Question | None = None
    while question := again or next_question(sheet.schema, data_of(text), progress):
        again = None
        try:
            value = _answer(question, sheet, data_of(text))
        except Gone:
            again = _before(asked, question, data_of(text))
            continue
        puts, after = answered(question, value, data_of(text), progress)
        written = _written(sheet, text, puts)
        if written is None:
            text = content(sheet)
            continue
        text, progress = _relieved(sheet, written, after), after
        asked.append(question)
    return progress


def data_of(text: str) -> dict[str, Any]:
    """The data of a file, without what is empty."""
    data = trimmed(parse("", text.encode()).data)
    return data if isinstance(data, dict) else {}


def _relieved(sheet: Sheet, text: str, progress: Progress) -> str:
    """The text of the file, without the empty keys that what was received stands for."""
    new = relieved(text, progress.instead, sheet.schema) if progress.instead else text
    if new != text:
        rewrite(sheet.path, new.encode(), text.encode(), sheet.root)
    return new


def _before(asked: list[Question], question: Question, data: Any) -> Question:
    """The question before, with what was answered proposed; the same where it is the first."""
    if not asked:
        terminal.err("C’est la première question.")
        return question
    former = asked.pop()
    if former.form in {Form.KNOWN, Form.ALSO, Form.COLUMN}:
        return former
    value = at(data, former.pointer)
    return replace(former, proposed=former.proposed if value is None else value)


def _written(sheet: Sheet, text: str, puts: tuple[Put, ...]) -> str | None:
    """The text once an answer is in the file; None where another hand answered meanwhile.

    What was written elsewhere in the file meanwhile is kept. Raises RequestError and DiskError.
    """
    if not puts:
        return text
    now = content(sheet)
    before, data = data_of(text), data_of(now)
    for place, value in puts:
        theirs = at(data, place)
        if theirs != at(before, place) and theirs not in (None, value):
            said = shown(theirs, field_at(sheet.schema, place))
            terminal.err(f"  Quelqu’un a écrit « {said} » à cette place : c’est gardé.")
            return None
    new = changed(now, edits_of(puts, data), sheet.schema)
    rewrite(sheet.path, new.encode(), now.encode(), sheet.root)
    return new


def _answer(question: Question, sheet: Sheet, data: Any) -> Any:
    """The value that the person gives; None to pass. Raises Stopped and Gone."""
    told = lines(question, sheet.schema, data, sheet.known)
    terminal.err("", *(part for line in told for part in _wrapped(line)))
    while True:
        text = _typed(question)
        if text is None or text.strip() == STOP:
            raise Stopped
        word = text.strip()
        if word == HELP:
            terminal.err(*more(question, sheet.known.names))
        elif word == BACK:
            raise Gone
        elif word == PASS:
            return None
        elif not word:
            return question.proposed
        else:
            value = _read(text, question, sheet)
            if value is not None:
                return value


def _wrapped(line: str) -> list[str]:
    """A line within the width of a terminal."""
    indent = " " * (len(line) - len(line.lstrip()))
    return wrap(line, WIDTH, subsequent_indent=f"{indent}  ", break_on_hyphens=False) or [""]


def _typed(question: Question) -> str | None:
    """What is typed: one line, or several for a text or a list."""
    prompt = f"{proposed(question)}> "
    first = terminal.line(prompt)
    if first is None or not is_long(question):
        return first
    word = first.strip()
    if question.form is Form.TEXT and word == EDITOR and terminal.attended():
        current = question.proposed if isinstance(question.proposed, str) else ""
        return terminal.edited(current) or ""
    if word in {"", HELP, BACK, PASS, STOP, END}:
        return "" if word == END else first
    return _several(first, question.form is Form.LIST)


def is_long(question: Question) -> bool:
    """Whether an answer has several lines: a text, a list of words."""
    closed = question.form is Form.LIST and is_closed(question.field.get("items", {}))
    return question.form in {Form.TEXT, Form.LIST} and not closed


def _several(first: str, listed: bool) -> str:
    """The lines of a list, up to an empty one; of a text, up to a point, or the end of input."""
    typed, empty = [first], 0
    while (line := terminal.line("… ")) is not None:
        if line.strip() == END or (listed and not line.strip()):
            break
        typed.append(line)
        empty = 0 if line.strip() else empty + 1
        if empty == REMINDED and terminal.attended():
            terminal.err("  (un point seul sur une ligne termine le texte)")
    return "\n".join(typed).strip("\n") + ("" if listed else "\n")


def _read(text: str, question: Question, sheet: Sheet) -> Any:
    """The value of an answer; None, once told why, where it has none.

    An unknown name is read again once its record is made.
    """
    for made in (False, True):
        try:
            return read_answer(text, question, sheet.known.names)
        except Refused as refused:
            if made or not refused.target or not sheet.create(refused.target, refused.word):
                terminal.err(f"  {refused}.")
                return _completed(refused, question, sheet) if refused.cell else None
    return None


def _completed(refused: Refused, question: Question, sheet: Sheet) -> Any:
    """A line of which one cell was wrong, once this one is given again; the others are kept."""
    terminal.err("  Le reste de la ligne est gardé.")
    alone = replace(question, columns=(refused.cell,), proposed=None, last=False)
    try:
        again = _answer(alone, sheet, {}) or {refused.cell: None}
    except Gone:
        return None
    return {**refused.kept, **again}


def yes(question: str) -> bool:
    """Whether the person says yes, as Enter does. Raises Stopped."""
    said = terminal.line(f"{question} [oui] > ")
    if said is None:
        raise Stopped
    return folded(said.strip()) in {"", "o", "oui", "y", "yes"}


def one(question: Question, schema: Schema, known: Known, create: Create) -> Any:
    """The answer to a question that stands before any file. Raises Stopped."""
    sheet = Sheet(Path(), Path(), schema, known, create)
    while True:
        try:
            value = _answer(question, sheet, {})
        except Gone:
            continue
        if value is None:
            # Nothing can be made without it.
            raise Stopped
        return value
