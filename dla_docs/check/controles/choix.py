"""Choice of the prestataire: prices, notes, agreements, letters."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dla_docs.check.controles.case import Breach, Case, folded, french
from dla_docs.check.ledger import data_at
from dla_docs.model.values import number

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
ORDINARY = frozenset(
    "sarl eurl sasu scop scic association cooperative societe entreprise cabinet atelier agence "
    "bureau conseil conseils consultant consultants consulting gestion formation accompagnement "
    "etudes expertise developpement associes partenaires services groupe reseau territoire "
    "territoires projet projets france solidaire social sociale innovation".split()
)
"""Words of a company name that a letter may well say."""


def r_pro_04(case: Case) -> Iterator[Breach]:
    """Days × rate + costs = total, within the budget ([inferred])."""
    limit = case.get("cahier-des-charges", "budget_max_ttc")
    hint = "vérifiez chacun des termes et le total"
    for source in case.series("proposition").values():
        price = source.data.get("budget") or {}
        if not {"jours", "taux_jour_ht", "total_ht"} <= set(price):
            continue
        due = Decimal(price["jours"]) * price["taux_jour_ht"] + price.get("frais_ht", 0)
        if abs(due - price["total_ht"]) > CENT:
            yield Breach(
                source,
                ("budget", "total_ht"),
                f"jours × prix + frais font {number(due)} €, et non "
                f"{number(Decimal(price['total_ht']))} €",
                hint,
            )
        rate, total = 1 + Decimal(price.get("taux_tva", 0)) / 100, price.get("total_ttc")
        taxed = Decimal(price["total_ht"]) * rate
        # A total without tax that is wrong does not make wrong the one that follows from its terms.
        if total is not None and all(abs(sum_ - total) > CENT for sum_ in (taxed, due * rate)):
            yield Breach(
                source,
                ("budget", "total_ttc"),
                f"hors taxes et TVA font {number(taxed.quantize(CENT))} €, et non "
                f"{number(Decimal(total))} €",
                hint,
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
    if case.part("choix") is None:
        told = "la convention est établie sans choix.yaml : rien ne dit qui a choisi, ni comment"
        hint = "créez choix.yaml : notes, prestataire retenu, accords des deux parties"
        # A prestataire known by other ways, whom nobody was asked to compete with.
        if case.series("proposition") or case.holds("consultation"):
            yield case.breach_at("convention", ("choix.yaml",), told, hint)
        return
    if "retenu" not in choice:
        return
    for key, who in (
        ("accord_charge_mission", "du ou de la chargé·e de mission"),
        ("accord_structure", "de la structure"),
    ):
        given = (choice.get(key) or {}).get("date")
        if given is None:
            message = f"un prestataire est désigné sans l’accord {who}"
        elif choice.get("date") and given > choice["date"] >= _received(case):
            message = f"l’accord {who} ({french(given)}) vient après la désignation"
        else:
            continue
        place = (key, "date") if given else (key,)
        yield case.breach_at("choix", place, message, "notez les deux accords, avant le choix")


def _received(case: Case) -> str:
    """The day of the last proposition: a choice before it is R-COH-02."""
    return max((d.value for d in data_at(case, "proposition.date_reception")), default="")


def r_sel_03(case: Case) -> Iterator[Breach]:
    """Each prestataire who is not retained is told in writing ([seed 002]).

    A letter that announces the wrong decision is R-COH-07.
    """
    choice = case.data("choix")
    if "retenu" not in choice:
        return
    told = {
        letter.get("prestataire")
        for letter in choice.get("notifications") or []
        if {"date", "canal"} <= set(letter)
    }
    for name in sorted(set(case.series("proposition")) - {choice["retenu"]} - told):
        yield case.breach_at(
            "choix",
            ("notifications",),
            f"« {name} » n’a pas reçu de réponse écrite et datée, la convention est pourtant "
            "établie",
            "ajoutez sa notification : décision, date et canal",
        )


def r_sel_05(case: Case) -> Iterator[Breach]:
    """A letter names no competitor and no score ([inferred], confidentiality)."""
    source = case.part("choix")
    choice = case.data("choix")
    rivals = {name: _names(case, name) for name in case.series("proposition")}
    for rank, letter in enumerate(choice.get("notifications") or []):
        text = case.text_of(source, letter.get("motif")) if source else ""
        mine = rivals.get(letter.get("prestataire"), set())
        others = set[str]().union(*rivals.values()) - mine
        if others & words(text) or _SCORE.search(text):
            yield case.breach_at(
                "choix",
                ("notifications", rank, "motif"),
                "le motif communiqué cite une note ou un concurrent",
                "donnez le motif sans comparer",
            )


def _names(case: Case, name: str) -> set[str]:
    """The words that tell a prestataire: those of its company that say no trade, its people."""
    people = case.series("proposition")[name].data.get("intervenants") or []
    company = words(str(case.record("prestataires", name).get("raison_sociale", "")))
    return (company - ORDINARY) | {folded(str(person.get("nom", ""))) for person in people}


def words(text: str) -> set[str]:
    """The words of a text, as names are compared; short ones tell nobody."""
    return {word for word in re.findall(r"[a-z0-9-]+", folded(text)) if len(word) > 3}
