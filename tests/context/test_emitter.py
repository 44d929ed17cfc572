"""Who the foot of a document says it comes from."""

from dla_docs.context.emitter import emitter_of
from dla_docs.documents.documents import documents
from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR, ROOT


def feet(dossier: str) -> dict[str, str]:
    examined = examine(Workspace(ROOT), JOUR, (dossier,))
    every = [d for d in documents(examined.corpus, examined.types) if d.begun]
    return {d.type.identifiant: emitter_of(d, examined.corpus) for d in every}


def test_a_dossier_that_two_dla_carry_names_both_at_its_feet_but_a_letter_its_sender() -> None:
    said = feet("2025-021-rapprochement-buech-jabron")
    assert said["D03"] == "DLA des Hautes-Alpes – DLA des Alpes-de-Haute-Provence"
    assert "– DLA" not in said["D10"] and said["D17"].startswith("Alidade et Boussole – 13100")


def test_one_dla_says_its_town_too() -> None:
    said = feet("2025-003-calades-jabron")["D03"]
    assert said.startswith("DLA des Alpes-de-Haute-Provence – 04000")
