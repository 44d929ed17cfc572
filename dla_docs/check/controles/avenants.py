"""Avenants: what each adds to a convention, in which order, and what it answers to."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from dla_docs.check.controles.parties import number_of_another
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, french, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.model.amended import amended
from dla_docs.model.days import days_after
from dla_docs.model.values import CENT, amount, number
from dla_docs.model.words import folded, quoted

VERIFY = "vérifiez chacun des montants de l’avenant"
REFUSED = "hors_cadre_refuse"
_LAST_NUMBER = re.compile(r"([0-9]+)[^0-9]*$")
"""Where an avenant says which it is: « 2026-002-C1-A2 », « avenant n° 2 »."""


@rule("R-CVT-07")
def what_is_added_is_taxed_as_the_rest(facts: Facts) -> Iterator[Relation]:
    """An amount added bears the tax of the convention."""
    for rate in facts.data("convention.montant.taux_tva"):
        for total in facts.data("convention.avenants[].delta_ttc"):
            bare = beside(total, "delta_ht")
            if bare.value is not None:
                due = Decimal(bare.value) * (100 + Decimal(rate.value)) / 100
                taxed = f"à {number(Decimal(rate.value))} % " if rate.value else "sans TVA "
                told = f"l’avenant ajoute {amount(bare.value)} € hors taxes, qui {taxed}font "
                told += f"{amount(due)} € TTC, et non {amount(total.value)} €"
                holds = abs(due - total.value) <= CENT
                instead = ((rate, "ce taux n’est pas celui des montants écrits", VERIFY),)
                yield Relation((rate, bare, total), holds, told, VERIFY, instead=instead)


TOTALS = (
    ("convention.jours", "delta_jours", "jours"),
    ("convention.montant.ht", "delta_ht", "€ hors taxes"),
    ("convention.montant.ttc", "delta_ttc", "€ TTC"),
)
"""What a convention says, what an avenant adds to it, and its unit."""


@rule("R-CVT-07")
def what_is_taken_away_was_there(facts: Facts) -> Iterator[Relation]:
    """Days and amounts stay above nothing, avenant after avenant."""
    for agreed, key, unit in TOTALS:
        for start in facts.data(agreed):
            left = Decimal(start.value)
            for delta in facts.data(f"convention.avenants[].{key}"):
                had, left = left, left + Decimal(delta.value)
                # The excess is told where it begins.
                if left < 0 <= had:
                    shown = number if unit == "jours" else amount
                    told = f"l’avenant retire {shown(-Decimal(delta.value))} {unit}, la convention "
                    told += f"n’en compte plus que {shown(had)}"
                    yield fault(delta, told, "corrigez ce que l’avenant retire", start)


@rule("R-CVT-07")
def avenants_follow_each_other(facts: Facts) -> Iterator[Relation]:
    """In the order of their days, and of their numbers."""
    avenants = list(facts.data("convention.avenants[]"))
    for before, after in pairwise(avenants):
        one, other = inside(before, "date"), inside(after, "date")
        if one.value and other.value:
            told = f"l’avenant est établi le {french(other.value)}, avant celui qui le précède "
            told += f"({french(one.value)})"
            hint = "rangez les avenants dans l’ordre de leurs dates"
            yield Relation((one, other), one.value <= other.value, told, hint)
        rank, following = _rank(before), _rank(after)
        if rank is not None and following is not None:
            told = f"l’avenant « {after.value['numero']} » vient après "
            told += f"« {before.value['numero']} » : les numéros se suivent"
            data = (inside(before, "numero"), inside(after, "numero"))
            # The same number twice is told as such (S-DOUBLON).
            holds = rank < following or before.value["numero"] == after.value["numero"]
            yield Relation(data, holds, told, "numérotez les avenants dans l’ordre")


def _rank(avenant: Datum) -> int | None:
    """The rank that the number of an avenant ends with, if it does."""
    found = _LAST_NUMBER.search(str(avenant.value.get("numero", "")))
    return int(found[1]) if found else None


@rule("R-CVT-07")
def an_avenant_bears_the_number_of_its_convention(facts: Facts) -> Iterator[Relation]:
    """Not the very number of its convention, nor one that begins as another convention's."""
    own = facts.value("convention.numero")
    others = {
        facts.within(scope).value("convention.numero")
        for scope in facts.corpus.level("ingenierie")
        if scope.unit == facts.scope.unit and scope.path != facts.scope.path
    }
    for order, given in enumerate(facts.data("convention.avenants[].numero"), 1):
        if number_of_another(facts, given.value):
            told = f"le numéro {given.value} est celui d’un autre dossier que "
            yield fault(given, told + facts.scope.reference, "reprenez le numéro de la convention")
            continue
        if given.value == own:
            told = f"« {own} » est le numéro de la convention : un avenant a le sien"
            yield fault(given, told, f"par exemple « {own}-A{order} »")
            continue
        theirs = [n for n in others if n and given.value.startswith(n)]
        if theirs and not (own and given.value.startswith(own)):
            told = f"« {given.value} » porte le numéro d’une autre convention ({theirs[0]})"
            yield fault(given, told, f"celle-ci est la convention {own}")


