"""The reference documents are a pure function of their parts and of the charter."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dla_docs.charter.charter import Charter
from dla_docs.charter.reference_documents import build_reference, derived, fill
from dla_docs.model.file_formats import ARCHIVES, FILE_FORMATS
from dla_docs.model.workspace import Workspace
from tests.layout import LAYOUT
from tests.scenes import ROOT

FORMATS = ARCHIVES
PARTS = LAYOUT / "reference"
TEMPLATES = ["page.html", "page.opendocument", "page.openxml", "page.typ", "style.css"]
SCHEMA = LAYOUT.parent.parent / "schemas" / "charte.schema.json"


@pytest.fixture
def charter() -> dict[str, Any]:
    return dict(Charter(Workspace(ROOT), "contrat").values)


def part(archive: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(archive)).read(name).decode("utf-8")


def contrast(one: str, other: str) -> float:
    def luminance(rgb: str) -> float:
        channels = [int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("format", FORMATS)
def test_same_inputs_give_same_bytes(format: str, charter: Mapping[str, object]) -> None:
    assert build_reference(format, charter, PARTS) == build_reference(format, charter, PARTS)


@pytest.mark.parametrize("format", FORMATS)
def test_first_part_announces_the_format(format: str, charter: Mapping[str, object]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(build_reference(format, charter, PARTS)))
    assert archive.namelist()[0] == FILE_FORMATS[format].first_part
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


@pytest.mark.parametrize(
    ("format", "name"),
    [("docx", "word/styles.xml"), ("odt", "styles.xml"), ("pptx", "ppt/theme/theme1.xml")],
)
def test_a_colour_of_the_charter_reaches_the_styles(
    format: str, name: str, charter: dict[str, Any]
) -> None:
    charter["couleurs"]["principale"] = charter["famille"]["fonce"] = "#123abc"
    assert "123abc" in part(build_reference(format, charter, PARTS), name).lower()


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_use_known_values_only(name: str, charter: Mapping[str, object]) -> None:
    filled = fill((LAYOUT / name).read_text(encoding="utf-8"), charter)
    assert not re.search(r"\{\{ *[\w.]+ *\}\}", filled)


def test_unknown_value_is_named(charter: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match=r"couleurs\.secondaire"):
        fill("{{ couleurs.secondaire }}", charter)


def test_group_is_not_a_value(charter: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match="couleurs"):
        fill("{{ couleurs }}", charter)


def test_derived_units(charter: dict[str, Any]) -> None:
    charter["page"]["largeur_mm"] = 254
    charter["tailles"]["texte"] = 10.5
    assert fill("{{ twips.page.largeur }} {{ demi_points.texte }}", charter) == "14400 21"
    colours = charter["couleurs"] | charter["famille"]
    assert derived(charter)["hex"] == {k: v[1:].upper() for k, v in colours.items() if k != "nom"}


def test_height_of_the_text_is_the_page_without_its_margins(charter: dict[str, Any]) -> None:
    charter["page"]["hauteur_mm"] = 297
    charter["marges"] |= {"haut_mm": 24, "bas_mm": 22}
    assert fill("{{ texte.hauteur_mm }}", charter) == "251.0"


def test_charter_follows_its_schema(charter: Mapping[str, object]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    written = {key: value for key, value in charter.items() if key != "famille"}
    assert not list(Draft202012Validator(schema).iter_errors(written))


FAMILIES = ["diagnostic", "consultation", "contrat", "restitution", "bilan"]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("background", ["#FFFFFF", "fond"])
@pytest.mark.parametrize("text", ["principale", "accent", "texte", "texte_discret", "alerte"])
def test_text_is_readable_on_each_background(family: str, text: str, background: str) -> None:
    colours = Charter(Workspace(ROOT), family).values["couleurs"]
    assert contrast(colours[text], colours.get(background, background)) >= 4.5


@pytest.mark.parametrize("family", FAMILIES)
def test_a_surface_of_a_chart_is_seen_on_white(family: str) -> None:
    assert contrast(Charter(Workspace(ROOT), family).values["famille"]["moyen"], "#FFFFFF") >= 3


def test_parts_hold_no_program() -> None:
    assert {Path(path).suffix for path in PARTS.rglob("*") if path.is_file()} <= {
        ".xml",
        ".rels",
        "",
    }
