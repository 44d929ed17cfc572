"""Days and their order (R-COH-02).

What an R- rule of the trade already orders is not here: a signature after the launch is R-CVT-01,
a report after the restitution R-RES-02.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from dla_docs.check.controles.case import Breach, Case, french
from dla_docs.check.ledger import Datum, Relation, blamed, data_at
from dla_docs.load.references import at

DAYS = {
    "dossier.demande.date": "la demande",
    "accueil.date": "l’accueil",
    "accueil.date_decision": "la décision de l’accueil",
    "parcours.date": "le parcours",
    "parcours.debut": "le début du parcours",
    "parcours.fin_prevue": "sa fin prévue",
    "parcours.actions[].debut": "le début d’une action",
    "parcours.actions[].echeance": "son échéance",
    "diagnostic.entretiens[].date": "un entretien",
    "diagnostic.date": "la rédaction du diagnostic",
    "diagnostic.validation.date": "la validation du diagnostic",
    "dossier.consentements[].date": "un accord de diffusion",
    "dossier.consentements[].retrait": "son retrait",
    "cahier-des-charges.date": "le cahier des charges",
    "cahier-des-charges.calendrier.debut": "le début de la mission",
    "cahier-des-charges.calendrier.fin": "la fin de la mission",
    "consultation.date_envoi": "l’envoi du cahier des charges",
    "consultation.destinataires[].date_reponse": "une réponse",
    "proposition.date": "l’écriture de la proposition",
    "proposition.date_reception": "la réception de la proposition",
    "choix.date": "le choix",
    "choix.notifications[].date": "une notification",
    "convention.date": "la convention",
    "convention.date_debut": "le début de la mission",
    "convention.date_fin": "la fin de la mission",
    "convention.date_note": "la note à mi-parcours attendue",
    "convention.date_rapport": "le rapport attendu",
    "convention.parties.dla[].signature.date": "une signature",
    "convention.parties.beneficiaire[].signature.date": "une signature",
    "convention.parties.prestataire[].signature.date": "une signature",
    "convention.avenants[].date": "un avenant",
    "realisation.lancement.date": "le lancement",
    "realisation.notes[].date": "une note à mi-parcours",
    "realisation.alertes[].date": "une alerte",
    "realisation.alertes[].date_decision": "la décision sur l’alerte",
    "realisation.alertes[].date_reprise": "la reprise",
    "rapport-final.calendrier[].date": "une intervention",
    "rapport-final.date": "le rapport final",
    "rapport-final.acceptation.date": "son acceptation",
    "restitution.date": "la restitution",
    "evaluation.beneficiaires[].date_envoi": "l’enquête",
    "evaluation.beneficiaires[].date_reponse": "la réponse à l’enquête",
    "evaluation.prestataire.date_envoi": "l’enquête au prestataire",
    "reglement.versements[].facture.date": "la facture",
    "reglement.versements[].bon_a_payer.date": "le bon à payer",
    "reglement.versements[].date_paiement": "le paiement",
    "reglement.date_controle": "le contrôle du rapport et de la facture",
    "suivi.bilans[].date": "le bilan de l’ingénierie",
    "territoire.financeurs[].debut": "le début d’un financement",
    "territoire.financeurs[].fin": "sa fin",
    "territoire.periodes[].debut": "le début d’une période",
    "territoire.periodes[].fin": "sa fin",
}
"""Each day that has an order, and what it is called."""

ORDER = (
    ("dossier.demande.date", "accueil.date"),
    ("dossier.demande.date", "accueil.date_decision"),
    ("dossier.demande.date", "diagnostic.date"),
    ("accueil.date", "accueil.date_decision"),
    ("accueil.date_decision", "diagnostic.date"),
    ("accueil.date", "diagnostic.date"),
    ("diagnostic.entretiens[].date", "diagnostic.date"),
    ("diagnostic.date", "diagnostic.validation.date"),
    ("parcours.debut", "parcours.fin_prevue"),
    ("parcours.actions[].debut", "parcours.actions[].echeance"),
    ("dossier.consentements[].date", "dossier.consentements[].retrait"),
    ("cahier-des-charges.date", "consultation.date_envoi"),
    ("cahier-des-charges.calendrier.debut", "cahier-des-charges.calendrier.fin"),
    ("consultation.date_envoi", "consultation.destinataires[].date_reponse"),
    ("consultation.date_envoi", "proposition.date_reception"),
    ("proposition.date", "proposition.date_reception"),
    ("proposition.date_reception", "choix.date"),
    ("choix.date", "choix.notifications[].date"),
    ("choix.date", "convention.date"),
    ("choix.date", "convention.parties.beneficiaire[].signature.date"),
    ("choix.date", "convention.parties.prestataire[].signature.date"),
    ("convention.date", "convention.parties.dla[].signature.date"),
    ("convention.date", "convention.parties.beneficiaire[].signature.date"),
    ("convention.date", "convention.parties.prestataire[].signature.date"),
    ("convention.date", "convention.avenants[].date"),
    ("convention.date_debut", "convention.date_fin"),
    ("convention.date_note", "convention.date_rapport"),
    ("convention.date", "realisation.alertes[].date"),
    ("convention.date", "reglement.versements[].facture.date"),
    ("realisation.lancement.date", "rapport-final.calendrier[].date"),
    ("realisation.lancement.date", "realisation.notes[].date"),
    ("realisation.lancement.date", "rapport-final.date"),
    ("realisation.alertes[].date", "realisation.alertes[].date_decision"),
    ("realisation.alertes[].date_decision", "realisation.alertes[].date_reprise"),
    ("rapport-final.calendrier[].date", "rapport-final.date"),
    ("rapport-final.date", "rapport-final.acceptation.date"),
    ("restitution.date", "evaluation.beneficiaires[].date_envoi"),
    ("restitution.date", "evaluation.prestataire.date_envoi"),
    ("evaluation.beneficiaires[].date_envoi", "evaluation.beneficiaires[].date_reponse"),
    ("reglement.versements[].facture.date", "reglement.versements[].bon_a_payer.date"),
    ("reglement.versements[].facture.date", "reglement.versements[].date_paiement"),
    ("reglement.versements[].bon_a_payer.date", "reglement.versements[].date_paiement"),
    ("territoire.financeurs[].debut", "territoire.financeurs[].fin"),
    ("territoire.periodes[].debut", "territoire.periodes[].fin"),
)
"""What comes first, what comes next. Two days of one item of a list are compared item by item."""


SAME = "corrigez celle des deux dates qui est fausse"
RECEIVED = "proposition.date_reception"
DEADLINE = "cahier-des-charges.reponse.date_limite"


def r_coh_02(case: Case) -> Iterator[Breach]:
    """Days follow each other in the order of the trade."""
    relations = [*_matched(case)]
    relations += [
        Relation((first, last), first.value <= last.value)
        for before, after in ORDER
        if after.split(".")[0] in {*case.scope.parts, *case.scope.series}
        for last in data_at(case, after)
        for first in data_at(case, before)
        if _comparable(first, last, before, after)
    ]
    for relation, datum in blamed(relations):
        first, last = relation.data
        if relation.message:
            yield Breach(datum.source, datum.pointer, relation.message, SAME)
            continue
        yield Breach(
            datum.source,
            datum.pointer,
            f"{DAYS[last.path]} ({french(last.value)}) vient avant {DAYS[first.path]} "
            f"({french(first.value)})",
            SAME,
        )


def _matched(case: Case) -> Iterator[Relation]:
    """Days that go together by a name: of one answer, of one ingénierie, of the balance."""
    if case.scope.level != "ingenierie":
        return
    received = {PurePosixPath(d.source.path).stem: d for d in data_at(case, RECEIVED)}
    for answer in data_at(case, "consultation.destinataires[].date_reponse"):
        name = at(answer.source.data, (*answer.pointer[:-1], "prestataire"))
        # An answer that is late is R-CON-04.
        late = any(d.value < answer.value for d in data_at(case, DEADLINE))
        if (came := received.get(name)) and not late:
            told = f"la proposition est reçue le {french(came.value)}, la réponse notée le "
            same = came.value == answer.value
            yield Relation((answer, came), same, f"{told}{french(answer.value)}")
    for held in data_at(case, "restitution.date"):
        for review in data_at(case, "suivi.bilans[].date"):
            if at(review.source.data, (*review.pointer[:-1], "ingenierie")) == case.scope.name:
                yield Relation((held, review), held.value <= review.value)
    for checked in data_at(case, "reglement.date_controle"):
        for allowed in data_at(case, "reglement.versements[].bon_a_payer.date"):
            # A balance allowed before the report is R-SOL-01.
            early = any(allowed.value < d.value for d in data_at(case, "rapport-final.date"))
            balance = at(allowed.source.data, (*allowed.pointer[:2], "libelle")) == "solde"
            if balance and not early:
                yield Relation((checked, allowed), checked.value <= allowed.value)


def _comparable(first: Datum, last: Datum, before: str, after: str) -> bool:
    """Whether two days are of one item: a list is ordered item by item, a file within itself."""
    if before.split(".")[0] != after.split(".")[0]:
        return True
    if first.source is not last.source:
        return False
    shared = before.partition("[]")[0]
    if "[]" not in before or not after.startswith(f"{shared}[]"):
        return True
    depth = shared.count(".") + 1
    return first.pointer[:depth] == last.pointer[:depth]
