"""Where each thing of a YAML file is in its text, in characters from the start.

The reader says where values begin; where they end is looked for here, since it counts in what
follows them: blank lines, comments.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from dla_docs.edit.changes import refusal
from dla_docs.load.source import Source, Span
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import EditError
from dla_docs.model.findings import Pointer, Severity
from dla_docs.model.paths import at

_LINE_END = re.compile(r"\r\n|\r|\n")
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_COLON = re.compile(r"[ \t]*:")


class Layout:
    """A text and its places. Raises EditError for one that cannot be read, or only in part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.source: Source = parse("", text.encode())
        wrong = [f for f in self.source.faults if f.severity is Severity.ERREUR]
        if wrong:
            raise EditError(
                f"le fichier n’a pas été changé : ligne {wrong[0].line}, {wrong[0].message}",
                f"corrigez d’abord : {wrong[0].hint}" if wrong[0].hint else "",
            )
        found = _LINE_END.search(text)
        self.line_end = found[0] if found else "\n"
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def offset(self, line: int, column: int) -> int:
        """Where a line and a column are, both from 1."""
        return self._starts[line - 1] + column - 1 if line <= len(self._starts) else len(self.text)

    def start_of_line(self, place: int) -> int:
        """Where the line that holds a character starts; a line end is of the line it ends."""
        return self._starts[bisect_right(self._starts, max(place, 0)) - 1]

    def end_of_line(self, place: int) -> int:
        """Where a line ends, its line end left out."""
        found = _LINE_END.search(self.text, place)
        return found.start() if found else len(self.text)

    def next_line(self, place: int) -> int:
        """Where the line after that of a character starts."""
        found = _LINE_END.search(self.text, place)
        return found.end() if found else len(self.text)

    def column(self, place: int) -> int:
        """How many characters are before one on its line."""
        return place - self.start_of_line(place)

    def start(self, pointer: Pointer) -> int:
        """Where a value starts, its anchor included."""
        span = self._span(pointer)
        return self.offset(span.line, span.column)

    def key(self, pointer: Pointer) -> tuple[int, int]:
        """Where a key is written. Raises EditError for one that an alias brings."""
        if not (span := self.source.keys.get(pointer)):
            raise refusal(pointer, "cette place est celle d’un renvoi (*)")
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def after_sign(self, pointer: Pointer) -> int:
        """Just after the « : » of a key, or the « - » of an element."""
        if isinstance(pointer[-1], int):
            return self.dash(pointer) + 1
        if found := _COLON.match(self.text, self.key(pointer)[1]):
            return found.end()
        raise refusal(pointer, "sa clé est écrite d’une façon que dla ne sait pas changer")

    def dash(self, pointer: Pointer) -> int:
        """Where the « - » of an element is: above its value, where comments come in between."""
        column = self._span(pointer[:-1]).column - 1
        place, first = self.start(pointer), self.start(pointer[:-1])
        while place >= first:
            here = self.start_of_line(place)
            before, sign = self.text[here : here + column], self.text[here + column :][:2]
            if not before.strip(" -") and sign[:1] == "-" and not sign[1:].strip():
                return here + column
            place = here - 1
        raise refusal(pointer, "cet élément est écrit d’une façon que dla ne sait pas changer")

    def opening(self, pointer: Pointer) -> str:
        """The first character of a value, after its anchor; empty for one left out."""
        place = self.start(pointer)
        if place == self._raw_end(pointer):
            return ""
        found = _PROPERTIES.match(self.text, place)
        return self.text[found.end() if found else place :][:1]

    def is_flow(self, pointer: Pointer) -> bool:
        """Whether a mapping or a list is written between braces or brackets."""
        value = at(self.source.data, pointer)
        return isinstance(value, dict | list) and self.opening(pointer) in ("{", "[")

    def is_block(self, pointer: Pointer) -> bool:
        """Whether a mapping or a list is written with a line for each key or element."""
        value = at(self.source.data, pointer)
        return isinstance(value, dict | list) and self.opening(pointer) not in ("{", "[", "*")

    def in_flow(self, pointer: Pointer) -> bool:
        """Whether a datum is inside braces or brackets."""
        return any(self.is_flow(pointer[:size]) for size in range(len(pointer)))

    def end(self, pointer: Pointer) -> int:
        """Just past a value, what follows it on its line left out."""
        if pointer in self.source.values and not self.is_block(pointer):
            return self._leaf_end(pointer)
        return self._ends.get(pointer, 0)

    @cached_property
    def _ends(self) -> dict[Pointer, int]:
        """Where what a mapping or a list holds ends: a long list is walked once."""
        ends: dict[Pointer, int] = {}
        for pointer in self.source.values:
            if not self.is_block(pointer):
                end = self._leaf_end(pointer)
                for size in range(len(pointer)):
                    holder = pointer[:size]
                    ends[holder] = max(ends.get(holder, 0), end)
        return ends

    def _leaf_end(self, pointer: Pointer) -> int:
        start, end = self.start(pointer), self._raw_end(pointer)
        if self.opening(pointer) not in ("|", ">"):
            return end
        head = self.text[start : self.end_of_line(start)].partition("#")[0]
        if "+" in head:
            # The blank lines after such a text are its own.
            return max(end - len(self.line_end), start) if end > start else end
        return self.end_of_line(start + len(self.text[start:end].rstrip()) - 1)

    def _raw_end(self, pointer: Pointer) -> int:
        span = self._span(pointer)
        return self.offset(span.end_line, span.end_column)

    def after(self, pointer: Pointer) -> int:
        """Where what comes after a value begins: the next key, the next element, the end."""
        return self._raw_end(pointer)

    def children(self, pointer: Pointer) -> list[Pointer]:
        """The keys, or the elements, of a mapping or a list, in the order of the text."""
        return sorted(self._children.get(pointer, ()), key=self.start)

    @cached_property
    def _children(self) -> dict[Pointer, list[Pointer]]:
        children: dict[Pointer, list[Pointer]] = {}
        for pointer in self.source.values:
            if pointer:
                children.setdefault(pointer[:-1], []).append(pointer)
        return children

    def _span(self, pointer: Pointer) -> Span:
        if pointer not in self.source.values:
            raise refusal(pointer, "cette place est celle d’un renvoi (*)")
        return self.source.values[pointer]

    @cached_property
    def texts(self) -> list[tuple[int, int]]:
        """The places of the values that go over several lines, where a « # » is no comment."""
        leaves = (p for p in self.source.values if not self.is_block(p) and self.opening(p))
        places = [(self.start(p), self._leaf_end(p)) for p in leaves]
        return [(a, b) for a, b in places if _LINE_END.search(self.text, a, b)]

    def lines(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """The lines that start between two places, each with its own."""
        for start in self._starts:
            if first <= start < last:
                yield start, self.text[start : self.end_of_line(start)]
