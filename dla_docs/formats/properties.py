"""What a file says of itself, in every format."""

import datetime
from dataclasses import dataclass

from dla_docs.formats.draft import WORD

LANGUAGE = "fr-FR"
DASH = " – "
RUNNING_WORDS = 7
"""Words of the longest running head: from 8 on, outloud takes it for prose left out (TAG-002)."""


@dataclass(frozen=True)
class Properties:
    """What a file says of itself; `mark` holds its empreinte (see `fingerprint.py`).

    `shown`: a presentation, whose pages are slides. `stem` and `formats`: the name and the kinds of
    its files, which lie side by side. `family`: the one whose colours it takes. The foot of its
    pages says `emitter`, who it comes from, and `piece`: its own number and version; without any,
    `mark_of_foot`.
    """

    title: str
    author: str
    reference: str
    subject: str
    date: datetime.date
    mark: str = ""
    draft: bool = False
    shown: bool = False
    stem: str = ""
    formats: tuple[str, ...] = ()
    family: str = ""
    emitter: str = ""
    piece: str = ""
    mark_of_foot: str = ""

    @property
    def empreinte(self) -> str:
        """The empreinte alone; empty while there is none."""
        return self.mark.split(":")[1] if self.mark else ""

    @property
    def epoch(self) -> int:
        """Midnight UTC of the document's day, in seconds: the date of every file inside."""
        midnight = datetime.datetime.combine(self.date, datetime.time(), datetime.UTC)
        return int(midnight.timestamp())

    @property
    def running_title(self) -> str:
        """As many parts of the title as a running head of a few words holds.

        A long one is taken for prose by accessibility checkers, and crowds the page; what the foot
        says is not said twice.
        """
        first, *parts = self.title.split(DASH)
        others = [part for part in parts if part not in (self.piece, self.mark_of_foot)]
        # A kind alone would not say which: the year of a report is then at the head too.
        others = others or [part for part in parts if part != self.piece]
        head = first
        for part in others:
            longer = f"{head}{DASH}{part}"
            if len(longer.split()) > RUNNING_WORDS:
                break
            head = longer
        return head

    def office(self) -> dict[str, str]:
        """Metadata of DOCX and ODT: any other key would leak into their custom properties."""
        return {
            "title": self.title,
            "author": self.author,
            "lang": LANGUAGE,
            "subject": self.subject,
            "reference": self.reference,
            "empreinte": self.mark,
        }

    @property
    def before_page(self) -> str:
        """What comes before the number of a page, at its foot."""
        said = self.piece or self.mark_of_foot
        return f"{said}{DASH}Page " if said else "Page "

    def page(self) -> dict[str, str]:
        """Metadata of the HTML and Typst page templates."""
        draft = {"projet": WORD} if self.draft else {}
        return draft | {
            "lang": LANGUAGE,
            "titre": self.title,
            "titre-courant": self.running_title,
            "auteur": self.author,
            "reference": self.reference,
            # On two lines in a PDF: one of many small words is taken for prose left out (TAG-002).
            "emetteur": self.emitter.partition(DASH)[0],
            "emetteur-suite": self.emitter.partition(DASH)[2],
            "piece": self.piece,
            "repere": self.piece or self.mark_of_foot,
            "description": self.subject,
            "annee": str(self.date.year),
            "mois": str(self.date.month),
            "jour": str(self.date.day),
            "empreinte": self.mark,
        }
