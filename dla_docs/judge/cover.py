"""The elements of a cover: who, for whom, when, the mention; half of one is looked at."""

import re
from collections.abc import Sequence

from dla_docs.judge.cues import Cue
from dla_docs.judge.dated import signed_on, written_on
from dla_docs.judge.expected import Expected
from dla_docs.judge.needs import lacking
from dla_docs.judge.parts import Parts
from dla_docs.judge.passages import Passage
from dla_docs.judge.verdict import State, Verdict, shown
from dla_docs.model.words import apart


def on_cover(cue: Cue, parts: Parts, expected: Expected) -> Verdict:
    """What the cover shows of an element that is due there, else what the rest does."""
    cover = parts.cover
    held = [need for need in cue.needs if not lacking([need], cover, expected)]
    if len(held) >= cue.enough:
        if partly := _partly(cue, cover, expected):
            return partly
        written = written_on(cover) if "jour" in held else None
        proof = written[1] if written else _holding(held, cover, expected)
        return shown(cue, State.PRESENT, proof)
    missing = apart(lacking(cue.needs, cover, expected))
    if held:
        proof = _holding(held, cover, expected)
        return shown(
            cue, State.DOUBTFUL, proof, f"sur la page de garde, on ne trouve pas {missing}"
        )
    elsewhere = [need for need in cue.needs if not lacking([need], parts.body, expected)]
    # A date, an address of another are everywhere in a text: they say nothing of the cover.
    if len(elsewhere) >= cue.enough and not {"jour"} & set(cue.needs):
        reason = "lu plus loin que la page de garde"
        return shown(cue, State.DOUBTFUL, _holding(elsewhere, parts.body, expected), reason)
    if "jour" in cue.needs and (signed := signed_on(parts.body)):
        return shown(cue, State.DOUBTFUL, signed[1], "lu à la fin, pas sur la page de garde")
    if cue.name.endswith("mention") and (near := _near_mention(parts.body)):
        return shown(cue, State.DOUBTFUL, near, f"les mots exacts n’y sont pas : {missing}")
    if "contact" in cue.needs and (near := _first_name(cover)):
        reason = "un nom y est, sans dire que c’est le contact"
        return shown(cue, State.DOUBTFUL, near, reason)
    if cue.sentences and (near := _first(cue.sentences, cover)):
        reason = f"il est seulement question de « {_words_of(cue.sentences, near)} »"
        return shown(cue, State.DOUBTFUL, near, f"{reason} : on ne trouve pas {missing}")
    return Verdict(cue.name, State.ABSENT, discreet=cue.discreet)


def _partly(cue: Cue, cover: Sequence[Passage], expected: Expected) -> Verdict | None:
    """A point of which several are due, and some only are named: which ones lack."""
    for need in cue.needs:
        missing = expected.unnamed(need, " ".join(one.plain for one in cover))
        if missing:
            proof = _holding([need], cover, expected)
            reason = f"sur la page de garde, on ne trouve pas {apart(missing)}"
            return shown(cue, State.DOUBTFUL, proof, reason)
    return None


_MENTIONED = re.compile(r"\b(?:co ?-?)?financee?s? (?:par|avec)|\bavec le (?:soutien|concours)\b")


def _near_mention(found: Sequence[Passage]) -> Passage | None:
    return _first(_MENTIONED, found)


_A_NAME = re.compile(r"\b[A-ZÉÈ][a-zà-ÿ]+(?:-[A-ZÉÈ][a-zà-ÿ]+)? (?:[A-ZÉÈ][a-zà-ÿ]+|[A-ZÉÈ]{3,})\b")
_A_FIRM = re.compile(
    r"\b(?:developpement|gestion|associes?|cabinet|cooperative|formation|services?|groupe|sas|sarl|"
    r"scop|scic|rue|avenue|boulevard|cours|place|chemin|impasse|quai|dla|association)\b"
)
_NAMED = 8
"""Words of a line that names someone, at most."""


def _first_name(cover: Sequence[Passage]) -> Passage | None:
    """The first line of a cover that names someone, as far as capitals say."""
    lines = (one for one in cover if len(one.plain.split()) <= _NAMED)
    return next(
        (one for one in lines if _A_NAME.search(one.text) and not _A_FIRM.search(one.plain)), None
    )


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
