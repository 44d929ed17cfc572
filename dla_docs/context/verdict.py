"""Whether the balance of a mission may be paid: each condition, and where it is told.

A condition is absent when a finding of `dla check` says so, or when the data do not show, on the
day of the control, what it asks. What a derogation admits is no obstacle, and is said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dla_docs.check.facts import Facts
from dla_docs.check.mission import agreed, due_price
from dla_docs.check.rules import Rule
from dla_docs.context import evidence, payment
from dla_docs.context.grounds import Evidence, Grounds
from dla_docs.documents.documents import Document
from dla_docs.documents.types import DocumentType
from dla_docs.load.places import DATA
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.values import Euros


class State(StrEnum):
    """Whether what a condition asks is there; the names are those people read."""

    PRESENT = "présent"
    ABSENT = "absent"
    NEEDLESS = "sans objet"


@dataclass(frozen=True)
class Condition:
    """One thing the payment depends on: its state, where it is told, and why, in sentences.

    `regles`: the codes of the rules that are broken, or admitted to be. `bref`: what there is, on
    one line.
    """

    cle: str
    titre: str
    etat: State
    ou: str
    dit: tuple[str, ...]
    regles: tuple[str, ...] = ()
    bref: str = ""


@dataclass(frozen=True)
class Verdict:
    """The conditions of a payment, in order, and what is not due of the price (`retenue`).

    `bon_a_payer`: none is absent.
    """

    conditions: tuple[Condition, ...]
    retenue: Euros | None = None

    @property
    def absentes(self) -> tuple[Condition, ...]:
        """Those that forbid the payment."""
        return tuple(c for c in self.conditions if c.etat is State.ABSENT)

    @property
    def bon_a_payer(self) -> bool:
        """Whether the balance may be paid."""
        return not self.absentes


@dataclass(frozen=True)
class _Subject:
    """What makes a condition: its title, the rules that are about it, the data it is told in.

    A rule named here forbids the payment even where it is an alerte; an error at one of the
    `places` does too, whatever its rule. `place`: the paper to look at, as who signs calls it.
    """

    titre: str
    place: str
    regles: frozenset[str] = frozenset()
    places: tuple[tuple[str, Pointer], ...] = ()


def _subject(titre: str, place: str, regles: str = "", *places: tuple[str, Pointer]) -> _Subject:
    return _Subject(titre, place, frozenset(regles.split()), places)


SUBJECTS: Mapping[str, _Subject] = {
    "rapport": _subject("Rapport final", "Rapport final", "R-SOL-01", ("rapport-final", ())),
    "acceptation": _subject(
        "Acceptation",
        "Rapport final",
        "R-SOL-10",
        ("rapport-final", ("acceptation",)),
    ),
    "formats": _subject("Versions du rapport", "Rapport final", "R-RAP-03"),
    "logos": _subject("Logos du rapport", "Rapport final"),
    "convention": _subject(
        "Convention signée", "Convention", "R-CVT-01 R-COH-09", ("convention", ())
    ),
    "avenants": _subject("Avenants signés", "Convention", "", ("convention", ("avenants",))),
    "jours": _subject("Jours effectués", "Rapport final", "R-RAP-05 R-COH-04"),
    "arret": _subject("Suites d’un arrêt", "Suivi de la mission"),
    "suspension": _subject("Suites d’une suspension", "Suivi de la mission"),
    "alertes": _subject(
        "Alertes et demandes",
        "Suivi de la mission",
        "R-REA-03 R-REA-04 R-REA-08 R-REA-09 R-REA-10 R-REA-13",
        ("realisation", ("alertes",)),
    ),
    "note": _subject(
        "Note à mi-parcours", "Note à mi-parcours", "R-REA-02", ("realisation", ("notes",))
    ),
    "restitution": _subject(
        "Restitution", "Relevé de restitution", "R-RES-01", ("restitution", ())
    ),
    "enquete_structure": _subject(
        "Enquête à la structure", "Enquêtes", "", ("evaluation", ("beneficiaires",))
    ),
    "enquete_prestataire": _subject(
        "Enquête au prestataire", "Enquêtes", "", ("evaluation", ("prestataire",))
    ),
    "fiche": _subject(
        "Fiche du prestataire", "Fiche du prestataire", "R-PRE-01 R-SOL-02", ("prestataire", ())
    ),
    "compte": _subject(
        "Coordonnées bancaires",
        "RIB du prestataire",
        "R-SOL-09",
        ("reglement", ("coordonnees_bancaires",)),
    ),
    "factures": _subject("Factures", "Factures", "R-SOL-03", ("reglement", ())),
}
"""The conditions in the order they are read ([seed 002] for the report and the fiche)."""


EVIDENCE: Mapping[str, Callable[[Grounds], Evidence]] = {
    "rapport": evidence.report,
    "acceptation": evidence.acceptance,
    "formats": evidence.formats,
    "logos": evidence.logos,
    "convention": evidence.convention,
    "avenants": evidence.avenants,
    "jours": payment.days,
    "arret": payment.stop,
    "suspension": payment.suspension,
    "alertes": evidence.alerts,
    "note": evidence.note,
    "restitution": evidence.restitution,
    "enquete_structure": evidence.structure_survey,
    "enquete_prestataire": evidence.prestataire_survey,
    "fiche": payment.fiche,
    "compte": payment.account,
    "factures": payment.invoices,
}
"""What shows each condition, by its key."""


@dataclass(frozen=True)
class Judged:
    """What `dla check` says of a workspace, its rules, and what each type of document owes."""

    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    types: Mapping[str, DocumentType] = field(default_factory=dict)


def verdict(document: Document, facts: Facts, judged: Judged) -> Verdict:
    """The verdict of a control of balance, on the day of `facts`.

    The findings are those of `dla check`: no second computation could differ.
    """
    return Verdict(tuple(conditions(document, facts, judged)), _withheld(facts))


def grounds_of(document: Document, facts: Facts, judged: Judged) -> Grounds:
    """What a control of a mission looks at."""
    return Grounds(facts, document, judged.types.get("rapport-final"))


def conditions(
    document: Document, facts: Facts, judged: Judged, wanted: Iterable[str] = tuple(SUBJECTS)
) -> Iterator[Condition]:
    """The conditions of a payment, in order, or those of `wanted`."""
    grounds = grounds_of(document, facts, judged)
    fiches = {f"{DATA}prestataires/{name}.yaml" for name in grounds.paid}
    reach = document.reach(facts.corpus) | fiches
    told: dict[str, list[Finding]] = {key: [] for key in SUBJECTS}
    for finding in judged.findings:
        # What is only late is settled by the day of the control, never by today.
        if finding.path in reach and not finding.late:
            for key in _about(finding, judged.rules, grounds):
                told[key].append(finding)
    for key in wanted:
        yield _condition(key, EVIDENCE[key](grounds), told[key])


def _withheld(facts: Facts) -> Euros | None:
    """The price of the days that were not done, of a mission that was stopped."""
    due, price = due_price(facts), agreed(facts, "montant.ttc")
    return Euros(price.total - due) if due is not None and price and due < price.total else None


def _about(finding: Finding, rules: Mapping[str, Rule], grounds: Grounds) -> Iterator[str]:
    """The conditions that a finding is about: by its rule, else by its place if it is an error."""
    codes = set(finding.codes)
    if codes & {"R-SOL-04", "R-REA-06"}:
        yield from grounds.interruptions
        return
    if finding.code == "R-SOL-03" and "restitution" in finding.message:
        yield "restitution"
        return
    named = [key for key, subject in SUBJECTS.items() if codes & subject.regles]
    if named:
        yield named[0]
    elif _was_error(finding, rules):
        kind = grounds.facts.corpus.kind_of[finding.path].name
        fits = (
            (len(start), key)
            for key, subject in SUBJECTS.items()
            for part, start in subject.places
            if part == kind and finding.pointer[: len(start)] == start
        )
        # The narrowest: the bank details are not the invoices.
        yield from (key for _, key in sorted(fits, reverse=True)[:1])


def _was_error(finding: Finding, rules: Mapping[str, Rule]) -> bool:
    """Whether a finding is an error, or was one before it was admitted."""
    rule = rules.get(finding.code)
    return finding.severity is Severity.ERREUR or bool(rule and rule.gravite is Severity.ERREUR)


def _condition(key: str, seen: Evidence, found: list[Finding]) -> Condition:
    subject = SUBJECTS[key]
    grave = [f for f in found if f.severity is not Severity.INFO]
    admitted = [f for f in found if f.severity is Severity.INFO]
    if grave or (seen.lacks and not admitted):
        why = [*(f.message for f in grave), *(() if grave else seen.lacks)]
        codes = tuple(dict.fromkeys(f.code for f in grave))
        return Condition(
            key, subject.titre, State.ABSENT, subject.place, tuple(dict.fromkeys(why)), codes
        )
    if seen.needless and not admitted:
        return Condition(key, subject.titre, State.NEEDLESS, "", (seen.needless,))
    said = tuple(dict.fromkeys(f.message for f in admitted)) or (seen.said,)
    codes = tuple(dict.fromkeys(f.code for f in admitted))
    brief = seen.brief or seen.said
    return Condition(key, subject.titre, State.PRESENT, subject.place, said, codes, brief)
