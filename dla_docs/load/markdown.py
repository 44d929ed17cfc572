"""Markdown as people type it: what is code in it, and where an address ends.

Light and linear: `dla check` reads every text without pandoc. Both what is told of a text and what
is mended in it before pandoc reads it (`readable.py`) rest on this.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

FENCE = re.compile(r"(?:[ \t>]|[-*] |\d{1,3}[.)] )*(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*+)$")
ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)]|\(?[A-Za-z]\))(?:[ \t]+\S|[ \t]*$)")
"""The first line of an item, bulleted or numbered."""
BULLETS = "•‣▪▫●○◦■∙·\uf0b7\uf0a7\uf0d8\uf076\u2043"
"""Bullets that a word processor leaves in what is pasted from it; the last ones by its symbols."""
PASTED = re.compile(rf"(?P<indent>[ \t\u00a0\u202f]*)(?:[{BULLETS}][ \t\u00a0\u202f]*|o\t)(?=\S)")
DASHED = re.compile(r"(?P<indent>[ \t\u00a0\u202f]*)[–—][ \t\u00a0\u202f]+(?=\S)")
"""An item begun by a long dash: one only where a list is due, else a dash of the sentence."""
RULED = re.compile(
    r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$"
)
"""The line of dashes below the header of a table; `|` is to be looked for apart."""

_BREAK = re.compile(r"\n[ \t>]*\n")
_WEB = r"https?://(?:(?!\]\()[^\s<>«»“”\"|`])+"
# Looked for from the start of a word alone: from each letter, a long one would take for ever.
_MAIL = r"(?<![\w.+'&~!%-])[\w.+'&~!%-]+@[\w-]+(?:\.[\w-]+)+"
ADDRESS = re.compile(rf"(?P<web>{_WEB})|(?P<mail>{_MAIL})", re.I)
PATH = re.compile(r"(?P<path>(?<![\w\\])(?:[A-Za-z]:\\|\\\\(?=[^\W_]))[^\s<>|*`]*)")
"""A path of Windows, as people paste it: its bars are no escapes."""
_PAIRS = {")": "(", "]": "[", "}": "{"}


def address_of(found: re.Match[str]) -> str:
    """What an address keeps of the characters found: not the punctuation of the sentence.

    A closing bracket is of the address when it holds the opening one: `…/Gap_(Hautes-Alpes)`.
    """
    words = found[0]
    end = len(words)
    # Counted once: an address may be followed by thousands of brackets.
    beyond = {last: words.count(last) - words.count(first) for last, first in _PAIRS.items()}
    while end:
        last = words[end - 1]
        if last in _PAIRS:
            if beyond[last] <= 0:
                break
            beyond[last] -= 1
        elif last not in ".,;:!?…'\"’*" and not (last in "-_" and found["mail"]):
            break
        end -= 1
    return words[:end]


def start_of(found: re.Match[str]) -> int:
    """How many characters before an e-mail address are no part of it: a quote, a bracket."""
    return len(found[0]) - len(found[0].lstrip(".+'&~!%-")) if found["mail"] else 0


def without_code(text: str) -> str:
    """The same text, of the same length, with spaces for what it shows as code."""
    kept, place = [], 0
    for start, end in code_ranges(text):
        kept += [text[place:start], re.sub(r"[^\n]", " ", text[start:end])]
        place = end
    return "".join([*kept, text[place:]])


def code_ranges(text: str) -> list[tuple[int, int]]:
    """Where a text shows code, in order: fenced or indented blocks, and words between accents."""
    blocks = list(block_ranges(text))
    ranges, place = [], 0
    for start, end in [*blocks, (len(text), len(text))]:
        ranges += [(place + s, place + e) for s, e in _spans(text[place:start])]
        ranges += [(start, end)] if start < end else []
        place = end
    return ranges


def block_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of code are, whole."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for first, last in code_lines(lines):
        yield starts[first], min(starts[last], len(text))


def code_lines(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The first line of each block of code, and the one past its last."""
    closings = _closings(lines)
    rank, listed, apart = 0, False, True
    while rank < len(lines):
        line = lines[rank]
        if (end := closings.get(rank)) is not None:
            yield rank, end + 1
            rank, apart = end + 1, False
            continue
        indent = indent_of(line)
        if not line.strip():
            apart = True
        elif apart and not listed and indent >= 4:
            end = _end_of_indented(lines, rank)
            yield rank, end
            rank = end
            continue
        else:
            listed = bool(ITEM.match(line)) or (listed and not (apart and indent < 2))
            apart = False
        rank += 1


def tables_of(lines: list[str]) -> Iterator[range]:
    """The lines of each table, those of code aside: its header, its dashes, its rows."""
    code = {rank for first, last in code_lines(lines) for rank in range(first, last)}
    end = 0
    for rank, line in enumerate(lines[1:], 1):
        if rank < end or rank in code or "|" not in lines[rank - 1] or not _ruled(line):
            continue
        end = rank + 1
        while end < len(lines) and "|" in lines[end]:
            end += 1
        yield range(rank - 1, end)


def _ruled(line: str) -> bool:
    return "|" in line and bool(RULED.match(line))


def cells(row: str) -> int:
    """How many cells a row of a table has."""
    masked = without_code(row).strip()
    bars = [m.start() for m in re.finditer(r"\|", masked) if not escaped(masked, m.start())]
    edges = (bars[:1] == [0]) + (len(bars) > 1 and bars[-1] == len(masked) - 1)
    return len(bars) + 1 - edges


def indent_of(line: str) -> int:
    """The width of the space that a line begins with; a tab goes to the next multiple of four."""
    spread = line.expandtabs(4)
    return len(spread) - len(spread.lstrip(" "))


def _closings(lines: list[str]) -> dict[int, int]:
    """The closing line of each fence that has one: another is words, for pandoc too."""
    closings: dict[int, int] = {}
    opened: tuple[int, str] | None = None
    for rank, line in enumerate(lines):
        if not (found := FENCE.match(line)):
            continue
        fence = found["fence"]
        if opened is None:
            opened = rank, fence
        elif fence[0] == opened[1][0] and len(fence) >= len(opened[1]) and not found["info"]:
            closings[opened[0]] = rank
            opened = None
    return closings


def _end_of_indented(lines: list[str], first: int) -> int:
    last = first
    for rank in range(first, len(lines)):
        if lines[rank].strip():
            if indent_of(lines[rank]) < 4:
                break
            last = rank
    return last + 1


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Words between as many grave accents on both sides, within a paragraph."""
    place = 0
    for end in [*(m.start() for m in _BREAK.finditer(text)), len(text)]:
        yield from ((place + s, place + e) for s, e in _spans_of(text[place:end]))
        place = end


def _spans_of(paragraph: str) -> Iterator[tuple[int, int]]:
    runs = [(m.start(), m.end()) for m in re.finditer("`+", paragraph)]
    by_length: dict[int, list[int]] = {}
    for rank, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(rank)
    rank = 0
    while rank < len(runs):
        start, end = runs[rank]
        same = by_length[end - start]
        after = bisect_right(same, rank)
        if after < len(same) and not escaped(paragraph, start):
            yield start, runs[same[after]][1]
            rank = same[after]
        rank += 1


def escaped(text: str, place: int) -> bool:
    """Whether a backslash takes its meaning from the character at a place."""
    first = place
    while first and text[first - 1] == "\\":
        first -= 1
    return (place - first) % 2 == 1
