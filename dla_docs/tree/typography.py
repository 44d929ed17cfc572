"""French typography, once for all formats: spaces that must not break, ordinals raised.

Of spaces, it only replaces ordinary ones that are there: U+202F before ; ! ? and inside « », U+00A0
before : % €, after n°, between groups of thousands or of a telephone number, between the words of a
date or of an hour, a number and its unit, a postal code and its town, a name and its number, a
price and its tax; the wider U+2002 parts a tick from what it says. « 1er » keeps its letters, the
last of which are raised. Code and addresses are left as they are.
"""

import re

from dla_docs.model.values import MONTHS, NARROW, NO_BREAK
from dla_docs.tree.divisions import BRIEF, FIGURES
from dla_docs.tree.nodes import Node, Nodes, each, is_div, joined, rebuild, text

_NARROW_BEFORE = frozenset(";!?»")
_WIDE_BEFORE = frozenset(":%€")
# A number so far: one to three figures, then groups of three.
_GROUP = re.compile(r"(?:^|\D)\d{1,3}(?:\u00a0\d{3})*$")
# Printed by our fonts, the narrow space between thousands is next to none (measured in the PDF).
_THIN_GROUP = re.compile(r"(?<=\d)\u202f(?=\d{3})")
_MONTH = "|".join(MONTHS)
_IN_A_DATE = (
    (re.compile(r"(?:^|\D)(?:1er|[1-3]?\d)$"), re.compile(rf"(?:{_MONTH})\b")),
    (re.compile(rf"(?:^|\W)(?:{_MONTH})$"), re.compile(r"[12]\d{3}(?!\d)")),
)
"""What stands before and after a space of a date: day and month, month and year."""
_HOUR = (re.compile(r"(?:^|\D)[0-2]?\d$"), re.compile(r"h(?!\w)"))
_AT_AN_HOUR = (re.compile(r"(?:^|\W)à$"), re.compile(r"[0-2]?\d[ \u00a0]h(?!\w)"))
# « 06 39 98 05 12 », « +33 6 39 98 05 12 »: five groups in all, a number of France.
_PHONE = re.compile(r"(?:^|[^\d\u00a0.,+])(?:0|\+33\u00a0)\d((?:\u00a0\d{2}){0,3})$")
_ABROAD = (re.compile(r"(?:^|\s)\+33$"), re.compile(r"\d(?: \d{2}){4}(?!\d)"))
_TITLE = (re.compile(r"(?:^|\W)(?:M\.|MM\.|Mme|Mmes)$"), re.compile(r"[^\W\d_]"))
"""A civility and the name it goes with."""
_UNIT = (
    re.compile(r"(?:^|[^\d\w])\d[\d\u00a0,]*$"),
    re.compile(
        r"(?:minutes?|heures?|jours?|points?|semaines?|mois|ans?|années?|km|kg|m²|ha|ETP)(?!\w)"
    ),
)
"""A number and the unit it counts: « 18 mois », « 2,5 jours »."""
_TOWN = (re.compile(r"(?:^|[^\d\w])\d{5}$"), re.compile(r"[A-ZÀ-Ý][^\W\d_]"))
"""A postal code and its town."""
_NUMBERED = (
    re.compile(
        r"(?:^|\W)(?:SIRE[NT]|[Bb]âtiment|[Aa]xe|[Pp]age|[Pp]hase|[Aa]rticle|[Cc]onvention|[Dd]ossier|[Pp]oint)$"
    ),
    re.compile(r"(?:\d|[A-Z](?![\w’]))"),
)
"""A name and the number, or the letter, that tells which: « SIRET 012 », « bâtiment B »."""
_TAXED = (re.compile(r"€$"), re.compile(r"(?:TTC|HT)(?!\w)"))
"""A price and the tax it has or not."""
_PHASE = (re.compile(r"–$"), re.compile(r"phase(?!\w)"))
_DASH = (re.compile(r"\w$"), re.compile(r"– phase(?!\w)"))
"""The dash before the phase of a mission, which no line begins nor ends with."""
_DATED = (re.compile(r"\((?:au|le)$"), re.compile(r"[1-3]?\d(?!\w)"))
"""What a parenthesis dates: « (au 31 décembre 2025) »."""
_OF_MISSION = (re.compile(r"(?:^|\W)de$"), re.compile(r"missions?(?!\w)"))
"""« chargées de mission »: no line begins with « mission » alone."""
_OF_ALL = (re.compile(r"(?:^|[^\d\w,])\d{1,3}$"), re.compile(r"sur \d"))
_OVER = (re.compile(r"(?:^|[^\d\w,])\d{1,3}\u00a0sur$"), re.compile(r"\d"))
"""So many of so many: « 1 sur 2 »."""
_PRICED = (re.compile(r"\w,$"), re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})*(?:,\d\d)?[ \u00a0]€"))
"""Who gives and how much: « Région, 11 000 € »."""
_HELD = (
    *_IN_A_DATE,
    _HOUR,
    _AT_AN_HOUR,
    _ABROAD,
    _TITLE,
    _UNIT,
    _TOWN,
    _NUMBERED,
    _TAXED,
    _PHASE,
    _DASH,
    _DATED,
    _OF_MISSION,
    _OF_ALL,
    _OVER,
    _PRICED,
)
_SHORT = (FIGURES, BRIEF)
_NUMBER = re.compile(r"\d{1,3}(?:,\d+)?")
_READ_ON = {"–", "sur"}
"""Words that say nothing without what follows them."""
_TICKS = ("✓", "●", "○")
_AFTER_TICK = "\u2002"
"""What parts a tick from its words: an ordinary space glues them."""
_AHEAD = 9
"""How many pieces of text tell what follows: « 6 39 98 05 12 », its spaces counted."""
_PAIRS = 4
"""The groups of two figures of a telephone number, after the first."""
ORDINAL = re.compile(
    r"(?<![\w.,:/@-])(\d{1,3}|I(?=ers?\b|res?\b)|[VX](?=es?\b)|[IVXLC]{2,}(?=es?\b))"
    r"(ers?|res?|es?)(?![\w@/])"
)
"""« 1er », « 1re », « 2e », « XXe », « Ier »; not « 3e » in an address or a code, nor « Ce »."""


