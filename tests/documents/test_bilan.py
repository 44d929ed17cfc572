"""The bilan of a year: it says what is there, and that there is nothing where there is nothing."""

import re
import shutil
from pathlib import Path

import pytest

from dla_docs.context.context import build_context
from dla_docs.tree.template import Templates
from tests.scenes import ROOT, Lancer, demonstration, demonstration_documents

BILAN = "territoire/bilan-activite-2025"


def test_a_bilan_of_no_dossier_and_no_activity_is_made(tmp_path: Path, lancer: Lancer) -> None:
    for name in ("territoire.yaml", "logos", "prestataires"):
        copy = shutil.copytree if (ROOT / "dossiers" / name).is_dir() else shutil.copy
        (tmp_path / "dossiers").mkdir(exist_ok=True)
        copy(ROOT / "dossiers" / name, tmp_path / "dossiers" / name)
    made = lancer("render", "-d", "bilan-activite", "-t", "html", espace=tmp_path)
    assert made.exit_code == 0, made.output
    page = (tmp_path / f"documents/{BILAN}.html").read_text(encoding="utf-8")
    assert "activite/2025.yaml" in page
    assert "– sur 5" not in page
    assert "Aucune formation ni réunion de réseau n’est notée pour 2025." in page
    assert "Aucun commentaire n’est noté pour 2025." in page


@pytest.mark.parametrize("kind", ["bilan-activite", "preparation-copil", "dossier-negociation"])
def test_the_figures_shown_are_those_whose_dossiers_are_listed(kind: str) -> None:
    examined = demonstration()
    document = next(d for d in demonstration_documents() if d.type.name == kind)
    context = build_context(
        document, examined.corpus, examined.findings, examined.rules, types=examined.types
    )
    text = Templates(examined.corpus.workspace).fill(context).markdown
    linked = set(re.findall(r"\(#(chiffre\d+)\)", text))
    assert linked == set(re.findall(r"\{#(chiffre\d+)\}", text))
    assert linked


def test_a_bilan_of_two_operators_is_of_both() -> None:
    document = next(d for d in demonstration_documents() if d.type.name == "bilan-activite")
    author = build_context(document, demonstration().corpus).author
    assert author == "Le Mélézin, appui aux associations et Fabrique associative du Galabre"


def test_the_missions_of_a_bilan_are_paid_in_full() -> None:
    document = next(d for d in demonstration_documents() if d.label == BILAN)
    context = build_context(document, demonstration().corpus)
    text = Templates(demonstration().corpus.workspace).fill(context).markdown
    paid = text.split("# Qui a payé les missions")[1].split(":::")[1]
    lines = [line.split("€")[0] for line in paid.splitlines() if "€" in line]
    *parts, total = [int(re.sub(r"\D", "", line)) for line in lines]
    assert sum(parts) == total


def test_a_control_of_enee_is_not_all_there_while_its_last_note_asks_for_more() -> None:
    label = "territoire/controle-enee-2026-alpes-de-haute-provence"
    document = next(d for d in demonstration_documents() if d.label == label)
    context = build_context(document, demonstration().corpus, types=demonstration().types)
    text = Templates(demonstration().corpus.workspace).fill(context).markdown
    assert (
        "Toutes les données sont dans les dossiers" in text and "Tout peut être saisi" not in text
    )
    assert "« Le relevé d’emplois après accompagnement manque encore" in text


def filled(label: str) -> str:
    """A document of the demonstration, before it is laid out."""
    document = next(d for d in demonstration_documents() if d.label == label)
    context = build_context(document, demonstration().corpus, types=demonstration().types)
    return Templates(demonstration().corpus.workspace).fill(context).markdown


def test_a_published_bilan_says_that_it_is_not_the_last_and_whom_to_ask() -> None:
    text = filled("territoire/bilan-activite-2025-2026-public")
    assert text.count("::: question") == 1
    assert "toutes accueillies" in text
    assert "Bilan intermédiaire : chiffres arrêtés au" in text
    asked = text.split("**Demander un accompagnement**")[1]
    assert "DLA des Hautes\\-Alpes" in asked and "DLA des Alpes\\-de\\-Haute\\-Provence" in asked


