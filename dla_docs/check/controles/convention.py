"""Convention: who pays, who signs, and what it keeps of the proposition retained."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dla_docs.check.controles.case import Breach, Case, folded, french, full_name
from dla_docs.check.ledger import Relation, blamed, data_at
from dla_docs.model.findings import Pointer
from dla_docs.model.values import number


def r_eli_03(case: Case) -> Iterator[Breach]:
    """It is free for the structure, unless the territory says otherwise ([seed 001], [P15])."""
    if case.parameter("participation_structure"):
        return
    for rank, share in enumerate(case.get("convention", "repartition") or []):
        if share.get("origine") == "structure" and share.get("montant_ttc", 0) > 0:
            yield case.breach_at(
                "convention",
                ("repartition", rank, "montant_ttc"),
                "une part reste à la charge de la structure, le dispositif est gratuit",
                "corrigez-la, ou écrivez « participation_structure: true » dans les paramètres du "
                "territoire",
            )


def r_cvt_01(case: Case) -> Iterator[Breach]:
    """Every signatory of the three parties signs before the launch ([seed 002])."""
    if not case.holds("convention"):
        yield case.breach_at(
            "realisation",
            ("convention.yaml",),
            "la mission est commencée sans convention.yaml",
            "créez convention.yaml et faites-la signer par les trois parties",
        )
        return
    for place, signatory in signatories(case):
        signed = (signatory.get("signature") or {}).get("date")
        who = signatory.get("denomination", "un signataire")
        if signed is None:
            yield case.breach_at(
                "convention",
                (*place, "signature"),
                f"« {who} » n’a pas signé la convention, la mission est pourtant commencée",
                "notez le jour de sa signature",
            )
    for launched in data_at(case, "realisation.lancement.date"):
        relations = [
            Relation((launched, signed), signed.value <= launched.value)
            for party in ("dla", "beneficiaire", "prestataire")
            for signed in data_at(case, f"convention.parties.{party}[].signature.date")
        ]
        for relation, datum in blamed(relations):
            signed = relation.data[1]
            yield Breach(
                datum.source,
                datum.pointer,
                f"la convention est signée le {french(signed.value)}, après le lancement "
                f"({french(launched.value)})",
                "corrigez celle des deux dates qui est fausse",
            )


def signatories(case: Case) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Each signatory of the convention with its place, whatever the party."""
    for party, listed in (case.get("convention", "parties") or {}).items():
        for rank, signatory in enumerate(listed if isinstance(listed, list) else []):
            yield ("parties", party, rank), signatory


def r_cvt_03(case: Case) -> Iterator[Breach]:
    """Payments add up to 100 % and end with a balance that awaits the final report ([seed 002])."""
    payments = case.get("convention", "echeancier") or []
    place: Pointer = ("echeancier",)
    if not all("pourcentage" in payment for payment in payments) or not payments:
        return
    total = sum((Decimal(p["pourcentage"]) for p in payments), Decimal(0))
    last = payments[-1]
    end = (*place, len(payments) - 1)
    if total != 100:
        message = f"l’échéancier fait {number(total)} % du montant, et non 100 %"
        hint = "corrigez les pourcentages des versements"
    elif last.get("libelle") != "solde":
        place, message = end, "le dernier versement de l’échéancier n’est pas le solde"
        hint = "terminez par « solde »"
    elif "rapport_final" not in (last.get("pieces") or []):
        place, message = end, "le solde n’est pas conditionné à la remise du rapport final"
        hint = "ajoutez « rapport_final » aux pièces du solde"
    else:
        return
    yield case.breach_at("convention", place, message, hint)


def r_cvt_04(case: Case) -> Iterator[Breach]:
    """Price, days and people are those of the proposition retained, or it is said why not."""
    retained = case.series("proposition").get(str(case.get("choix", "retenu")))
    convention = case.data("convention")
    signing = {
        p.get("prestataire") for p in (convention.get("parties") or {}).get("prestataire") or []
    }
    # A convention with another than the prestataire retained is R-COH-07.
    if retained is None or (signing and case.get("choix", "retenu") not in signing):
        return
    price = retained.data.get("budget") or {}
    explained = {gap.get("sur") for gap in convention.get("ecarts") or []}
    amount = convention.get("montant") or {}
    # A total that its own terms deny is R-COH-06.
    sound = amount.get("ht", 0) + amount.get("tva", 0) == amount.get("ttc")
    compared: tuple[tuple[str, Pointer, Any, Any, str], ...] = (
        (
            "montant",
            ("montant", "ttc"),
            amount.get("ttc") if sound else None,
            price.get("total_ttc"),
            "€ TTC",
        ),
        ("jours", ("jours",), convention.get("jours"), price.get("jours"), "jours"),
    )
    for subject, place, here, there, unit in compared:
        if subject not in explained and None not in (here, there) and here != there:
            yield case.breach_at(
                "convention",
                place,
                f"la convention dit {number(Decimal(here))} {unit}, la proposition retenue "
                f"{number(Decimal(there))}",
                f"corrigez, ou motivez l’écart dans « ecarts » (sur: {subject})",
            )
    if "intervenants" not in explained:
        yield from _other_people(case, retained.data.get("intervenants") or [])


def _other_people(case: Case, proposed: list[dict[str, Any]]) -> Iterator[Breach]:
    """Who comes without having been proposed; else, who was proposed and does not come."""
    hint = "corrigez, ou motivez l’écart dans « ecarts » (sur: intervenants)"
    expected = {folded(full_name(person)): full_name(person) for person in proposed}
    agreed = case.get("convention", "intervenants") or []
    new = [r for r, p in enumerate(agreed) if folded(full_name(p)) not in {*expected, ""}]
    for rank in new if expected else ():
        told = f"{full_name(agreed[rank])} n’est pas dans la proposition retenue"
        yield case.breach_at("convention", ("intervenants", rank), told, hint)
    missing = expected.keys() - {folded(full_name(person)) for person in agreed}
    for name in sorted(missing) if agreed and not new else ():
        told = f"{expected[name]}, de la proposition retenue, n’est pas dans la convention"
        yield case.breach_at("convention", ("intervenants",), told, hint)


def r_cvt_05(case: Case) -> Iterator[Breach]:
    """The mission takes place within the parcours ([inferred] from [seed 001])."""
    plan, convention = case.data("parcours"), case.data("convention")
    begun, ended = plan.get("debut"), plan.get("fin_prevue")
    for key in ("date_debut", "date_fin"):
        day = convention.get(key)
        if begun and ended and ended < begun:
            # A parcours that ends before it begins is R-COH-02.
            return
        if day and ((begun and day < begun) or (ended and day > ended)):
            yield case.breach_at(
                "convention",
                (key,),
                f"le {french(day)} est hors du parcours (du {french(begun)} au {french(ended)})",
                "corrigez la date, ou ajustez le parcours",
            )
