"""Choice of the prestataire: prices, notes, agreements, letters."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dla_docs.controles.case import Breach, Case, folded, french
from dla_docs.values import number

CRITERIA = (
    "comprehension",
    "resultats_attendus",
    "methodologie",
    "profil_references",
    "duree",
    "budget",
)
"""The six criteria of analysis ([seed 002], [seed 004])."""

_SCORE = re.compile(r"\b[0-9]+(?:,[0-9]+)?\s*(?:/|sur)\s*[0-9]+\b|\bnote[sé]?\b", re.IGNORECASE)
CENT = Decimal("0.01")


def r_pro_04(case: Case) -> Iterator[Breach]:
    """Days × rate + costs = total, within the budget ([inferred])."""
    limit = case.get("cahier-des-charges", "budget_max_ttc")
    for source in case.series("proposition").values():
        price = source.data.get("budget") or {}
        if not {"jours", "taux_jour_ht", "total_ht"} <= set(price):
            continue
        due = Decimal(price["jours"]) * price["taux_jour_ht"] + price.get("frais_ht", 0)
        if abs(due - price["total_ht"]) > CENT:
            yield Breach(
                source,
                ("budget", "total_ht"),
                f"le total hors taxes devrait être de {number(due)} € (jours × prix + frais)",
                "vérifiez le budget de la proposition",
            )
        taxed = Decimal(price["total_ht"]) * (1 + Decimal(price.get("taux_tva", 0)) / 100)
        total = price.get("total_ttc")
        if total is not None and abs(taxed - total) > CENT:
            yield Breach(
                source,
                ("budget", "total_ttc"),
                f"le total TTC devrait être de {number(taxed.quantize(CENT))} €",
                "vérifiez le taux de TVA et le total",
            )
        elif limit is not None and total is not None and total > limit:
            yield Breach(
                source,
                ("budget", "total_ttc"),
                f"la proposition dépasse le budget maximum ({number(Decimal(limit))} € TTC)",
                "négociez, ou écartez-la",
            )


def r_sel_01(case: Case) -> Iterator[Breach]:
    """The six criteria are noted for each admissible proposition ([seed 002], [seed 004])."""
    choice = case.data("choix")
    noted = choice.get("evaluations") or []
    most = case.parameter("note_maximale")
    for rank, evaluation in enumerate(noted):
        notes = evaluation.get("notes") or {}
        for key in CRITERIA:
            if key not in notes:
                message = f"le critère « {key} » n’est pas noté"
            elif notes[key] > most:
                message = f"la note {number(Decimal(notes[key]))} dépasse la note maximale ({most})"
            else:
                continue
            place = ("evaluations", rank, "notes", key)
            yield case.breach_at("choix", place, message, f"notez-le de 0 à {most}")
    for name in sorted(_admissible(case) - {e.get("prestataire") for e in noted}):
        yield case.breach_at(
            "choix",
            ("evaluations",),
            f"la proposition de « {name} » n’est pas notée",
            "notez-la sur les six critères",
        )


def _admissible(case: Case) -> set[str]:
    """The propositions that came in time, or were admitted late."""
    asked = case.get("consultation", "destinataires") or []
    late = {a.get("prestataire") for a in asked if a.get("reponse") == "hors_delai"}
    admitted = {a.get("prestataire") for a in case.get("choix", "hors_delai_admis") or []}
    return set(case.series("proposition")) - (late - admitted)


def r_sel_02(case: Case) -> Iterator[Breach]:
    """The chargé·e de mission and the structure choose together ([seed 002])."""
    choice = case.data("choix")
    if "retenu" not in choice:
        return
    for key, who in (
        ("accord_charge_mission", "du ou de la chargé·e de mission"),
        ("accord_structure", "de la structure"),
    ):
        given = (choice.get(key) or {}).get("date")
        if given is None:
            message = f"un prestataire est désigné sans l’accord {who}"
        elif choice.get("date") and given > choice["date"]:
            message = f"l’accord {who} ({french(given)}) vient après la désignation"
        else:
            continue
        place = (key, "date") if given else (key,)
        yield case.breach_at("choix", place, message, "notez les deux accords, avant le choix")


def r_sel_03(case: Case) -> Iterator[Breach]:
    """Each prestataire who is not retained is told in writing ([seed 002])."""
    choice = case.data("choix")
    if "retenu" not in choice:
        return
    told = {
        letter.get("prestataire")
        for letter in choice.get("notifications") or []
        if letter.get("decision") == "non_retenue" and {"date", "canal"} <= set(letter)
    }
    for name in sorted(set(case.series("proposition")) - {choice["retenu"]} - told):
        yield case.breach_at(
            "choix",
            ("notifications",),
            f"« {name} » n’a pas reçu de réponse écrite et datée, la convention est pourtant "
            "établie",
            "ajoutez sa notification : décision, date et canal",
        )


def r_sel_04(case: Case) -> Iterator[Breach]:
    """The reason is given only to who asks for it ([seed 002])."""
    for rank, letter in enumerate(case.get("choix", "notifications") or []):
        if letter.get("decision") == "non_retenue" and "motif" in letter:
            if letter.get("motif_demande") is True:
                continue
            yield case.breach_at(
                "choix",
                ("notifications", rank, "motif"),
                "un motif est communiqué sans avoir été demandé",
                "retirez-le, ou écrivez « motif_demande: true » s’il l’a été",
            )


def r_sel_05(case: Case) -> Iterator[Breach]:
    """A letter names no competitor and no score ([inferred], confidentiality)."""
    source = case.part("choix")
    choice = case.data("choix")
    rivals = {name: _company(case, name) for name in case.series("proposition")}
    for rank, letter in enumerate(choice.get("notifications") or []):
        text = case.text_of(source, letter.get("motif")) if source else ""
        others = [folded(v) for name, v in rivals.items() if name != letter.get("prestataire")]
        if any(other and other in folded(text) for other in others) or _SCORE.search(text):
            yield case.breach_at(
                "choix",
                ("notifications", rank, "motif"),
                "le motif communiqué cite une note ou un concurrent",
                "donnez le motif sans comparer",
            )


def _company(case: Case, name: str) -> str:
    record = case.corpus.record("prestataires", name)
    data = record.data if record and isinstance(record.data, dict) else {}
    return str(data.get("raison_sociale", ""))
