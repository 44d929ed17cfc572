"""Convention: who pays, who signs, and what it keeps of the proposition retained."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dla_docs.controles.case import Breach, Case, folded, french, full_name
from dla_docs.findings import Pointer
from dla_docs.values import number


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
            (),
            "la mission est commencée sans convention.yaml",
            "créez convention.yaml et faites-la signer par les trois parties",
        )
        return
    launched = (case.get("realisation", "lancement") or {}).get("date")
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
        elif launched and signed > launched:
            yield case.breach_at(
                "convention",
                (*place, "signature", "date"),
                f"« {who} » a signé le {french(signed)}, après le lancement ({french(launched)})",
                "corrigez l’une des deux dates",
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
    if retained is None:
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
    proposed = {folded(full_name(p)) for p in retained.data.get("intervenants") or []}
    for rank, person in enumerate(convention.get("intervenants") or []):
        if proposed and folded(full_name(person)) not in proposed | {""}:
            if "intervenants" in explained:
                continue
            yield case.breach_at(
                "convention",
                ("intervenants", rank),
                f"{full_name(person)} n’est pas dans la proposition retenue",
                "corrigez, ou motivez l’écart dans « ecarts » (sur: intervenants)",
            )


def r_cvt_05(case: Case) -> Iterator[Breach]:
    """The mission takes place within the parcours ([inferred] from [seed 001])."""
    plan, convention = case.data("parcours"), case.data("convention")
    begun, ended = plan.get("debut"), plan.get("fin_prevue")
    for key in ("date_debut", "date_fin"):
        day = convention.get(key)
        if day and ((begun and day < begun) or (ended and day > ended)):
            yield case.breach_at(
                "convention",
                (key,),
                f"le {french(day)} est hors du parcours (du {french(begun)} au {french(ended)})",
                "corrigez la date, ou ajustez le parcours",
            )
