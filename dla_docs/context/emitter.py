"""Who a document comes from, as the foot of its pages says it: name, town, e-mail address."""

from collections.abc import Mapping
from typing import Any

from dla_docs.documents.documents import BLANK, Document
from dla_docs.documents.logos import operators_of
from dla_docs.load.corpus import Corpus
from dla_docs.load.references import position, records
from dla_docs.model.paths import at
from dla_docs.model.values import NO_BREAK

DASH = " – "
_TOGETHER = 2
"""DLA whose two names hold on the line of a foot."""


def emitter_of(document: Document, corpus: Corpus) -> str:
    """The prestataire who writes it, where one alone does; else the DLA concerned.

    A form is the DLA's, whoever fills it in. Short of the street and of the operator's
    whole name: the line is shared with the number of the document and of the page.
    Two DLA who carry a dossier together are both named; of more, the first alone.
    """
    if document.type.auteur == "prestataire" and document.variant != BLANK:
        own = document.records(corpus, "prestataire")
        # A report names none: its convention says who was retained. A form of the call goes to all
        # those consulted, and would name their rival.
        if not (own or (document.type.kit and document.type.kit.appel)):
            own = tuple(records(corpus, document.scope, "prestataire", {"convention"}))
        if len(own) == 1:
            return _line(own[0].data, "raison_sociale")
    ranks, asking = operators_of(document, corpus), _asking(document, corpus)
    ranks = (asking,) if asking in ranks else _at_home(document, corpus, ranks)
    named = ranks if len(ranks) == _TOGETHER else ranks[:1]
    operators = [at(corpus.territory.data, ("operateurs", rank)) for rank in named]
    if len(operators) == 1:
        return _line(operators[0], "nom_dla")
    # Without towns nor addresses: a foot of two lines, and few words on each (`Properties.page`).
    names = (at(operator, ("nom_dla",)) for operator in operators)
    return DASH.join(str(name) for name in names if name)


def _asking(document: Document, corpus: Corpus) -> int | None:
    """The operator of who sends the letters of a consultation: the contact of its commande."""
    asked = document.scope.part("cahier-des-charges")
    if not (asked and document.item and document.type.famille == "consultation"):
        return None
    contact = position(corpus, "charges_mission", at(asked.data, ("reponse", "contact")) or "")
    if contact is None:
        return None
    sent_by = at(corpus.territory.data, ("charges_mission", contact, "operateur"))
    return position(corpus, "operateurs", sent_by) if sent_by else None


def _at_home(document: Document, corpus: Corpus, ranks: tuple[int, ...]) -> tuple[int, ...]:
    """Those of the operators whose département a comité is of, who convene it; all, without any."""
    comite = document.scope.part("comite")
    held = set(at(comite.data, ("departements",)) or ()) if comite else set()
    served = corpus.territory.data

    def home(rank: int) -> bool:
        return not held.isdisjoint(at(served, ("operateurs", rank, "departements")) or ())

    return tuple(filter(home, ranks)) or ranks


def _line(who: Any, name: str) -> str:
    """Name, town and address; what is not said, or not as it should be, is left out."""
    said: Mapping[str, Any] = who if isinstance(who, Mapping) else {}
    place = said.get("adresse")
    town = [place.get(key) for key in ("code_postal", "commune")] if isinstance(place, dict) else []
    words = (said.get(name), NO_BREAK.join(str(w) for w in town if w), said.get("email"))
    return DASH.join(str(word) for word in words if word)
