"""Until when a dossier is kept: the months that its operator says, after the last day it tells of.

A planned day counts: what is still to come is not over. Of several operators, the longest delay.
"""

from collections.abc import Iterator
from datetime import date

from dla_docs.load.corpus import Corpus
from dla_docs.load.references import position
from dla_docs.load.scopes import Scope
from dla_docs.model.days import day_of, months_after
from dla_docs.model.paths import at
from dla_docs.model.schemas import marked

MONTHS = ("protection_donnees", "conservation_mois")


def last_day(dossier: Scope, corpus: Corpus) -> date | None:
    """The last day that the files of a dossier and of its ingénieries tell; None without any."""
    return max(_days(dossier, corpus), default=None)


def kept_until(dossier: Scope, corpus: Corpus) -> date | None:
    """The last day a dossier is kept; None where it tells no day, or its operators no delay."""
    months = max(_delays(dossier, corpus), default=None)
    last = last_day(dossier, corpus) if months is not None else None
    return months_after(last, months) if last and months is not None else None


def _days(dossier: Scope, corpus: Corpus) -> Iterator[date]:
    inside = (s for s in corpus.level("ingenierie") if s.unit == dossier.unit)
    for source in (file for scope in (dossier, *inside) for file in scope.files()):
        for _, data, _ in marked(source.data, corpus.kind_of[source.path].dates):
            if day := day_of(data):
                yield day


def _delays(dossier: Scope, corpus: Corpus) -> Iterator[int]:
    head = dossier.part("dossier")
    for name in (at(head.data, ("operateurs",)) if head else None) or ():
        rank = position(corpus, "operateurs", str(name))
        if rank is not None:
            months = at(corpus.territory.data, ("operateurs", rank, *MONTHS))
            yield from (months,) if isinstance(months, int) else ()
