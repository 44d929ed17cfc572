"""Choice of the prestataire: prices and letters."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from dla_docs.check.controles.convention import explained_gaps, offered
from dla_docs.check.controles.coordination import standing
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, french, inside, name_of
from dla_docs.check.ledger import Datum, Relation
from dla_docs.model.values import CENT, amount, number
from dla_docs.model.words import enumeration, folded, plural, quoted

# « 4/5 », « 16,5 sur 20 », « note », « noté ».
_SCORE = re.compile(r"\b[0-9]+(?:,[0-9]+)?\s*(?:/|sur)\s*[0-9]+\b|\bnote[sé]?\b", re.IGNORECASE)
ORDINARY = frozenset(
    "sarl eurl sasu scop scic association cooperative societe entreprise cabinet atelier agence "
    "bureau conseil conseils consultant consultants consulting gestion formation accompagnement "
    "etudes expertise developpement associes partenaires services groupe reseau territoire "
    "territoires projet projets france solidaire social sociale innovation".split()
)
"""Words of a company name that a letter may well say."""
VERIFY = "vérifiez chacun des termes et le total"


@rule("R-PRO-04")
def price_of_a_proposition(facts: Facts) -> Iterator[Relation]:
    """Days × rate + costs = total without tax; with tax, the total ([inferred])."""
    received = facts.data("proposition.budget.total_ht")
    for total in chain(received, facts.data("proposition.versions[].budget.total_ht")):
        days, rate, costs = (beside(total, k) for k in ("jours", "taux_jour_ht", "frais_ht"))
        if days.value is not None and rate.value is not None:
            due = Decimal(days.value) * rate.value + (costs.value or 0)
            terms = (days, rate, costs) if costs.value is not None else (days, rate)
            told = f"{amount(due)} €, et non {amount(total.value)} €"
            holds = abs(due - total.value) <= CENT
            yield Relation((*terms, total), holds, f"jours × prix + frais font {told}", VERIFY)
        tax, taxed = beside(total, "taux_tva"), beside(total, "total_ttc")
        if taxed.value is not None:
            due = Decimal(total.value) * (1 + Decimal(tax.value or 0) / 100)
            told = f"{amount(due)} €, et non {amount(taxed.value)} €"
            holds = abs(due - taxed.value) <= CENT
            yield Relation((total, taxed), holds, f"hors taxes et TVA font {told}", VERIFY)


ADMITTED = (
    ("cahier-des-charges.budget_max_ttc", "total_ttc", "convention.montant.ttc", "montant"),
    ("cahier-des-charges.jours.max", "jours", "convention.jours", "jours"),
)
"""The most that an order admits, what is proposed, what is agreed, and how a gap names it."""


@rule("R-PRO-04")
def within_what_the_order_admits(facts: Facts) -> Iterator[Relation]:
    """A proposition keeps within the budget and the days of the order ([inferred])."""
    kept = {name_of(source) for source in standing(facts)}
    for most, key, agreed, subject in ADMITTED:
        negotiated = {facts.value("choix.retenu")} if subject in explained_gaps(facts) else set()
        files = [s for name, s in facts.series("proposition").items() if name in kept]
        stands = [inside(offered(facts, source, "budget"), key) for source in files]
        proposed = [datum for datum in stands if datum.value is not None]
        for limit in facts.data(most):
            settled = negotiated if facts.value(agreed, limit.value) <= limit.value else set()
            beyond = [d for d in proposed if d.value > limit.value]
            told = [d for d in beyond if name_of(d.source) not in settled]
            if len(beyond) == len(proposed) > 1 and told:
                # When none keeps within it, the limit is what nobody can keep.
                yield fault(limit, _all_beyond(subject, beyond, limit.value), LIMIT, *beyond)
                continue
            for one in told:
                message = _beyond(subject, one.value, limit.value)
                yield Relation((one,), False, message, BEYOND, (limit,))


BEYOND = "négociez (la nouvelle offre se note dans « versions » de la proposition), ou écartez-la"
LIMIT = "vérifiez cette limite ; si elle est juste, négociez, ou écartez les propositions"


def _all_beyond(subject: str, beyond: list[Datum], most: int | Decimal) -> str:
    values = enumeration(_counted(subject, datum.value) for datum in beyond)
    return f"toutes les propositions ({values}) dépassent cette limite ({_counted(subject, most)})"


def _counted(subject: str, value: int | Decimal) -> str:
    return f"{amount(value)} € TTC" if subject == "montant" else f"{number(Decimal(value))} jours"


def _beyond(subject: str, proposed: int | Decimal, most: int | Decimal) -> str:
    if subject == "montant":
        told = f"la proposition est de {amount(proposed)} € TTC, et dépasse le budget maximum du "
        return f"{told}cahier des charges ({amount(most)} € TTC)"
    told = f"la proposition compte {number(Decimal(proposed))} jours, et le cahier des charges en "
    return f"{told}admet {number(Decimal(most))} au plus"


@rule("R-SEL-03")
def who_is_not_retained_is_told(facts: Facts) -> Iterator[Relation]:
    """Each prestataire who is not retained is told in writing ([seed 002])."""
    letters = list(facts.data("choix.notifications[]"))
    listed, retained = facts.at("choix.notifications"), facts.value("choix.retenu")
    written = {d.value.get("prestataire") for d in letters if {"date", "canal"} <= set(d.value)}
    absent = sorted(set(facts.series("proposition")) - {retained} - written)
    if absent and retained and listed:
        yield fault(
            listed,
            f"{quoted(absent)} n’{plural(len(absent), 'a', 'ont')} pas reçu de réponse écrite et "
            "datée, la convention est pourtant établie",
            "ajoutez sa notification : décision, date et canal",
            *(inside(d, key) for d in letters for key in ("prestataire", "date", "canal")),
        )


@rule("R-SEL-06")
def who_is_retained_is_told(facts: Facts) -> Iterator[Relation]:
    """Who is retained hears of it before the convention is drawn ([inferred])."""
    listed, retained = facts.at("choix.notifications"), facts.value("choix.retenu")
    letters = list(facts.each("choix.notifications[].prestataire"))
    named = {datum.value for datum in letters}
    # A letter to somebody who proposed nothing bears a wrong name, which is told there.
    strangers = named - {*facts.series("proposition"), retained}
    if (
        facts.holds("convention")
        and listed
        and retained
        and not named & {retained}
        and not strangers
    ):
        yield fault(
            listed,
            f"« {retained} » est retenu, et rien ne dit qu’il en a été informé, la convention est "
            "pourtant établie",
            "ajoutez sa notification : décision, date et canal",
            *letters,
        )


@rule("R-SEL-06")
def told_before_the_convention_is_signed(facts: Facts) -> Iterator[Relation]:
    """Who is not retained does not learn it once all is signed with another ([seed 002])."""
    signed = list(facts.each("convention.parties[][].signature.date"))
    if not signed or any(datum.value is None for datum in signed):
        return
    last = max(signed, key=lambda datum: str(datum.value))
    for letter in facts.data("choix.notifications[decision=non_retenue].date"):
        name, day = beside(letter, "prestataire").value, french(letter.value)
        told = f"« {name} » apprend le {day} que sa proposition n’est pas retenue, après la "
        told += f"signature de la convention ({french(last.value)})"
        hint = "informez-le dès le choix, ou corrigez la date de la lettre"
        yield Relation((letter,), letter.value <= last.value, told, hint, (last,))


@rule("R-SEL-05")
def letters_name_no_rival(facts: Facts) -> Iterator[Relation]:
    """A letter names no competitor and no score ([inferred], confidentiality)."""
    words_of = {name: _names(facts, name) for name in facts.series("proposition")}
    for reason in facts.data("choix.notifications[].motif"):
        text = facts.text_of(reason.source, reason.value)
        mine = words_of.get(beside(reason, "prestataire").value, set())
        others = set[str]().union(*words_of.values()) - mine
        if others & words(text) or _SCORE.search(text):
            yield fault(
                reason,
                "le motif communiqué cite une note ou un concurrent",
                "donnez le motif sans comparer",
            )


def _names(facts: Facts, name: str) -> set[str]:
    """The words that tell a prestataire: those of its company that say no trade, its people."""
    source = facts.series("proposition")[name]
    people = Datum(source, ("intervenants",), (source.data or {}).get("intervenants"))
    company = words(str(facts.record("prestataires", name).get("raison_sociale", "")))
    return (company - ORDINARY) | {folded(str(p.get("nom", ""))) for p in people.value or []}


def words(text: str) -> set[str]:
    """The words of a text, as names are compared; short ones tell nobody."""
    return {word for word in re.findall(r"[a-z0-9-]+", folded(text)) if len(word) > 3}
