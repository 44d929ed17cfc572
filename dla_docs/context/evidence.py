"""What the data show of the papers of a mission, on the day its balance is controlled.

One function a condition: what is lacking, or what there is, with its day. The rules say what is
wrong; these say what is there.
"""

from collections.abc import Iterator

from dla_docs.check.facts import french
from dla_docs.check.reports import came_as_a_file, forms_owed
from dla_docs.context.grounds import Evidence, Grounds
from dla_docs.context.points import ABSENT, FOUND, TO_READ
from dla_docs.context.report_points import cover_owners, report_blocks
from dla_docs.load.received import lost
from dla_docs.model.paths import at
from dla_docs.model.values import count
from dla_docs.model.words import apart, enumeration

PARTIES = {"dla": "le DLA", "beneficiaire": "la structure", "prestataire": "le prestataire"}
PRESENT = {
    "responsable_structure": "une personne responsable de la structure",
    "charge_mission": "la personne chargée de mission",
    "prestataire": "le prestataire",
}
"""Who is at a restitution ([seed 002])."""


COVER, BODY = range(2)
"""The two blocks of what a report owes, in the order of its schema."""


def report(grounds: Grounds) -> Evidence:
    """The final report, whole and not provisional: nothing is paid without it ([seed 002])."""
    facts = grounds.facts
    day, version = facts.value("rapport-final.date"), facts.value("rapport-final.version")
    if not day:
        return Evidence(("le rapport final n’est pas remis",))
    if told := grounds.later(day):
        return Evidence((f"le rapport final est remis{told}",))
    lacks = (
        ["seule une version provisoire du rapport est remise"] if version == "provisoire" else []
    )
    file, source = facts.value("rapport-final.fichier"), facts.file("rapport-final")
    if file and source and (fault := lost(facts.corpus.workspace.root, source, file)):
        lacks.append(f"le fichier du rapport, {file}, {fault}")
    shown = ", version définitive" if version == "definitif" else ""
    lacks += _faulty(grounds, BODY)
    read = f"lues dans {file}" if came_as_a_file(facts) else "remplies"
    said = f"remis le {french(day)}{shown}, toutes ses rubriques {read}"
    return Evidence(tuple(lacks), said, brief=f"remis complet le {french(day)}")


def _faulty(grounds: Grounds, block: int) -> Iterator[str]:
    """What the control of the report has not found of one block; of ours, why."""
    received = came_as_a_file(grounds.facts)
    told_of = {ABSENT: "absent du rapport reçu", TO_READ: "à vérifier"}
    for point in report_blocks(grounds)[block][1]:
        if point.etat != FOUND:
            told = told_of[point.etat] if received else point.note
            yield f"« {point.titre} » : {told}"


def acceptance(grounds: Grounds) -> Evidence:
    """The report accepted on this day, and what it reserved lifted ([inferred])."""
    facts = grounds.facts
    accepted = facts.value("rapport-final.acceptation.date")
    lifted = facts.value("rapport-final.acceptation.levee_reserves")
    if not accepted:
        return Evidence(("le rapport final n’est pas accepté",))
    if told := grounds.later(accepted):
        return Evidence((f"le rapport final est accepté{told}",))
    if not facts.value("rapport-final.acceptation.reserves"):
        return Evidence((), f"le {french(accepted)}, sans réserve")
    if not lifted:
        return Evidence(
            ("le rapport est accepté sous des réserves à vérifier : rien ne les dit levées",)
        )
    if told := grounds.later(lifted):
        return Evidence((f"les réserves sur le rapport sont levées{told}",))
    return Evidence((), f"le {french(accepted)}, réserves levées le {french(lifted)}")


def formats(grounds: Grounds) -> Evidence:
    """The report in the forms that are owed: both, or what the territory asks ([seed 002])."""
    given = grounds.facts.value("rapport-final.formats_remis") or ()
    owed = forms_owed(grounds.facts)
    absent = [f"pas de version {label}" for key, label in owed.items() if key not in given]
    whole, brief = "la version numérique est remise", "la numérique"
    if len(owed) > 1:
        whole, brief = "les deux versions sont remises", "numérique et papier"
    return Evidence(tuple(absent), whole, brief=brief)


def logos(grounds: Grounds) -> Evidence:
    """The logos the report owes: there, and not those that `dla init` puts in their place."""
    if grounds.report is None:
        return Evidence(needless="le territoire n’a pas de rapport final")
    lacks = tuple(_faulty(grounds, COVER))
    if came_as_a_file(grounds.facts):
        return Evidence(lacks, "lus sur la page de garde du rapport reçu", brief="lus")
    return Evidence(lacks, f"logos : {apart(cover_owners(grounds))}", brief="tous présents")


