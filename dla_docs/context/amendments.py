"""What an avenant prints: what it changes, and who signs it, on its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dla_docs.check.facts import Facts
from dla_docs.check.representation import leaders, representative, signing
from dla_docs.model.paths import at
from dla_docs.model.values import GROUPS, Euros, Missing, grouped

PARTIES = {"dla": "operateur", "beneficiaire": "structure", "prestataire": "prestataire"}
"""The parties of a convention, in its order, with the key that names the record of each."""
COUNTS: tuple[tuple[str, tuple[str, ...], Any], ...] = (
    ("Nombre de jours", ("jours",), Decimal),
    ("Montant hors taxes", ("montant", "ht"), Euros),
    ("TVA", ("montant", "tva"), Euros),
    ("Montant toutes taxes comprises", ("montant", "ttc"), Euros),
)
DAYS = {
    "date_fin": "Fin de la mission",
    "date_note": "Note à mi-parcours",
    "date_rapport": "Remise du rapport final",
}


@dataclass(frozen=True)
class Change:
    """What an avenant changes: the value before it and after it."""

    libelle: str
    avant: Any
    apres: Any


@dataclass(frozen=True)
class Signatory:
    """Who signs for a party on a day; `partie` is its key, `delegation` what allows it, if told."""

    partie: str
    denomination: str
    siret: str
    prenom: str
    nom: str
    fonction: str | None
    delegation: str | None


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Days, prices and dates of a convention, where an avenant makes them others."""
    for label, steps, unit in COUNTS:
        was, now = at(before, steps), at(after, steps)
        if was is not None and now is not None and Decimal(was) != Decimal(now):
            yield Change(label, unit(was), unit(now))
    for key, label in DAYS.items():
        was, now = before.get(key), after.get(key)
        if now and was != now:
            yield Change(label, date.fromisoformat(was) if was else None, date.fromisoformat(now))


def signatories(facts: Facts, avenant: Mapping[str, Any], day: str) -> Iterator[Signatory]:
    """Who signs an avenant: who it names, else who represents each party on its day."""
    for party, key in PARTIES.items():
        for one in facts.data(f"convention.parties.{party}[]"):
            signatory = one.value
            named = signing(avenant, str(signatory.get("denomination")))
            who = named or _still(facts, party, signatory, str(signatory.get(key)), day)
            yield Signatory(
                party,
                signatory.get("denomination") or Missing("Dénomination"),
                _siret(signatory),
                who.get("prenom") or Missing("Prénom"),
                who.get("nom") or Missing("Nom"),
                who.get("fonction"),
                # What allowed one person to sign allows no other.
                who.get("delegation") if named else _delegation(signatory, who),
            )


def _siret(signatory: Mapping[str, Any]) -> str:
    """The SIRET in groups: a plain text here, it has lost the format that its field declares."""
    written = signatory.get("siret")
    return grouped(str(written), GROUPS["siret"]) if written else Missing("SIRET")


def _still(
    facts: Facts, party: str, signatory: Mapping[str, Any], name: str, day: str
) -> Mapping[str, Any]:
    written: Mapping[str, Any] = signatory.get("representant") or {}
    if signatory.get("delegation"):
        return written
    return representative(written, leaders(facts, party, name), day)


def _delegation(signatory: Mapping[str, Any], who: Mapping[str, Any]) -> str | None:
    same = who is signatory.get("representant")
    return signatory.get("delegation") if same else None
