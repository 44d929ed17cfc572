"""A field of a form: its key, its label, what kind of answer it waits for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dla_docs.model.words import folded
from dla_docs.tree.nodes import Nodes

MAX_KEY = 38
"""A bookmark of Word holds 40 characters, two of which are `l_`."""
_HEADING, _LABEL = 15, 19
"""Letters of a key that come from its heading and from its label: 2 + 15 + 1 + 19, and a rank."""
_UNSAFE = re.compile(r"[^a-z0-9]+")
_ARTICLES = frozenset("l d de du des la le les un une et ou a au aux en qu que qui".split())


class Kind(StrEnum):
    """What an answer is."""

    SHORT = "texte"
    LONG = "texte-long"
    DATE = "date"
    NUMBER = "nombre"
    LIST = "liste"
    TICK = "case"
    SIGNATURE = "signature"
    """A place for the hand: it is laid out, and nothing is typed in it."""


class Entry(StrEnum):
    """What the words of a short answer are: a telephone shows the keys it takes."""

    EMAIL = "courriel"
    PHONE = "telephone"
    SITE = "site"
    DIGITS = "chiffres"
    DECIMAL = "decimal"
    COMPANY = "organisme"
    PERSON = "personne"
    ROLE = "fonction"


@dataclass(frozen=True)
class Field:
    """A place to write. `row` is the rank of a line of a table, 0 out of one.

    `wide`: on a row of its own. `right`: in a column set on the right, as figures are. `taxed`: the
    fields of the amount and of the rate, per cent, that give this one. `group`: the boxes of which
    one alone is ticked. `summed`: an amount that a word processor adds up: plain text, for its sums
    do not read what a control holds (measured in LibreOffice 7.4). `label` is what a person hears;
    what is printed stays in the tree.
    """

    key: str
    label: str
    kind: Kind
    help: str = ""
    lines: int = 1
    choices: tuple[str, ...] = ()
    ticked: bool = False
    wide: bool = False
    row: int = 0
    taxed: tuple[str, ...] = ()
    right: bool = False
    group: str = ""
    entry: Entry | None = None
    summed: bool = False

    @property
    def anchor(self) -> str:
        """The bookmark on the printed label: what a filled form is read back by."""
        return f"l_{self.key}"


@dataclass(frozen=True)
class Sheet:
    """A table to fill: its fields with their rows, and the ranks of the rows one may add to.

    `product` is the columns `(to, one, other)` of `to = one × other`, from 1, or `(to,)` of what
    is only summed; `total`, the field of the sum of the column `to`, if the table has one.
    """

    key: str
    keys: Mapping[str, int]
    blank: tuple[int, ...]
    product: tuple[int, ...] = ()
    total: str = ""

    @property
    def typed_sum(self) -> bool:
        """Whether a word processor sums too: what is only added up is left to who writes.

        Its sums need a figure in each cell, and a 0 that nobody wrote would be an answer.
        """
        return len(self.product) > 1


@dataclass(frozen=True)
class Form:
    """Blocks where each place to write is marked by its key, and what is known of it."""

    blocks: Nodes
    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))
    sheets: Mapping[str, Sheet] = field(default_factory=lambda: MappingProxyType({}))


class Keys:
    """Gives each field a key that no other has, the same each time."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, *words: str) -> str:
        """`identite_siret`; the second one of the same words is `identite_siret_2`."""
        lengths = (MAX_KEY - 3,) if len(words) == 1 else (_HEADING, _LABEL)
        parts = [plain(w, n) for w, n in zip(words, lengths, strict=True)]
        key = "_".join(part for part in parts if part) or "champ"
        key = key if key[0].isalpha() else f"n{key}"[: MAX_KEY - 3]
        free, rank = key, 1
        while free in self._taken:
            rank += 1
            free = f"{key[: MAX_KEY - 1 - len(str(rank))]}_{rank}"
        self._taken.add(free)
        return free


def plain(words: str, length: int) -> str:
    """Words as part of a key: whole ones, as many as `length` letters hold, small ones left out."""
    listed = [w for w in _UNSAFE.split(folded(words)) if w]
    kept = [w for w in listed if w not in _ARTICLES] or listed
    part = ""
    for word in kept:
        longer = f"{part}_{word}" if part else word[:length]
        if len(longer) > length:
            break
        part = longer
    return part
