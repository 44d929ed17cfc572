"""What those who may answer a call are told: one deadline, one content, the same forms."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenes import Lancer

MISSION = "2025-003"
SCHEMA = Path(__file__).parents[2] / "schemas/proposition.schema.json"


@pytest.fixture
def lire(espace: Path, lancer: Lancer) -> Callable[[str], str]:
    """The words of the first document of a type, as one line."""

    def words(kind: str) -> str:
        out = espace / "sortie"
        lancer("render", MISSION, "-d", kind, "-t", "html", "-o", out, espace=espace)
        page = min(out.rglob(f"{kind}*.html"))
        return " ".join(page.read_text(encoding="utf-8").split())

    return words


KINDS = ("appel-a-proposition", "cahier-des-charges", "trame-proposition", "lisez-moi")


@pytest.mark.parametrize("kind", KINDS)
def test_one_deadline_is_told_in_the_same_words(kind: str, lire: Callable[[str], str]) -> None:
    text = lire(kind).replace("\u00a0", " ").replace("\u202f", " ")
    assert "au plus tard le 28 mars 2025 à 12 h, par courriel ou par courrier" in text


def test_a_call_is_made_for_a_structure_whose_jobs_were_counted_later(
    lire: Callable[[str], str], espace: Path
) -> None:
    path = espace / "dossiers/structures/calades-jabron.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(
        before.replace("- date: 2024-12-31\n    sal", "- date: 2026-01-31\n    sal"),
        encoding="utf-8",
    )
    assert "personnes salariées" not in lire("cahier-des-charges")


@pytest.mark.parametrize("kind", KINDS[:2])
def test_the_content_of_a_proposition_is_that_of_its_control(
    kind: str, lire: Callable[[str], str]
) -> None:
    text = lire(kind).lower()
    blocks = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]["points"]["properties"]
    titles = [p["title"].lower() for b in blocks.values() for p in b["properties"].values()]
    assert [title for title in titles if title not in text] == []


def test_the_attachments_are_files_of_the_kit(
    lire: Callable[[str], str], espace: Path, lancer: Lancer
) -> None:
    text = lire("cahier-des-charges")
    lancer("kit", MISSION, "-o", espace / "kit", espace=espace)
    made = {p.name for p in (espace / "kit").iterdir()}
    for form in ("trame-proposition", "fiche-prestataire-vierge"):
        assert f"{form}.docx ou .odt" in text
        assert {f"{form}.docx", f"{form}.odt"} <= made
