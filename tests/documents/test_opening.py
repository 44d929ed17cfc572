"""What a document says first: its conclusion, before what founds it."""

from dla_docs.context.context import build_context
from dla_docs.tree.template import Templates
from tests.scenes import demonstration, demonstration_documents


def written(label: str) -> str:
    """The text of a document of the demonstration."""
    document = next(d for d in demonstration_documents() if d.label == label)
    context = build_context(document, demonstration().corpus)
    return Templates(demonstration().corpus.workspace).fill(context).markdown


def test_a_final_report_opens_on_what_the_mission_concludes() -> None:
    text = written("2025-003-calades-jabron/bilan-organisation-finances/rapport-final")
    box = text.split("::: en-bref")[1].split(":::")[0]
    assert "Le débroussaillage se vend à perte ; l’équipe a atteint sa taille limite" in box


def test_payments_made_as_planned_are_drawn_with_what_remains_below() -> None:
    text = written("2025-003-calades-jabron/bilan-organisation-finances/controle-solde")
    drawn, told = text.split('forme="empilee"')[1].split(":::", 1)
    assert "975" in drawn and "à payer" in drawn
    assert "Reste à payer" in told and "2025" in told
