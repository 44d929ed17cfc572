"""How much of the order a proposition copies: in the recall that is retyped, in the file received.

In the file, what is compared is its recall of the order, between two titles of the trame; the whole
of it where they are not found, by its longest run alone: a share would be drowned in the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from dla_docs.check.facts import Facts
from dla_docs.check.ledger import Datum
from dla_docs.disk.reading import DOCUMENT, Unreadable, read, stamp
from dla_docs.engines.archives import ArchiveFault
from dla_docs.engines.office_text import PARTS, lines_of
from dla_docs.load.received import received_path
from dla_docs.load.yaml_reader import Source
from dla_docs.model.likeness import bare, likeness
from dla_docs.model.schemas import field_at, fields

MOST = 64_000_000
"""Bytes of a proposition that is read: one of twenty photographs has half."""
UNREAD = "dla lit les DOCX et les ODT seulement"
"""Why a PDF, most of all, is not compared: its lines are not put together again."""
_RANK = re.compile(r"^[0-9-]+")


@dataclass(frozen=True)
class Copied:
    """What a text shares with the order: its longest run, and its five-grams in per cent.

    `place`: the datum that holds the text, or names its file. `entier`: the whole file was looked
    at, for want of a recall in it; it has no share.
    """

    place: Datum
    longest: int
    share: int
    entier: bool = False

    def excessive(self, run: int, share: int) -> bool:
        """Whether one of the two thresholds is reached."""
        return self.longest >= run or self.share >= share


def copied(facts: Facts, source: Source) -> Iterator[Copied]:
    """What a proposition shares with the order: its retyped recall, then its file."""
    data = source.data if isinstance(source.data, dict) else {}
    order = " ".join(text.value for text in facts.words("cahier-des-charges"))
    if not order:
        return
    if recall := facts.text_of(source, data.get("rappel")):
        alike = likeness(recall, order)
        yield Copied(Datum(source, ("rappel",), data["rappel"]), alike.longest, alike.share)
    lines, _ = received_lines(facts, source)
    if lines:
        place = Datum(source, ("fichier",), data["fichier"])
        if passage := _between(lines, *_titles(facts)):
            alike = likeness(passage, order)
            yield Copied(place, alike.longest, alike.share)
        else:
            # The trame itself prints the place in the parcours, and any offer lists the livrables.
            asked = (text.value for text in facts.words("cahier-des-charges", *recalled(facts)))
            alike = likeness("\n".join(lines), " ".join(asked))
            yield Copied(place, alike.longest, 0, entier=True)


def received_lines(facts: Facts, source: Source) -> tuple[tuple[str, ...], str]:
    """The paragraphs of the file that a proposition names, or why it is not read.

    Neither for one that is nowhere.
    """
    name = source.data.get("fichier") if isinstance(source.data, dict) else None
    suffix = PurePosixPath(str(name)).suffix.lower()
    root = facts.corpus.workspace.root
    path = received_path(root, source, name) if name else None
    if path is None:
        return (), ""
    if suffix not in PARTS:
        return (), UNREAD
    try:
        content = read(path, (root,), MOST)
        # What is no archive at all is told of the file itself (see `received.py`).
        return (lines_of(content, suffix) if content.startswith(b"PK") else ()), ""
    except ArchiveFault as fault:
        return (), str(fault)
    except Unreadable as fault:
        # One that nothing reads is told of the file itself too.
        return (), f"le fichier {fault}" if stamp(path, (root,))[1] <= DOCUMENT else ""


def _titles(facts: Facts) -> tuple[str, str]:
    """The titles, in the trame, of the recall of the order and of what follows it."""
    schema = facts.corpus.kinds["proposition"].schema
    first, last = (field_at(schema, ("points", key)) for key in ("rappel", "modalites"))
    return str(first.get("title", "")), str(last.get("title", ""))


def recalled(facts: Facts) -> tuple[str, ...]:
    """The five elements of the order that a proposition recalls ([seed 002])."""
    schema = facts.corpus.kinds["proposition"].schema
    return tuple(key for key, _ in fields(field_at(schema, ("points", "rappel"))))


def _between(lines: tuple[str, ...], first: str, last: str) -> str:
    """The text between two titles, numbered or not; empty where either is not a line of its own."""
    titles = [_RANK.sub("", bare(line)) for line in lines]
    if not first or bare(first) not in titles:
        return ""
    start = titles.index(bare(first)) + 1
    if bare(last) not in titles[start:]:
        return ""
    return "\n".join(lines[start : titles.index(bare(last), start)])
