"""The verdict of the control of balance: one condition spoilt at a time, and what it says."""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from dla_docs.context.context import build_context
from dla_docs.context.verdict import State, Verdict
from dla_docs.flow import Examined, choose, examine
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from tests.scenes import JOUR

ING = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
FICHE = "dossiers/prestataires/delphine-orsatelli.yaml"
ALERT = (
    "alertes:\n  - {{date: 2025-05-20, auteur: prestataire, type: contrainte_externe, description: "
    "Un chantier fermé., canal: email, decision: {}, date_decision: 2025-05-22, decideur: Lise "
    "Carrouge, motif_decision: Le chantier ferme.{}}}\n"
)
AVENANT = (
    "avenants:\n  - {numero: A1, date: 2025-06-02, objet: Une date., motif: Retard., "
    "date_fin: 2025-08-29, signatures: "
    "[{denomination: Les Calades du Jabron, date: 2025-06-03}]}\n"
)
Judge = Callable[..., Verdict]


def judged(examined: Examined, reference: str) -> Verdict:
    (choice,) = choose(Request((reference,), ("controle-solde",)), examined)
    known = (examined.corpus, examined.findings, examined.rules)
    made = build_context(choice.document, *known, JOUR, examined.types)
    verdict = made.names["calculs"].solde
    assert isinstance(verdict, Verdict)
    return verdict


@pytest.fixture
def juger(espace: Path) -> Judge:
    """`juger((fichier, motif, remplacement), …)`: the verdict once these are changed."""

    def judge(*changes: tuple[str, str, str]) -> Verdict:
        for name, pattern, text in changes:
            path = espace / (name if "/" in name else f"{ING}/{name}")
            old = path.read_text(encoding="utf-8")
            new = re.sub(pattern, text, old, count=1, flags=re.M | re.S) if pattern else old + text
            assert new != old
            path.write_text(new, encoding="utf-8", newline="\n")
        return judged(examine(Workspace(espace), JOUR, ("2025-003",)), "2025-003")

    return judge


@pytest.mark.parametrize("reference", ["2025-003", "2025-007", "2025-021/phase-1-transition"])
def test_a_finished_mission_of_the_demonstration_may_be_paid(
    examen: Examined, reference: str
) -> None:
    verdict = judged(examen, reference)
    assert [(c.cle, c.dit) for c in verdict.absentes] == []
    assert verdict.bon_a_payer


def test_what_is_not_asked_is_needless_and_says_why(examen: Examined) -> None:
    states = {c.cle: c for c in judged(examen, "2025-003").conditions}
    needless = {key for key, one in states.items() if one.etat is State.NEEDLESS}
    assert needless == {"avenants", "arret", "suspension", "alertes"}
    assert states["arret"].dit == ("la mission n’est pas arrêtée",)


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        (
            ("rapport-final.yaml", r"^plan_actions:.*?(?=^nouveaux)", ""),
            "rapport",
            "Plan d’actions",
        ),
        (("rapport-final.yaml", "definitif", "provisoire"), "rapport", "définitif"),
        (("rapport-final.yaml", "^version", "fichier: recus/r.pdf\nversion"), "rapport", "r.pdf"),
        (("rapport-final.yaml", "^acceptation:.*?(?=^auteurs)", ""), "acceptation", "accepté"),
        (
            ("rapport-final.yaml", "date: 2025-07-11", "date: 2025-07-11\n  reserves: À revoir."),
            "acceptation",
            "réserves",
        ),
        (("reglement.yaml", "Delphine Orsatelli", "Kévin Vidal"), "compte", "Kévin Vidal"),
        (("reglement.yaml", '"2025-019"', '"2025-011"'), "factures", "2025-011"),
        (("convention.yaml", "01238460800019", "01376124200018"), "convention", "SIREN"),
        (("rapport-final.yaml", "  - papier\n", ""), "formats", "papier"),
        (("rapport-final.yaml", "duree: 1$", "duree: 0.5"), "jours", "4,5"),
        (
            ("convention.yaml", r"\n +signature:\n +date: 2025-04-16\n[^\n]*", ""),
            "convention",
            "Calades",
        ),
        (("convention.yaml", "", AVENANT), "avenants", "signature manquante (Fabrique"),
        (("realisation.yaml", "canal: email", "canal: oral"), "note", "courriel"),
        (("realisation.yaml", "", ALERT.format("arret", "")), "arret", "arrêt"),
        (("realisation.yaml", "", ALERT.format("suspension", "")), "suspension", "sans reprise"),
        (
            ("realisation.yaml", "", ALERT.format("suspension", ", date_reprise: 2025-06-10")),
            "suspension",
            "pendant la suspension",
        ),
        (("realisation.yaml", "necessaire: false", "necessaire: true"), "alertes", "réorientation"),
        (("restitution.yaml", "role: charge_mission", "role: autre"), "restitution", "chargé"),
        (
            ("restitution.yaml", "^date: .*?$", "date: 2025-07-22"),
            "restitution",
            "22\N{NO-BREAK SPACE}juillet 2025",
        ),
        (
            ("evaluation.yaml", r"^beneficiaires:.*?(?=^prestataire)", ""),
            "enquete_structure",
            "Calades",
        ),
        (("evaluation.yaml", r"^prestataire:.*", ""), "enquete_prestataire", "prestataire"),
        ((FICHE, "^siret:.*?\n", ""), "fiche", "siret"),
        (("reglement.yaml", "0833", "0834"), "compte", "n’est pas un IBAN"),
        (("reglement.yaml", "  iban:.*?\n", ""), "compte", "iban"),
        (("reglement.yaml", "^coordonnees.*?(?=^versements)", ""), "compte", "n’est pas noté"),
        (("reglement.yaml", "ttc: 2275", "ttc: 2375"), "factures", "2\u202f275"),
        (
            ("reglement.yaml", "date: 2025-07-15", "date: 2025-07-22"),
            "factures",
            "après ce contrôle",
        ),
        (
            ("reglement.yaml", "ttc: 2275.00\n +mentions: true", "ttc: 2275.00"),
            "factures",
            "mentions",
        ),
    ],
)
def test_a_condition_that_fails_forbids_the_payment(
    juger: Judge, change: tuple[str, str, str], key: str, words: str
) -> None:
    verdict = juger(change)
    assert not verdict.bon_a_payer
    told = {c.cle: " ; ".join(c.dit) for c in verdict.absentes}
    assert words in told[key]


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("rapport-final", "rapport"),
        ("restitution", "restitution"),
        ("evaluation", "enquete_structure"),
        ("convention", "convention"),
        ("realisation", "note"),
    ],
)
def test_a_file_that_is_not_there_forbids_the_payment(
    espace: Path, juger: Judge, part: str, key: str
) -> None:
    (espace / ING / f"{part}.yaml").unlink()
    assert key in [condition.cle for condition in juger().absentes]


