"""What shows that a point is there: the words of titles and of sentences, what they must hold.

All of it is data (`cues.yaml`), each point with the sentence of a source that asks for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dla_docs.disk.reading import read_ours
from dla_docs.load.yaml_reader import parse
from dla_docs.model.words import folded

COVER = "garde"
"""The part of a point that stands on the cover."""


@dataclass(frozen=True)
class Cue:
    """How a point is found. Its `name` is its place below `points`: `rappel.enjeux`.

    `titles`: what its title says; `sentences`: what a sentence of its part says. `needs`: what must
    be there besides (`needs.py`), of which `enough` suffice; `holds`: what its text must speak of,
    by the name that is said where it does not. `columns`: the titles of a column that holds it.
    `dated`: lines that begin with days show it. `order`: the words of `titles` one by one, the
    plainest first. `own`: the part that speaks of it, where it is not the first word of its name.
    `each`: every line of that part must meet its needs. `whole`: the needs that any place of the
    document meets.
    `pictures`: whose logos. `least`: words under its title.
    `amount`: what a table of prices gives, that shows it. `optional`: nothing is said where it
    is absent. `discreet`: its words are about a person, and are not copied into the data.
    """

    name: str
    source: str
    titles: re.Pattern[str] | None = None
    sentences: re.Pattern[str] | None = None
    needs: tuple[str, ...] = ()
    enough: int = 0
    holds: Mapping[str, re.Pattern[str]] | None = None
    columns: re.Pattern[str] | None = None
    pictures: tuple[str, ...] = ()
    least: int = 8
    amount: str = ""
    optional: bool = False
    discreet: bool = False
    order: tuple[re.Pattern[str], ...] = ()
    own: str = ""
    each: bool = False
    whole: tuple[str, ...] = ()
    dated: bool = False

    @property
    def place(self) -> str:
        """The part that speaks of it, by its titles."""
        return self.own or self.part

    @property
    def part(self) -> str:
        """The part of the document that it belongs to."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Contract:
    """What a kind of document must hold; `parts`: the titles of its parts, by name.

    `later`: words that put off what is due.
    """

    parts: Mapping[str, re.Pattern[str]]
    cues: tuple[Cue, ...]
    later: re.Pattern[str]


@lru_cache(maxsize=1)
def contracts() -> Mapping[str, Contract]:
    """What is due, by kind of data (`proposition`, `rapport-final`), read once."""
    path = Path(__file__).with_name("cues.yaml")
    data: dict[str, Any] = parse(path.name, read_ours(path)).data
    later = pattern(data.pop("renvois"))
    return {kind: _contract(told, later) for kind, told in data.items()}


def pattern(cues: Sequence[str]) -> re.Pattern[str]:
    """Words, as they are looked for in a folded text: `*` ends a word in any way; plurals too."""
    return re.compile(rf"\b(?:{'|'.join(map(_expression, cues))})\b")


def _expression(cue: str) -> str:
    words = folded(cue).split()
    return r"\s+".join(
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else r"[sx]?") for word in words
    ).replace(r"\.\.\.", r".{0,40}")


def _contract(told: Mapping[str, Any], later: re.Pattern[str]) -> Contract:
    parts = {name: pattern(cues) for name, cues in told["parties"].items()}
    return Contract(parts, tuple(_cue(name, own) for name, own in told["points"].items()), later)


def _cue(name: str, own: Mapping[str, Any]) -> Cue:
    def listed(key: str) -> re.Pattern[str] | None:
        return pattern(own[key]) if own.get(key) else None

    return Cue(
        name=name,
        source=own["source"],
        titles=listed("titres"),
        sentences=listed("phrases"),
        needs=tuple(own.get("besoins", ())),
        enough=int(own.get("suffit", len(own.get("besoins", ())))),
        holds={key: pattern(cues) for key, cues in own.get("parle_de", {}).items()},
        columns=listed("colonnes"),
        pictures=tuple(own.get("logos", ())),
        least=int(own.get("mots", 8)),
        amount=own.get("prix", ""),
        optional=bool(own.get("facultatif")),
        discreet=bool(own.get("discret")),
        order=tuple(pattern([words]) for words in own.get("titres", ())),
        own=own.get("partie", ""),
        each=bool(own.get("chaque_ligne")),
        whole=tuple(own.get("partout", ())),
        dated=bool(own.get("lignes_datees")),
    )
