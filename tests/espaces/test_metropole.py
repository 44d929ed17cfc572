"""A second operator, invented: a big city, two départements, European money, a grid of its own.

What the demonstration's Alps do not show of the trade: [P07] a grid on 70 points, [P06] a week to
answer, reports that stay the Word file that was received, no paper.
"""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from dla_docs.context.context import build_context
from dla_docs.documents.logos import Logo, owed_logos
from dla_docs.flow import Examined, choose, examine, render
from dla_docs.model.workspace import Workspace
from dla_docs.select import Choice, Request, State
from dla_docs.tree.template import Templates
from dla_docs.workshop import here
from tests.scenes import JOUR, ROOT

METROPOLE = ROOT / "tests/espaces/metropole"
MISSION = "dossiers/2025-041-fil-et-fabrique/ingenieries/organisation-atelier"
DONE, CALL = "2025-041-fil-et-fabrique/organisation-atelier", "2026-007-poste-partage/poste-partage"
PAYERS = ["État", "Banque des Territoires", "Région"]


@cache
def metropole() -> Examined:
    return examine(Workspace(METROPOLE), JOUR)


def due(state: State) -> dict[str, Choice]:
    found = choose(Request(), metropole())
    return {choice.document.label: choice for choice in found if choice.state is state}


@cache
def text(label: str) -> str:
    """A document in one line of plain words, as its template writes it."""
    examined, document = metropole(), due(State.READY)[label].document
    known = (examined.findings, examined.rules, examined.day, examined.types)
    filled = Templates(examined.corpus.workspace).fill(
        build_context(document, examined.corpus, *known)
    )
    whole = "\n".join([filled.markdown, *map(str, filled.riches)])
    return " ".join(re.sub(r"\\(.)|\*\*|\[\]\{\.saut\}", r"\1", whole).split())


def owed(label: str) -> tuple[Logo, ...]:
    return owed_logos(due(State.READY)[label].document, metropole().corpus)


def funders(label: str) -> list[str]:
    return [logo.owner for logo in owed(label) if logo.ensemble == "financeurs"]


def test_nothing_is_found_in_the_trade_of_a_second_operator() -> None:
    told = [f"{f.path} {f.codes} {f.message}" for f in metropole().findings]
    assert told == []


def test_every_document_due_is_made(tmp_path: Path) -> None:
    choices = choose(Request(), metropole())
    assert {c.state for c in choices} == {State.READY, State.NOT_BEGUN, State.RECEIVED}
    ready = tuple(due(State.READY).values())
    outcomes = render(ready, Request(formats=("html",)), metropole(), tmp_path, here)
    assert [(o.document.label, o.failure, o.refused) for o in outcomes if not o.written] == []
    # From accueil to solde: what a whole mission owes is there.
    made = {choice.document.type.identifiant for choice in ready}
    assert {f"D{rank:02}" for rank in (*range(3, 16), *range(18, 23))} <= made


def test_the_report_is_the_file_that_was_received() -> None:
    assert f"{DONE}/rapport-final" in due(State.RECEIVED)
    assert "Remis le" in text(f"{DONE}/controle-rapport")


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        (f"{DONE}/cahier-des-charges", "sur 70 points"),
        (f"{DONE}/cahier-des-charges", "Techniques d’animation et place faite aux salariés"),
        (f"{DONE}/grille-analyse", "Total sur 70"),
        (f"{DONE}/grille-analyse", "de 0 à la note maximale dite avec lui ; le total, sur 70"),
        (f"{DONE}/grille-analyse", "place faite aux salariés (noté sur 10)"),
        (f"{DONE}/releve-choix", "elle obtient 57,0 sur 70"),
        (f"{DONE}/releve-choix", "5 jours au lieu de 5,5"),
        (f"{DONE}/convention", "telle que la négociation l’a ajustée le 8 décembre 2025"),
        (f"{DONE}/convention", "un rapport final, en version numérique, au plus tard"),
        (f"{DONE}/controle-solde", "Bon à payer : 4 080,00 €"),
        (f"{DONE}/avenant-2025-041-C1-A1", "Abdel Rahmouni, président"),
        (f"{CALL}/appel-a-proposition-marelle", "au plus tard le 25 novembre 2026 à 12 h"),
        (f"{CALL}/cahier-des-charges", "25 novembre 2026 à 12 h"),
        ("territoire/guide-prestataires", "7 jours au moins après l’envoi"),
        ("territoire/guide-prestataires", "Ils font ensemble 70 points"),
        ("territoire/guide-prestataires", "Le DLA écrit à 3 prestataires au moins"),
    ],
)
def test_documents_say_what_the_operator_does(label: str, fact: str) -> None:
    assert fact in text(label).replace("\u00a0", " ").replace("\u202f", " ")


def test_no_document_says_what_is_true_elsewhere() -> None:
    elsewhere = re.compile(r"\bsur 100\b|100 points|Alpes|sur papier|de (\d+) à \1\b")
    assert {label for label in due(State.READY) if elsewhere.search(text(label))} == set()


def test_logos_follow_the_departements_and_europe() -> None:
    east, europe = "Établissement public des Quartiers de l’Est", "Union européenne"
    both = [*PAYERS, "Ville de Paris", "Département de la Seine-Saint-Denis", east, europe]
    assert funders(f"{CALL}/cahier-des-charges") == both
    one = [name for name in both if name != "Ville de Paris"]
    assert funders(f"{DONE}/convention") == one
    mentions = [logo.mention for logo in owed(f"{CALL}/trame-proposition") if logo.europe]
    assert mentions == ["Cofinancé par l’Union européenne"]


ORDER, CHOICE = f"{MISSION}/cahier-des-charges.yaml", f"{MISSION}/choix.yaml"
REPORT, TERRITORY = f"{MISSION}/rapport-final.yaml", "dossiers/territoire.yaml"
OPEN = "dossiers/2026-007-poste-partage/ingenieries/poste-partage/cahier-des-charges.yaml"
OFFER = f"{MISSION}/propositions/ourcq-conseil.yaml"
FAULTS = [
    ("R-SEL-01", CHOICE, "animation: 7, ", ""),
    ("R-CDC-07", ORDER, "criteres_ecartes:", "x-ecartes:"),
    ("R-CDC-08", OPEN, "date_limite: 2026-11-25", "date_limite: 2026-11-24"),
    ("R-COH-06", ORDER, "total_points: 70", "total_points: 80"),
    ("R-CON-01", TERRITORY, "sollicites_min: 3", "sollicites_min: 4"),
    ("R-SEL-06", TERRITORY, "notification_jours: 8", "notification_jours: 1"),
    ("R-RAP-03", REPORT, "remis: [numerique]", "remis: [papier]"),
    ("R-RAP-08", REPORT, "rapport-final.docx", "rapport.docx"),
    ("R-RAP-11", REPORT, "mention: {etat: present", "mention: {etat: absent"),
    ("R-PRO-08", OFFER, "- date: 2025-12-08", "- date: 2025-11-20"),
    ("R-PUB-03", TERRITORY, "    mention: Cofinancé par l’Union européenne\n", ""),
]


@pytest.mark.parametrize(("code", "path", "old", "new"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_told_by_its_rule(
    code: str, path: str, old: str, new: str, tmp_path: Path
) -> None:
    shutil.copytree(METROPOLE, tmp_path, dirs_exist_ok=True)
    content = (tmp_path / path).read_text(encoding="utf-8")
    assert old in content
    (tmp_path / path).write_text(content.replace(old, new, 1), encoding="utf-8")
    told = examine(Workspace(tmp_path), JOUR).findings
    assert {codes for f in told for codes in f.codes} == {code}
