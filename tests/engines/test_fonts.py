"""Characters that the fonts of the package cannot print: told by `check`, survived by the PDF."""

import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from dla_docs.engines.fonts import family_names, name_of, needs_fallback, unprintable
from tests.scenes import Lancer

FAMILIES = ("Source Sans 3",)
WHERE = "2025-003-calades-jabron/bilan-organisation-finances"


@pytest.mark.parametrize("text", ["é « œ » €", "☐ ☑ ☒", "Ωβγ", "абв", "漢字", "e\u0301", "\u202f"])
def test_what_a_font_holds_is_printable(text: str) -> None:
    assert frozenset() == unprintable(text, FAMILIES)


@pytest.mark.parametrize(
    ("text", "missing"), [("un 😀", "😀"), ("אב", "אב"), ("العر", "العر"), ("a\u20dd", "\u20dd")]
)
def test_what_no_font_holds_is_told(text: str, missing: str) -> None:
    assert frozenset(missing) == unprintable(text, FAMILIES)


@pytest.mark.parametrize(("text", "expected"), [("été", False), ("漢", True), ("☒", False)])
def test_the_large_family_is_loaded_only_when_needed(text: str, expected: bool) -> None:
    assert expected == needs_fallback(text, FAMILIES)


def test_a_character_has_a_name_to_be_heard() -> None:
    assert name_of("😀") == "caractère grinning face"


def test_the_family_of_the_charter_is_supplied() -> None:
    assert "Source Sans 3" in family_names()


@pytest.fixture
def smiling(espace: Path) -> Path:
    """The demonstration workspace, where one objectif smiles."""
    path = espace / "dossiers" / WHERE.replace("/", "/ingenieries/") / "cahier-des-charges.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("objectifs:\n", 'objectifs:\n  - "Sourire 😀 ensemble"\n'), "utf-8"
    )
    return espace


def test_check_warns_of_it_once(smiling: Path, lancer: Lancer) -> None:
    result = lancer("check", "--format", "json", espace=smiling)
    (finding,) = json.loads(result.stdout)
    assert (finding["code"], finding["severity"], result.exit_code) == ("S-GLYPHE", "alerte", 0)
    assert "grinning face" in finding["message"]


def test_a_letter_of_another_alphabet_in_a_word_is_told(espace: Path, lancer: Lancer) -> None:
    path = espace / "dossiers" / WHERE.replace("/", "/ingenieries/") / "cahier-des-charges.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("objectifs:\n", "objectifs:\n  - \u041cusique en \u041c, \u03bcm\n", 1)
    path.write_text(text, encoding="utf-8")
    (finding,) = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    assert (finding["code"], finding["severity"]) == ("S-GLYPHE", "alerte")
    assert "« \u041cusique » : une lettre d’un autre alphabet" in finding["message"]


def test_the_pdf_shows_a_sign_with_its_name(smiling: Path, lancer: Lancer) -> None:
    result = lancer("render", WHERE, "-d", "cahier-des-charges", "-t", "pdf", espace=smiling)
    assert result.exit_code == 0, result.stderr
    content = (smiling / "documents" / WHERE / "cahier-des-charges.pdf").read_bytes()
    text = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(content))
    assert "Sourire" in text
    assert "😀" not in text
    told = "grinning face".encode("utf-16-be").hex().upper()
    assert told.encode() in content


def test_other_formats_keep_it(smiling: Path, lancer: Lancer) -> None:
    lancer("render", WHERE, "-d", "cahier-des-charges", "-t", "html", espace=smiling)
    page = smiling / "documents" / WHERE / "cahier-des-charges.html"
    assert "Sourire 😀 ensemble" in page.read_text(encoding="utf-8")
