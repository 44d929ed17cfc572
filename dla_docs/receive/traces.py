"""What a person leaves in a form beside the answers: what must be looked at, lest it be lost."""

import re
from collections.abc import Iterator, Sequence

from dla_docs.formats.fields import SHORT_PROMPT, prompt_of
from dla_docs.forms.fields import Field, Kind
from dla_docs.model.values import NO_BREAK
from dla_docs.model.words import number_of
from dla_docs.reading.blocks import Read, Words
from dla_docs.receive.folded import plain, says

_CROSS = re.compile(r"(?:^|[\s:;,.(\[])[xX✓✔✗✘☒☑]\s*+[)\].]?\s*+$")
_STUCK = 4
"""Letters of a label that is looked for, in its own case: shorter ones are no words."""
_CUT = 5
"""Letters of a prompt that make a piece of it: fewer begin other words."""
_FEW_WORDS = 3
"""Words of a number or of a date that is spelt, at most."""


def crossed_beside(text: str, label: str) -> bool:
    """Whether a cross follows the words of a box: « ☐ Oui X ». `label`: these words, folded."""
    return bool(_CROSS.search(text)) and plain(text) != label


def differs(text: str, others: Sequence[str]) -> str:
    """The first of some texts that an answer does not hold; empty where it holds them all."""
    return next((o for o in others if plain(o) not in plain(text)), "")


def repeats(text: str, labels: Sequence[str]) -> bool:
    """Whether an answer ends with a label that is stuck to its words.

    LibreOffice 7.4 copies the next one there when a field holds a sign beyond the first plane of
    Unicode, as a smiley (measured).
    """
    long = (label for label in labels if len(label) >= _STUCK)
    # Stuck: a sentence may end with the words of a question, after a space.
    return any(text.endswith(label) and text[: -len(label)][-1:].strip() for label in long)


def half_deleted(text: str, one: Field) -> str:
    """Why an answer is in doubt where a piece of its prompt stays; empty where none does."""
    prompt = prompt_of(one)
    if one.kind is Kind.LONG or prompt != SHORT_PROMPT:
        return ""
    begun = any(text.startswith(prompt[:end]) for end in range(_CUT, len(prompt)))
    ended = any(text.startswith(prompt[start:]) for start in range(1, len(prompt) - _CUT + 1))
    told = f"il reste peut-être un morceau de «{NO_BREAK}{prompt}{NO_BREAK}»"
    return told if begun or ended else ""


def in_words(text: str, one: Field) -> bool:
    """Whether a text answers another question than one that asks for a number or a date.

    Two or three words may be a number, or say that there is none; a sentence is of another answer.
    """
    sentence = len(text.split()) > _FEW_WORDS and not any(sign.isdigit() for sign in text)
    return sentence and one.kind in {Kind.NUMBER, Kind.DATE}


def more_at_the_edges(read: Read, blank: Read) -> Iterator[Words]:
    """What is at the head or the foot of the pages, and was not there in the blank form."""
    # Programs part a foot of page otherwise: at a tabulation, in a cell, in another section.
    known = "|".join(_bare(words.text) for words in blank.edges)
    told: set[str] = set()
    for words in read.edges:
        bare = _bare(words.text)
        new = any(_bare(part) not in known for part in words.text.split("\t"))
        if says(words.text) and new and bare not in told:
            told.add(bare)
            yield words


def _bare(text: str) -> str:
    """A text whatever its spaces and the number of its page."""
    return re.sub(r"\d++", "0", "".join(plain(text).split()))


def unread(read: Read, blank: Read) -> Iterator[str]:
    """What a file has that is not read, and that the blank form had not."""
    pictures = len(read.images) - len(blank.images)
    if pictures > 0 and read.format == blank.format:
        counted = number_of(pictures, "image", "images")
        yield f"le formulaire a reçu {counted}, que dla ne lit pas"
    if read.inserted > blank.inserted:
        yield "un autre document ou un tableau d’Excel y est inséré, que dla ne lit pas"
