"""What was asked for and has not come, as `dla status` tells it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dla_docs.agenda.addressees import addressee
from dla_docs.agenda.lacking import Lack
from dla_docs.load.corpus import Corpus
from dla_docs.model.values import NARROW, NO_BREAK, long_date

NAMES = {
    "reponse": ("réponse à l’appel à proposition", "attendue"),
    "proposition": ("compléments à sa proposition", "attendus"),
    "signature": ("convention signée", "attendue"),
    "note_mi_parcours": ("note à mi-parcours", "attendue"),
    "rapport_final": ("rapport final", "attendu"),
    "facture": ("facture du solde", "attendue"),
    "fiche": ("fiche d’identification (SIRET, adresse)", "attendue"),
    "enquete": ("réponse à l’enquête de satisfaction", "attendue"),
}
"""What each thing is called, with the participle that agrees with it."""


REMIND = "Pour relancer"
"""What is said before the command that writes reminders."""


def lacks_lines(lacks: Sequence[Lack], corpus: Corpus, remind: str = REMIND) -> list[str]:
    """Who owes what since when, and when it was last asked for; nothing where nobody does.

    `remind`: what is said before the command that writes the reminders.
    """
    if not lacks:
        return []
    lines = ["", "Attendu"]
    lines += [f"  {_owner(lack, corpus)}{NO_BREAK}: {_told(lack)}" for lack in lacks]
    missions = dict.fromkeys(f"{lack.scope.reference}/{lack.scope.name}" for lack in lacks)
    return [*lines, *(f"  {remind}{NO_BREAK}: dla mail relance {one}" for one in missions)]


def _owner(lack: Lack, corpus: Corpus) -> str:
    """The name of an organisation, which no day changes."""
    return addressee(corpus, lack.shelf, lack.name, date.max).organisme


def _told(lack: Lack) -> str:
    """`rapport final, attendu le 9 octobre 2026, redemandé le 12 novembre 2026`."""
    name, awaited = NAMES[lack.code]
    if lack.parts:
        came = f" arrivée le {long_date(lack.came)}" if lack.came else ""
        name = f"proposition{came}, il y manque{NO_BREAK}: {f'{NARROW}; '.join(lack.parts)}"
    words = [name]
    if lack.asked:
        words.append(f"envoi du {long_date(lack.asked)}")
    if lack.due:
        words.append(f"{awaited} le {long_date(lack.due)}")
    if lack.reminded:
        words.append(f"relance du {long_date(lack.reminded)}")
    return ", ".join(words)


def lack_data(lack: Lack, corpus: Corpus) -> dict[str, Any]:
    """The same, as `--json` gives it."""
    days = {"envoye": lack.asked, "attendu": lack.due}
    days |= {"arrive": lack.came, "relance": lack.reminded}
    return {
        "ingenierie": lack.scope.name,
        "de": lack.name,
        "nom": _owner(lack, corpus),
        "quoi": lack.code,
        **{key: day.isoformat() if day else None for key, day in days.items()},
        "manque": list(lack.parts),
    }
