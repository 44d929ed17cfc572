"""Where a document ends once laid out, and how tight to set it for its last page to be filled.

A page costs 10 to 30 ms to lay out: few notches are tried, the extreme one first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

LEAST_FILLED = 0.29
"""The part of a last page that its text fills, at least: a quarter (charte des pages, §7), and the
space below its last block."""
SEARCHED, HALVES = 0.6, (0.5, 0.38)
"""Of the second of two pages: under how much its text is too short, and what it fills once whole
parts are brought there, the first that can be."""
LEAST_BEFORE, LEAST_ABOVE_FUNDERS = 0.85, 0.7
"""The part of the first page that is left then, at least; less where the funders end it."""
MOST_PAGES = 60
"""Pages laid out at all notches, at most, 10 to 30 ms each: what is very long is not searched."""
LAST_AIRY = 2
"""The tightest notch whose headings have all their air."""
SAME_PLACE = 0.005
"""Parts of a page under which two marks are at one place: a millimetre."""


@dataclass(frozen=True)
class Notch:
    """How tight a document is set, from -3 (loose) to 4, and whether its funders are on page one.

    `page.typ` imports it: smaller tables, closer lines, less air above headings, text of 10
    points. `parts`: how many of the last parts begin a page of their own. `aired`: how many
    notches less its headings and boxes are tight.
    """

    tightness: int = 0
    funders_first: bool = False
    parts: int = 0
    aired: int = 0

    @property
    def source(self) -> str:
        """The same, as the file `cran.typ` that a page imports."""
        told = {
            "cran": str(self.tightness),
            "cran-titres": str(self.tightness - self.aired),
            "regroupe": str(self.parts),
            "pied-premier": "true" if self.funders_first else "false",
        }
        return "".join(f"#let {name} = {value}\n" for name, value in told.items())


@dataclass(frozen=True)
class End:
    """Where a document ends: how many pages, and the part of the last that its text fills.

    `funders_last`: the funders are at its end, and could be on the first page instead. `cut`: what
    fills the page that the last parts left to begin another, all of it where they began one.
    """

    pages: int
    filled: float
    funders_last: bool = False
    cut: float = 1.0

    @property
    def shown(self) -> float:
        """The part of the last page that the text fills, all of it where there is but one."""
        return 1.0 if self.pages == 1 else self.filled

    @property
    def fair(self) -> bool:
        """Whether the last page is not nearly empty."""
        return self.shown >= LEAST_FILLED


AS_SET = Notch()
TIGHTER = tuple(Notch(n) for n in (1, 2, 3, 4))
FUNDERS_FIRST = tuple(Notch(n, funders_first=True) for n in (0, 1, 2, 3, 4))
# Parts brought together before lines are seen to be loose.
_TOGETHER, _AIRY = tuple(Notch(parts=n) for n in (1, 2, 3)), tuple(Notch(n) for n in (-1, -2, -3))
LOOSER = (*_TOGETHER, *_AIRY)


def _on_first(notch: Notch) -> Notch:
    return replace(notch, funders_first=True)


# The same, with the funders at either place each time. Parts that go to the next page leave a hole
# on the one before, which the funders fill; loose lines are the last that one wants.
LOOSER_FUNDERS_FIRST = (
    *(each for notch in _TOGETHER for each in (_on_first(notch), notch)),
    *(each for notch in _AIRY for each in (notch, _on_first(notch))),
)


def end_of(marks: Sequence[Mapping[str, Any]]) -> End:
    """What the marks `<fin>` of a source tell: the end of its text, of its funders, of it all."""
    places = {mark["what"]: mark for mark in marks}
    last = places["document"]
    funders = places.get("funders")
    cut = places["cut"]["filled"] if "cut" in places else 1.0
    if not funders or not _same(funders, last):
        return End(last["page"], last["filled"], cut=cut)
    words = places["text"]
    # Funders alone on a page leave it empty, whatever they fill.
    return End(last["page"], words["filled"] if words["page"] == last["page"] else 0.0, True, cut)


def best_notch(ended: Callable[[Notch], End]) -> Notch:
    """The least tight notch at which a document ends well; the one that ends best if none does."""
    tried = {AS_SET: ended(AS_SET)}
    begun = tried[AS_SET]

    def first_fair(notches: Iterable[Notch]) -> Notch | None:
        for notch in notches:
            if sum(end.pages for end in tried.values()) > MOST_PAGES:
                return None
            tried[notch] = ended(notch)
            # Loosening empties a page by making others, which nobody wants.
            if tried[notch].fair and tried[notch].pages <= begun.pages:
                return notch
        return None

    def least(notches: Sequence[Notch]) -> Notch | None:
        # What the tightest does not gain, none between does.
        ends = first_fair((notches[0], notches[-1]))
        return first_fair(notches[1:-1]) or ends if ends is notches[-1] else ends

    def measured(notch: Notch) -> End:
        tried[notch] = tried.get(notch) or ended(notch)
        return tried[notch]

    if begun.fair:
        return _halved(begun, measured) or _fewer(begun, measured) or AS_SET
    fair = least(TIGHTER) or _halved(begun, measured)
    fair = fair or (begun.funders_last and least(FUNDERS_FIRST)) or None
    fair = fair or first_fair(LOOSER_FUNDERS_FIRST if begun.funders_last else LOOSER)
    kept = [notch for notch, end in tried.items() if end.pages <= begun.pages]
    return _aired(fair or max(kept, key=lambda notch: tried[notch].shown), measured)


def _aired(notch: Notch, measured: Callable[[Notch], End]) -> Notch:
    """A notch whose headings and boxes are as airy as its pages allow."""
    tight = measured(notch)
    for aired in range(notch.tightness - LAST_AIRY, 0, -1):
        airier = replace(notch, aired=aired)
        end = measured(airier)
        if end.pages == tight.pages and end.shown >= min(tight.shown, LEAST_FILLED):
            return airier
    return notch


def _fewer(begun: End, measured: Callable[[Notch], End]) -> Notch | None:
    """A page less, where what is kept whole, as signatures, nearly had room on the one before."""
    if not 2 < begun.pages <= MOST_PAGES // 2 or begun.filled >= SEARCHED:
        return None

    def spares(notch: Notch) -> bool:
        return measured(notch).pages < begun.pages and measured(notch).fair

    # The closest is for a page that is nearly empty; what the one before does not spare, none does.
    easy = TIGHTER[:-1]
    return next(filter(spares, easy), None) if spares(easy[-1]) else None


def _halved(begun: End, measured: Callable[[Notch], End]) -> Notch | None:
    """The last parts on a second page that is short, if they fill its half and leave no hole."""
    if begun.pages != 2 or begun.filled >= SEARCHED:
        return None
    before = LEAST_ABOVE_FUNDERS if begun.funders_last else LEAST_BEFORE
    for half, tightness, parts in product(HALVES, (0, 2), (2, 3, 4)):
        notch = Notch(tightness, begun.funders_last, parts)
        end = measured(notch)
        if end.pages == 2 and end.filled >= half and end.cut >= before:
            return notch
    # No part goes well: the funders fill what a drawing or a table left of the first page.
    first = FUNDERS_FIRST[0]
    moved = measured(first) if begun.funders_last else begun
    if moved is not begun and moved.pages == 2 and moved.filled >= HALVES[0]:
        return first
    return _over_funders(measured) if begun.funders_last and not begun.fair else None


def _over_funders(measured: Callable[[Notch], End]) -> Notch | None:
    """The last parts above the funders of the second page, which fill it with them."""
    for parts in (2, 3, 4):
        end = measured(Notch(parts=parts))
        if end.pages == 2 and end.funders_last and end.fair and end.cut >= LEAST_ABOVE_FUNDERS:
            return Notch(parts=parts)
    return None


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    near = abs(one["filled"] - other["filled"]) < SAME_PLACE
    return bool(one["page"] == other["page"] and near)
