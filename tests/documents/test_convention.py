"""The convention: who pays and where invoices go, what each party commits to."""

import html
import re
from pathlib import Path

from tests.check.cases import apply
from tests.scenes import Lancer

MISSION = "2025-003/bilan-organisation-finances"
CONVENTION = "convention.yaml"


def convention(espace: Path, lancer: Lancer, changes: dict[str, object] | None = None) -> str:
    """The words of the convention of the mission, its facts changed."""
    apply(espace, {"fichiers": changes or {}})
    lancer("render", MISSION, "-d", "convention", "-t", "html", "-o", espace / "s", espace=espace)
    (page,) = (espace / "s").rglob("convention.html")
    # Where a mail address may end its line is no space of it.
    whole = re.sub(r"<wbr[^>]*>", "", page.read_text())
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", whole, flags=re.S)
    return " ".join(html.unescape(text).split()).replace(" .", ".").replace(" ,", ",")


def test_the_operator_who_signs_pays_and_receives_the_invoices(
    espace: Path, lancer: Lancer
) -> None:
    text = convention(espace, lancer)
    assert "Le prestataire est payé par l’opérateur du DLA, Fabrique associative du Galabre" in text
    assert "Envoyée à dla@galabre.exemple.fr ou par courrier : 3 avenue des Lavandins" in text
    assert "La facture porte le numéro de cette convention" in text


def test_a_public_operator_is_invoiced_on_chorus_pro(espace: Path, lancer: Lancer) -> None:
    place = {"chorus_pro": True, "code_service": "ESS-04", "engagement": "E12"}
    changes = {"dossiers/territoire.yaml": {"operateurs": {1: {"facturation": place}}}}
    text = convention(espace, lancer, changes)
    assert "Chorus Pro, code service ESS-04" in text
    assert "À rappeler aussi engagement n° E12" in text


def test_a_funder_who_pays_by_itself_has_its_own_invoice(espace: Path, lancer: Lancer) -> None:
    text = convention(espace, lancer, {CONVENTION: {"repartition": {1: {"paiement_direct": True}}}})
    assert "Département des Alpes-de-Haute-Provence paie directement sa part" in text
    assert "Pour sa part 750,00 €" in text


def test_each_party_commits_and_the_report_has_its_five_rubrics(
    espace: Path, lancer: Lancer
) -> None:
    text = convention(espace, lancer)
    assert "gratuit pour la structure bénéficiaire. Elle s’engage à" in text
    assert "L’opérateur du DLA s’engage à" in text
    assert "Des devis qui paient leurs coûts" in text
    assert "travail réalisé, résultats et difficultés" in text


def test_the_committee_that_follows_the_mission_is_in_its_convention(
    espace: Path, lancer: Lancer
) -> None:
    committee = {"membres": ["Les Calades du Jabron", "Ville de Sisteron"]}
    text = convention(espace, lancer, {"ingenierie.yaml": {"comite_pilotage": committee}})
    assert "Il réunit Les Calades du Jabron" in text


def test_a_payer_who_does_not_sign_is_told_and_leaves_who_does(
    espace: Path, lancer: Lancer
) -> None:
    text = convention(espace, lancer, {CONVENTION: {"payeur": "melezin"}})
    assert "Le prestataire est payé par l’opérateur du DLA, Fabrique associative du Galabre" in text
