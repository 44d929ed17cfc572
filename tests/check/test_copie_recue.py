"""The copy of the order is looked for in the file that was received."""

from pathlib import Path

import pytest
from docx import Document

from tests.check.cases import apply
from tests.documents.test_rapport_recu import FOLDER
from tests.scenes import Lancer

PROBLEM = (
    "L’activité progresse et les comptes se dégradent. Les ventes ont gagné un cinquième en deux "
    "ans ; l’exercice 2023 a pourtant fini en léger déficit, et 2024 davantage. Personne ne peut "
    "dire aujourd’hui quels chantiers paient leurs coûts."
)
OWN = "Un chantier d’insertion vend plus et gagne moins ; il veut savoir pourquoi."


def received(espace: Path, *lines: str) -> None:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    (espace / FOLDER / "recus").mkdir(exist_ok=True)
    document.save(str(espace / FOLDER / "recus/offre.docx"))
    named = {"fichier": "recus/offre.docx", "rappel": None}
    apply(espace, {"fichiers": {"propositions/tamaris-gestion.yaml": named}})


def told(espace: Path, lancer: Lancer) -> str:
    return " ".join(lancer("check", "2025-003", espace=espace).output.split())


TITLES = ("1. Rappel de la commande", "2. Modalités d’intervention")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((TITLES[0], PROBLEM, TITLES[1], OWN), "dans le fichier reçu, recopie le cahier"),
        (("Offre", OWN, PROBLEM), "le fichier reçu recopie le cahier des charges : 4"),
    ],
    ids=["entre ses titres", "sans titres"],
)
def test_a_copy_is_found_in_the_file(
    lines: tuple[str, ...], said: str, espace: Path, lancer: Lancer
) -> None:
    received(espace, *lines)
    text = told(espace, lancer)
    assert text.count("[R-PRO-03]") == 1
    assert said in text


def test_ones_own_words_are_no_copy(espace: Path, lancer: Lancer) -> None:
    received(espace, TITLES[0], OWN, TITLES[1], "Cinq jours.")
    assert "Aucun constat" in told(espace, lancer)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("offre.docx", b"PK\x03\x04", "n’est pas comparé au cahier des charges : l’archive est"),
        ("offre.pdf", b"PK\x03\x04", "recus/offre.pdf n’est pas un PDF, malgré son nom"),
        ("offre.docx", b"%PDF-1.4", "recus/offre.docx n’est pas un document Word"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_told(
    name: str, content: bytes, said: str, espace: Path, lancer: Lancer
) -> None:
    received(espace, OWN)
    (espace / FOLDER / "recus" / name).write_bytes(content)
    named = {"fichier": f"recus/{name}"}
    apply(espace, {"fichiers": {"propositions/tamaris-gestion.yaml": named}})
    assert said in told(espace, lancer)


def test_a_pdf_is_not_compared_and_this_is_told_until_it_is_noted(
    espace: Path, lancer: Lancer
) -> None:
    apply(espace, {"fichiers": {"propositions/tamaris-gestion.yaml": {"rappel": None}}})
    assert "Aucun constat" in told(espace, lancer)
    (espace / FOLDER / "choix.yaml").unlink()
    text = told(espace, lancer)
    assert text.count("dla lit les DOCX et les ODT seulement") == 1


def test_a_pdf_is_never_told_to_be_no_copy(espace: Path, lancer: Lancer) -> None:
    apply(espace, {"fichiers": {"propositions/tamaris-gestion.yaml": {"rappel": None}}})
    wanted = ("render", "2025-003", "-d", "controle-proposition", "-t", "html")
    lancer(*wanted, "-o", espace / "sortie", espace=espace)
    (page,) = (espace / "sortie").rglob("controle-proposition-tamaris-gestion.html")
    text = page.read_text(encoding="utf-8")
    assert "Proposition à lire jusqu’au bout" in text
    assert "n’est pas une copie" not in text
