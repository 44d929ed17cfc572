"""One YAML file, as plain data with the place of every key and value. Alone knows PyYAML.

Unquoted scalars are read by our own rules, narrower than YAML 1.1: null, true, false, decimal
integers and decimals with a point; everything else stays text, so `01000`, `no`, `12:30:00` and
`2026-01-02` lose nothing. Numbers with a point are `Decimal`: money must add up.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from dla_docs.load import yaml_problems as problems
from dla_docs.load.lines import CONFLICT, SEPARATORS, physical_lines, position
from dla_docs.load.source import Source, Span
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.words import plain

__all__ = ["ILLEGAL_IN_XML", "Source", "Span", "parse"]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
# The first letter tells: most values are words, and need no regular expression.
_NUMERIC = frozenset("-0123456789")
_CONSTANTS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
# What XML 1.0 has no place for, hence neither DOCX nor ODT.
ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# libyaml refuses these too, but gives no line for them.
_UNREADABLE = re.compile(f"{ILLEGAL_IN_XML.pattern[:-1]}\x7f-\x84\x86-\x9f]")


_TEXT_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})


class _Broken(Exception):
    """What stops the reading of a file: an event, what is wrong there, what to do."""

    def __init__(self, event: Any, message: str, hint: str) -> None:
        super().__init__(message)
        self.event, self.message, self.hint = event, message, hint


def parse(path: str, content: bytes) -> Source:
    """Read one YAML file. Never raises for what the file holds: faults are findings."""
    try:
        # UTF-16 without its mark is valid UTF-8 as long as it is plain ASCII.
        if 0 in content[:2]:
            raise UnicodeDecodeError("utf-8", content, 0, 1, "UTF-16")
        # Notepad still writes the mark of UTF-8 at the head of a file.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = position(content[: error.start].decode("latin-1"), error.start)
        return _unreadable(
            path, (), line, column, "le fichier n’est pas en UTF-8", "enregistrez-le en UTF-8"
        )
    lines = physical_lines(text)
    if mark := CONFLICT.search(text):
        return _unreadable(path, lines, *position(text, mark.start()), *problems.CONFLICT)
    if illegal := _UNREADABLE.search(text):
        return _illegal(path, lines, text, illegal)
    try:
        return _Reader(path, lines, SEPARATORS.sub(" ", text)).read()
    except _Broken as error:
        mark = error.event.start_mark
        return _unreadable(path, lines, mark.line + 1, mark.column + 1, error.message, error.hint)
    except yaml.MarkedYAMLError as error:
        return _syntax_fault(path, lines, error)
    except yaml.YAMLError:
        return _unreadable(path, lines, 1, 1, "le fichier n’est pas du YAML lisible", "")


class _Frame:
    """A mapping or a list being read: its data, its place, the key whose value comes next."""

    __slots__ = ("data", "key", "pointer", "span")

    def __init__(self, data: Any, pointer: Pointer, span: Span) -> None:
        self.data, self.pointer, self.span = data, pointer, span
        self.key: str | None = None


class _Reader:
    """One walk over the events of the parser, building data and places together.

    Events rather than a tree of nodes: three times faster (measured), and depth costs no stack.
    """

    def __init__(self, path: str, lines: tuple[str, ...], text: str) -> None:
        self.path, self.lines = path, lines
        self.parser = yaml.CSafeLoader(text)
        self.keys: dict[Pointer, Span] = {}
        self.values: dict[Pointer, Span] = {}
        self.faults: list[Finding] = []
        self.untold = 0
        self.anchors: dict[str, Any] = {}
        self.unused: dict[str, tuple[Span, Pointer]] = {}
        self.whole: list[Any] = []
        self.frames = [_Frame(self.whole, (), Span(1, 1, 1, 1))]
        self.visited = 0
        self.gaps, self.escapes, self.cuts = False, "\\" in text, problems.CUT.search(text)

    def read(self) -> Source:
        documents = 0
        event: Any
        while not isinstance(event := self.parser.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                frame = self.frames[-1]
                if frame.key is None and isinstance(frame.data, dict):
                    self._key(event, frame)
                else:
                    span = _span(event)
                    self._put(event, self._scalar(event, span), span)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                frame = self.frames.pop()
                self.values[frame.pointer] = Span(*frame.span[:2], *_span(event)[2:])
            elif isinstance(event, yaml.AliasEvent):
                self._put(event, self._copy(self._anchored(event), event), _span(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Broken(event, *problems.SEVERAL)
        for name, (span, pointer) in self.unused.items():
            self._fault("S-YAML", span, pointer, *problems.anchored(name))
        self.faults += self._others()
        data = self.whole[0] if self.whole else None
        places = (self.keys, self.values, self.lines)
        return Source(self.path, data, tuple(self.faults), *places, self.gaps, self.escapes)

    def _key(self, event: Any, frame: _Frame) -> None:
        """Remember a key; skip the value of one that is already there."""
        key = self._text(event, span := _span(event), frame.pointer)
        if key == "<<" and not event.style:
            raise _Broken(event, *problems.MERGE)
        place = (*frame.pointer, key)
        if key not in frame.data:
            self.keys[place] = span
            frame.key = key
            return
        first = self.keys[place].line
        message = f"la clé « {key} » est déjà écrite à la ligne {first}"
        self._fault("S-DOUBLON", span, place, message, "gardez une seule des deux")
        depth = 0
        while True:
            skipped = self.parser.get_event()
            self._count(skipped)
            depth += isinstance(skipped, yaml.CollectionStartEvent)
            depth -= isinstance(skipped, yaml.CollectionEndEvent)
            if depth == 0:
                return

    def _put(self, event: Any, value: Any, span: Span) -> Pointer:
        """Give a value to the key, or the rank, that awaits one."""
        frame = self.frames[-1]
        pointer: Pointer = ()
        if isinstance(frame.data, dict):
            if frame.key is None:
                raise _Broken(event, "une clé doit être un mot", problems.QUOTE)
            pointer = (*frame.pointer, frame.key)
            frame.data[frame.key] = value
            frame.key = None
        else:
            if len(self.frames) > 1:
                pointer = (*frame.pointer, len(frame.data))
            frame.data.append(value)
        self.values[pointer] = span
        self._count(event)
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self.anchors[event.anchor] = value
            if isinstance(event, yaml.ScalarEvent):
                self.unused[event.anchor] = (span, pointer)
        return pointer

    def _open(self, event: Any) -> None:
        data: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        span = _span(event)
        pointer = self._put(event, data, span)
        if event.tag not in {None, "!"}:
            self._fault("S-YAML", span, pointer, *problems.tagged(event.tag))
        self.frames.append(_Frame(data, pointer, span))
        if len(self.frames) > problems.MAX_DEPTH + 1:
            raise _Broken(event, *problems.ENDLESS)

    def _anchored(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            message = f"« *{event.anchor} » renvoie à une ancre qui n’existe pas"
            raise _Broken(event, message, problems.QUOTE)
        value = self.anchors[event.anchor]
        self.unused.pop(event.anchor, None)
        if any(frame.data is value for frame in self.frames):
            raise _Broken(event, *problems.ENDLESS)
        return value

    def _copy(self, value: Any, event: Any, inside: int = 0) -> Any:
        """An aliased value, in its own copy: what one place loses, the other keeps.

        `inside`: how many levels of it are around; those of the file count as well, for aliases
        of aliases go deeper than anything that is written.
        """
        self._count(event)
        if not isinstance(value, dict | list):
            return value
        if len(self.frames) + inside > problems.MAX_DEPTH:
            raise _Broken(event, *problems.ENDLESS)
        if isinstance(value, dict):
            return {key: self._copy(item, event, inside + 1) for key, item in value.items()}
        return [self._copy(item, event, inside + 1) for item in value]

    def _count(self, event: Any) -> None:
        self.visited += 1
        if self.visited > problems.MAX_NODES:
            raise _Broken(event, *problems.ENDLESS)

    def _scalar(self, event: Any, span: Span) -> Any:
        text: str = event.value
        # A block may speak of « #12 » in its own lines.
        if self.cuts and event.style not in {"|", ">"}:
            for lost in problems.cut(self._line(span.end_line), span.end_column - 1):
                self._fault("S-TEXTE", span, self._next(), *lost)
        if event.style or event.tag:
            if event.tag not in _TEXT_TAGS or (event.tag == "!" and not event.style):
                self._fault("S-YAML", span, self._next(), *problems.tagged(event.tag))
            self.gaps |= not plain(text)
            return self._text(event, span, self._next())
        if text in _CONSTANTS:
            self.gaps |= _CONSTANTS[text] is None
            return _CONSTANTS[text]
        if text[0] in _NUMERIC:
            # No float goes past 308 digits, and `int` refuses 4300: such a number stays a text.
            if _INTEGER.fullmatch(text) and len(text) < 300:
                return int(text)
            if _DECIMAL.fullmatch(text):
                return Decimal(text)
        elif not text.isascii():
            self.gaps |= not plain(text)
        return text

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def _next(self) -> Pointer:
        """Where the value being read goes."""
        frame = self.frames[-1]
        step = frame.key if isinstance(frame.data, dict) else len(frame.data)
        return (*frame.pointer, step) if len(self.frames) > 1 and step is not None else ()

    def _text(self, event: Any, span: Span, pointer: Pointer) -> str:
        """A text without the control characters that only an escape can bring."""
        text: str = event.value
        if event.style != '"' or not (illegal := ILLEGAL_IN_XML.search(text)):
            return text
        self._fault("S-GLYPHE", span, pointer, *problems.control("la valeur", illegal[0]))
        return ILLEGAL_IN_XML.sub("", text)

    def _fault(self, code: str, span: Span, pointer: Pointer, message: str, hint: str) -> None:
        if len(self.faults) < problems.MANY:
            self.faults.append(self._finding(code, span, pointer, message, hint))
        else:
            self.untold += 1

    def _others(self) -> Iterator[Finding]:
        if self.untold:
            told = f"ce fichier a {self.untold} autres défauts de lecture, qui ne sont pas dits ici"
            hint = "corrigez les premiers, puis relancez : dla check"
            yield self._finding("S-YAML", Span(1, 1, 1, 1), (), told, hint)

    def _finding(self, code: str, span: Span, pointer: Pointer, message: str, hint: str) -> Finding:
        # What is cut is a right reading of the file, whatever was meant: the others are not.
        severity = Severity.ALERTE if code == "S-TEXTE" else Severity.ERREUR
        place = (self.path, span.line, span.column)
        return Finding(code, severity, message, *place, hint, pointer=pointer)


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _syntax_fault(path: str, lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Source:
    # What lacks its end is shown where it begins, not where the reader gave up.
    begun = error.context_mark if str(error.problem) in problems.SHOWN_AT_START else None
    mark = begun or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = error.problem or ""
    here = lines[line - 1] if line <= len(lines) else ""
    if said == problems.NO_START and column <= len(here) and here[column - 1] in problems.STARTS:
        return _unreadable(path, lines, line, column, *problems.STARTS[here[column - 1]])
    if told := problems.begun(here):
        return _unreadable(path, lines, line, column, *told)
    if rank := problems.stuck(lines, line):
        return _unreadable(path, lines, rank, 1, *problems.STUCK)
    message, hint = problems.PROBLEMS.get(
        said, ("la syntaxe YAML n’est pas respectée", "vérifiez cette ligne")
    )
    return _unreadable(path, lines, line, column, message, hint)


def _illegal(path: str, lines: tuple[str, ...], text: str, illegal: re.Match[str]) -> Source:
    message, hint = problems.control("le fichier", illegal[0])
    place = position(text, illegal.start())
    fault = Finding("S-GLYPHE", Severity.ERREUR, message, path, *place, hint)
    return Source(path, None, (fault,), lines=lines)


def _unreadable(
    path: str, lines: tuple[str, ...], line: int, column: int, message: str, hint: str
) -> Source:
    public = (message, hint) if message in problems.CONSTANT else ("", "")
    fault = Finding("S-YAML", Severity.ERREUR, message, path, line, column, hint, public=public)
    return Source(path, None, (fault,), lines=lines)
