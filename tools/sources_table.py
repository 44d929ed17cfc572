"""What the five sources ask, sentence by sentence, and where each lives in the program.

`tools/sources/seed-NNN.yaml` lists the sentences of a source that ask something of someone, each
by a few of its words; `fonctions.yaml`, the 129 functions that the sources name. Rules and
sections quote the same words in their `source`: what quotes a sentence is where it lives, and
`vers` only adds what cannot quote (data, commands, whole documents, guides).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dla_docs.check.rules import Rule
from dla_docs.documents.types import DocumentType
from dla_docs.load.yaml_reader import parse

FOLDER = Path(__file__).parent / "sources"
RANKS = {"R-": 1, "chiffre ": 3, "dla ": 4}
SEEDS = ("000", "001", "002", "003", "004")
_PIECE = re.compile(
    r"\[seed (?P<seed>\d{3})\]|(?P<other>\[[^\]]*\])|« (?P<quote>(?:[^«»]|« [^»]*»)*) »"
)
"""What a `source` is read by: a mark of ours, another mark, a quote that may hold another."""


@dataclass(frozen=True)
class Asked:
    """A sentence of a source, or a function it names: its words, ours, and where it lives.

    `hors` says why it lives nowhere; empty otherwise.
    """

    code: str
    seed: str
    cite: str
    dit: str
    vers: tuple[str, ...] = ()
    hors: str = ""


@dataclass(frozen=True)
class Quote:
    """Words of a source as a rule or a section quotes them; `where` is a target: what quotes."""

    seed: str
    text: str
    where: str


def obligations() -> tuple[Asked, ...]:
    """The sentences of the five sources that ask something, in their order."""
    return tuple(
        Asked(f"{seed}-{rank:02}", seed, item["cite"], item["dit"], *_target(item))
        for seed in SEEDS
        for rank, item in enumerate(_read(f"seed-{seed}.yaml"), start=1)
    )


def functions() -> tuple[Asked, ...]:
    """The functions that the sources name, each living where the sentences it quotes live."""
    asked = obligations()
    return tuple(
        _living(Asked(code, item["source"], item["cite"], item["titre"], *_target(item)), asked)
        for code, item in _read("fonctions.yaml").items()
    )


def _read(name: str) -> Any:
    path = FOLDER / name
    return parse(name, path.read_bytes()).data


def _target(item: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    return tuple(item.get("vers", ())), item.get("hors", "")


def _living(function: Asked, asked: Iterable[Asked]) -> Asked:
    told = [one for one in asked if one.seed == function.seed and same(one.cite, function.cite)]
    vers = tuple(dict.fromkeys([*function.vers, *(v for one in told for v in one.vers)]))
    hors = " ; ".join(one.hors for one in told if one.hors)
    return Asked(function.code, function.seed, function.cite, function.dit, vers, hors)


def quotes(types: Iterable[DocumentType], rules: Iterable[Rule]) -> Iterator[Quote]:
    """Every quote of the sources in the manifests and in the records of rules."""
    for kind in types:
        for section in kind.sections:
            yield from quoted(section.source, f"{kind.name}#{section.id}")
        for mention in kind.mentions:
            yield from quoted(mention.source, kind.name)
        # Every document with logos quotes the same words for them: none says where they live.
        yield from quoted(kind.logos_source, "")
    for rule in rules:
        yield from quoted(rule.source, rule.code)


def quoted(source: str, where: str) -> Iterator[Quote]:
    """The quotes of one `source`: a quote without a mark is that of the mark before it."""
    seed = ""
    for piece in _PIECE.finditer(source):
        if piece["quote"] is None:
            seed = piece["seed"] or ""
        elif seed:
            yield Quote(seed, piece["quote"], where)


def living(asked: Asked, found: Iterable[Quote]) -> tuple[str, ...]:
    """Where a sentence lives: what its entry says, then what quotes it."""
    quoting = [q.where for q in found if q.seed == asked.seed and same(q.text, asked.cite)]
    every = dict.fromkeys(filter(None, (*asked.vers, *quoting)))
    # A document whose section is named needs not be named again.
    kept = [t for t in every if not any(other.startswith(f"{t}#") for other in every)]
    return tuple(sorted(kept, key=_rank))


def _rank(target: str) -> int:
    """Documents first, then rules, data, figures, commands and pages."""
    if target.endswith(".md"):
        return 5
    starts = [rank for mark, rank in RANKS.items() if target.startswith(mark)]
    return starts[0] if starts else 2 * ("." in target)


def same(one: str, other: str) -> bool:
    """Whether two quotes are of the same words: one holds the other."""
    a, b = _plain(one), _plain(other)
    return a in b or b in a


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).lower()
