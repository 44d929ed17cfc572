"""Who a document comes from, as the foot of its pages says it: name, town, e-mail address."""

from collections.abc import Mapping
from typing import Any

from dla_docs.documents.documents import BLANK, Document
from dla_docs.documents.logos import operators_of
from dla_docs.load.corpus import Corpus
from dla_docs.model.paths import at
from dla_docs.model.values import NO_BREAK

DASH = " – "


def emitter_of(document: Document, corpus: Corpus) -> str:
    """The prestataire who writes it, where one alone does; else the first DLA concerned.

    A form is the DLA's, whoever fills it in. Short of the street and of the operator's
    whole name: the line is shared with the number of the document and of the page.
    """
    if document.type.auteur == "prestataire" and document.variant != BLANK:
        own = document.records(corpus, "prestataire")
        if len(own) == 1:
            return _line(own[0].data, "raison_sociale")
    ranks = _at_home(document, corpus, operators_of(document, corpus))
    operator = at(corpus.territory.data, ("operateurs", ranks[0])) if ranks else None
    return _line(operator, "nom_dla")


def _at_home(document: Document, corpus: Corpus, ranks: tuple[int, ...]) -> tuple[int, ...]:
    """Operators, those first whose département a comité is of: it is they who convene it."""
    comite = document.scope.part("comite")
    held = set(at(comite.data, ("departements",)) or ()) if comite else set()
    served = corpus.territory.data

    def away(rank: int) -> bool:
        return held.isdisjoint(at(served, ("operateurs", rank, "departements")) or ())

    return tuple(sorted(ranks, key=away))


def _line(who: Any, name: str) -> str:
    """Name, town and address; what is not said, or not as it should be, is left out."""
    said: Mapping[str, Any] = who if isinstance(who, Mapping) else {}
    place = said.get("adresse")
    town = [place.get(key) for key in ("code_postal", "commune")] if isinstance(place, dict) else []
    words = (said.get(name), NO_BREAK.join(str(w) for w in town if w), said.get("email"))
    return DASH.join(str(word) for word in words if word)
