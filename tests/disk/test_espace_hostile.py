"""A workspace whose files lead elsewhere: nothing of the machine is read, printed or written."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dla_docs.model.resources import package_data
from tests.scenes import Lancer

pytestmark = pytest.mark.skipif(os.name == "nt", reason="un lien demande un droit sous Windows")
SECRET = "MOT-DE-PASSE-7431"
DOSSIER = "dossiers/2025-003-calades-jabron"
MISSION = f"{DOSSIER}/ingenieries/bilan-organisation-finances"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the machine, beside the workspace: read as YAML, a finding would print its line."""
    path = tmp_path / "secret.yaml"
    path.write_text(f"jeton: {SECRET}\n- [\n", encoding="utf-8")
    return path


def put(place: Path, gesture: Callable[[Path], None]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.unlink()
    gesture(place)


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        (f"{DOSSIER}/accueil.yaml", 1, "un lien qui sort de l’espace de travail"),
        ("schemas/regles/a.yaml", 3, "un lien qui sort de l’espace de travail"),
        ("templates/convention/document.yaml", 3, "un lien qui sort de l’espace de travail"),
        ("schemas/accueil.schema.json", 0, ""),
    ],
)
def test_a_link_to_a_secret_is_told_and_not_read(
    espace: Path, secret: Path, lancer: Lancer, name: str, code: int, words: str
) -> None:
    put(espace / name, lambda place: place.symlink_to(secret))
    result = lancer("check", espace=espace)
    assert SECRET not in result.output and words in result.output
    assert result.exit_code == code


@pytest.mark.parametrize("name", [f"{DOSSIER}/accueil.yaml", "schemas/regles/a.yaml"])
def test_a_pipe_is_told_and_not_waited_for(espace: Path, lancer: Lancer, name: str) -> None:
    put(espace / name, os.mkfifo)
    result = lancer("check", espace=espace)
    assert result.exit_code in {1, 3} and "n’est pas un fichier" in result.output


def test_a_folder_that_leads_out_is_told(espace: Path, tmp_path: Path, lancer: Lancer) -> None:
    shutil.move(espace / DOSSIER, tmp_path / "dehors")
    (espace / DOSSIER).symlink_to(tmp_path / "dehors")
    told = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    (fault,) = [one for one in told if one["path"] == DOSSIER]
    assert fault["code"] == "S-FICHIER" and "un lien qui sort" in fault["message"]


@pytest.mark.parametrize("target", ["../../secret.schema.json", "/etc/passwd"])
def test_a_schema_refers_to_nothing_outside(
    espace: Path, tmp_path: Path, lancer: Lancer, target: str
) -> None:
    (tmp_path / "secret.schema.json").write_text(f'{{"title": "{SECRET}"}}', encoding="utf-8")
    schema = json.loads((package_data("schemas") / "accueil.schema.json").read_bytes())
    schema["properties"]["date"] = {"$ref": target}
    put(espace / "schemas/accueil.schema.json", lambda p: p.write_text(json.dumps(schema), "utf-8"))
    result = lancer("init", "--maj", espace)
    assert result.exit_code == 3 and "hors du dossier des schémas" in result.stderr
    assert not (espace / ".dla").exists()


@pytest.mark.parametrize("hidden", [".git/config", ".env"])
def test_a_text_is_not_taken_from_what_is_hidden(espace: Path, lancer: Lancer, hidden: str) -> None:
    put(espace / hidden, lambda place: place.write_text(SECRET, "utf-8"))
    put(espace / MISSION / "lien.md", lambda place: place.symlink_to(espace / hidden))
    source = espace / MISSION / "cahier-des-charges.yaml"
    text = source.read_text(encoding="utf-8")
    found = re.sub(r"(?m)^enjeux: \|\n(?:  .*\n)+", "enjeux:\n  fichier: lien.md\n", text)
    source.write_text(found, encoding="utf-8")
    result = lancer("check", espace=espace)
    assert "lien.md" in found and result.exit_code == 1
    assert "nom caché" in result.stdout and SECRET not in result.output


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("templates/convention/inclus.md", "{secret}"),
        ("templates/_mise-en-page/style.css", "{secret}"),
    ],
)
def test_a_template_prints_nothing_of_the_machine(
    espace: Path, secret: Path, lancer: Lancer, name: str, target: str
) -> None:
    shutil.copytree(package_data("templates") / "convention", espace / "templates" / "convention")
    with (espace / "templates/convention/document.md.j2").open("a", encoding="utf-8") as file:
        file.write('\n{% include "convention/inclus.md" %}\n')
    put(espace / "templates/convention/inclus.md", lambda p: p.write_text("Bonjour.", "utf-8"))
    put(espace / name, lambda place: place.symlink_to(target.format(secret=secret)))
    where = MISSION.removeprefix("dossiers/").replace("/ingenieries", "")
    result = lancer("render", where, "-d", "convention", "-t", "html", espace=espace)
    assert result.exit_code == 3 and "un lien qui sort de l’espace de travail" in result.stderr
    assert list((espace / "documents").rglob("*.html")) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("documents", ("render", "2025-003", "-d", "convention", "-t", "html")),
        (".dla", ("init", "--maj")),
        (".dla/schemas", ("new", "structure", "Essai")),
    ],
)
def test_nothing_is_written_through_a_folder_that_leads_out(
    espace: Path, tmp_path: Path, lancer: Lancer, name: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "dehors").mkdir()
    put(espace / name, lambda place: place.symlink_to(tmp_path / "dehors"))
    result = lancer(*words, *([str(espace)] if words[0] == "init" else []), espace=espace)
    assert result.exit_code == 3 and "est un lien qui sort de" in result.stderr
    assert list((tmp_path / "dehors").iterdir()) == []
    assert not (espace / "dossiers/structures/essai.yaml").exists()
