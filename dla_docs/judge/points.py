"""Where each due point is: plainly there, doubtful, or nowhere, with what shows it.

`present` is said of plain evidence alone: a title that says it with what it must hold below, or a
sentence in the part that speaks of it. `absent`, where the document holds nothing that it needs, or
where every part of it is known and none is that one. The rest is a person's to look at, told why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dla_docs.judge.cues import COVER, Contract, Cue
from dla_docs.judge.expected import Expected
from dla_docs.judge.needs import lacking
from dla_docs.judge.passages import Passage, sections_of
from dla_docs.model.words import apart, folded

_LABEL = 60
"""Signs of a label before its colon, at most: « Nombre de jours d’intervention (préparation
comprise) »."""
_SAYS = 8
"""Words from which a text says something: an address, a date, a greeting have fewer."""
_FEW = 4
"""Titles that are named before a person reads them all."""
_SHORT = 30
"""Words under which a part that puts off what is due says nothing else."""
_PIECES = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|&|/|:|\+|\bet\b|\bpuis\b|(?<=\s)[-–—](?=\s))\s*+")
_LEAD = re.compile(
    r"^(?:[ivx]+[.)] |[a-h][.)] |\d{1,2}(?:\.\d{1,2})*[.)°]? ?-? ?|[-•*] ?"
    r"|(?:partie|article|phase) \d+ ?)+"
)
_ARTICLE = re.compile(
    r"^(?:le |la |les |l'|un |une |des |du |nos |notre |votre |vos |mon |ma |mes )"
)
_SENTENCES = re.compile(r"(?<=[a-z)][.;!?]) ")
_DENIED = re.compile(r"\b(?:aucune?|pas de|pas d'|ne \w+ pas|n'\w+ pas|sans)\b")


class State(StrEnum):
    """What is read of a point, as the data say it."""

    PRESENT = "present"
    DOUBTFUL = "a_verifier"
    ABSENT = "absent"


@dataclass(frozen=True)
class Verdict:
    """A point: its state, the passage that shows it, why a person must look at it."""

    name: str
    state: State
    proof: Passage | None = None
    reason: str = ""
    discreet: bool = False


@dataclass(frozen=True)
class _Part:
    """What answers to a title or to a label: the passage that says it, and what it says."""

    head: Passage
    texts: tuple[Passage, ...]
    own: str
    block: str

    @property
    def words(self) -> int:
        return sum(len(one.plain.split()) for one in self.texts)


def points_of(
    found: Sequence[Passage], contract: Contract, expected: Expected
) -> Iterator[Verdict]:
    """The state of every point but those about logos, in the order of the contract."""
    blocks = blocks_of(found, contract)
    cover = cover_of(found, blocks)
    unplaced = unplaced_in(found, blocks, contract, cover)
    for cue in contract.cues:
        if cue.pictures:
            continue
        verdict = (
            _on_cover(cue, found, cover, expected)
            if cue.part == COVER
            else _in_body(cue, found, blocks, contract, expected)
        )
        if verdict.state is State.ABSENT and cue.part != COVER:
            verdict = _perhaps(cue, unplaced, found, expected)
        if not (cue.optional and verdict.state is not State.PRESENT):
            yield verdict


def blocks_of(found: Sequence[Passage], contract: Contract) -> tuple[str, ...]:
    """The part of the document that each passage is of, by the last title that names one."""
    held, blocks = "", list[str]()
    for one in found:
        if one.title:
            held = _block(one.plain, contract) or held
        blocks.append(held)
    return tuple(blocks)


def _block(title: str, contract: Contract) -> str:
    """The part that a title opens: it names it, or one of its points."""
    for name, titles in contract.parts.items():
        if named(titles, title):
            return name
    body = (cue for cue in contract.cues if cue.part != COVER and cue.titles)
    return next((cue.part for cue in body if cue.titles and named(cue.titles, title)), "")


def named(titles: re.Pattern[str], title: str) -> bool:
    """Whether a title begins with some words, or one of the pieces that « et » or a comma parts."""
    for piece in _PIECES.split(_LEAD.sub("", title).strip(" :.")):
        bare = _ARTICLE.sub("", piece)
        if titles.match(piece) or titles.match(bare):
            return True
    return False


def cover_of(found: Sequence[Passage], blocks: Sequence[str]) -> list[Passage]:
    """The cover: the first page, where there are pages; else what comes before the first part."""
    paged = any(one.page > 1 for one in found)
    pairs = zip(found, blocks, strict=True)
    return [one for one, block in pairs if one.cover and (paged or not block)]


def unplaced_in(
    found: Sequence[Passage], blocks: Sequence[str], contract: Contract, cover: Sequence[Passage]
) -> tuple[Passage, ...]:
    """What nothing known announces: titles with a text below, and a text without any title."""
    strange = [
        part.title
        for part in sections_of(found)
        if part.title not in cover
        and not _block(part.title.plain, contract)
        and len(part.plain.split()) >= _SAYS
    ]
    bare = (one for one, block in zip(found, blocks, strict=True) if not (block or one.title))
    long = [one for one in bare if len(one.plain.split()) >= _SAYS and one not in cover]
    return tuple(strange or long)


def _perhaps(
    cue: Cue, unplaced: Sequence[Passage], found: Sequence[Passage], expected: Expected
) -> Verdict:
    """What is said of a point that nothing shows: absent, unless some text has no known place."""
    absent = Verdict(cue.name, State.ABSENT, discreet=cue.discreet)
    if not unplaced or lacking(cue.needs, found, expected):
        return absent
    titles = [f"« {one.text} »" for one in unplaced if one.title][:_FEW]
    where = f" ; à chercher sous {apart(titles)}" if titles else ", le texte n’a pas de titres"
    return replace(absent, state=State.DOUBTFUL, reason=f"aucun titre connu ne l’annonce{where}")


def _on_cover(
    cue: Cue, found: Sequence[Passage], cover: Sequence[Passage], expected: Expected
) -> Verdict:
    held = [need for need in cue.needs if not lacking([need], cover, expected)]
    if len(held) >= cue.enough:
        return _shown(cue, State.PRESENT, _holding(held, cover, expected))
    missing = apart(lacking(cue.needs, cover, expected))
    if held:
        proof = _holding(held, cover, expected)
        return _shown(
            cue, State.DOUBTFUL, proof, f"sur la page de garde, on ne trouve pas {missing}"
        )
    elsewhere = [need for need in cue.needs if not lacking([need], found, expected)]
    # A date, an address of another are everywhere in a text: they say nothing of the cover.
    if len(elsewhere) >= cue.enough and not {"jour"} & set(cue.needs):
        reason = "lu plus loin que la page de garde"
        return _shown(cue, State.DOUBTFUL, _holding(elsewhere, found, expected), reason)
    if cue.name.endswith("mention") and (near := _near_mention(found)):
        return _shown(cue, State.DOUBTFUL, near, f"les mots exacts n’y sont pas : {missing}")
    return Verdict(cue.name, State.ABSENT, discreet=cue.discreet)


_MENTIONED = re.compile(r"\b(?:co ?-?)?financee?s? (?:par|avec)|\bavec le (?:soutien|concours)\b")


def _near_mention(found: Sequence[Passage]) -> Passage | None:
    return next((one for one in found if _MENTIONED.search(one.plain)), None)


def _holding(needs: Sequence[str], texts: Sequence[Passage], expected: Expected) -> Passage | None:
    """The first passage that meets one of the needs by itself."""
    alone = (one for one in texts for need in needs if not lacking([need], [one], expected))
    return next(alone, None)


def _in_body(
    cue: Cue,
    found: Sequence[Passage],
    blocks: Sequence[str],
    contract: Contract,
    expected: Expected,
) -> Verdict:
    """The best of what titles, columns and sentences show."""
    verdicts = [
        _titled(cue, part, found, contract, expected) for part in _parts(cue, found, blocks)
    ]
    verdicts += _columned(cue, found, expected)
    verdicts += _said(cue, found, blocks, expected)
    order = (State.PRESENT, State.DOUBTFUL)
    best = min(verdicts, key=lambda verdict: order.index(verdict.state), default=None)
    return best or Verdict(cue.name, State.ABSENT, discreet=cue.discreet)


def _parts(cue: Cue, found: Sequence[Passage], blocks: Sequence[str]) -> Iterator[_Part]:
    """What stands under each title that names the point, or beside each label that does."""
    if cue.titles is None:
        return
    for n, one in enumerate(found):
        if one.title and named(cue.titles, one.plain):
            yield _Part(one, tuple(_below(n, found)), "", blocks[n])
            continue
        for label, rest in _labels(one):
            if named(cue.titles, label):
                texts = (one,) if rest else (one, *found[n + 1 : n + 2])
                yield _Part(one, texts, rest, blocks[n])


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


def _titled(
    cue: Cue, part: _Part, found: Sequence[Passage], contract: Contract, expected: Expected
) -> Verdict:
    """What a title shows, by what is below it."""
    text = " ".join(one.plain for one in part.texts)
    said = len(part.own.split()) if part.own else part.words
    # A label of one line: « Statut : gérante » says it all.
    least = 1 if part.own else cue.least
    if said < least:
        return _shown(cue, State.DOUBTFUL, part.head, "le titre y est, presque rien dessous")
    if said <= _SHORT and contract.later.search(text):
        return _shown(cue, State.DOUBTFUL, part.head, "ce qui y est dit renvoie à plus tard")
    if missing := lacking(cue.needs, (part.head, *part.texts), expected):
        reason = f"le titre y est, mais on n’y trouve pas {apart(missing)}"
        return _shown(cue, State.DOUBTFUL, part.head, reason)
    if silent := _silent(cue, found):
        return _shown(
            cue,
            State.DOUBTFUL,
            part.head,
            f"le document ne parle pas de ce qui suit : {apart(silent)}",
        )
    return _shown(cue, State.PRESENT, part.head)


def _silent(cue: Cue, found: Sequence[Passage]) -> list[str]:
    """What the document should speak of, and does not."""
    whole = " ".join(one.plain for one in found)
    return [name for name, words in (cue.holds or {}).items() if not words.search(whole)]


def _columned(cue: Cue, found: Sequence[Passage], expected: Expected) -> Iterator[Verdict]:
    """What a column of a table shows: every row must say it."""
    for head in (one for one in found if one.row == 1 and cue.columns):
        ranks = [n for n, cell in enumerate(head.cells) if cue.columns and _is_head(cue, cell)]
        rows = [one for one in found if one.table == head.table and one.row > 1]
        for rank in ranks[:1]:
            empty = [one.row for one in rows if not "".join(one.cells[rank : rank + 1]).strip()]
            if rows and not empty:
                yield _shown(cue, State.PRESENT, head)
            elif len(empty) < len(rows):
                told = f"rien à la ligne {', '.join(map(str, empty))} du tableau"
                yield _shown(cue, State.DOUBTFUL, head, told)


def _is_head(cue: Cue, cell: str) -> bool:
    return cue.columns is not None and named(cue.columns, folded(cell))


def _said(
    cue: Cue, found: Sequence[Passage], blocks: Sequence[str], expected: Expected
) -> Iterator[Verdict]:
    """What sentences show: plain in the part that speaks of it, doubtful elsewhere."""
    for one, block in zip(found, blocks, strict=True):
        if one.title or cue.sentences is None or not cue.sentences.search(one.plain):
            continue
        if lacking(cue.needs, [one], expected):
            continue
        if silent := _silent(cue, found):
            yield _shown(
                cue,
                State.DOUBTFUL,
                one,
                f"le document ne parle pas de ce qui suit : {apart(silent)}",
            )
        elif _DENIED.search(one.plain) and len(one.plain.split()) < _SHORT:
            yield _shown(cue, State.DOUBTFUL, one, "la phrase dit peut-être qu’il n’y est pas")
        elif block == cue.part:
            yield _shown(cue, State.PRESENT, one)
        else:
            yield _shown(cue, State.DOUBTFUL, one, "lu dans une phrase, sans titre qui l’annonce")


def _shown(cue: Cue, state: State, proof: Passage | None, reason: str = "") -> Verdict:
    return Verdict(cue.name, state, proof, reason, cue.discreet)
