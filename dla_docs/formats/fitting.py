"""How a document is set: the airiest notch whose pages, guessed, end well, and its funders' page.

The PDF is composed until it ends well; Word and Writer compose by themselves, later. The pages of
each notch are guessed a little shorter and a little longer than they seem, for a guess is within a
twentieth: what ends well in all three is chosen, or what ends least badly. A wrong guess only makes
a page airier or closer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import ceil, fsum

from dla_docs.engines.images import Image
from dla_docs.formats.estimate import FUNDERS, PAGE, Atom, Measure, Titles, height
from dla_docs.formats.notch import LADDER, LETTER, Notch
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, LANDSCAPE_START, OWN_PAGE
from dla_docs.tree.head import OF_ITS_OWN, OF_LETTER, model_of, stays_last
from dla_docs.tree.nodes import Node, Nodes, classes, inner, is_div, nodes

_LETTER, _FORM = 0.775, 0.95
"""The part of a page that the words and the funders of a letter fill at most, beside its address,
and that a form joined to it fills (measured in LibreOffice: two lines are left)."""
_ROW, _A_ROW = 45.0, 4
"""Points of a row of logos, and the most that hold on one, or on each of two."""
_MISTAKES = (0.965, 1.0, 1.035)
"""How much shorter or longer than guessed a text may be."""
_LEAST = 0.28
"""The part of a last page that is not nearly empty."""
_FAULT = 0.4
"""How bad a last page is that nearly reaches it."""
_SECOND, _BARE = 0.45, 0.3
"""The part of a second and last page that is half empty below it, and how bad that is: rather one
page, set close."""
_HOLE = 0.2
"""The part of another page that one sees blank."""
_AIR, _LIKED = 12.0, 0.15
"""Points that part the text from the funders; how bad the page is where one likes them less: the
last of several has more room, and one page has but one foot."""
_COSTS = (0.0, 0.02, 0.09, 0.16)
"""What each notch costs beside a last page that holds nothing, on a page or two; more on more."""


@dataclass(frozen=True)
class Page:
    """Points that a page holds, and those that what follows left blank under them."""

    held: float
    room: float


@dataclass(frozen=True)
class Fit:
    """How a document is set: the notch, none as the charter says; its funders `at_end` of it."""

    notch: Notch | None
    at_end: bool


def fit_of(blocks: Nodes, images: tuple[Image, ...], titles: Titles, movable: bool = True) -> Fit:
    """How much closer than the charter a document is set, and where its funders stand.

    They are at the foot of the first page or, where they end the document and are `movable`, of the
    last one. Those of a letter, which is one page, stay at its end.
    """
    heads = [block for block in blocks if is_div(block, HEAD)]
    models = {model_of(head) for head in heads}
    if not heads or OF_LETTER in models:
        long = bool(heads) and _is_long_letter(parted(blocks), images)
        return Fit(LETTER if long else None, True)
    covered = OF_ITS_OWN in models
    parts = parted([block for block in blocks if not (covered and block in heads)])
    held = chain(blocks, *(inner(head) for head in heads))
    room = 0.0 if covered else fsum(_funders(b) for b in held if is_div(b, FUNDERS_FOOT))
    ended = is_div(blocks[-1], FUNDERS_FOOT) and not covered
    places = [True, False] if ended and movable and not stays_last(blocks[-1]) else [ended]
    measures = [Measure(images, notch, titles) for notch in LADDER]
    laid = [[list(measure.atoms(part)) for part in parts] for measure in measures]

    def badness(place: tuple[int, bool]) -> float:
        rank, at_end = place
        guessed = [
            list(pages(part, scale, 0.0 if later or at_end else room))
            for later, part in enumerate(laid[rank])
            for scale in _MISTAKES
        ]
        ends = fsum(_ends(found, len(parts) == 1) for found in guessed)
        last = guessed[-len(_MISTAKES) :]
        ends += sum(found[-1].room < room + _AIR for found in last) if at_end else 0.0
        several = len(parts) > 1 or min(map(len, last)) > 1
        ends += _LIKED if at_end != several else 0.0
        count = sum(map(len, guessed))
        return (ends + _COSTS[rank] * max(len(_MISTAKES), count / 2)) / len(_MISTAKES)

    rank, at_end = min(((n, at) for n in range(len(LADDER)) for at in places), key=badness)
    return Fit(LADDER[rank] if rank else None, at_end)


def _is_long_letter(parts: list[Nodes], images: tuple[Image, ...]) -> bool:
    """Whether a letter, or a form joined to it, would not hold on its page as the charter says."""
    letter, *forms = parts
    foot = fsum(_funders(block) for block in letter if is_div(block, FUNDERS_FOOT))
    over = height(letter, images) + foot > _LETTER * PAGE
    return over or any(height(form, images) > _FORM * PAGE for form in forms)


def pages(atoms: list[Atom], scale: float, room: float) -> Iterator[Page]:
    """The pages of some atoms, `scale` times as high as guessed; `room` of the first is kept."""
    left = whole = PAGE - room
    for group in _groups(atoms):
        last = group[-1]
        before, points = sum(a.height for a in group[:-1]) * scale, last.height * scale
        while before + points > left and left < whole:
            lines = int((left - before) / last.line / scale) if last.line else 0
            if lines >= 2 and points - lines * last.line * scale >= last.line * scale:
                # Lines part: some stay, those that follow begin the next page.
                points -= lines * last.line * scale
                before, left = 0.0, 0.0
            yield Page(whole - left, left)
            left = whole = PAGE
        left -= before + points
        while left < 0:
            yield Page(whole, 0.0)
            whole = PAGE
            left += PAGE
    yield Page(whole - left, left)


def _groups(atoms: list[Atom]) -> Iterator[list[Atom]]:
    """Atoms with those that go with them."""
    group: list[Atom] = []
    for atom in atoms:
        group.append(atom)
        if not atom.keep:
            yield group
            group = []
    if group:
        yield group


def _ends(found: list[Page], alone: bool) -> float:
    """How badly pages end: 1 for a last one with a line, less for one with more, or a hole."""
    *others, last = found
    hole = fsum(max(0.0, page.room / PAGE - _HOLE) for page in others)
    full = last.held / PAGE / _LEAST
    short = max(0.0, 1 - full)
    if not others:
        return 0.0 if alone else short
    if alone and len(others) == 1:
        hole += _BARE if last.held < _SECOND * PAGE else 0.0
    return hole + (_FAULT + (1 - _FAULT) * short if short else 0.0)


def parted(blocks: Nodes) -> list[Nodes]:
    """The blocks from one forced new page to the next."""
    parts: list[Nodes] = [[]]
    for block in blocks:
        if _begins(block):
            parts.append([])
        parts[-1].append(block)
    return [part for part in parts if part] or [[]]


def _begins(block: Node) -> bool:
    return block["t"] == "Div" and bool({OWN_PAGE, LANDSCAPE_START} & set(classes(block)))


def _funders(foot: Node) -> float:
    """Points of the logos of funders: one or two rows of four, or rows of three."""
    logos = sum(1 for _ in nodes([foot], "Image"))
    rows = ceil(logos / _A_ROW) if logos <= 2 * _A_ROW else ceil(logos / 3)
    return FUNDERS + _ROW * (rows - 2)