def test_a_provisional_logo_forbids_the_payment(espace: Path, juger: Judge) -> None:
    given = package_data("templates") / "_espace/fichiers/dossiers/logos/operateur.svg"
    copy(given, espace / "dossiers/logos/operateur-galabre.svg")
    (absent,) = juger().absentes
    assert (absent.cle, absent.etat) == ("logos", State.ABSENT)
    assert "Fabrique associative du Galabre » est encore provisoire" in absent.dit[0]


def test_the_logo_of_another_operator_is_no_obstacle(espace: Path, juger: Judge) -> None:
    (espace / "dossiers/logos/operateur-melezin.svg").unlink()
    assert juger().bon_a_payer


def test_a_stopped_mission_paid_by_its_days_may_be_paid(juger: Judge) -> None:
    cut = r"  - date: 2025-06-05\n.*(?=^travail)"
    verdict = juger(
        ("realisation.yaml", "", ALERT.format("arret", "").replace("05-22", "05-26")),
        ("rapport-final.yaml", cut, ""),
        ("reglement.yaml", "ht: 2275.00", "ht: 975.00"),
        ("reglement.yaml", "ttc: 2275.00", "ttc: 975.00"),
    )
    assert [(c.cle, c.dit) for c in verdict.absentes] == []
    assert verdict.retenue == 1300


def test_what_a_derogation_admits_is_said_and_is_no_obstacle(juger: Judge) -> None:
    seen = "vise: ingenieries/bilan-organisation-finances/rapport-final.yaml"
    said = f"motif: Zéro papier., validee_par: Didier Aumerat, date: 2025-07-04, {seen}"
    derogation = f"derogations:\n  - {{regle: R-RAP-03, {said}}}\n"
    dossier = "dossiers/2025-003-calades-jabron/dossier.yaml"
    verdict = juger(("rapport-final.yaml", "  - papier\n", ""), (dossier, "", derogation))
    (formats,) = [c for c in verdict.conditions if c.cle == "formats"]
    assert verdict.bon_a_payer
    assert "Zéro papier" in formats.dit[0]


def test_the_acceptance_tells_when_its_reserves_were_lifted(juger: Judge) -> None:
    lifted = "date: 2025-07-11\n  reserves: À revoir.\n  levee_reserves: 2025-07-14"
    verdict = juger(("rapport-final.yaml", "date: 2025-07-11", lifted))
    (told,) = (c.dit for c in verdict.conditions if c.cle == "acceptation")
    assert "11 juillet 2025, réserves levées le 14 juillet 2025" in " ".join(told[0].split())


def test_two_dla_that_share_a_logo_are_both_named(examen: Examined) -> None:
    conditions = judged(examen, "2025-021/phase-1-transition").conditions
    (told,) = (c.dit[0] for c in conditions if c.cle == "logos")
    assert "DLA des Hautes-Alpes" in told
    assert "Le Mélézin, appui aux associations ; " in told