def test_the_bilans_of_two_departements_say_the_same_of_the_territory() -> None:
    two = [
        filled(f"territoire/bilan-activite-2026-{d}")
        for d in ("hautes-alpes", "alpes-de-haute-provence")
    ]
    for text in two:
        assert "Le comité d’appui du territoire a tenu deux séances" in text
    told = [text.split("Enjeux relevés")[1].split("# Le fonctionnement")[0] for text in two]
    said = [text.split("# La concertation")[1].split("feuille=")[0] for text in two]
    assert told[0] == told[1] and said[0] == said[1]
    assert "Le logement manque" in told[0]


def test_the_bilan_of_one_dla_says_first_what_is_its_own() -> None:
    culture = filled("territoire/bilan-activite-2026-hautes-alpes")
    care = filled("territoire/bilan-activite-2026-alpes-de-haute-provence")
    assert "Demandé au comité de pilotage : reconduire l’orientation « culture »" in culture
    assert "Demandé au comité de pilotage : ouvrir l’aide à domicile" in care
    assert culture.index("Demandé au") < culture.index("Pour tout le territoire")
    assert "structures comptées pour tout le territoire" in care


def test_the_orientations_of_each_year_are_in_the_annex() -> None:
    text = filled("territoire/bilan-activite-2025-2027")
    assert text.index("De l’accueil au suivi") < text.index("Structures par avenant annuel")
    assert text.count("Structures par avenant annuel") == 1


def test_a_public_bilan_says_what_the_period_worked_on() -> None:
    text = filled("territoire/bilan-activite-2025-2026-public")
    assert "Quatre priorités en 2025 et 2026 : consolider les structures" in text


def test_a_programme_that_another_funder_grants_is_said_beside_the_resources() -> None:
    money = filled("territoire/bilan-activite-2026-hautes-alpes").split("## Les financements")[1]
    assert "s’y ajoute : Caisse d’allocations familiales des Hautes\\-Alpes, 8" in money


def test_of_one_answer_the_marks_are_a_sentence_and_of_few_missions_no_one_is_first() -> None:
    text = filled("territoire/bilan-activite-2026-hautes-alpes")
    assert "La structure qui a répondu à l’enquête note" in text
    assert "trois prestataires différents" in text and "le plus souvent retenu" not in text
    assert "le plus souvent retenu en conduit deux" in filled("territoire/bilan-activite-2025-2027")


def test_a_bilan_tells_its_story_before_its_annexes() -> None:
    document = next(d for d in demonstration_documents() if d.label == BILAN)
    titles = [section.titre for section in document.sections]
    last = titles.index("La professionnalisation")
    assert titles[:2] == ["En bref", "Ce qu’il faut retenir"]
    assert all(title.startswith("Annexe : ") for title in titles[last + 1 :])
    assert not any(title.startswith("Annexe") for title in titles[:last])


def test_a_negotiation_opens_on_what_the_period_teaches() -> None:
    document = next(d for d in demonstration_documents() if d.type.name == "dossier-negociation")
    context = build_context(document, demonstration().corpus)
    text = Templates(demonstration().corpus.workspace).fill(context).markdown
    first, second = (
        "Un accompagnement conduit par deux DLA demande",
        "L’aide à domicile est arriv",
    )
    assert text.index("::: en-bref") < text.index(first) < text.index("# Les moyens demandés")
    assert text.count(first) == 1 and second in text.split("# Ce que la période apprend encore")[1]


def spaced(label: str) -> str:
    """The same, every space of its figures an ordinary one."""
    return re.sub(r"[\u00a0\u202f]", " ", filled(label))


