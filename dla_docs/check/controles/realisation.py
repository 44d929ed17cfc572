"""The mission: notes, the report, who worked."""

from collections.abc import Iterator

from dla_docs.check.controles.convention import explained_gaps
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, full_name
from dla_docs.check.ledger import Relation
from dla_docs.check.reports import came_as_a_file, forms_owed, owed_points
from dla_docs.model.words import enumeration, folded


@rule("R-REA-02")
def a_note_by_email(facts: Facts) -> Iterator[Relation]:
    """At least one note, by e-mail, before the final report ([seed 002])."""
    reported = facts.at("rapport-final.date")
    if not reported:
        return
    days = list(facts.each("realisation.notes[].date"))
    # 9999: a note without a date is not known to come before.
    before = [d for d in days if not reported.value or (d.value or "9999") <= reported.value]
    if any(beside(day, "canal").value == "email" for day in before):
        return
    if before:
        yield fault(
            beside(before[-1], "canal"),
            "la note à mi-parcours n’est pas envoyée par courriel",
            "renvoyez-la par courriel, puis écrivez « canal: email »",
        )
        return
    yield Relation(
        (*(day for day in days if day.value), reported),
        False,
        "le rapport final est remis sans note à mi-parcours envoyée par courriel auparavant",
        "notez-la dans realisation.yaml (notes : date, canal, travaux réalisés)",
        rests=tuple(days),
    )


@rule("R-RAP-03")
def report_in_both_forms(facts: Facts) -> Iterator[Relation]:
    """The report is handed over in digital form and, unless the territory gave it up, on paper.

    [seed 002]
    """
    forms = facts.at("rapport-final.formats_remis")
    owed = forms_owed(facts)
    absent = [owed[key] for key in owed if forms and key not in (forms.value or ())]
    paperless = (
        " ; si votre DLA ne demande plus de papier, écrivez « rapport_papier: false » dans "
        "territoire.yaml (parametres)"
    ) * ("papier" in absent)
    if forms and absent:
        yield fault(
            forms,
            f"le rapport final n’est pas déclaré remis en version {enumeration(absent)}",
            f"écrivez « formats_remis: [{', '.join(owed)}] » quand il l’est" + paperless,
        )


@rule("R-RAP-06")
def who_worked_was_agreed(facts: Facts) -> Iterator[Relation]:
    """Who worked is who was agreed ([seed 002], [inferred]).

    An author of the report may have worked: whether that one was agreed is looked at apart.
    """
    people = known_people(facts)
    authors = {folded(full_name(a.value)) for a in facts.data("rapport-final.auteurs[]")}
    looked_at = people | authors
    for name in facts.data("rapport-final.calendrier[].intervenants[]"):
        if people and folded(name.value) not in looked_at:
            # Told once, at the first day that names this person.
            looked_at.add(folded(name.value))
            yield fault(name, *_stranger(name.value))


@rule("R-COH-07")
def who_signs_the_report_was_agreed(facts: Facts) -> Iterator[Relation]:
    """An author of the report is one of the intervenants."""
    people = known_people(facts)
    for author in facts.data("rapport-final.auteurs[]"):
        if people and folded(full_name(author.value)) not in people:
            yield fault(author, *_stranger(full_name(author.value)))


def _stranger(name: str) -> tuple[str, str]:
    message = f"{name} n’est pas parmi les personnes qui interviennent d’après la convention"
    return message, "corrigez le nom, ou établissez un avenant"


def known_people(facts: Facts) -> set[str]:
    """The intervenants of the convention and its avenants, as names are compared.

    Those of the proposition retained too, unless it is said why they do not come.
    """
    people = [d.value for d in facts.data("convention.intervenants[]")]
    people += [d.value for d in facts.data("convention.avenants[].intervenants[]")]
    retained = facts.series("proposition").get(str(facts.value("choix.retenu")))
    if people and retained and "intervenants" not in explained_gaps(facts):
        people += (retained.data or {}).get("intervenants") or []
    return {folded(full_name(person)) for person in people}


@rule("R-RAP-11")
def a_received_report_is_read_point_by_point(facts: Facts) -> Iterator[Relation]:
    """What a report owes is looked for in the file, each point once ([seed 002])."""
    if not came_as_a_file(facts):
        return
    points = list(owed_points(facts))
    for _, title, state in points:
        if state.value == "absent":
            told = f"« {title} » est absent du rapport reçu"
            yield fault(state, told, "demandez au prestataire de compléter le rapport")
    unread = [title for _, title, state in points if state.value not in {"present", "absent"}]
    place = facts.at("rapport-final.points")
    if unread and place:
        many = f"{len(unread)} points du rapport reçu restent à vérifier : {enumeration(unread)}"
        told = (
            many if len(unread) > 1 else f"un point du rapport reçu reste à vérifier : {unread[0]}"
        )
        yield fault(
            place, told, "notez dans « points » l’état de chacun, et la page où il se trouve"
        )
