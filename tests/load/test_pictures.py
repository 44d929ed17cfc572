"""Images that the data names: where they may be, each looked at once a run, those of a text."""

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from dla_docs.engines import raster
from dla_docs.engines.images import ImageFault
from dla_docs.engines.pandoc import Overwhelmed, Pandoc
from dla_docs.load.pictures import Images
from tests.scenes import Lancer

LOGO = "logos/dla.svg"
PART = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
SPEC = f"{PART}/cahier-des-charges.yaml"


def test_an_image_is_looked_at_once_a_run(espace: Path) -> None:
    images, data = Images(espace), espace / "dossiers"
    images.look(data, LOGO)
    (data / LOGO).unlink()
    images.look(data, LOGO)
    with pytest.raises(ImageFault, match="n’existe pas"):
        Images(espace).look(data, LOGO)


def test_a_fault_is_told_the_same_each_time(espace: Path) -> None:
    images, data = Images(espace), espace / "dossiers"
    (data / LOGO).write_bytes(b"")
    for _ in range(2):
        with pytest.raises(ImageFault, match=r"est vide \(0 octet\)"):
            images.look(data, LOGO)


@pytest.mark.parametrize("target", ["../../dehors.svg", "https://exemple.fr/a.svg"])
def test_an_image_out_of_the_workspace_is_refused(espace: Path, target: str) -> None:
    (espace.parent / "dehors.svg").write_bytes((espace / "dossiers" / LOGO).read_bytes())
    with pytest.raises(ImageFault, match="hors de l’espace de travail"):
        Images(espace).look(espace / "dossiers", target)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("photo(1).jpg", "photo(1).jpg"),
        ("mon plan.jpg", "mon plan.jpg"),
        ("mon plan.jpg", "<mon plan.jpg>"),
        ("mon plan.jpg", "mon%20plan.jpg"),
        ("e\u0301te\u0301.jpg", "\u00e9t\u00e9.jpg"),
        ("100%25.jpg", "100%25.jpg"),
        ("photo.jpg", 'photo.jpg "Le chantier"'),
    ],
    ids=["parentheses", "espace", "chevrons", "code", "accents", "pourcent", "titre"],
)
def test_an_image_is_found_whatever_its_name(
    espace: Path, lancer: Lancer, name: str, written: str
) -> None:
    Image.new("RGB", (32, 18)).save(espace / PART / name)
    assert told(espace, lancer, f"![Le chantier]({written})") == []


@pytest.mark.parametrize(
    "text",
    [
        "Une image s’écrit `![texte](exemple.png)` dans un texte.",
        "Un exemple :\n\n      ![texte](exemple.png)\n",
        "Un signe \\![texte\\](exemple.png) montré.",
    ],
    ids=["entre accents", "en retrait", "desarme"],
)
def test_an_image_shown_as_code_is_none(espace: Path, lancer: Lancer, text: str) -> None:
    assert told(espace, lancer, text) == []


def test_an_image_named_by_reference_is_told_at_its_line(espace: Path, lancer: Lancer) -> None:
    text = "Voir le plan.\n\n![Le plan][plan]\n\n[plan]: absent.jpg"
    ((line, words),) = told(espace, lancer, text)
    written = (espace / SPEC).read_text("utf-8").splitlines()
    assert "absent.jpg" in written[line - 1]
    assert words == "l’image « absent.jpg » n’existe pas"


def test_an_image_that_names_no_file_is_told(espace: Path, lancer: Lancer) -> None:
    ((_, words),) = told(espace, lancer, "Voir ![Le plan][plan] du site.")
    assert "« ![Le plan][plan] » n’est suivi d’aucun fichier" in words


def test_an_image_without_words_is_an_alerte(espace: Path, lancer: Lancer) -> None:
    Image.new("RGB", (32, 18)).save(espace / PART / "photo.jpg")
    ((_, words),) = told(espace, lancer, "![](photo.jpg)")
    assert "« photo.jpg » n’a pas de texte de remplacement" in words
    made = lancer("render", "2025-003", "-d", "cahier-des-charges", "-t", "pdf", espace=espace)
    assert (made.exit_code, made.stderr) == (0, "")


def test_the_image_of_a_text_in_a_file_is_told_with_its_line(espace: Path, lancer: Lancer) -> None:
    (espace / PART / "texte.md").write_text("Le site.\n\n![plan](absent.png)\n", encoding="utf-8")
    write(espace, "enjeux: {fichier: texte.md}\n")
    ((_, words),) = findings(espace, lancer)
    assert words == "l’image « absent.png » n’existe pas (texte.md, ligne 3)"