def test_a_bilan_of_one_dla_says_what_is_shared_and_whose_money_it_counts() -> None:
    own = spaced("territoire/bilan-activite-2026-hautes-alpes")
    assert "Dont 20 022 € pour 2 missions partagées avec le DLA des Alpes" in own
    assert "Sur 6 000 € de cofinancements, 5 000 € vont aux missions partagées" in own
    assert "\n  - Départements\n  - 6 000 €" in own
    other = filled("territoire/bilan-activite-2026-alpes-de-haute-provence")
    assert "Missions toutes partagées avec le DLA des Hautes\\-Alpes" in other
    assert "[La seule alerte de l’année pour ce DLA]" in other
    for text in (own, other):
        assert "**Pour tout le territoire.** []" in text.split("# Le suivi qualitatif")[1]
    assert "missions partagées" not in filled("territoire/bilan-activite-2025-2027")


def test_a_year_that_leads_several_paragraphs_announces_them_and_a_control_counts_every_datum() -> (
    None
):
    text = filled("territoire/bilan-activite-2025-2027")
    assert "**En 2026 :**" in text and "accordés et reçus :\n" in text
    control = spaced("territoire/controle-enee-2025-2027")
    assert "Trois données à demander" in control and "CDD : **2 fiches sur 7**" in control
    # What is to be done comes first, line by line: its lines add up to what the head says.
    assert control.index("# Dossier par dossier") < control.index("# Donnée par donnée")
    asked = [line for line in control.splitlines() if "Relevé" in line or "relevé" in line]
    assert any("CDD" in line and "relevé d’emplois au suivi" in line for line in asked)


def test_what_two_dossiers_of_a_structure_lack_is_asked_once_and_tells_in_which_year() -> None:
    control = spaced("territoire/controle-enee-2026-hautes-alpes").replace("\\", "")
    assert "il en manque 3, dont 1 en double" in control
    assert "CDD (relevés de 2024 et 2025)" in control and "CDD (comme pour 2025" in control
    # None is of the period: those that are counted are there, with their days.
    assert "voici le dernier de chaque structure" in control
    assert all(f"31 décembre {year}" in control for year in (2024, 2025))


def test_a_bilan_of_one_dla_names_what_is_of_the_whole_territory() -> None:
    own = spaced("territoire/bilan-activite-2026-alpes-de-haute-provence")
    assert "**Pour tout le territoire.** Saisie chaque mois" in own
    assert "Régularité et précision, pour tout le territoire" in own
    assert "Mission par mission, en part du temps de toutes les équipes du territoire" in own
    # The rule stands beside the figures, on pages and in the workbook.
    rule = "compte en entier pour chacun ; une structure, pour le seul département où elle est."
    assert own.count(rule) == 2
    assert own.count("hors orientation » compte celles") == 2


def test_an_unfinished_year_misses_nothing_yet_and_its_workbook_says_so() -> None:
    own = spaced("territoire/bilan-activite-2026-alpes-de-haute-provence")
    assert "n’est pas encore atteint" in own and "**Bilan intermédiaire.** Chiffres arrêtés" in own
    assert "Bilan intermédiaire" not in filled(BILAN) and "déjà atteints" not in filled(BILAN)


def test_a_bilan_of_three_years_reads_them_together_and_says_what_is_asked() -> None:
    text = spaced("territoire/bilan-activite-2025-2027").split("# Ce qu’il faut retenir")[1]
    frame = text.split(":::")[1]
    assert "Sur onze objectifs annuels comptés, six sont atteints." in frame
    assert "Demandé aux comités de pilotage pour la suite : deux dixièmes" in frame
    assert "En 2025" not in frame


def test_what_is_still_owed_of_the_resources_is_in_their_table() -> None:
    own = spaced("territoire/bilan-activite-2026-hautes-alpes")
    drawn = next(line for line in own.splitlines() if "Ressources de 2026" in line)
    assert "dessin-seul" not in drawn
    assert "Suivi\n:   aucune structure revue" in own


def test_figures_that_count_the_same_dossiers_are_listed_together() -> None:
    listed = filled(BILAN).split("# Les dossiers que compte chaque chiffre")[1]
    together = listed.split("## Les chiffres qui comptent les mêmes dossiers")[1]
    counts = [line for line in together.splitlines() if line.startswith(":   ")]
    assert len(counts) == len(set(counts))
