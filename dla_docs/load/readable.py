"""A Markdown text of the data as pandoc is to read it, so that what is typed is what is printed.

People write as in a letter: a list right after its sentence, bullets pasted from a word processor,
an address with a tilde, « + 5 % ». Lines first, then signs within them; code is left as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator

from dla_docs.load.markdown import (
    ADDRESS,
    DASHED,
    ITEM,
    PASTED,
    PATH,
    RULED,
    address_of,
    cells,
    code_lines,
    code_ranges,
    escaped,
    indent_of,
    start_of,
    tables_of,
    without_code,
)

_QUOTE = re.compile(r"(?:[ \t]{0,3}+>[ \t]?+)*+")
# A year or a thousand that begins a line is no rank, nor is an initial before two spaces.
_NO_RANK = re.compile(r"^([ \t]*(?:\d{4,}|#|[A-Z](?=\.[ \t]{2})))([.)])(?=[ \t]|$)")
_PLUS = re.compile(
    r"((?:\[\^[^\]\n]+\]:)?(?:[ \t]*+(?:[-*]|\d{1,3}[.)])[ \t]++)*+[ \t]*+)\+(?=[ \t]|$)"
)
_MINUS = re.compile(r"^([ \t]*(?:[-*]|\d{1,3}[.)])[ \t]+)-(?=[ \t]+\d)")
_MORE_THAN = re.compile(r"[ \t]*>(?=[ \t]*(?:=|\d))")
_RULE = re.compile(r"[ \t]{0,3}(?:-{3}|\*{3,}|_{3,})[ \t]*$")
_SHORT_UNDERLINE = re.compile(r"([ \t]{0,3})([-=]{1,2})[ \t]*$")
# Ranks that Markdown does not know, but that people put each on its line.
_RANKED = re.compile(
    r"[ \t]*(?:\d{1,2}(?:°|/|[ \t]?-|\.-|\.\d{1,2}\.?)[ \t]+|\d{1,2}\.(?=[^\W\d]))"
)
_FIRST = re.compile(r"[ \t]*(?:[-*]|[1a][.)]|\([1a]\))(?:[ \t]|$)")
_DEFINITION = re.compile(r"(?:[ \t]*+(?:>|[-*+]|\d{1,3}[.)]))*+[ \t]*+\[(\^?[^\]\n]+)\]:")
_PUNCTUATION = re.compile(r"\\?([!-/:-@\[-`{-~])")
# In order: a path of Windows, what is already escaped, where a link leads, an address between
# angles, an address, a product.
_SIGNS = re.compile(
    rf"{PATH.pattern}"
    r"|(?P<kept>\\[!-/:-@\[-`{-~]|\]\((?:[^()\n]|\([^()\n]*\))*\)|<(?:https?://|mailto:)?[^\s<>]+>)"
    rf"|{ADDRESS.pattern}"
    r"|(?P<times>(?<=\d)\*(?=\d))",
    re.I,
)
_WIDE = "\u00a0\u202f"
# A word processor writes unbreakable spaces around the dash, or the rank, that begins an item.
_SET_IN = re.compile(rf"[ \t{_WIDE}]*(?=(?:[-*]|\d{{1,3}}[.)])[ \t{_WIDE}])")
_SPACED = re.compile(rf"^([ \t]*(?:[-*]|\d{{1,3}}[.)]))[{_WIDE}]")


def readable(text: str) -> str:
    """The text with its lines and its signs as pandoc wants them."""
    lines = _undented(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return _signs(_closed("\n".join(_lines(_evened(lines)))))


def _undented(lines: list[str]) -> list[str]:
    """A list set four spaces in is a list all the same: pandoc would show it as code."""
    result = list(lines)
    for first, last in code_lines(lines):
        if ITEM.match(lines[first]) or PASTED.match(lines[first]):
            indent = indent_of(lines[first])
            for rank in range(first, last):
                line = lines[rank].expandtabs(4)
                result[rank] = line[min(indent, indent_of(line)) :]
    return result


def _evened(lines: list[str]) -> list[str]:
    """Tables whose header is as wide as their widest row: pandoc would drop the cells beyond."""
    result = list(lines)
    for table in tables_of(lines):
        widest = max(cells(lines[rank]) for rank in table)
        for rank, filling in zip(table[:2], (" |", "---|"), strict=False):
            if missing := widest - cells(lines[rank]):
                row = lines[rank].rstrip()
                result[rank] = row + ("" if row.endswith("|") else "|") + filling * missing
    return result


def _lines(lines: list[str]) -> Iterator[str]:
    """The lines, with an empty one where a list, a table or a rule begins after a sentence."""
    code = {rank for first, last in code_lines(lines) for rank in range(first, last)}
    unused = set(_unused(lines, code))
    before, listed = "", False
    for rank, line in enumerate(lines):
        if rank in code:
            yield line
            before, listed = "", False
            continue
        follows = lines[rank + 1] if rank + 1 < len(lines) else ""
        mark, body, said = _parted(line, before, follows)
        body = _item(body, said, listed, follows)
        item = bool(ITEM.match(body))
        if said.strip() and not (listed and item) and _begins(body, said, follows):
            yield mark.rstrip()
        listed = body.strip() != "" and (item or listed)
        yield mark + _escaped_line(body, said, follows, rank in unused)
        before = line


def _parted(line: str, before: str, follows: str) -> tuple[str, str, str]:
    """The marks of quotation of a line, the rest, and what the line before says in it."""
    # Alone, « > 50 salariés » means more than fifty.
    alone = not any(other.lstrip().startswith(">") for other in (before, follows))
    if alone and _MORE_THAN.match(line):
        return "", line.replace(">", "\\>", 1), before
    mark, earlier = (_QUOTE.match(row)[0] for row in (line, before))  # type: ignore[index]
    # A quotation that ends or begins parts its lines from those around it.
    said = before[len(earlier) :] if bool(mark) == bool(earlier) else ""
    return mark, line[len(mark) :], said


def _item(body: str, said: str, listed: bool, follows: str) -> str:
    """A line whose bullet is one of a word processor, with the bullet of Markdown."""
    if any(space in body for space in _WIDE):
        if indent := _SET_IN.match(body):
            body = indent[0].replace("\u00a0", " ").replace("\u202f", " ") + body[indent.end() :]
        body = _SPACED.sub(r"\1 ", body, count=1) if _SPACED.match(body) else body
    found = PASTED.match(body)
    dashed = DASHED.match(body)
    due = listed or not said.strip() or said.rstrip().endswith((":", ";"))
    # Alone at the head of a paragraph, a long dash may open a parenthesis or a reply.
    among = DASHED.match(follows) or listed or said.rstrip().endswith(":")
    if not found and dashed and due and among:
        found = dashed
    if not found:
        return body
    return (
        found["indent"].replace("\u00a0", " ").replace("\u202f", " ") + "- " + body[found.end() :]
    )


def _begins(body: str, said: str, follows: str) -> bool:
    """Whether a line that follows a sentence begins something else, which Markdown wants apart."""
    if _RULE.match(body):
        return True
    if "|" in body and "|" in follows and RULED.match(follows):
        return not _piped(said)
    if not ITEM.match(body) or _PLUS.match(body):
        return False
    return bool(_FIRST.match(body)) or said.rstrip().endswith(":")


def _piped(line: str) -> bool:
    return line.lstrip().startswith("|")


def _escaped_line(body: str, said: str, follows: str, unused: bool) -> str:
    """A line whose first signs would be taken for marks that they are not."""
    body = _NO_RANK.sub(r"\1\\\2", body, count=1) if _NO_RANK.match(body) else body
    for pattern, due in ((_PLUS, True), (_MINUS, True), (_SHORT_UNDERLINE, bool(said.strip()))):
        if due and (found := pattern.match(body)):
            body = f"{found[1]}\\{body[len(found[1]) :]}"
    if unused:
        body = body.replace("[", "\\[", 1)
    if _RANKED.match(body) and _RANKED.match(follows):
        # Two spaces: a new line.
        body = body.rstrip() + "  "
    elif _RANKED.match(follows) and body.rstrip().endswith(":"):
        body = body.rstrip() + "  "
    return body


def _unused(lines: list[str], code: set[int]) -> Iterator[int]:
    """The lines that define a link or a note that nothing calls: pandoc would drop them."""
    defined = [
        (rank, found[1].casefold())
        for rank, line in enumerate(lines)
        if rank not in code and (found := _DEFINITION.match(line))
    ]
    if not defined:
        return
    words = without_code("\n".join(lines)).casefold()
    calls = Counter(re.findall(r"\[([^\[\]\n]*)\]", words))
    calls.subtract(label for _, label in defined)
    seen = set[str]()
    for rank, label in defined:
        if calls[label] < 1 or label in seen:
            yield rank
        seen.add(label)


def _closed(text: str) -> str:
    """Opening signs that nothing closes are escaped: pandoc would look for their end for long."""
    if not any(sign in text for sign in "[`"):
        return text
    masked, alone = without_code(text), []
    place = 0
    for end in [*(m.start() for m in re.finditer(r"\n[ \t>]*\n", masked)), len(masked)]:
        alone += _alone(masked, place, end)
        place = end
    pieces, place = [], 0
    for rank in sorted(alone):
        pieces += [text[place:rank], "\\"]
        place = rank
    return "".join([*pieces, text[place:]])


def _alone(text: str, start: int, end: int) -> list[int]:
    """Where the signs of a paragraph are that nothing closes: `[`, `(` after `]`, accents."""
    brackets: list[int] = []
    rounds: list[int] = []
    accents: list[int] = []
    for found in re.finditer(r"[\[\]()`]", text[start:end]):
        place = start + found.start()
        if escaped(text, place):
            continue
        sign = found[0]
        if sign == "`":
            accents.append(place)
        elif sign == "[":
            brackets.append(place)
        elif sign == "(":
            rounds.append(place)
        elif sign == "]":
            brackets and brackets.pop()
        else:
            rounds and rounds.pop()
    targets = [place for place in rounds if text[place - 1 : place] == "]"]
    return [*brackets, *targets, *accents]


def _signs(text: str) -> str:
    """Addresses, paths and products, every sign of which is to be printed."""
    pieces, place = [], 0
    for start, end in [*code_ranges(text), (len(text), len(text))]:
        pieces += [_SIGNS.sub(_sign, text[place:start]), text[start:end]]
        place = end
    return "".join(pieces)


def _sign(found: re.Match[str]) -> str:
    words = found[0]
    if found["kept"]:
        return words
    if found["path"]:
        # Each backslash is one: pandoc would take that before a sign for its own.
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
    if found["times"]:
        return "\\*"
    bare, skipped = address_of(found), start_of(found)
    return words[:skipped] + _PUNCTUATION.sub(r"\\\1", bare[skipped:]) + words[len(bare) :]
