"""What an order asks for: a work that starts from the diagnostic, and no diagnostic again."""

import pytest

from dla_docs.check.controles.commande import asks_for_a_diagnostic


@pytest.mark.parametrize(
    "text",
    [
        "Réaliser un nouveau diagnostic complet de la structure, puis un plan d’actions.",
        "1. Diagnostic complet de la structure\n2. Plan d’actions",
        "Il s’agit de refaire le diagnostic.",
        "Le prestataire réalisera un diagnostic approfondi.",
        "Établir le diagnostic de la structure",
        "Un second diagnostic sera mené.",
        "Faire un diagnostic, puis un plan d’actions",
    ],
)
def test_a_mission_that_makes_the_diagnostic_again_is_told(text: str) -> None:
    assert asks_for_a_diagnostic(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le prestataire part du diagnostic, sans le refaire.",
        "Sans réaliser de nouveau diagnostic",
        "Aucun nouveau diagnostic n’est attendu.",
        "Un nouveau diagnostic n’est pas attendu.",
        "Plutôt qu’un nouveau diagnostic, il est attendu des outils.",
        "S’appuyer sur le diagnostic complet de la structure",
        "Réaliser un diagnostic financier",
        "Un diagnostic des usages numériques",
    ],
)
def test_a_mission_that_starts_from_it_or_looks_at_one_subject_is_right(text: str) -> None:
    assert not asks_for_a_diagnostic(text)