def test_a_misspelt_image_is_answered_with_the_one_beside(espace: Path, lancer: Lancer) -> None:
    shutil.copy(espace / "dossiers" / LOGO, espace / PART / "Schema.svg")
    write(espace, "enjeux: |\n  ![Le schéma](schema.svg)\n")
    found = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    assert [f["hint"] for f in found] == ["vouliez-vous dire « Schema.svg » ?"]


def test_an_image_that_only_capitals_tell_apart_is_named(espace: Path, lancer: Lancer) -> None:
    Image.new("RGB", (40, 30)).save(espace / PART / "PHOTO.JPG")
    write(espace, "enjeux: |\n  ![Le site](photo.jpg)\n")
    found = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    assert [f["hint"] for f in found] == ["vouliez-vous dire « PHOTO.JPG » ?"]


@pytest.mark.parametrize("path", ["plans\\site.png", ".\\plans\\site.png"])
def test_an_image_named_as_windows_does_is_named_again(
    espace: Path, lancer: Lancer, path: str
) -> None:
    (espace / PART / "plans").mkdir()
    Image.new("RGB", (40, 30)).save(espace / PART / "plans" / "site.png")
    write(espace, f"enjeux: |\n  ![Le site]({path})\n")
    (found,) = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    assert "écrivez « plans/site.png »" in found["hint"]


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"GIF89a", "« Enregistrer sous » PNG ou JPEG"),
        (b"BM\0\0", "« Enregistrer sous » PNG ou JPEG"),
        (b"\0\0\0\x18ftypheic", "« Enregistrer sous » PNG ou JPEG"),
        (b"", "redemandez le fichier"),
        (b"\x89PNG\r\n\x1a\n\0", "redemandez le fichier"),
        (b"du texte", "enregistrez le dessin de nouveau"),
    ],
)
def test_an_image_that_is_there_is_answered_with_its_cure(
    espace: Path, lancer: Lancer, content: bytes, cure: str
) -> None:
    (espace / PART / "plan.png").write_bytes(content)
    write(espace, "enjeux: |\n  ![Le site](plan.png)\n")
    (found,) = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    assert cure in found["hint"]


def test_a_text_that_pandoc_cannot_read_is_told_and_no_other_is_asked(
    espace: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[list[str]]()

    def slow(self: Pandoc, template: str, texts: list[str], seconds: float = 9) -> object:
        asked.extend([texts] if texts else [])
        raise Overwhelmed("trop long")

    monkeypatch.setattr(Pandoc, "read", slow)
    monkeypatch.setattr("dla_docs.load.pictures._started", lambda pandoc: None)
    spec = (espace / SPEC).read_text("utf-8")
    for field in ("enjeux", "methode", "profil"):
        spec = spec.replace(f"{field}: |\n", f"{field}: |\n  ![a {field}](b.png)\n")
    (espace / SPEC).write_text(spec, encoding="utf-8")
    found = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    told = [(f["code"], f["severity"]) for f in found if "trop de temps" in f["message"]]
    assert (told, len(asked)) == ([("S-TEXTE", "erreur")], 1)


def test_an_image_named_in_many_ways_is_measured_once(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = list[bytes]()
    images, data = Images(espace), espace / "dossiers"
    Image.new("RGB", (32, 18)).save(data / "photo.png")
    monkeypatch.setattr(raster, "measure", lambda content: measured.append(content) or (32, 18))
    for turns in range(60):
        images.look(data, "./" * turns + "photo.png")
    assert len(measured) == 1


def write(espace: Path, text: str) -> None:
    """The specification with another text for its stakes."""
    before, _, after = (espace / SPEC).read_text("utf-8").partition("enjeux: |\n")
    kept = after.splitlines(keepends=True)
    while kept[0].startswith((" ", "\n")):
        kept.pop(0)
    (espace / SPEC).write_text(before + text + "".join(kept), encoding="utf-8")


def findings(espace: Path, lancer: Lancer) -> list[tuple[int, str]]:
    found = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    return [(f["line"], f["message"]) for f in found]


def told(espace: Path, lancer: Lancer, text: str) -> list[tuple[int, str]]:
    """Line and message of what is found in a text of the data."""
    lines = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    write(espace, f"enjeux: |\n  Le site.\n\n{lines}")
    return findings(espace, lancer)