@rule("R-CVT-08")
def avenants_are_counted_from_one(facts: Facts) -> Iterator[Relation]:
    """Where the number is that of the convention and a rank, none is passed over."""
    own = facts.value("convention.numero")
    for order, avenant in enumerate(facts.data("convention.avenants[]"), 1):
        given, rank = inside(avenant, "numero"), _rank(avenant)
        if own and str(given.value).startswith(own) and given.value != own and rank is not None:
            told = f"l’avenant « {given.value} » est le numéro {order} de la convention"
            hint = "corrigez son numéro, ou ajoutez l’avenant qui manque"
            yield Relation((given,), rank == order, told, hint)


@rule("R-CVT-07")
def who_signs_an_avenant_signed(facts: Facts) -> Iterator[Relation]:
    """An avenant is signed by the parties of the convention."""
    parties = list(facts.each("convention.parties[][].denomination"))
    names = {folded(str(datum.value)) for datum in parties}
    for path in ("signatures", "representants"):
        for name in facts.data(f"convention.avenants[].{path}[].denomination"):
            if folded(name.value) not in names:
                told = f"« {name.value} » n’est pas partie à la convention"
                yield fault(name, told, "reprenez la dénomination de la convention", *parties)


@rule("R-CVT-07")
def an_avenant_follows_the_decision(facts: Facts) -> Iterator[Relation]:
    """An avenant says which decision it follows: it does not come before it."""
    for alert, avenant in _answered(facts):
        decided, drawn = inside(alert, "date_decision"), inside(avenant, "date")
        if decided.value and drawn.value:
            told = f"l’avenant est établi le {french(drawn.value)}, avant la décision qu’il suit "
            told += f"({french(decided.value)})"
            hint = "corrigez celle des deux dates qui est fausse"
            yield Relation((decided, drawn), decided.value <= drawn.value, told, hint)


@rule("R-CVT-08")
def an_avenant_that_is_named_is_there(facts: Facts) -> Iterator[Relation]:
    """The avenant that an alert leads to is one of the convention."""
    if not facts.file("convention"):
        return
    listed = list(facts.data("convention.avenants[].numero"))
    known = [datum.value for datum in listed]
    for named in facts.data("realisation.alertes[].avenant"):
        told = f"l’avenant « {named.value} » n’est pas dans la convention"
        hint = f"écrivez-le dans convention.yaml ; avenants connus : {', '.join(known) or 'aucun'}"
        # The number may be the wrong one, where the avenant itself bears it.
        yield Relation((*listed, named), named.value in known, told, hint)


@rule("R-CVT-08")
def what_is_refused_changes_nothing(facts: Facts) -> Iterator[Relation]:
    """A demand that is refused brings no avenant."""
    for alert, _ in _answered(facts):
        if alert.value.get("decision") == REFUSED:
            named = inside(alert, "avenant")
            told = f"la demande est refusée, l’avenant « {named.value} » lui est pourtant rattaché"
            hint = "corrigez la décision, ou le numéro de l’avenant"
            yield fault(named, told, hint, inside(alert, "decision"))


