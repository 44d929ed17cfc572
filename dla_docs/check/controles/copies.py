"""What a convention copies from the records, to keep it as it was on the day of signing."""

from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.check.controles.convention import PARTIES
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.model.paths import at
from dla_docs.model.schemas import field_at
from dla_docs.model.words import folded

COPIED = (
    ("denomination",),
    ("forme_juridique",),
    ("siret",),
    ("adresse", "voie"),
    ("adresse", "code_postal"),
    ("adresse", "commune"),
)
"""What a party is known by; who signs for it has a rule of its own (R-CVT-06)."""
NAMES = {"dla": "nom", "prestataire": "raison_sociale"}
"""The key of the denomination in the records that call it otherwise."""


@rule("R-COH-10")
def copies_are_what_the_records_say(facts: Facts) -> Iterator[Relation]:
    """Each party is as its record says, unless the record was updated since the signature.

    Once the balance is paid the record may live on: the convention told its day.
    """
    if next(facts.data("reglement.versements[libelle=solde].date_paiement"), None):
        return
    for party, key, where in PARTIES:
        for signatory in facts.data(f"convention.parties.{party}[]"):
            known = _record(facts, party, str(inside(signatory, key).value))
            signed = inside(signatory, "signature", "date").value
            updated = str(known.get("mise_a_jour", ""))
            if not signed or updated <= signed:
                yield from _differences(facts, signatory, party, known, where)


def _record(facts: Facts, party: str, name: str) -> Mapping[str, Any]:
    if party != "dla":
        shelf = "structures" if party == "beneficiaire" else "prestataires"
        return facts.record(shelf, name)
    listed = facts.data(f"territoire.operateurs[id={name}]")
    return next((operator.value for operator in listed), {})


def _differences(
    facts: Facts, signatory: Datum, party: str, known: Mapping[str, Any], where: str
) -> Iterator[Relation]:
    for steps in COPIED:
        first = NAMES.get(party, steps[0]) if steps == ("denomination",) else steps[0]
        copied, origin = inside(signatory, *steps), at(known, (first, *steps[1:]))
        # Another SIREN is another person: R-COH-08 and R-COH-09 tell it.
        stranger = steps == ("siret",) and str(copied.value)[:9] != str(origin)[:9]
        if copied.value is None or origin is None or stranger:
            continue
        said = _labelled(facts, steps, party, origin)
        if folded(str(copied.value)) != folded(said):
            yield fault(
                copied,
                f"la convention dit « {copied.value} », {where} dit « {said} »",
                "corrigez celle des deux qui est fausse ; si cela a changé depuis la signature, "
                "dites-le par une dérogation, ou par un avenant",
            )


def _labelled(facts: Facts, steps: tuple[str, ...], party: str, origin: Any) -> str:
    """A value of a record as a convention writes it: the code of a legal form in full."""
    if party != "beneficiaire":
        return str(origin)
    field = field_at(facts.corpus.kinds["structure"].schema, steps)
    return str(field.get("x-libelles", {}).get(origin, origin))
