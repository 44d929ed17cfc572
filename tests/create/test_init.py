"""`dla init`: a workspace that says what is left to fill, and never loses what is there."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from dla_docs.create.requirement import requirement, requirement_of
from dla_docs.load.yaml_reader import parse
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT, Lancer

TERRITORY = "dossiers/territoire.yaml"


COMMIT = {"vcs": "git", "requested_revision": "main", "commit_id": "0a1b2c"}


@pytest.fixture
def neuf(lancer: Lancer, tmp_path: Path) -> Path:
    """A workspace just made, in a folder that was not there."""
    root = tmp_path / "Mes dossiers d’été"
    assert lancer("init", root).exit_code == 0
    return root


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_new_workspace_lacks_only_what_a_person_knows(neuf: Path, lancer: Lancer) -> None:
    result = lancer("check", espace=neuf)
    found = [line for line in result.stdout.splitlines() if line.startswith("dossiers/")]
    assert result.exit_code == 1
    assert found
    told = [line for line in found if "[S-REQUIS] il manque «" not in line]
    assert len(told) == 3
    assert all("est encore le logo provisoire de dla init" in line for line in told)
    assert "None" not in result.stdout


def test_everything_said_created_is_there(lancer: Lancer, tmp_path: Path) -> None:
    result = lancer("init", tmp_path / "neuf")
    paths = [
        Path(line.partition(" : ")[2].partition(" (")[0]) for line in result.stdout.splitlines()
    ]
    assert len(paths) > 8
    assert [path for path in paths if not path.exists()] == []
    assert "dla check" in result.stderr


def test_the_settings_of_ci_install_this_version_by_one_variable(neuf: Path) -> None:
    folder = package_data("templates") / "_espace/ci"
    files = [neuf / path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    texts = [path.read_text(encoding="utf-8") for path in files]
    assert [text.count(f'  DLA: "{requirement()}"\n') for text in texts] == [1, 1]
    assert [len(re.findall(r"pip install .*\"\$DLA\"", text)) for text in texts] == [1, 1]


@pytest.mark.parametrize(
    ("origin", "installed"),
    [
        (None, "dla-docs==0.1.0"),
        ({"url": "file:///home/lea/dla", "dir_info": {}}, "dla-docs==0.1.0"),
        (
            {"url": "https://cle:x@forge.exemple.fr/dla.git", "vcs_info": COMMIT},
            "dla-docs @ git+https://forge.exemple.fr/dla.git@0a1b2c",
        ),
        (
            {"url": "ssh://git@forge.exemple.fr/dla.git", "vcs_info": COMMIT},
            "dla-docs @ git+ssh://git@forge.exemple.fr/dla.git@0a1b2c",
        ),
        (
            {"url": "https://exemple.fr/dla_docs-0.1.0-py3-none-any.whl", "archive_info": {}},
            "dla-docs @ https://exemple.fr/dla_docs-0.1.0-py3-none-any.whl",
        ),
    ],
    ids=["index", "folder", "git", "ssh", "archive"],
)
def test_ci_installs_what_is_installed_here(
    origin: dict[str, object] | None, installed: str
) -> None:
    assert requirement_of(json.dumps(origin) if origin else None, "0.1.0") == installed


def test_every_kind_of_file_has_its_schema_in_the_editor(neuf: Path) -> None:
    settings = json.loads((neuf / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemaStore.enable"] is False
    mapped = settings["yaml.schemas"]
    assert len(mapped) == len(load_kinds(Workspace(ROOT)))
    assert mapped["./.dla/schemas/structure.schema.json"] == "dossiers/structures/*.yaml"
    assert [path for path in mapped if not (neuf / path).is_file()] == []


def test_a_condition_says_its_message_in_the_editor(neuf: Path) -> None:
    text = (neuf / ".dla/schemas/consultation.schema.json").read_text(encoding="utf-8")
    (then,) = [
        c["then"]
        for c in json.loads(text)["properties"]["destinataires"]["items"]["allOf"]
        if c["then"]["x-regle"] == "R-CON-05"
    ]
    assert then["errorMessage"] == then["x-message"]


def test_a_schema_for_editors_needs_no_other_file(neuf: Path) -> None:
    texts = [p.read_text(encoding="utf-8") for p in (neuf / ".dla/schemas").iterdir()]
    assert texts
    assert [text for text in texts if '"$ref"' in text or '"$id"' in text] == []


def test_the_modeline_leads_to_the_schema(neuf: Path) -> None:
    path = neuf / TERRITORY
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve().is_file()


def test_git_leaves_out_what_dla_makes(neuf: Path) -> None:
    (neuf / "documents").mkdir()
    (neuf / "documents/x.pdf").write_text("x", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=neuf, check=True)
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    shown = subprocess.run(command, cwd=neuf, check=True, capture_output=True, encoding="utf-8")
    assert "territoire.yaml" in shown.stdout
    assert [line for line in shown.stdout.splitlines() if ".dla" in line or "x.pdf" in line] == []


def test_a_second_init_changes_nothing_of_the_person_s(neuf: Path, lancer: Lancer) -> None:
    (neuf / TERRITORY).write_text("nom: Alpes\n", encoding="utf-8")
    (neuf / ".vscode/settings.json").unlink()
    before = snapshot(neuf)
    result = lancer("init", neuf)
    after = snapshot(neuf)
    assert {path: after[path] for path in before} == before
    assert after.keys() - before.keys() == {neuf / ".vscode/settings.json"}
    assert f"Gardé : {neuf / TERRITORY}" in result.stdout


def test_maj_refreshes_the_schemas_and_only_them(neuf: Path, lancer: Lancer) -> None:
    schema = neuf / ".dla/schemas/structure.schema.json"
    fresh = schema.read_bytes()
    schema.write_text("{}", encoding="utf-8")
    (neuf / ".gitignore").unlink()
    before = snapshot(neuf)
    result = lancer("init", "--maj", neuf)
    after = snapshot(neuf)
    assert result.exit_code == 0
    assert {path for path in after if after[path] != before.get(path)} == {schema}
    assert schema.read_bytes() == fresh


def test_maj_takes_the_schemas_of_the_workspace(neuf: Path, lancer: Lancer) -> None:
    own = {"title": "Visite", "description": "Une visite.", "type": "object"}
    own |= {"x-emplacement": "dossier", "x-diffusion": ["operateur"], "properties": {}}
    (neuf / "schemas").mkdir()
    (neuf / "schemas/visite.schema.json").write_text(json.dumps(own), encoding="utf-8")
    lancer("init", "--maj", neuf)
    kept = json.loads((neuf / ".dla/schemas/visite.schema.json").read_text(encoding="utf-8"))
    assert kept == own


def test_what_cannot_be_a_workspace_is_said(neuf: Path, lancer: Lancer, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    told = {
        tmp_path / "fichier": "est un fichier",
        tmp_path / "fichier/dedans": "est un fichier",
        neuf / "dossiers": "déjà dans l’espace de travail",
    }
    for path, words in told.items():
        result = lancer("init", path)
        assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    result = lancer("init", "--maj", tmp_path)
    assert (result.exit_code, "n’est pas un espace de travail" in result.stderr) == (2, True)


def test_the_placeholders_are_logos_that_print(neuf: Path) -> None:
    territory = parse(TERRITORY, (neuf / TERRITORY).read_bytes()).data
    named = [territory["operateurs"][0][key]["fichier"] for key in ("logo", "logo_dla")]
    named.append(territory["financeurs"][0]["logo"]["fichier"])
    texts = [(neuf / "dossiers" / name).read_text(encoding="utf-8") for name in named]
    assert all("à remplacer" in text for text in texts)
