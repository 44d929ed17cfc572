"""An avenant: who signs it on its day, what it changes, and what is read of it afterwards."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from tests.check.cases import apply
from tests.scenes import Lancer

ING = "dossiers/2026-002-musiques-guillestrois/ingenieries/projet-et-gouvernance"
CONVENTION = f"{ING}/convention.yaml"
STRUCTURE = "dossiers/structures/musiques-guillestrois.yaml"
OPERATORS = "dossiers/territoire.yaml"
WITHOUT_SCHEDULE: dict[str, Any] = {"delta_ttc": None, "echeancier": None, "repartition": None}


def printed(espace: Path, lancer: Lancer, name: str, **files: Any) -> str:
    """The words of a document of the mission, some files changed."""
    apply(espace, {"fichiers": files})
    lancer("render", "2026-002", "-d", name, "-t", "html", "-o", espace / "s", espace=espace)
    (page,) = (espace / "s").rglob(f"{name}*.html")
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", page.read_text(), flags=re.S)
    return " ".join(html.unescape(text).split())


def avenant(espace: Path, lancer: Lancer, change: dict[str, Any], **files: Any) -> str:
    """The words of the avenant of the demonstration, changed."""
    return printed(espace, lancer, "avenant", **{CONVENTION: {"avenants": {0: change}}, **files})


def test_who_presides_on_the_day_of_the_avenant_signs_it(
    espace_entier: Path, lancer: Lancer
) -> None:
    text = avenant(espace_entier, lancer, {})
    assert "Nadège Rostolan, présidente" in text and "Arnoux-Bérard" not in text


def test_who_left_after_the_avenant_signed_it(espace_entier: Path, lancer: Lancer) -> None:
    dates = {"dirigeants": {0: {"debut": "2026-10-12"}, 1: {"fin": "2026-10-11"}}}
    assert "Solène Arnoux-Bérard" in avenant(espace_entier, lancer, {}, **{STRUCTURE: dates})


def test_payments_of_one_name_are_numbered_with_the_share_of_each(
    espace_entier: Path, lancer: Lancer
) -> None:
    text = avenant(espace_entier, lancer, {})
    assert "Versement intermédiaire 1" in text and "Versement intermédiaire 2" in text
    assert "SIRET 015 239 460 00023" in text
    assert "21 % 1 296,00 €" in text


@pytest.mark.parametrize(
    ("last_day", "signs"), [("2026-09-30", "Hélène Vassart"), ("2026-09-20", "Paul Garcin")]
)
def test_a_former_president_of_the_operator_signs_on_her_days(
    last_day: str, signs: str, espace_entier: Path, lancer: Lancer
) -> None:
    former = {"prenom": "Hélène", "nom": "Vassart", "fonction": "présidente", "fin": last_day}
    new = {"prenom": "Paul", "nom": "Garcin", "fonction": "président", "civilite": "monsieur"}
    operator = {"representant": new, "anciens_representants": [former]}
    files = {OPERATORS: {"operateurs": {0: operator}}}
    assert signs in avenant(espace_entier, lancer, {}, **files)


def test_an_avenant_may_name_who_signs_and_by_which_delegation(
    espace_entier: Path, lancer: Lancer
) -> None:
    who = {"denomination": "Collectif Lisière", "prenom": "Inès", "nom": "Vuillard"}
    change = {"representants": [{**who, "delegation": "pouvoir du 20 septembre 2026"}]}
    text = avenant(espace_entier, lancer, change)
    assert "Inès Vuillard pouvoir du 20 septembre 2026" in text


def test_payments_added_come_before_a_balance_that_keeps_the_rest(
    espace_entier: Path, lancer: Lancer
) -> None:
    new = {"libelle": "intermediaire", "declencheur": "Remise du projet", "pieces": ["facture"]}
    change = {**WITHOUT_SCHEDULE, "versements": [{**new, "montant_ttc": 1000}]}
    text = avenant(espace_entier, lancer, change)
    assert "Remise du projet (facture) 16 % 1 000,00 €" in text
    assert "1 995,20 €" in text and "payée avec le solde" not in text


def test_an_article_is_replaced_by_its_new_text(espace_entier: Path, lancer: Lancer) -> None:
    change = {"clauses": [{"article": 13, "texte": "La restitution est publique."}]}
    text = avenant(espace_entier, lancer, change)
    assert "L’article 13 de la convention est remplacé" in text
    assert "La restitution est publique." in text


def test_the_tax_of_what_is_added_is_counted(espace_entier: Path, lancer: Lancer) -> None:
    text = avenant(espace_entier, lancer, WITHOUT_SCHEDULE)
    assert "6 192,00 €" in text and "La somme ajoutée est payée avec le solde." in text


def test_the_control_of_the_balance_plans_what_the_avenant_says(
    espace_entier: Path, lancer: Lancer
) -> None:
    balance = {"date_controle": "2027-02-20"}
    text = printed(espace_entier, lancer, "controle-solde", **{f"{ING}/reglement.yaml": balance})
    assert "Avenant 2026-002-C1-A1 864,00 €" in text
    assert "Reste à payer 2 995,20 €" in text


def test_the_livrables_become_those_of_the_avenant(espace_entier: Path, lancer: Lancer) -> None:
    plan = {"libelle": "Plan de relance", "echeance": "2026-12-04"}
    text = avenant(espace_entier, lancer, {"livrables": [plan]})
    assert re.search(r"Les livrables deviennent .* Plan de relance 4.décembre.2026 au choix", text)


def test_a_survey_is_of_the_end_that_the_avenant_moved(espace_entier: Path, lancer: Lancer) -> None:
    text = printed(espace_entier, lancer, "enquete-prestataire")
    assert "Gap, le 26 février 2027" in text
    assert "30 octobre 2026" not in text


def test_a_survey_that_is_dated_is_awaited_on_a_day(espace_entier: Path, lancer: Lancer) -> None:
    text = printed(espace_entier, lancer, "enquete-prestataire")
    assert text.count("au plus tard le 19 mars 2027") == 2
