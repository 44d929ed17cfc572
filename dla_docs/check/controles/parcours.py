"""Parcours and comité d'appui: who agreed to the plan, who saw it and when."""

from collections.abc import Iterator

from dla_docs.check.controles.diagnostic import TOO_SOON
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, french, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.documents.consents import agreed, given_by


@rule("R-PAR-06")
def validated_before_the_call(facts: Facts) -> Iterator[Relation]:
    """The structure validates its parcours before the consultation ([seed 000])."""
    sent, validated = facts.at("consultation.date_envoi"), facts.at("parcours.validation.date")
    if not (sent and sent.value and validated and validated.value):
        return
    # Where a comité had seen the parcours before that day, it is told there.
    if not _seen_before(facts, validated.value):
        yield Relation(
            (validated, sent),
            validated.value <= sent.value,
            f"la consultation part le {french(sent.value)}, avant la validation du parcours "
            f"({french(validated.value)})",
            "corrigez l’une des deux dates",
        )


def _seen_before(facts: Facts, validated: str) -> bool:
    """Whether a comité that was to see the parcours before the call met before its validation."""
    # 9999: without a date, it has not met.
    return any(
        comite.value("comite.date", "9999") < validated
        and entry.get("moment") == "avant_consultation"
        for comite, entry in facts.shown_to()
    )


@rule("R-PAR-06")
def presented_with_a_validated_parcours(facts: Facts) -> Iterator[Relation]:
    """The structure validates its parcours before the comité sees it ([seed 000])."""
    met = facts.at("comite.date")
    for entry, dossier in facts.presented():
        if entry.value.get("moment") != "avant_consultation" or not met or not met.value:
            continue
        validated = dossier.at("parcours.validation.date")
        if (not validated or not validated.value) and _told_inside(dossier):
            continue
        yield Relation(
            (met, inside(entry, "dossier")),
            bool(validated and validated.value and validated.value <= met.value),
            "le dossier est présenté au comité avant que la structure ait validé son parcours",
            "attendez la validation du parcours pour le présenter",
            rests=(validated,) if validated else (dossier.absent_file("parcours", "dossier"),),
            instead=((met, TOO_SOON, "corrigez la date du comité, ou celle des validations"),),
        )


def _told_inside(dossier: Facts) -> bool:
    """Whether the absence of a validation, or of the parcours, is told in the dossier itself."""
    files = dossier.corpus.listing.units.get(dossier.scope.unit, ())
    needs = "consultation.yaml" if dossier.holds("parcours") else "ingenierie.yaml"
    return any(path.endswith(f"/{needs}") for path in files)


CONSENT = ("structure", "objet", "portee", "date")
"""What a consent is read from."""


@rule("R-COM-02")
def named_with_consent(facts: Facts) -> Iterator[Relation]:
    """The structure agrees before its name is shown ([seed 003], [seed 004])."""
    for entry, dossier in facts.presented():
        if entry.value.get("presentation") != "nominative" or not dossier.file("dossier"):
            continue
        head = dossier.value("dossier", {})
        givers = {consent.get("structure") for consent in head.get("consentements") or []}
        # A consent of a structure that the dossier does not name: one of the two names is wrong.
        if givers - set(head.get("structures") or []):
            continue
        given = given_by(head, facts.value("comite.date", ""))
        if not agreed(head, "structure", frozenset({"comite"}), given):
            yield fault(
                inside(entry, "presentation"),
                "le dossier est présenté sous son nom sans l’accord daté de la structure",
                "écrivez « anonyme », ou notez l’accord (objet : structure, portée : comite) "
                "dans dossier.yaml",
                *consents_of(dossier),
                *facts.each("comite.date"),
            )


def consents_of(dossier: Facts) -> Iterator[Datum]:
    """All that an agreement of the structures is read from: one doubtful part makes it doubtful."""
    for path in ("dossier.structures", "dossier.consentements"):
        yield from dossier.each(path)
    for key in CONSENT:
        yield from dossier.each(f"dossier.consentements[].{key}")


@rule("R-COM-03")
def shown_before_the_call(facts: Facts) -> Iterator[Relation]:
    """The comité is met before the cahier des charges is sent ([seed 000], [P19])."""
    sent = facts.at("consultation.date_envoi")
    if not sent or not sent.value or not facts.scope.parent:
        return
    comites = [facts.within(scope) for scope in facts.corpus.level("comite")]
    yield Relation(
        (sent,),
        any(c.value("comite.date", "9999") <= sent.value for c, _ in facts.shown_to()),
        "le dossier n’est passé devant aucun comité d’appui avant l’envoi du cahier des charges",
        "présentez-le au comité, ou notez le passage dans comites/",
        rests=(
            *(d for c in comites for d in c.each("comite.dossiers[].dossier")),
            *(d for c, _ in facts.shown_to() for d in c.each("comite.date")),
        ),
    )
