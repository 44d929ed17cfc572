"""Where each due point is: plainly there, doubtful, or nowhere, with what shows it.

`present` is said of plain evidence alone: a title that says it with what it must hold below, or a
sentence in the part that speaks of it. `absent`, where the document holds nothing that it needs, or
where every part of it is known and none is that one. The rest is a person's to look at, told why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dla_docs.judge.cover import on_cover
from dla_docs.judge.cues import COVER, Contract, Cue
from dla_docs.judge.dated import days_in
from dla_docs.judge.expected import Expected
from dla_docs.judge.needs import NEEDS, WHEN, lacking
from dla_docs.judge.parts import A_TEXT, Part, Parts, answering, named, parts_of
from dla_docs.judge.passages import Passage, sections_of
from dla_docs.judge.verdict import State, Verdict, shown
from dla_docs.model.words import apart, folded, number_of

_FEW = 4
"""Titles that are named before a person reads them all."""
_SHORT = 30
"""Words under which a part that puts off what is due says nothing else."""
_LISTED = re.compile(r"^(?:[-–•*▪►→\uf0b7]|r?\d{1,2}(?:\.\d+)*[.)°]?\s|[a-h][.)] )")
_DENIED = re.compile(r"\b(?:aucune?|pas de|pas d'|ne \w+ pas|n'\w+ pas|sans)\b")


def points_of(
    found: Sequence[Passage], contract: Contract, expected: Expected
) -> Iterator[Verdict]:
    """The state of every point but those about logos, in the order of the contract."""
    parts = parts_of(found, contract)
    for cue in contract.cues:
        if cue.pictures:
            continue
        verdict = (
            on_cover(cue, parts, expected)
            if cue.part == COVER
            else _in_body(cue, parts, contract, expected)
        )
        if verdict.state is State.ABSENT and cue.part != COVER and not verdict.reason:
            verdict = _perhaps(cue, parts, expected)
        if not (cue.optional and verdict.state is not State.PRESENT):
            yield replace(verdict, under=_above(verdict.proof, parts))


def _above(proof: Passage | None, parts: Parts) -> str:
    """The title that a passage stands under; empty for a title, and on the cover."""
    if proof is None or proof.title or proof in parts.covered or proof not in parts.body:
        return ""
    before = parts.body[: parts.body.index(proof)]
    return next((one.text for one in reversed(before) if one.title), "")


def _perhaps(cue: Cue, parts: Parts, expected: Expected) -> Verdict:
    """What is said of a point that nothing shows: absent, unless some text has no known place."""
    absent = Verdict(cue.name, State.ABSENT, discreet=cue.discreet)
    if near := _unmet(cue, parts, expected):
        return near
    # Without pages, the first words of the text may be taken for a cover: long ones are no cover.
    after = [
        one for one in parts.body if one not in parts.covered or len(one.plain.split()) >= A_TEXT
    ]
    if not parts.unplaced or lacking(cue.needs, after, expected):
        return absent
    titles = [f"« {one.text} »" for one in parts.unplaced if one.title][:_FEW]
    where = f" ; à chercher sous {apart(titles)}" if titles else ", le texte n’a pas de titres"
    return replace(absent, state=State.DOUBTFUL, reason=f"aucun titre connu ne l’annonce{where}")


def _unmet(cue: Cue, parts: Parts, expected: Expected) -> Verdict | None:
    """A sentence of the part that speaks of a point, where what it needs lacks: a person looks."""
    if cue.sentences is None or cue.optional:
        return None
    for one, block in zip(parts.body, parts.blocks, strict=True):
        if block == cue.place and not one.title and cue.sentences.search(one.plain):
            missing = apart(lacking(cue.needs, [one], expected))
            return shown(cue, State.DOUBTFUL, one, f"lu, mais on n’y trouve pas {missing}")
    return None


def _in_body(cue: Cue, parts: Parts, contract: Contract, expected: Expected) -> Verdict:
    """The best of what titles, columns, lines and sentences show: the plainest, then the nearest.

    Titles come first: a sentence that happens to hold the words is no better than they are.
    """
    verdicts = [_titled(cue, part, parts, contract, expected) for part in answering(cue, parts)]
    verdicts += _columned(cue, parts, expected)
    verdicts += _dated(cue, parts, expected)
    each = list(_each(cue, parts, expected))
    verdicts += each
    # One sentence that says it does not answer for the lines that do not.
    verdicts += () if each else _said(cue, parts, expected)
    order = (State.PRESENT, State.DOUBTFUL, State.ABSENT)
    best = min(
        verdicts, key=lambda verdict: (order.index(verdict.state), verdict.far), default=None
    )
    return best or Verdict(cue.name, State.ABSENT, discreet=cue.discreet)


_AWAY = 100
"""What is out of the part that speaks of a point is farther than all that is in it: its titles are
before its sentences, and both before the titles of other parts."""


def _titled(cue: Cue, part: Part, parts: Parts, contract: Contract, expected: Expected) -> Verdict:
    """What a title shows, by what is below it."""
    far = part.rank + (0 if part.block == cue.place else 3 * _AWAY)
    text = " ".join(one.plain for one in part.texts)
    said = len(part.own.split()) if part.own else part.words
    # A label of one line: « Statut : gérante » says it all.
    least = 1 if part.own else cue.least
    if said < least:
        return shown(cue, State.DOUBTFUL, part.head, "le titre y est, presque rien dessous", far)
    if said <= _SHORT and contract.later.search(text):
        return shown(cue, State.DOUBTFUL, part.head, "ce qui y est dit renvoie à plus tard", far)
    if missing := _lacking(cue, (part.head, *part.texts), parts, expected):
        reason = f"le titre y est, mais on n’y trouve pas {apart(missing)}"
        return shown(cue, State.DOUBTFUL, part.head, reason, far)
    if silent := _silent(cue, parts):
        return shown(cue, State.DOUBTFUL, part.head, silent, far)
    if cue.own and part.block != cue.own:
        return shown(
            cue, State.DOUBTFUL, part.head, "lu hors de la partie qui devrait en parler", far
        )
    return shown(cue, State.PRESENT, part.head, far=far)


def _lacking(
    cue: Cue, texts: Sequence[Passage], parts: Parts, expected: Expected
) -> tuple[str, ...]:
    """What is not there of what a point needs: some of it may be anywhere in the document."""
    here = [need for need in cue.needs if need not in cue.whole]
    anywhere = (*parts.cover, *parts.body)
    return (*lacking(here, texts, expected), *lacking(cue.whole, anywhere, expected))


def _silent(cue: Cue, parts: Parts) -> str:
    """What the document should speak of, and does not, as it is told; empty where it does."""
    whole = " ".join(one.plain for one in parts.body)
    silent = [name for name, words in (cue.holds or {}).items() if not words.search(whole)]
    return f"le document ne parle pas de ce qui suit : {apart(silent)}" if silent else ""


def _columned(cue: Cue, parts: Parts, expected: Expected) -> Iterator[Verdict]:
    """What a column of a table shows: every row must say it."""
    heads = [n for n, one in enumerate(parts.body) if one.row == 1 and cue.columns]
    # A table that a title gives to another part says nothing of this one.
    heads = [n for n in heads if not cue.own or parts.nearest[n] in ("", cue.place)]
    for head, block in ((parts.body[n], parts.blocks[n]) for n in heads):
        ranks = [n for n, cell in enumerate(head.cells) if cue.columns and _is_head(cue, cell)]
        rows = [one for one in parts.body if one.table == head.table and one.row > 1]
        rows = [one for one in rows if "total" not in one.plain]
        for rank in ranks[:1]:
            empty = [one.row for one in rows if not "".join(one.cells[rank : rank + 1]).strip()]
            here = block == cue.place
            far = _FEW + (0 if here else _AWAY)
            if not rows or len(empty) == len(rows) or lacking(cue.needs, rows, expected):
                continue
            if empty:
                told = f"rien à la ligne {', '.join(map(str, empty))} du tableau"
                yield shown(cue, State.DOUBTFUL, head, told, far)
            elif here:
                yield shown(cue, State.PRESENT, head, far=far)
            else:
                told = "lu dans un tableau, sans titre qui l’annonce"
                yield shown(cue, State.DOUBTFUL, head, told, far)


def _is_head(cue: Cue, cell: str) -> bool:
    return cue.columns is not None and named(cue.columns, folded(cell))


_DATED, _MOSTLY = 3, 60
"""Lines with a day that make a calendar, at least, and their share of a part, per cent."""


def _dated(cue: Cue, parts: Parts, expected: Expected) -> Iterator[Verdict]:
    """What lines of days show under a title that names nothing else: each says when, and what."""
    ranks = {one: n for n, one in enumerate(parts.body) if one.title}
    for section in sections_of(parts.body) if cue.dated else ():
        if parts.nearest[ranks[section.title]] not in ("", cue.place):
            continue
        lines = [one for one in section.below if one.row != 1]
        told = [one for one in lines if WHEN.search(one.plain)]
        if len(told) < _DATED or 100 * len(told) < _MOSTLY * len(lines):
            continue
        if cue.own and not _of_the_mission(told, expected):
            continue
        if missing := _lacking(cue, (section.title, *told), parts, expected):
            reason = f"des dates y sont, mais on n’y trouve pas {apart(missing)}"
            yield shown(cue, State.DOUBTFUL, section.title, reason, _FEW)
        else:
            yield shown(cue, State.PRESENT, section.title, far=_FEW)


def _of_the_mission(told: Sequence[Passage], expected: Expected) -> bool:
    """Whether days are those of the mission: those of what is still to be done come after it."""
    start, end = expected.terms.start, expected.terms.end
    days = [found for one in told for found in days_in(one)]
    return bool(start and end and days) and all(
        start <= one <= end for one in days if start and end
    )


def _each(cue: Cue, parts: Parts, expected: Expected) -> Iterator[Verdict]:
    """What the lines of a part show one by one, where each of them must say it."""
    pairs = zip(parts.body, parts.blocks, strict=True)
    held = [one for one, block in pairs if block == cue.place] if cue.each else []
    items = [one for one in held if one.row > 1 or one.item or _LISTED.match(one.plain)]
    items = [one for one in items if not one.title]
    bare = [one for one in items if lacking(cue.needs, [one], expected)]
    if not items:
        return
    what = NEEDS[cue.needs[0]][0]
    reason = f"{what} manque à {number_of(len(bare), 'ligne')} sur {len(items)}"
    if not bare:
        yield shown(cue, State.PRESENT, items[0], far=2)
    elif len(bare) < len(items):
        yield shown(cue, State.DOUBTFUL, bare[0], reason, _FEW)
    elif not _later(held[0], cue, parts, expected):
        yield shown(cue, State.ABSENT, items[0], reason)


_ATTACHED = "annexes"
"""The part whose days are those of what is joined."""


def _later(start: Passage, cue: Cue, parts: Parts, expected: Expected) -> bool:
    """Whether something, from the part that should say it on, says it all the same."""
    begun = parts.body.index(start)
    pairs = list(zip(parts.body, parts.blocks, strict=True))[begun:]
    return not lacking(cue.needs, [one for one, block in pairs if block != _ATTACHED], expected)


def _said(cue: Cue, parts: Parts, expected: Expected) -> Iterator[Verdict]:
    """What sentences show: plain in the part that speaks of it, doubtful elsewhere."""
    silent = _silent(cue, parts) if cue.sentences else ""
    for one, block in zip(parts.body, parts.blocks, strict=True):
        if one.title or cue.sentences is None or not cue.sentences.search(one.plain):
            continue
        far = 2 * _AWAY + (_AWAY if block != cue.place else 0)
        # The letter that goes before a document tells what it holds: it does not hold it.
        far += _AWAY if one in parts.covered else 0
        if lacking(cue.needs, [one], expected):
            continue
        if silent:
            yield shown(cue, State.DOUBTFUL, one, silent, far)
        elif _DENIED.search(one.plain) and len(one.plain.split()) < _SHORT:
            reason = "la phrase dit peut-être qu’il n’y est pas"
            yield shown(cue, State.DOUBTFUL, one, reason, far)
        elif block == cue.place and one not in parts.covered:
            yield shown(cue, State.PRESENT, one, far=far)
        else:
            reason = "lu dans une phrase, sans titre qui l’annonce"
            yield shown(cue, State.DOUBTFUL, one, reason, far)