def typography(blocks: Nodes) -> Nodes:
    """The same text with its unbreakable spaces and its ordinals."""
    short = each(blocks, "Div", lambda d: [_counted(d) if is_div(d, *_SHORT) else d])
    rebuilt: Nodes = rebuild(short, inlines=lambda inlines: _raised(_spaces(inlines)))
    return rebuilt


def _counted(division: Node) -> Node:
    """Short figures whose numbers stay with what they count, whatever it is: « 1 reportée ».

    In a text, only with a unit: a line that may not end at any number is badly filled.
    """

    def held(inlines: Nodes) -> Nodes:
        return joined(
            [
                {"t": "Str", "c": NO_BREAK} if _counts(inlines, rank) else node
                for rank, node in enumerate(inlines)
            ]
        )

    rebuilt: Node = rebuild(division, inlines=held)
    return rebuilt


def _counts(inlines: Nodes, rank: int) -> bool:
    """Whether the space at some rank parts a number from a word without capital."""
    if inlines[rank]["t"] not in {"Space", "SoftBreak"} or not 0 < rank < len(inlines) - 1:
        return False
    before, after = text([inlines[rank - 1]]), text([inlines[rank + 1]])
    return bool(_NUMBER.fullmatch(before)) and after[:1].islower()


def _spaces(inlines: Nodes) -> Nodes:
    """Replace a space by the unbreakable one that its neighbours ask for."""
    result: Nodes = []
    for rank, node in enumerate(inlines):
        if node["t"] in {"Space", "SoftBreak"} and 0 < rank < len(inlines) - 1:
            before, after = _text(result), _first(inlines[rank + 1])
            is_number = after[:1].isdigit()
            told = inlines[rank + 1 : rank + 1 + _AHEAD] if is_number or after in _READ_ON else []
            run = _run(inlines[rank + 1 :]) if is_number else []
            if space := _space_between(before, after, text(told) if told else after, run):
                result.append({"t": "Str", "c": space})
                continue
        if node["t"] == "Str" and NARROW in node["c"]:
            node = {"t": "Str", "c": _THIN_GROUP.sub(NO_BREAK, node["c"])}
        result.append(node)
    return joined(result)


def _space_between(before: str, after: str, ahead: str, run: list[str]) -> str:
    if before.endswith(_TICKS):
        return _AFTER_TICK
    if after[:1] in _NARROW_BEFORE or before.endswith("«"):
        return NARROW
    if after[:1] in _WIDE_BEFORE or re.search(r"(?:^|\W)[nN]°$", before):
        return NO_BREAK
    # What follows first: it is looked at in one place, what precedes in all.
    if any(right.match(ahead) and left.search(before) for left, right in _HELD):
        return NO_BREAK
    if (phone := _PHONE.search(before)) and len(phone[1]) // 3 + len(run) == _PAIRS:
        return NO_BREAK if all(re.match(r"\d{2}(?!\d)", word) for word in run) else ""
    # All or none: « 12 345 67 » is no number, and its spaces are left.
    groups = all(re.match(r"\d{3}(?!\d)", word) for word in run)
    return NO_BREAK if run and groups and _GROUP.search(before) else ""


def _raised(inlines: Nodes) -> Nodes:
    """The letters of ordinals as superscripts: « 1er » still reads « 1er »."""
    result: Nodes = []
    for node in inlines:
        if node["t"] != "Str":
            result.append(node)
            continue
        place = 0
        for found in ORDINAL.finditer(node["c"]):
            result.append({"t": "Str", "c": node["c"][place : found.end(1)]})
            result.append({"t": "Superscript", "c": [{"t": "Str", "c": found[2]}]})
            place = found.end()
        result += [{"t": "Str", "c": node["c"][place:]}] if node["c"][place:] else []
    return result


def _run(inlines: Nodes) -> list[str]:
    """The words that go on a number after a space: one of another length makes it no number."""
    words: list[str] = []
    for node in inlines:
        if node["t"] in {"Space", "SoftBreak"}:
            if words and not words[-1].isdigit():
                break
            continue
        word = _first(node)
        if not word[:1].isdigit():
            break
        words.append(word)
    return words


def _text(result: Nodes) -> str:
    """The end of the text so far, back to the last ordinary space."""
    tail = ""
    for node in reversed(result):
        if node["t"] in {"Space", "SoftBreak", "LineBreak"}:
            break
        tail = text(node) + tail
    return tail


def _first(node: Node) -> str:
    return "" if node["t"] in {"Code", "Math", "RawInline"} else text(node).split(" ")[0]
