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
from dla_docs.judge.dated import signed_on, written_on
from dla_docs.judge.expected import Expected
from dla_docs.judge.needs import NEEDS, lacking
from dla_docs.judge.parts import A_TEXT, Part, Parts, answering, named, parts_of
from dla_docs.judge.passages import Passage
from dla_docs.model.words import apart, folded, number_of

_FEW = 4
"""Titles that are named before a person reads them all."""
_SHORT = 30
"""Words under which a part that puts off what is due says nothing else."""
_LISTED = re.compile(r"^(?:[-–•*▪►→\uf0b7]|r?\d{1,2}(?:\.\d+)*[.)°]?\s|[a-h][.)] )")
_DENIED = re.compile(r"\b(?:aucune?|pas de|pas d'|ne \w+ pas|n'\w+ pas|sans)\b")


class State(StrEnum):
    """What is read of a point, as the data say it."""

    PRESENT = "present"
    DOUBTFUL = "a_verifier"
    ABSENT = "absent"


@dataclass(frozen=True)
class Verdict:
    """A point: its state, the passage that shows it, why a person must look at it.

    `far`: how far what shows it is from what the plainest would be; of two, the nearest is told.
    `under`: the title that it stands under.
    """

    name: str
    state: State
    proof: Passage | None = None
    reason: str = ""
    discreet: bool = False
    far: int = 0
    under: str = ""


