"""Drafts and blank forms: what is made before a document is ready."""

from pathlib import Path

import pytest

from tests.check.cases import apply
from tests.scenes import Lancer

CAHIER = "ingenieries/bilan-organisation-finances/cahier-des-charges.yaml"
CALADES = "dossiers/2025-003-calades-jabron"
BLANK = ["fiche-prestataire", "note-mi-parcours", "presentation-restitution", "rapport-final"]


def spoil(espace: Path, *lines: str) -> None:
    path = espace / CALADES / CAHIER
    text = path.read_text(encoding="utf-8")
    for line in lines:
        assert text.count(line) == 1
        text = text.replace(line, f"x-{line}")
    path.write_text(text, encoding="utf-8")


def page(folder: Path, name: str) -> str:
    (found,) = folder.rglob(name)
    return found.read_text(encoding="utf-8")


def test_a_lacking_document_is_drafted(espace: Path, lancer: Lancer, tmp_path: Path) -> None:
    spoil(espace, "problematique: |", "budget_max_ttc: 3600")
    words = ["render", "2025-003", "-d", "cahier-des-charges", "-t", "html", "-o", tmp_path]
    assert lancer(*words, espace=espace).exit_code == 1
    result = lancer(*words, "--draft", espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "à compléter\u00a0: Problématique" in page(tmp_path, "cahier-des-charges-projet.html")


def test_a_draft_says_so_on_its_first_page(espace: Path, lancer: Lancer, tmp_path: Path) -> None:
    lancer("render", "2025-003", "-d", "convention", "-t", "html", "--draft", "-o", tmp_path)
    assert "PROJET" in page(tmp_path, "convention-projet.html")


def test_a_draft_without_a_date_takes_the_day(espace: Path, lancer: Lancer, tmp_path: Path) -> None:
    path = espace / CALADES / "ingenieries/bilan-organisation-finances/convention.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\ndate: 2025-04-14\n", "\n"), encoding="utf-8")
    words = ["--date", "2026-02-03", "render", "2025-003", "-d", "convention", "-t", "html"]
    result = lancer(*words, "--draft", "-o", tmp_path, espace=espace)
    assert result.exit_code == 0, result.stderr
    assert "3\u00a0février\u00a02026" in page(tmp_path, "convention-projet.html")


def test_a_draft_of_what_is_not_begun_is_refused(
    espace: Path, lancer: Lancer, tmp_path: Path
) -> None:
    (espace / CALADES / "ingenieries/bilan-organisation-finances/convention.yaml").unlink()
    words = ["render", "2025-003", "-d", "convention", "--draft", "-o", tmp_path]
    result = lancer(*words, espace=espace)
    assert result.exit_code == 1
    assert "n’est pas commencé" in result.stderr


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_form_needs_no_part(
    espace: Path, lancer: Lancer, tmp_path: Path, name: str
) -> None:
    mission = espace / CALADES / "ingenieries/bilan-organisation-finances"
    for part in ("rapport-final", "realisation", "restitution"):
        (mission / f"{part}.yaml").unlink()
    result = lancer("render", "-d", name, "--vierge", "-o", tmp_path, espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(tmp_path.rglob(f"{name}*-vierge.*"))


def test_a_prestataire_without_a_fiche_is_given_the_territory_s_form(
    lancer: Lancer, tmp_path: Path
) -> None:
    lancer("render", "-d", "fiche-prestataire", "-t", "html", "--vierge", "-o", tmp_path)
    assert (tmp_path / "territoire/fiche-prestataire-vierge.html").is_file()
    assert (tmp_path / "prestataires/alidade/fiche-prestataire-vierge.html").is_file()


def test_a_type_without_a_blank_form_is_told(lancer: Lancer, tmp_path: Path) -> None:
    result = lancer("render", "-d", "convention", "--vierge", "-o", tmp_path)
    assert result.exit_code == 2
    assert "« convention » n’a pas de formulaire vierge" in result.stderr
    assert "rapport-final" in result.stderr


@pytest.mark.parametrize(
    ("file", "key", "document"),
    [
        ("cahier-des-charges", "poids", "cahier-des-charges"),
        ("choix", "evaluateur", "grille-analyse"),
        ("choix", "notes", "grille-analyse"),
    ],
)
def test_a_grid_that_is_not_filled_is_drafted(
    espace: Path, lancer: Lancer, file: str, key: str, document: str
) -> None:
    listed = "criteres" if key == "poids" else "evaluations"
    lacking = {rank: {key: None} for rank in range(6 if key == "poids" else 4)}
    path = f"{CALADES}/ingenieries/bilan-organisation-finances/{file}.yaml"
    apply(espace, {"fichiers": {path: {listed: lacking}}})
    words = ("render", "2025-003", "-d", document, "-t", "html", "--draft")
    assert lancer(*words, espace=espace).exit_code == 0


@pytest.mark.parametrize(
    ("file", "change", "document"),
    [
        ("parcours", {"fin_prevue": None}, "parcours"),
        ("suivi", {"bilans": {0: {"constats": None}}}, "bilan-ingenierie"),
        ("cahier-des-charges", {"criteres": {0: {"critere": None}}}, "grille-analyse"),
    ],
)
def test_what_a_draft_counts_with_may_be_still_to_give(
    espace: Path, lancer: Lancer, file: str, change: dict[str, object], document: str
) -> None:
    apply(espace, {"fichiers": {f"{file}.yaml": change}})
    words = ("render", "2025-003", "-d", document, "-t", "html", "--draft")
    assert lancer(*words, espace=espace).exit_code == 0


def test_a_draft_is_not_a_blank_form(lancer: Lancer, tmp_path: Path) -> None:
    result = lancer("render", "--draft", "--vierge", "-o", tmp_path)
    assert result.exit_code == 2
    assert "--draft et --vierge ne vont pas ensemble" in result.stderr


@pytest.mark.parametrize(
    ("variant", "name"), [("--draft", "convention"), ("--vierge", "rapport-final")]
)
def test_a_variant_is_verified_too(lancer: Lancer, tmp_path: Path, variant: str, name: str) -> None:
    lancer("render", "2025-003", "-d", name, "-t", "html", variant, "-o", tmp_path)
    (made,) = tmp_path.rglob("*.html")
    result = lancer("verify", made)
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize("logo", [b"", b"ceci n'est pas une image"])
def test_a_draft_goes_without_a_logo_that_cannot_be_shown(
    espace: Path, lancer: Lancer, tmp_path: Path, logo: bytes
) -> None:
    (espace / "dossiers/logos/financeur-etat.svg").write_bytes(logo)
    words = ["render", "2025-003", "-d", "convention", "-t", "html", "-o", tmp_path]
    assert lancer(*words, espace=espace).exit_code == 1
    result = lancer(*words, "--draft", espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "PROJET" in page(tmp_path, "convention-projet.html")


@pytest.mark.parametrize("content", [b"pas une image", None])
def test_a_blank_form_without_a_logo_it_owes_is_refused_where_the_logo_is_named(
    content: bytes | None, espace: Path, lancer: Lancer
) -> None:
    logo = espace / "dossiers/logos/dla.svg"
    logo.unlink() if content is None else logo.write_bytes(content)
    result = lancer("render", "2025-003", "-d", "rapport-final", "--vierge", espace=espace)
    assert result.exit_code == 1
    assert "dossiers/territoire.yaml:" in result.stderr
    assert "le fichier logos/dla.svg" in result.stderr and "logo:0" not in result.stderr
