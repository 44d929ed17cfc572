"""The parts of a document: which one each passage is of, its cover, what nothing announces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dla_docs.judge.cues import COVER, Contract, Cue
from dla_docs.judge.passages import Passage, sections_of

_LABEL = 60
"""Signs of a label before its colon, at most: « Nombre de jours d’intervention (préparation
comprise) »."""
_SAYS = 8
"""Words from which a text says something: an address, a date, a greeting have fewer."""
A_TEXT = 20
"""Words from which what stands under a title is its text."""
_PIECES = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|&|/|:|\+|\bet\b|\bpuis\b|(?<=\s)[-–—](?=\s))\s*+")
_LEAD = re.compile(
    r"^(?:(?:[ivx]++|[a-h]|\d{1,2}(?:\.\d{1,2})*+)(?: ?[.)°/:–-])++ ?+|\d{1,2}(?:\.\d{1,2})*+ "
    r"|[-•*→] ?+|(?:partie|article|phase|chapitre|volet) \d++ ?+[.:–-]?+ ?+)++"
)
_ARTICLE = re.compile(
    r"^(?:le |la |les |l'|un |une |des |du |nos |notre |votre |vos |mon |ma |mes )"
)
_SENTENCES = re.compile(r"(?<=[a-z)][.;!?]) ")


@dataclass(frozen=True)
class Part:
    """What answers to a title or to a label: the passage that says it, and what it says."""

    head: Passage
    texts: tuple[Passage, ...]
    own: str
    block: str
    rank: int = 0

    @property
    def words(self) -> int:
        """How many words it says."""
        return sum(len(one.plain.split()) for one in self.texts)


@dataclass(frozen=True)
class Parts:
    """A document in its parts: its `body`, the part that each of its passages is of, its cover.

    `unplaced`: what nothing known announces. `nearest`: the part that the title just above each
    passage names by itself, empty where it names none. `covered`: the passages of the cover that
    are no body: on a first page, the text may begin below the names.
    """

    body: tuple[Passage, ...]
    blocks: tuple[str, ...]
    cover: tuple[Passage, ...]
    unplaced: tuple[Passage, ...]
    nearest: tuple[str, ...] = ()
    covered: frozenset[Passage] = frozenset()


def parts_of(found: Sequence[Passage], contract: Contract) -> Parts:
    """A document in its parts."""
    body = tuple(one for one in found if not one.around)
    start = _start(body, contract)
    blocks = _blocks(body, start, contract)
    around = (one for one in found if one.around)
    cover = (*_cover(body, blocks), *around)
    covered = frozenset(cover) & frozenset(body[:start])
    unplaced = tuple(_unplaced(body, blocks, covered, contract))
    nearest = _nearest(body, contract)
    blocks = _inferred(body, blocks, nearest, contract)
    return Parts(body, blocks, cover, unplaced, nearest, covered)


def _start(body: Sequence[Passage], contract: Contract) -> int:
    """Where the body begins: after the cover, or within the first page where a known part does."""
    paged = _is_paged(body)
    known = (
        n
        for n, one in enumerate(body)
        if one.cover and one.title and _block(one.plain, contract)
        if not paged or _holds(body, n)
    )
    after = (n for n, one in enumerate(body) if not one.cover)
    return min(next(known, len(body)), next(after, len(body)))


def _is_paged(body: Sequence[Passage]) -> bool:
    return any(one.page > 1 or one.sheet > 1 for one in body)


def _holds(body: Sequence[Passage], n: int) -> bool:
    """Whether a text stands under a title: a line of an address is no text."""
    return sum(len(one.plain.split()) for one in _below(n, body)) >= A_TEXT


def _blocks(body: Sequence[Passage], start: int, contract: Contract) -> tuple[str, ...]:
    """The part that each passage is of, by the last title that names one."""
    held, depth, blocks = "", "", list[str]()
    for n, one in enumerate(body):
        if one.title and n >= start:
            opened = _block(one.plain, contract)
            own = _depth(one.plain)
            # « 7. » after « 6. » begins another part, whatever it is; « 6.1 » is within it.
            held = opened or ("" if own and own == depth else held)
            depth = own if opened else depth
        blocks.append(held)
    return tuple(blocks)


_NUMBER = re.compile(r"^(?:([ivx]+)|([a-h])|(\d{1,2}(?:\.\d{1,2})*))(?: ?[.)°/:–-]| )")


def _depth(title: str) -> str:
    """How a title is numbered, as others of its rank are: « i », « a », « 0 », « 0.0 »."""
    told = _NUMBER.match(title)
    if told is None:
        return ""
    return "i" if told[1] else "a" if told[2] else re.sub(r"\d+", "0", told[3])


def _nearest(body: Sequence[Passage], contract: Contract) -> tuple[str, ...]:
    """What the title just above each passage names by itself."""
    held, found = "", list[str]()
    for one in body:
        held = _block(one.plain, contract) if one.title else held
        found.append(held)
    return tuple(found)


TEAM = "intervenants"
"""The part that presents people: what it says of them shows it, whatever its title is."""
_SIGNS = 3
"""Points of that part, at least, that a text must speak of to be it."""


def _inferred(
    body: Sequence[Passage], blocks: Sequence[str], nearest: Sequence[str], contract: Contract
) -> tuple[str, ...]:
    """The parts, those that no known title opens and that present people told by their text."""
    cues = [cue for cue in contract.cues if cue.part == TEAM and cue.sentences]
    found = list(blocks)
    n = 0
    while n < len(body):
        end = next((m for m in range(n + 1, len(body)) if body[m].title), len(body))
        text = " ".join(one.plain for one in body[n:end])
        signs = sum(bool(cue.sentences and cue.sentences.search(text)) for cue in cues)
        if body[n].title and not nearest[n] and signs >= _SIGNS:
            found[n:end] = [TEAM] * (end - n)
        n = end
    return tuple(found)


def _block(title: str, contract: Contract) -> str:
    """The part that a title opens: it names it, or one of its points."""
    for name, titles in contract.parts.items():
        if named(titles, title):
            return name
    body = (cue for cue in contract.cues if cue.part != COVER and cue.titles)
    return next((cue.place for cue in body if cue.titles and named(cue.titles, title)), "")


def named(titles: re.Pattern[str], title: str) -> bool:
    """Whether a title begins with some words, or one of the pieces that « et » or a comma parts."""
    for piece in _PIECES.split(_LEAD.sub("", title).strip(" :.")):
        bare = _ARTICLE.sub("", piece)
        if titles.match(piece) or titles.match(bare):
            return True
    return titles.match(_LEAD.sub("", title)) is not None


def _cover(body: Sequence[Passage], blocks: Sequence[str]) -> Iterator[Passage]:
    """The cover: the first page, where there are pages; else what comes before the first part."""
    paged = _is_paged(body)
    pairs = zip(body, blocks, strict=True)
    yield from (one for one, block in pairs if one.cover and (paged or not block))


def _unplaced(
    body: Sequence[Passage],
    blocks: Sequence[str],
    covered: frozenset[Passage],
    contract: Contract,
) -> Sequence[Passage]:
    """What nothing known announces: titles with a text below, and a text without any title."""
    strange = [
        part.title
        for part in sections_of(body)
        if part.title not in covered
        and not _block(part.title.plain, contract)
        and len(part.plain.split()) >= _SAYS
    ]
    bare = (one for one, block in zip(body, blocks, strict=True) if not (block or one.title))
    long = [one for one in bare if len(one.plain.split()) >= _SAYS and one not in covered]
    return strange or long


def answering(cue: Cue, parts: Parts) -> Iterator[Part]:
    """What stands under each title that names a point, or beside each label that does."""
    if cue.titles is None:
        return
    for n, one in enumerate(parts.body):
        if one in parts.covered:
            continue
        if one.title and named(cue.titles, one.plain):
            texts = tuple(_below(n, parts.body))
            yield Part(one, texts, "", parts.blocks[n], _rank(cue, one.plain))
            continue
        for label, rest in _labels(one):
            if named(cue.titles, label):
                texts = (one,) if rest else (one, *parts.body[n + 1 : n + 2])
                yield Part(one, texts, rest, parts.blocks[n], _rank(cue, label))


def _rank(cue: Cue, title: str) -> int:
    """How exactly a title names a point: the first words of its list are the plainest."""
    ranks = (n for n, words in enumerate(cue.order) if named(words, title))
    return next(ranks, len(cue.order))


def _below(at: int, found: Sequence[Passage]) -> Iterator[Passage]:
    """What a title holds: up to the next one, and what is below that where nothing comes before."""
    for n in range(at + 1, len(found)):
        if found[n].title and n > at + 1:
            return
        yield found[n]


def _labels(one: Passage) -> Iterator[tuple[str, str]]:
    """What the sentences of a line, or a row, say before their colon and after it, folded."""
    for sentence in _SENTENCES.split(one.plain):
        before, colon, after = sentence.partition(" : " if one.table else ":")
        if colon and len(before) <= _LABEL:
            yield before.strip(), after.strip(" :")
