"""What short documents say in a sentence or under a short name, rather than in a table or a bar."""

import pytest

from dla_docs.context.context import build_context
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.template import Templates
from tests.scenes import demonstration, demonstration_documents


def filled(label: str) -> str:
    document = next(d for d in demonstration_documents() if d.label.endswith(label))
    context = build_context(document, demonstration().corpus)
    return Templates(demonstration().corpus.workspace).fill(context).markdown


def test_a_lone_objective_is_a_sentence() -> None:
    text = filled("preparation-copil-2026-hautes-alpes")
    before = text[: text.index('forme="cible"')].rstrip()
    assert "structures de culture accompagnées, 1 sur 1" in before
    assert before.endswith(":::: en-classeur\n::: {.graphique")


def test_an_action_without_a_result_says_when_it_is_due() -> None:
    text = filled("synthese-suivi-2025-021").replace(NO_BREAK, " ")
    assert "Échéance : 18 décembre 2026" in text


@pytest.mark.parametrize("day", ["2025-11-27", "2026-11-05"])
def test_what_a_committee_sheds_light_on_is_beside_what_it_proposes(day: str) -> None:
    text = filled(f"{day}/releve-comite")
    assert "- - Le comité éclaire\n  - Le comité propose\n" in text
    assert "\n## 1. " in text and "\n**Soutiens :** " in text.replace(NO_BREAK, " ")


def test_a_parcours_names_who_its_mission_is_entrusted_to_its_months_and_its_day() -> None:
    text = filled("parcours-2025-003").replace(NO_BREAK, " ").replace("\\", "")
    assert "Prestataire : Delphine Orsatelli Conseil" in text
    assert "\n13 mois\n:   du 4 mars 2025" in text
    assert "version 1 du 28 février 2025, état au 28 novembre 2025" in text


def test_the_table_of_a_parcours_starts_under_its_drawing_and_says_what_has_no_price_yet() -> None:
    text = filled("parcours-2025-003").replace(NO_BREAK, " ")
    assert "entier=" not in text and "non chiffré" in text
    assert "\n4\n:   actions faites\n" in text
