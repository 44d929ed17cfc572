"""How a document is set: the airiest notch whose pages, guessed, end well, and its funders' page.

The PDF is composed until it ends well; Word and Writer compose by themselves, later. The pages of
each notch are guessed a little shorter and a little longer than they seem, for a guess is within a
twentieth: what ends well in all three is chosen, or what ends least badly. A wrong guess only makes
a page airier or closer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from math import fsum

from dla_docs.engines.images import Image
from dla_docs.formats.estimate import PAGE, Atom, Measure, height
from dla_docs.formats.funders import parted, points_of_funders
from dla_docs.formats.notch import LADDER, LETTER, Notch, Titles
from dla_docs.formats.said import Said
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, LANDSCAPE_START
from dla_docs.tree.head import OF_ITS_OWN, OF_LETTER, model_of, stays_last
from dla_docs.tree.nodes import Node, Nodes, classes, inner, is_div

_LETTER, _FORM = 0.775, 0.95
"""The part of a page that the words and the funders of a letter fill at most, beside its address,
and that a form joined to it fills (measured in LibreOffice: two lines are left)."""
_MISTAKES = (0.965, 1.0, 1.035)
"""How much shorter or longer than guessed a text may be."""
_LEAST, _OF_LONG, _LONG = 0.33, 0.28, 6
"""The part of a last page that is not nearly empty, and the same of a text of that many pages."""
_FAULT = 0.4
"""How bad a last page is that nearly reaches it."""
_SECOND, _BARE = 0.45, 0.3
"""The part of a second and last page that is half empty below it, and how bad that is: rather one
page, set close."""
_BY_ITSELF = 0.6
"""The part of a last page that one thing alone fills, such as signatures: half empty as well."""
_DRIVEN, _FOOT = 0.05, 0.2
"""The part of a page that text driven to the second one by funders fills, and that of a last page
that text fills above funders, at least: they fill more of it."""
_HOLE = 0.2
"""The part of another page that one sees blank."""
_AIR, _LIKED = 12.0, 0.15
"""Points that part the text from the funders; how bad the page is where one likes them less: the
last of several has more room, and one page has but one foot."""
_NEARER, _LEFT = 0.97, 8.0
"""How much shorter a text may be whose lines are measured by their words; points left under it."""
_AIRY = (
    *(("heads", part) for part in (0.7, 0.85, 1.0)),
    ("under", 3.0),
    *(("lines", part) for part in (0.3, 0.6, 1.0)),
    *(("heads", part) for part in (1.2, 1.4)),
)
"""What is given back, in order: spaces around titles, points under them, what parts a title from a
table, lines; titles gain beyond the charter when all the rest has."""
_LINES = ("line", "cell_line", "space", "cell_space")
_FEW, _SPARED = 0.35, 12.0
"""The part of a second page that is a few lines, and points that funders spare at their closest."""
_THIRD, _FOURTH, _CUT, _OVER = 0.33, 0.26, 0.4, 0.3
"""The part of a page that the last one holds, that it may hold rather than leave a hole before it,
and what the one before leaves at most, or less where funders fill the last."""
_FROM, _WASTED, _WELL = 3, 0.75, 0.5
"""Pages that are one too many, the part of a page that they leave blank, and how well the others
end at the least."""
_COSTS = (0.0, 0.02, 0.09, 0.27)
"""What each notch costs beside a last page that holds nothing, on a page or two; more on more."""


@dataclass(frozen=True)
class Page:
    """Points that a page holds, and those that what follows left blank under them.

    `groups`: how many things it holds that no page parts.
    """

    held: float
    room: float
    groups: int = 0


@dataclass(frozen=True)
class Fit:
    """How a document is set: the notch, none as the charter says; its funders `at_end` of it.

    `cut`: the title that begins the last page.
    """

    notch: Notch | None
    at_end: bool
    cut: Node | None = None


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
    room = 0.0 if covered else fsum(points_of_funders(b) for b in held if is_div(b, FUNDERS_FOOT))
    ended = is_div(blocks[-1], FUNDERS_FOOT) and not covered
    places = [True, False] if ended and movable and not stays_last(blocks[-1]) else [ended]
    sheet = Sheet(parts, images, titles, room)
    ladder = [replace(n, heads=max(n.heads, titles.least)) for n in LADDER]
    guessed = {
        (rank, at_end): sheet.guessed(laid, at_end)
        for rank, laid in enumerate(map(sheet.laid, ladder))
        for at_end in places
    }

    def badness(place: tuple[int, bool]) -> float:
        found = guessed[place]
        count = sum(map(len, found))
        return (
            sheet.badness(found, place[1]) + _COSTS[place[0]] * max(len(_MISTAKES), count / 2)
        ) / len(_MISTAKES)

    rank, at_end = min(guessed, key=badness)
    tight = (len(ladder) - 1, True)
    if tight in guessed and sheet.spares_a_page(guessed[rank, at_end], guessed[tight]):
        rank, at_end = tight
    if ended and movable and sheet.wins_a_page(guessed[rank, at_end]):
        return Fit(LADDER[-1], True)
    at_end = at_end or (ended and movable and sheet.ends_better(ladder[rank]))
    notch = sheet.aired(ladder[rank], at_end) if rank else None
    return Fit(notch, at_end, sheet.cut(notch or LADDER[0], at_end) if movable else None)


@dataclass(frozen=True)
class Sheet:
    """What is set: its parts, each on pages of its own, and the points of its funders."""

    parts: list[Nodes]
    images: tuple[Image, ...]
    titles: Titles
    room: float
    finely: bool = False
    said: Said = field(default_factory=Said)

    def laid(self, notch: Notch) -> list[list[Atom]]:
        """The atoms of each part."""
        measure = Measure(self.images, notch, self.titles, self.finely, self.said)
        return [list(measure.atoms(part)) for part in self.parts]

    def guessed(
        self, laid: list[list[Atom]], at_end: bool, mistakes: tuple[float, ...] = _MISTAKES
    ) -> list[list[Page]]:
        """The pages of each part, for each mistake."""
        first = 0.0 if at_end else self.room
        return [
            list(pages(part, scale, 0.0 if later else first))
            for later, part in enumerate(laid)
            for scale in mistakes
        ]

    def badness(self, found: list[list[Page]], at_end: bool) -> float:
        """How badly the pages of all mistakes end."""
        alone = len(self.parts) == 1
        ends = fsum(_ends(each, alone) for each in found)
        last = found[-len(_MISTAKES) :]
        # Funders that lack room take a page; those that lack air alone are near the text.
        lacks = fsum(min(1.0, max(0.0, self.room + _AIR - p[-1].room) / _AIR) for p in last)
        ends += lacks if at_end else 0.0
        several = not alone or min(map(len, last)) > 1
        return ends + (_LIKED if at_end != several else 0.0)

    def wins_a_page(self, found: list[list[Page]]) -> bool:
        """Whether a few lines left alone on a second page hold on the first one, set closest."""
        if any(len(page) == 1 or page[-1].held > _FEW * PAGE for page in found):
            return False
        sheet = replace(self, finely=True)
        (tight,) = sheet.guessed(sheet.laid(LADDER[-1])[:1], True, (1.0,))
        return len(found) == len(_MISTAKES) and len(tight) == 1 and self._spares(tight[0])

    def spares_a_page(self, found: list[list[Page]], tight: list[list[Page]]) -> bool:
        """Whether three pages, of which most of one is blank, are two when set closest."""
        long = [fsum(page.room for page in each) for each in found if len(each) == _FROM]
        return (
            len(found) == len(_MISTAKES) <= len(long) + 1
            and all(len(each) == _FROM - 1 for each in tight)
            and min(long) > _WASTED * PAGE
            and self.badness(tight, at_end=True) < _WELL
        )

    def ends_better(self, notch: Notch) -> bool:
        """Whether two pages, measured by their words, end better with the funders under the last.

        Both are full; or funders on the first would drive text to a last one that is half empty.
        """
        sheet = replace(self, finely=True)
        mistakes = (1.0, self.titles.longer)
        ended, first = (
            sheet.guessed(sheet.laid(notch), place, mistakes) for place in (True, False)
        )
        if not all(len(found) == 2 for found in [*ended, *first]):
            return False
        if all(map(_drives, first, ended)):
            # Few lines may be fewer than guessed: a title begins that page, or they are many.
            many = all(found[1].held > _THIRD * PAGE for found in ended)
            return many or self.cut(notch, at_end=True) is not None
        full = all(f[0].room < _LIKED * PAGE and f[1].held > _BY_ITSELF * PAGE for f in ended)
        return full and all(found[1].room >= self.room + _AIR for found in ended)

    def _spares(self, page: Page) -> bool:
        """Whether the funders hold under a page set closest, with less air."""
        return page.room >= self.room - _SPARED

    def aired(self, notch: Notch, at_end: bool) -> Notch:
        """A notch that gives back the room its pages leave: to titles first, to lines last."""
        sheet = replace(self, finely=True)
        alone = all(len(page) == 1 for page in self.guessed(self.laid(notch), at_end))
        mistakes = (_NEARER, 1.0, self.titles.alone if alone else self.titles.longer)
        tight = sheet.guessed(sheet.laid(notch), at_end, mistakes)
        counts, worst = list(map(len, tight)), sheet.badness(tight, at_end)
        under = self.room + _AIR if at_end else _LEFT
        for name, part in _AIRY:
            airier = _given_back(notch, name, part)
            found = sheet.guessed(sheet.laid(airier), at_end, mistakes)
            # Over several pages, a drawing that goes to the next one moves what follows.
            kept = under if alone or name != "lines" else max(under, _THIRD * PAGE)
            spare = all(each[-1].room >= kept for each in found[-len(mistakes) :])
            same = list(map(len, found)) == counts
            if same and spare and sheet.badness(found, at_end) <= worst:
                notch = airier
        return notch

    def cut(self, notch: Notch, at_end: bool) -> Node | None:
        """The title that begins the last page, where what it holds would be short otherwise."""
        last, measure = self.parts[-1], Measure(self.images, notch, self.titles, said=self.said)
        first = 0.0 if at_end or len(self.parts) > 1 else self.room
        under = self.room + _AIR if at_end else 0.0
        found = [list(pages(list(measure.atoms(last)), m, first)) for m in _MISTAKES]
        turned = any(block["t"] == "Div" and LANDSCAPE_START in classes(block) for block in last)
        if turned or min(map(len, found)) < 2 or max(f[-1].held for f in found) > _THIRD * PAGE:
            return None
        scores: dict[int, float] = {}
        for rank in reversed(range(1, len(last))):
            if last[rank]["t"] != "Header" or last[rank - 1]["t"] == "Header":
                continue
            before, after = (list(measure.atoms(part)) for part in (last[:rank], last[rank:]))
            tops = [list(pages(before, m, first)) for m in _MISTAKES]
            feet = [list(pages(after, m, under)) for m in _MISTAKES]
            whole = all(len(foot) == 1 for foot in feet) and feet[0][0].held > _FOURTH * PAGE
            blank = tops[0][-1].room / PAGE
            if whole and blank < (_OVER if at_end else _CUT) and all(map(_fewer, tops, found)):
                short = max(0.0, 1 - feet[0][0].held / _THIRD / PAGE)
                scores[rank] = max(0.0, blank - _HOLE) + short
        return last[min(scores, key=lambda rank: scores[rank])] if scores else None


def _given_back(notch: Notch, name: str, part: float) -> Notch:
    """The same, airier: its lines on the way to those of the charter, or its titles."""
    if name == "lines":
        return _between(notch, LADDER[0], part)
    return replace(notch, **{name: max(part, getattr(notch, name))})


def _between(notch: Notch, other: Notch, part: float) -> Notch:
    """The letters of one, and lines and spaces on the way to those of another."""

    def way(name: str) -> float:
        tight, loose = getattr(notch, name), getattr(other, name)
        return round(float(tight + (loose - tight) * part), 2)

    return replace(notch, **{name: way(name) for name in _LINES})


def _is_long_letter(parts: list[Nodes], images: tuple[Image, ...]) -> bool:
    """Whether a letter, or a form joined to it, would not hold on its page as the charter says."""
    letter, *forms = parts
    foot = fsum(points_of_funders(block) for block in letter if is_div(block, FUNDERS_FOOT))
    over = height(letter, images) + foot > _LETTER * PAGE
    return over or any(height(form, images) > _FORM * PAGE for form in forms)


def pages(atoms: list[Atom], scale: float, room: float) -> Iterator[Page]:
    """The pages of some atoms, `scale` times as high as guessed; `room` of the first is kept."""
    left = whole = PAGE - room
    count = 0
    for group in _groups(atoms):
        last = group[-1]
        before, points = sum(a.height for a in group[:-1]) * scale, last.height * scale
        while before + points > left and left < whole:
            lines = int((left - before) / last.line / scale) if last.line else 0
            if lines >= 2 and points - lines * last.line * scale >= last.line * scale:
                # Lines part: some stay, those that follow begin the next page.
                points -= lines * last.line * scale
                before, left = 0.0, 0.0
            yield Page(whole - left, left, count)
            left = whole = PAGE
            count = 0
        count += 1
        left -= before + points
        while left < 0:
            yield Page(whole, 0.0)
            whole = PAGE
            left += PAGE
    yield Page(whole - left, left, count)


def _drives(first: list[Page], ended: list[Page]) -> bool:
    """Whether funders on the first of two pages send text to the second, half empty still."""
    driven, half_empty = first[1].held - ended[1].held, first[1].held < _BY_ITSELF * PAGE
    return driven > _DRIVEN * PAGE and ended[1].held >= _FOOT * PAGE and half_empty


def _fewer(some: list[Page], others: list[Page]) -> bool:
    return len(some) < len(others)


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
    full = last.held / PAGE / (_LEAST if len(found) < _LONG else _OF_LONG)
    short = max(0.0, 1 - full)
    if not others:
        return 0.0 if alone else short
    if alone and len(others) == 1:
        hole += _BARE if last.held < _SECOND * PAGE else 0.0
    elif alone and len(others) < _LONG:
        hole += _BARE if last.groups == 1 and last.held < _BY_ITSELF * PAGE else 0.0
    return hole + (_FAULT + (1 - _FAULT) * short if short else 0.0)
