"""The call that a proposition answers, in `consultation.yaml`: that it came, when, and how.

What a person wrote there stays: only what says nothing, or that an answer is awaited, is changed.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from dla_docs.documents.documents import Document
from dla_docs.edit.edit import Change, Edit
from dla_docs.load.corpus import Corpus
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind

CHANNEL = "email"
"""How a file comes: one that was posted is paper, which nothing reads here."""
_AWAITED = (None, "", "en_attente", "sans_reponse")
_OFFER, _LATE = "proposition", "hors_delai"


@dataclass(frozen=True)
class Called:
    """Who was called: the element of the consultation, and the last day to answer, ISO or empty."""

    kind: Kind
    path: PurePosixPath
    place: Pointer
    data: Any
    limit: str

    def late(self, day: date) -> bool:
        """Whether a day is after the last one to answer."""
        return bool(self.limit) and day.isoformat() > self.limit

    def edits(self, day: date, again: bool = False) -> tuple[Edit, ...]:
        """What a proposition that came on a day changes there.

        `again`: it takes the place of one that came before. Whether it is late is then for a person
        to say: what was asked again may come after the last day.
        """
        if self.data.get("reponse") not in _AWAITED:
            return (Change((*self.place, "date_reponse"), day.isoformat()),) if again else ()
        told = {
            "reponse": _LATE if self.late(day) else _OFFER,
            "date_reponse": day.isoformat(),
            "canal_reponse": CHANNEL,
        }
        return tuple(
            Change((*self.place, key), value)
            for key, value in told.items()
            if key == "reponse" or not self.data.get(key)
        )


def called(document: Document, name: str, corpus: Corpus) -> Called | None:
    """The call of a prestataire about the mission of a document; None where it was not called."""
    source = document.scope.part("consultation")
    listed = at(source.data, ("destinataires",)) if source else None
    for rank, one in enumerate(listed or ()):
        if source and isinstance(one, dict) and one.get("prestataire") == name:
            order = document.scope.part("cahier-des-charges")
            limit = at(order.data, ("reponse", "date_limite")) if order else None
            return Called(
                corpus.kinds["consultation"],
                PurePosixPath(source.path),
                ("destinataires", rank),
                one,
                str(one.get("date_limite") or limit or ""),
            )
    return None
