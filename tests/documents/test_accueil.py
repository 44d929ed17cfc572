"""What the fiche d’accueil tells the structure: whom the DLA reaches, and what it commits to."""

import re
from pathlib import Path

from tests.scenes import Lancer

STRUCTURE = "dossiers/structures/calades-jabron.yaml"


def page(espace: Path, lancer: Lancer) -> str:
    """The words of the fiche of 2025-003, on one line."""
    result = lancer("render", "2025-003", "-d", "fiche-accueil", "-t", "html", espace=espace)
    assert result.exit_code == 0, result.stderr
    (made,) = (espace / "documents").rglob("fiche-accueil-*.html")
    # Where a line may end, nothing parts the words.
    text = made.read_text(encoding="utf-8").replace("<wbr>", "")
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_those_who_lead_that_day_are_to_be_reached(espace: Path, lancer: Lancer) -> None:
    changed(
        espace / STRUCTURE, "fonction: président\n", "fonction: président\n    fin: 2025-01-10\n"
    )
    told = page(espace, lancer).partition("À joindre")[2].partition("Déjà accompagnée")[0]
    assert "direction@calades-jabron.exemple.fr" in told
    assert "04 65 71 04 40" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "presidence@" not in told


def test_the_person_that_the_structure_names_is_to_be_reached(espace: Path, lancer: Lancer) -> None:
    named = (
        "contact: {prenom: Aline, nom: Roure, email: aline@calades-jabron.exemple.fr}\ndirigeants:"
    )
    changed(espace / STRUCTURE, "dirigeants:", named)
    told = page(espace, lancer).partition("À joindre")[2].partition("Déjà accompagnée")[0]
    assert "Aline Roure" in told
    assert "direction@" not in told


def test_the_accompaniment_is_free_unless_the_territory_says_otherwise(
    espace: Path, lancer: Lancer
) -> None:
    assert "ne coûte rien à la structure" in page(espace, lancer)
    territory = espace / "dossiers/territoire.yaml"
    changed(territory, "parametres:\n", "parametres:\n  participation_structure: true\n")
    told = page(espace, lancer)
    assert "ne coûte rien" not in told
    assert "demande une participation" in told
