"""Mandates: who presides a structure from one day to the next, and who signs an avenant."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dla_docs.check.controles.convention import PARTIES
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, french, full_name, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.representation import Person, in_office, leaders, signing
from dla_docs.model.days import days_after
from dla_docs.model.identity import names
from dla_docs.model.words import enumeration, folded

PRESIDES = frozenset({"president", "presidente"})
"""The function that one person holds at a time; two coprésidents preside together."""


@rule("R-ELI-06")
def one_presides_at_a_time(facts: Facts) -> Iterator[Relation]:
    """One president after the other, without two at once, nor a day without one."""
    every = [d for d in facts.data("structure.dirigeants[]") if _presides(d.value)]
    placed = sorted(every, key=lambda d: (d.value.get("debut", ""), d.value.get("fin", "9999")))
    for before, after in pairwise(placed):
        end, start = inside(before, "fin"), inside(after, "debut")
        one, other = full_name(before.value), full_name(after.value)
        # The assemblée that elects one ends the mandate of the other, on the same day.
        if not end.value or not start.value or end.value > start.value:
            told = f"{one} et {other} président la structure en même temps"
            hint = "écrivez le dernier jour de l’un (« fin ») et le premier de l’autre (« debut »)"
            yield fault(end, told, hint, before, after)
        elif _next(end.value) < start.value:
            told = f"personne ne préside la structure entre le {french(end.value)} ({one}) et le "
            told += f"{french(start.value)} ({other})"
            hint = "corrigez l’une des deux dates, ou ajoutez qui présidait entre-temps"
            yield fault(start, told, hint, end)
    last = inside(placed[-1], "fin") if placed else None
    if last and last.value and last.value < facts.day.isoformat():
        told = f"plus personne ne préside la structure depuis le {french(last.value)}"
        yield fault(last, told, "ajoutez qui préside depuis ce jour", late=True)


def _presides(person: Person) -> bool:
    return folded(str(person.get("fonction", ""))) in PRESIDES


def _next(day: str) -> str:
    return days_after(date.fromisoformat(day), 1).isoformat()


@rule("R-CVT-06")
def avenants_are_signed_by_who_represents(facts: Facts) -> Iterator[Relation]:
    """Who signs an avenant is in office on its day, or has a delegation ([inferred])."""
    for avenant in facts.data("convention.avenants[]"):
        for party, key, record in PARTIES:
            for signatory in facts.data(f"convention.parties.{party}[]"):
                known = leaders(facts, party, str(signatory.value.get(key)))
                if known:
                    yield from _signed(avenant, signatory, known, record)


def _signed(
    avenant: Datum, signatory: Datum, known: list[Person], record: str
) -> Iterator[Relation]:
    whom = str(signatory.value.get("denomination"))
    named, day = signing(avenant.value, whom), _day(avenant, whom)
    if not day or "delegation" in (named or signatory.value):
        return
    placed = [leader for leader in known if in_office(leader, day)]
    others = enumeration(full_name(leader) for leader in placed) or "alors personne"
    if named and not any(names(full_name(named), leader) for leader in placed):
        told = f"« {full_name(named)} » signe l’avenant pour « {whom} » sans être en fonction le "
        told += f"{french(day)} : {record} nomme {others}"
        hint = "corrigez qui signe ou la fiche, ou ajoutez sa « delegation »"
        yield fault(inside(avenant, "representants"), told, hint, signatory)
    elif not named and not placed:
        told = f"{record} ne nomme personne en fonction le {french(day)} pour « {whom} », qui "
        told += "signe l’avenant"
        hint = "complétez la fiche, ou écrivez qui signe (« representants ») et sa « delegation »"
        yield fault(inside(avenant, "date"), told, hint, signatory)


def _day(avenant: Datum, whom: str) -> str:
    """The day a party signed an avenant, else the day it is drawn up."""
    own = (
        str(one["date"])
        for one in avenant.value.get("signatures") or ()
        if folded(str(one.get("denomination"))) == folded(whom) and one.get("date")
    )
    return next(own, str(avenant.value.get("date") or ""))