def _answered(facts: Facts) -> Iterator[tuple[Datum, Datum]]:
    """Each alert that names an avenant of the convention, with it."""
    known = {a.value.get("numero"): a for a in facts.data("convention.avenants[]")}
    for alert in facts.data("realisation.alertes[]"):
        if avenant := known.get(alert.value.get("avenant", "")):
            yield alert, avenant


@rule("R-CVT-08")
def an_avenant_comes_before_the_end(facts: Facts) -> Iterator[Relation]:
    """A mission that has ended is not changed any more."""
    end, start = facts.at("convention.date_fin"), facts.at("convention.date_debut")
    for avenant in facts.data("convention.avenants[]"):
        drawn, moved = inside(avenant, "date"), inside(avenant, "date_fin")
        if end and end.value and drawn.value:
            told = f"l’avenant est établi le {french(drawn.value)}, après la fin de la mission "
            told += f"({french(end.value)})"
            hint = "un avenant se signe tant que la mission court : vérifiez sa date"
            yield Relation((drawn,), drawn.value <= end.value, told, hint, (end,))
        # An end before the start is a fault of its own: nothing is held against it.
        sound = moved.value and not (start and start.value and moved.value < start.value)
        end = moved if sound else end
        yield from _signed_before(end, avenant)


def _signed_before(end: Datum | None, avenant: Datum) -> Iterator[Relation]:
    """Nobody signs an avenant after the end that it gives the mission."""
    for rank in range(len(avenant.value.get("signatures") or ())):
        signed = inside(avenant, "signatures", rank, "date")
        if end and end.value and signed.value:
            told = f"l’avenant est signé le {french(signed.value)}, après la fin de la mission "
            told += f"({french(end.value)})"
            hint = "corrigez celle des deux dates qui est fausse"
            yield Relation((signed,), signed.value <= end.value, told, hint, (end,))


@rule("R-CVT-08")
def every_party_signs_an_avenant(facts: Facts) -> Iterator[Relation]:
    """All the parties sign, within the delay of the territory."""
    parties = [d.value for d in facts.data("convention.parties[][].denomination")]
    for avenant in facts.data("convention.avenants[]"):
        drawn, signatures = inside(avenant, "date"), inside(avenant, "signatures")
        if not drawn.value:
            continue
        due = days_after(date.fromisoformat(drawn.value), facts.parameter("avenant_jours"))
        names = {folded(str(s.get("denomination", ""))) for s in signatures.value or ()}
        absent = [name for name in parties if folded(name) not in names]
        # A name that is no party's stands for the one who is missing (R-CVT-07).
        strangers = names - {folded(name) for name in parties}
        if absent and not strangers and due < facts.day:
            told = f"l’avenant du {french(drawn.value)} n’est pas signé de {quoted(absent)} ; "
            told += f"il devait l’être le {french(due.isoformat())}"
            hint = "recueillez les signatures, puis notez-les dans « signatures »"
            yield fault(signatures, told, hint, drawn, late=True)


@rule("R-CVT-07")
def an_avenant_changes_something(facts: Facts) -> Iterator[Relation]:
    """An avenant states, adds or words something that the convention did not say."""
    held = facts.file("convention")
    for convention in [held.data] if held and isinstance(held.data, dict) else ():
        listed = list(facts.data("convention.avenants[]"))
        for rank, avenant in enumerate(listed):
            before, after = (
                amended(convention, [one.value for one in listed[: rank + more]]) for more in (0, 1)
            )
            same = {**before, "avenants": ()} == {**after, "avenants": ()}
            if same and not avenant.value.get("clauses") and not avenant.value.get("livrables"):
                told = "l’avenant ne change rien : ni jours, ni prix, ni dates, ni versements, "
                told += "ni équipe, ni clause"
                hint = "écrivez ce qu’il change, ou retirez-le"
                yield fault(avenant, told, hint)