def points_of(
    found: Sequence[Passage], contract: Contract, expected: Expected
) -> Iterator[Verdict]:
    """The state of every point but those about logos, in the order of the contract."""
    parts = parts_of(found, contract)
    for cue in contract.cues:
        if cue.pictures:
            continue
        verdict = (
            _on_cover(cue, parts, expected)
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
            return _shown(cue, State.DOUBTFUL, one, f"lu, mais on n’y trouve pas {missing}")
    return None


def _on_cover(cue: Cue, parts: Parts, expected: Expected) -> Verdict:
    cover = parts.cover
    held = [need for need in cue.needs if not lacking([need], cover, expected)]
    if len(held) >= cue.enough:
        if partly := _partly(cue, cover, expected):
            return partly
        written = written_on(cover) if "jour" in held else None
        proof = written[1] if written else _holding(held, cover, expected)
        return _shown(cue, State.PRESENT, proof)
    missing = apart(lacking(cue.needs, cover, expected))
    if held:
        proof = _holding(held, cover, expected)
        return _shown(
            cue, State.DOUBTFUL, proof, f"sur la page de garde, on ne trouve pas {missing}"
        )
    elsewhere = [need for need in cue.needs if not lacking([need], parts.body, expected)]
    # A date, an address of another are everywhere in a text: they say nothing of the cover.
    if len(elsewhere) >= cue.enough and not {"jour"} & set(cue.needs):
        reason = "lu plus loin que la page de garde"
        return _shown(cue, State.DOUBTFUL, _holding(elsewhere, parts.body, expected), reason)
    if "jour" in cue.needs and (signed := signed_on(parts.body)):
        return _shown(cue, State.DOUBTFUL, signed[1], "lu à la fin, pas sur la page de garde")
    if cue.name.endswith("mention") and (near := _near_mention(parts.body)):
        return _shown(cue, State.DOUBTFUL, near, f"les mots exacts n’y sont pas : {missing}")
    if cue.sentences and (near := _first(cue.sentences, cover)):
        reason = f"il est seulement question de « {_words_of(cue.sentences, near)} »"
        return _shown(cue, State.DOUBTFUL, near, f"{reason} : on ne trouve pas {missing}")
    return Verdict(cue.name, State.ABSENT, discreet=cue.discreet)


def _partly(cue: Cue, cover: Sequence[Passage], expected: Expected) -> Verdict | None:
    """A point of which several are due, and some only are named: which ones lack."""
    for need in cue.needs:
        missing = expected.unnamed(need, " ".join(one.plain for one in cover))
        if missing:
            proof = _holding([need], cover, expected)
            reason = f"sur la page de garde, on ne trouve pas {apart(missing)}"
            return _shown(cue, State.DOUBTFUL, proof, reason)
    return None


_MENTIONED = re.compile(r"\b(?:co ?-?)?financee?s? (?:par|avec)|\bavec le (?:soutien|concours)\b")


def _near_mention(found: Sequence[Passage]) -> Passage | None:
    return _first(_MENTIONED, found)


def _first(words: re.Pattern[str], found: Sequence[Passage]) -> Passage | None:
    return next((one for one in found if words.search(one.plain)), None)


def _words_of(words: re.Pattern[str], one: Passage) -> str:
    """The words of a passage that were looked for, as it writes them where it can be said."""
    told = words.search(one.plain)
    start, end = (told.start(), told.end()) if told else (0, 0)
    same = len(one.text) == len(one.plain)
    return one.text[start:end] if same else one.plain[start:end]


def _holding(needs: Sequence[str], texts: Sequence[Passage], expected: Expected) -> Passage | None:
    """The first passage that meets one of the needs by itself."""
    alone = (one for one in texts for need in needs if not lacking([need], [one], expected))
    return next(alone, None)


def _in_body(cue: Cue, parts: Parts, contract: Contract, expected: Expected) -> Verdict:
    """The best of what titles, columns, lines and sentences show: the plainest, then the nearest.

    Titles come first: a sentence that happens to hold the words is no better than they are.
    """
    verdicts = [_titled(cue, part, parts, contract, expected) for part in answering(cue, parts)]
    verdicts += _columned(cue, parts, expected)
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
        return _shown(cue, State.DOUBTFUL, part.head, "le titre y est, presque rien dessous", far)
    if said <= _SHORT and contract.later.search(text):
        return _shown(cue, State.DOUBTFUL, part.head, "ce qui y est dit renvoie à plus tard", far)
    if missing := _lacking(cue, (part.head, *part.texts), parts, expected):
        reason = f"le titre y est, mais on n’y trouve pas {apart(missing)}"
        return _shown(cue, State.DOUBTFUL, part.head, reason, far)
    if silent := _silent(cue, parts):
        return _shown(cue, State.DOUBTFUL, part.head, silent, far)
    if cue.own and part.block != cue.own:
        return _shown(
            cue, State.DOUBTFUL, part.head, "lu hors de la partie qui devrait en parler", far
        )
    return _shown(cue, State.PRESENT, part.head, far=far)


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
                yield _shown(cue, State.DOUBTFUL, head, told, far)
            elif here:
                yield _shown(cue, State.PRESENT, head, far=far)
            else:
                told = "lu dans un tableau, sans titre qui l’annonce"
                yield _shown(cue, State.DOUBTFUL, head, told, far)


def _is_head(cue: Cue, cell: str) -> bool:
    return cue.columns is not None and named(cue.columns, folded(cell))


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
        yield _shown(cue, State.PRESENT, items[0], far=2)
    elif len(bare) < len(items):
        yield _shown(cue, State.DOUBTFUL, bare[0], reason, _FEW)
    elif not _later(held[0], cue, parts, expected):
        yield _shown(cue, State.ABSENT, items[0], reason)


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
            yield _shown(cue, State.DOUBTFUL, one, silent, far)
        elif _DENIED.search(one.plain) and len(one.plain.split()) < _SHORT:
            reason = "la phrase dit peut-être qu’il n’y est pas"
            yield _shown(cue, State.DOUBTFUL, one, reason, far)
        elif block == cue.place and one not in parts.covered:
            yield _shown(cue, State.PRESENT, one, far=far)
        else:
            reason = "lu dans une phrase, sans titre qui l’annonce"
            yield _shown(cue, State.DOUBTFUL, one, reason, far)


def _shown(
    cue: Cue, state: State, proof: Passage | None, reason: str = "", far: int = 0
) -> Verdict:
    return Verdict(cue.name, state, proof, reason, cue.discreet, far)
