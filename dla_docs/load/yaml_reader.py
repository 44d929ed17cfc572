"""One YAML file, as plain data with the place of every key and value. Alone knows PyYAML.

Unquoted scalars are read by our own rules, narrower than YAML 1.1: null, true, false, decimal
integers and decimals with a point; everything else stays text, so `01000`, `no`, `12:30:00` and
`2026-01-02` lose nothing. Numbers with a point are `Decimal`: money must add up.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from dla_docs.load import yaml_problems as problems
from dla_docs.load.lines import CONFLICT, SEPARATORS, physical_lines, position
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.words import plain

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


class Span(NamedTuple):
    """A place in a file; lines and columns count from 1, `end` is just past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """A file read: its data, and where each key and value stands.

    `path` is relative to the workspace. `data` is None for an empty or unreadable file; then
    `faults` says why. `lines` serve the excerpts of messages. `gaps`: some value is empty;
    `escapes`: some text may say more than its letters.
    """

    path: str
    data: Any
    faults: tuple[Finding, ...] = ()
    keys: dict[Pointer, Span] = field(default_factory=dict, repr=False)
    values: dict[Pointer, Span] = field(default_factory=dict, repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)
    gaps: bool = False
    escapes: bool = False

    def place(self, pointer: Pointer) -> Span:
        """Where a datum is; for an absent one, the key of the nearest mapping that lacks it."""
        if pointer in self.values:
            return self.values[pointer]
        for size in range(len(pointer) - 1, 0, -1):
            parent = pointer[:size]
            if parent in self.keys:
                return self.keys[parent]
            if parent in self.values:
                return self.values[parent]
        return Span(1, 1, 1, 1)

    def key_place(self, pointer: Pointer) -> Span:
        """Where the key of a datum is written."""
        return self.keys.get(pointer) or self.place(pointer)

    def finding(
        self,
        code: str,
        message: str,
        pointer: Pointer = (),
        severity: Severity = Severity.ERREUR,
        hint: str = "",
        source: str = "",
        also: tuple[str, ...] = (),
        at_key: bool = False,
    ) -> Finding:
        """A finding about a datum of this file, at its place."""
        span = self.key_place(pointer) if at_key else self.place(pointer)
        return Finding(
            code, severity, message, self.path, span.line, span.column, hint, source, pointer, also
        )


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

    def _copy(self, value: Any, event: Any) -> Any:
        """An aliased value, in its own copy: what one place loses, the other keeps."""
        self._count(event)
        if isinstance(value, dict):
            return {key: self._copy(item, event) for key, item in value.items()}
        if isinstance(value, list):
            return [self._copy(item, event) for item in value]
        return value

    def _count(self, event: Any) -> None:
        self.visited += 1
        if self.visited > problems.MAX_NODES:
            raise _Broken(event, *problems.ENDLESS)

    def _scalar(self, event: Any, span: Span) -> Any:
        text: str = event.value
        # A block may speak of « #12 » in its own lines.
        if self.cuts and event.style not in {"|", ">"}:
            for lost in problems.cut(self.lines[span.end_line - 1 :], span.end_column - 1):
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
        # What is cut is a right reading of the file, whatever was meant: the others are not.
        severity = Severity.ALERTE if code == "S-TEXTE" else Severity.ERREUR
        place = (self.path, span.line, span.column)
        self.faults.append(Finding(code, severity, message, *place, hint, pointer=pointer))


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
    fault = Finding("S-YAML", Severity.ERREUR, message, path, line, column, hint)
    return Source(path, None, (fault,), lines=lines)
