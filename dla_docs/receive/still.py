"""What is still owed about the missions of some files, once these are received."""

from collections.abc import Iterator, Sequence
from datetime import date

from dla_docs.agenda.lacking import Lack, lacking, offer_lack
from dla_docs.check.facts import Facts
from dla_docs.flow import examine
from dla_docs.load.corpus import Corpus
from dla_docs.model.workspace import Workspace
from dla_docs.receive.compare import merged
from dla_docs.receive.receive import Result

_CODES = {
    "trame-proposition": "reponse",
    "note-mi-parcours": "note_mi_parcours",
    "rapport-final": "rapport_final",
    "enquete-beneficiaire": "enquete",
    "enquete-prestataire": "enquete",
    "fiche-prestataire": "fiche",
}
"""What each type of document answers, as reminders name it."""


def still_owed(
    results: Sequence[Result], workspace: Workspace, day: date, accepted: frozenset[str]
) -> tuple[tuple[Lack, ...], Corpus | None]:
    """Who owes what about these missions, as if all that is sound was written; and the corpus.

    A proposition of the batch lacks what it says itself, whether it is written or not.
    """
    scopes = tuple(dict.fromkeys(one.scope for one in results if one.target and one.scope))
    if not scopes:
        return (), None
    corpus = examine(workspace, day, scopes).corpus
    missions = [s for s in corpus.level("ingenierie") if s.path in scopes]
    facts = [Facts(scope, corpus, day) for scope in missions]
    return tuple(lack for one in facts for lack in _owed(one, results, accepted)), corpus


def _owed(facts: Facts, results: Sequence[Result], accepted: frozenset[str]) -> Iterator[Lack]:
    here = [one for one in results if one.target and one.scope == facts.scope.path]
    came = {(one.target.who, _CODES.get(one.type.name)) for one in here if one.target and one.type}
    # The note and the report name nobody: the prestataire of the mission alone owes them.
    came |= {(name, code) for who, code in came if not who for name in _names(facts)}
    offers = {one.target.who: one for one in here if one.target and one.target.called}
    for lack in lacking(facts):
        if (lack.name, lack.code) not in came and not (
            lack.code == "proposition" and lack.name in offers
        ):
            yield lack
    for one in facts.data("consultation.destinataires[]"):
        result = offers.get(one.value.get("prestataire"))
        if result and result.target and not facts.value("choix.date"):
            yield from offer_lack(facts, one, merged(result.entries, result.target, accepted))


def _names(facts: Facts) -> list[str]:
    return [str(d.value) for d in facts.data("convention.parties.prestataire[].prestataire")]
