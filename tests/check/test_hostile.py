"""What a careless or hostile hand may put in a workspace: told once, nothing let through."""

import json
import os
import zlib
from pathlib import Path

import pytest

from tests.scenes import Lancer

WHERE = "2025-003-calades-jabron/bilan-organisation-finances"
LOGO = "dossiers/logos/financeur-etat.svg"


def part(espace: Path, name: str) -> Path:
    return espace / "dossiers" / WHERE.replace("/", "/ingenieries/") / name


def findings(lancer: Lancer, espace: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(
        lancer("check", "--format", "json", espace=espace).stdout
    )
    return found


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


BAD_PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", bytes.fromhex("00000008000000080806000000"))
    + chunk(b"IDAT", b"not deflated")
    + chunk(b"IEND", b"")
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="%s">%s</svg>'


@pytest.mark.parametrize(
    "content",
    [
        BAD_PNG,
        SVG % (b"0 0 10 10", b""),
        SVG % (b"0 0 1 1000", b'<path d="M0 0h1v9z"/>'),
        SVG % (b"0 0 1.2.3 5", b'<path d="M0 0h1v9z"/>'),
        SVG % (b"0 0 9 9", b'<image href="http://exemple.fr/a.png"/>'),
        b"",
        b"texte",
    ],
    ids=["pixels", "vide", "etroit", "viewBox", "dehors", "zero", "texte"],
)
def test_a_logo_that_cannot_be_shown_is_one_finding(
    espace: Path, lancer: Lancer, content: bytes
) -> None:
    (espace / LOGO).write_bytes(content)
    (finding,) = findings(lancer, espace)
    assert (finding["code"], finding["severity"]) == ("R-PUB-01", "erreur")
    assert "logos/financeur-etat.svg" in finding["message"]


def test_a_logo_outside_the_workspace_is_refused(espace: Path, lancer: Lancer) -> None:
    outside = espace.parent / "dehors.svg"
    outside.write_bytes((espace / LOGO).read_bytes())
    territory = espace / "dossiers" / "territoire.yaml"
    text = territory.read_text(encoding="utf-8")
    moved = text.replace("logos/financeur-etat.svg", "../../dehors.svg")
    territory.write_text(moved, encoding="utf-8")
    (finding,) = findings(lancer, espace)
    assert "hors de l’espace de travail" in finding["message"]


@pytest.mark.parametrize("kind", ["lien", "dossier", "tube"])
def test_an_unreadable_file_forbids_its_document_only(
    espace: Path, lancer: Lancer, kind: str
) -> None:
    path = part(espace, "convention.yaml")
    path.unlink()
    gestures = {"lien": lambda: path.symlink_to("nulle-part"), "dossier": path.mkdir}
    gestures.get(kind, lambda: os.mkfifo(path))()
    types = [f"--document={n}" for n in ("cahier-des-charges", "convention", "rapport-final")]
    result = lancer("render", WHERE, "-t", "html", *types, espace=espace)
    assert result.exit_code == 1
    assert result.stderr.count("[S-FICHIER]") == 1
    assert sorted(p.name for p in (espace / "documents").rglob("*.html")) == [
        "cahier-des-charges.html",
        "rapport-final.html",
    ]


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("absente.png", "n’existe pas"),
        ("https://exemple.fr/a.png", "hors de l’espace de travail"),
        ("../../../../../dehors.png", "hors de l’espace de travail"),
    ],
)
def test_an_image_of_a_text_is_checked_before_rendering(
    espace: Path, lancer: Lancer, image: str, words: str
) -> None:
    path = part(espace, "cahier-des-charges.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("enjeux: |\n", f"enjeux: |\n  ![plan]({image})\n\n"), "utf-8")
    (finding,) = findings(lancer, espace)
    assert finding["code"] == "S-REF"
    assert words in finding["message"]


@pytest.mark.parametrize(
    ("content", "words"), [("", "est vide"), ("a\x01b", "caractère de commande")]
)
def test_a_text_file_is_checked_as_what_is_written_inline(
    espace: Path, lancer: Lancer, content: str, words: str
) -> None:
    part(espace, "travail-realise.md").write_text(content, encoding="utf-8")
    (finding,) = findings(lancer, espace)
    assert words in finding["message"]


def test_a_link_that_runs_code_is_no_link(espace: Path, lancer: Lancer) -> None:
    path = part(espace, "cahier-des-charges.yaml")
    text = path.read_text(encoding="utf-8")
    link = "enjeux: |\n  [ici](javascript:alert) et [là](https://exemple.fr)\n\n"
    path.write_text(text.replace("enjeux: |\n", link), encoding="utf-8")
    lancer("render", WHERE, "-d", "cahier-des-charges", "-t", "html", espace=espace)
    page = next((espace / "documents").rglob("*.html")).read_text(encoding="utf-8")
    assert (page.count("javascript:"), page.count('href="https://exemple.fr"')) == (0, 1)


@pytest.mark.parametrize("year", ["0001", "2225", "9999"])
def test_a_year_out_of_the_century_is_a_typing_error(
    espace: Path, lancer: Lancer, year: str
) -> None:
    path = part(espace, "rapport-final.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("date: 2025-", f"date: {year}-", 1), encoding="utf-8")
    assert {"S-FORMAT"} == {finding["code"] for finding in findings(lancer, espace)}


def test_two_dossiers_of_one_number_must_be_told_apart(espace: Path, lancer: Lancer) -> None:
    folder = espace / "dossiers" / "2025-003-autre"
    folder.mkdir()
    source = espace / "dossiers" / "2025-003-calades-jabron" / "dossier.yaml"
    (folder / "dossier.yaml").write_bytes(source.read_bytes())
    result = lancer("render", "2025-003", espace=espace)
    assert result.exit_code == 2
    assert "désigne plusieurs dossiers" in result.stderr


def test_documents_are_not_written_among_the_data(espace: Path, lancer: Lancer) -> None:
    result = lancer("render", "-o", espace / "dossiers" / "sortie", espace=espace)
    assert (result.exit_code, "parmi les données" in result.stderr) == (2, True)


def test_one_cause_is_told_once_for_all_the_documents_it_forbids(
    espace: Path, lancer: Lancer
) -> None:
    (espace / "dossiers/logos/operateur-galabre.svg").unlink()
    result = lancer("render", WHERE, "-t", "html", espace=espace)
    assert result.stderr.count("Refusé :") > 10
    assert result.stderr.count("[R-PUB-01") == 1


def test_a_list_the_territory_lacks_is_one_fault(espace: Path, lancer: Lancer) -> None:
    territory = espace / "dossiers" / "territoire.yaml"
    text = territory.read_text(encoding="utf-8")
    territory.write_text(text.replace("charges_mission:", "charge_mission:"), encoding="utf-8")
    codes = [finding["code"] for finding in findings(lancer, espace)]
    assert sum(code.startswith("S-") for code in codes) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("donnees", "[zorglub]"), ("date", "ingenierie.intitule"), ("sujet", "convention.zut")],
)
def test_a_manifest_names_only_what_the_schemas_know(
    espace: Path, lancer: Lancer, racine: Path, key: str, value: str
) -> None:
    manifest = (racine / "templates" / "convention" / "document.yaml").read_text(encoding="utf-8")
    lines = [f"{key}: {value}" if li.startswith(f"{key}:") else li for li in manifest.splitlines()]
    folder = espace / "templates" / "convention"
    folder.mkdir(parents=True)
    (folder / "document.yaml").write_text("\n".join(lines), encoding="utf-8")
    result = lancer("check", espace=espace)
    assert result.exit_code == 3
    assert "document.yaml:" in result.stderr