def convention(grounds: Grounds) -> Evidence:
    """The convention, signed by each party ([seed 002])."""
    facts = grounds.facts
    if facts.file("convention") is None:
        return Evidence(("il n’y a pas de convention",))
    lacks, days = [], []
    for party, name in PARTIES.items():
        signatories = list(facts.data(f"convention.parties.{party}[]"))
        lacks += [] if signatories else [f"il manque une partie à la convention : {name}"]
        for one in signatories:
            day, who = at(one.value, ("signature", "date")), one.value.get("denomination") or name
            lacks += [f"signature manquante : {who}"] if not day else []
            lacks += [f"{who} signe{told}"] if (told := grounds.later(day)) else []
            days.append(day or "")
    title = facts.value("convention.numero")
    last = max(days, default="")
    return Evidence(
        tuple(lacks),
        f"{title}, signée par toutes les parties, la dernière le {french(last or None)}",
        brief=str(title),
    )


def avenants(grounds: Grounds) -> Evidence:
    """Each avenant, signed by all who signed the convention."""
    facts = grounds.facts
    listed = list(facts.data("convention.avenants[]"))
    if not listed:
        return Evidence(needless="la convention n’a pas d’avenant")
    owed = [d.value for d in facts.data("convention.parties[][].denomination")]
    lacks = []
    for avenant in listed:
        given = at(avenant.value, ("signatures",)) or ()
        signed = {
            s.get("denomination") for s in given if s.get("date") and s["date"] <= grounds.today
        }
        title = f"avenant {avenant.value.get('numero') or 'sans numéro'}"
        lacks += [f"{title} : signature manquante ({who})" for who in owed if who not in signed]
    names = enumeration(str(a.value.get("numero")) for a in listed)
    return Evidence(tuple(lacks), f"{names}, signés par toutes les parties", brief=names)


def alerts(grounds: Grounds) -> Evidence:
    """Each alert and demand, decided by the operator ([seed 002])."""
    listed = list(grounds.facts.data("realisation.alertes[]"))
    asked = any(d.value for d in grounds.facts.data("realisation.notes[].reorientation_necessaire"))
    if not listed and not asked:
        return Evidence(needless="aucune alerte n’a été donnée")
    lacks = [
        f"l’alerte du {french(alert.value.get('date'))} attend une décision"
        for alert in listed
        if not alert.value.get("decision") or not alert.value.get("date_decision")
    ]
    if asked and not listed:
        lacks.append("une note demande une réorientation, sans décision")
    told = count(len(listed), "alerte suivie d’une décision", "alertes suivies d’une décision")
    return Evidence(tuple(lacks), told, brief=count(len(listed), "décidée"))


def note(grounds: Grounds) -> Evidence:
    """At least one note, by e-mail ([seed 002])."""
    days = [
        d.value
        for d in grounds.facts.data("realisation.notes[canal=email].date")
        if d.value <= grounds.today
    ]
    if not days:
        return Evidence(("aucune note à mi-parcours n’est reçue par courriel",))
    day = french(min(days))
    return Evidence((), f"reçue par courriel le {day}", brief=f"reçue le {day}")


def restitution(grounds: Grounds) -> Evidence:
    """The restitution, held with the three parties ([seed 002])."""
    facts = grounds.facts
    day = facts.value("restitution.date")
    if not day:
        return Evidence(("la restitution ne s’est pas tenue",))
    if told := grounds.later(day):
        return Evidence((f"la restitution se tient{told}",))
    there = {d.value for d in facts.data("restitution.presents[].role")}
    lacks = [
        f"il manque à la restitution : {who}" for role, who in PRESENT.items() if role not in there
    ]
    held = f"tenue le {french(day)}"
    return Evidence(tuple(lacks), f"{held}, toutes les parties présentes", brief=held)


def structure_survey(grounds: Grounds) -> Evidence:
    """A survey sent to each structure served ([seed 002])."""
    facts = grounds.facts
    sent = {
        d.value.get("structure"): d.value.get("date_envoi")
        for d in facts.data("evaluation.beneficiaires[]")
    }
    served = [d.value for d in facts.data("ingenierie.structures[]")] or list(sent)
    lacks, days = [], []
    for name in served:
        who = facts.record("structures", name).get("denomination") or name
        told = grounds.later(sent.get(name))
        lacks += [f"pas d’enquête envoyée : {who}"] if not sent.get(name) else []
        lacks += [f"{who} : enquête envoyée{told}"] if told else []
        days.append(sent.get(name) or "")
    if not served:
        lacks = ["l’enquête n’est envoyée à aucune structure"]
    day = french(max(days, default="") or None)
    return Evidence(tuple(lacks), f"envoyée le {day}", brief=f"le {day}")


def prestataire_survey(grounds: Grounds) -> Evidence:
    """A survey sent to the prestataire ([seed 004])."""
    day = grounds.facts.value("evaluation.prestataire.date_envoi")
    if not day or (told := grounds.later(day)):
        return Evidence(
            ("l’enquête n’est pas envoyée au prestataire",)
            if not day
            else (f"l’enquête est envoyée au prestataire{told}",)
        )
    return Evidence((), f"envoyée le {french(day)}", brief=f"le {french(day)}")
