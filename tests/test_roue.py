"""The wheel made from the sdist works alone: elsewhere, without network, without the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from venv import EnvBuilder

import pytest
import yaml

from tests.scenes import copy_sources

SCOPE = "2025-021-rapprochement-buech-jabron/phase-1-transition"
SMALL = "2026-004-petits-sabots"
"""A dossier of a few documents, which names no other."""
POISON = """
import socket

def refuse(self, address, *rest):
    if self.family != getattr(socket, "AF_UNIX", None):
        raise AssertionError(f"network access to {address}")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *rest, **more: refuse(socket.socket(), rest)
"""
DATA = [
    "dla_docs/engines/pandoc_worker.lua",
    "dla_docs/cli/locale/fr/LC_MESSAGES/dla.mo",
    "dla_docs/_donnees/schemas/convention.schema.json",
    "dla_docs/_donnees/schemas/communs/adresse.schema.json",
    "dla_docs/_donnees/schemas/regles/coordination.yaml",
    "dla_docs/_donnees/templates/convention/document.yaml",
    "dla_docs/_donnees/templates/convention/document.md.j2",
    "dla_docs/_donnees/templates/_mise-en-page/page.typ",
    "dla_docs/_donnees/templates/_mise-en-page/reference/docx/_rels/.rels",
]


def run(*command: str | Path, **options: object) -> str:
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=180, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made from the sdist, itself made from a copy: the checkout stays clean."""
    source = copy_sources(tmp_path_factory.mktemp("source") / "dla")
    built = tmp_path_factory.mktemp("dist")
    # Without --wheel or --sdist, `build` makes the wheel out of the sdist it has just made.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", built, source)
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are those of the one under test."""
    folder = tmp_path_factory.mktemp("roue") / "là où c’est installé"
    EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(folder)
    paths = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python"]
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(*pip, python, "install", "--no-deps", "--no-index", "--quiet", wheel)
    # A line that is only a path brings the dependencies, not the editable install's own hooks.
    (packages / "dependances.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (packages / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    return python


@pytest.fixture(scope="session")
def elsewhere(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("poste") / "Mes dossiers d’été à Gap"
    shutil.copytree(racine / "dossiers", workspace / "dossiers")
    return workspace


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The person's environment, with proxies that lead nowhere and no trace of the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    closed = "http://127.0.0.1:9"
    proxies = {name: closed for low in ("http", "https", "all") for name in (f"{low}_proxy",)}
    return {**kept, **proxies, **{name.upper(): closed for name in proxies}}


@pytest.mark.parametrize("name", DATA)
def test_wheel_holds_what_the_program_reads(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


@pytest.mark.parametrize("kind", ["schemas", "templates"])
def test_wheel_holds_every_schema_and_template(wheel: Path, racine: Path, kind: str) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    files = {p.relative_to(racine).as_posix() for p in (racine / kind).rglob("*") if p.is_file()}
    assert {name for name in files if f"dla_docs/_donnees/{name}" not in held} == set()


def test_wheel_holds_neither_tests_nor_demonstration(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"dla_docs"}


def test_imported_package_is_the_wheel_s(
    installed: Path, elsewhere: Path, environment: dict[str, str]
) -> None:
    code = "import dla_docs; print(dla_docs.__file__)"
    said = run(installed, "-c", code, cwd=elsewhere, env=environment)
    assert Path(said.strip()).is_relative_to(installed.parent.parent)


def test_poison_stops_the_network(
    installed: Path, elsewhere: Path, environment: dict[str, str]
) -> None:
    code = "import urllib.request as u; u.urlopen('http://example.org', timeout=5)"
    with pytest.raises(AssertionError, match="network access"):
        run(installed, "-c", code, cwd=elsewhere, env=environment)


def test_wheel_checks_without_network(
    installed: Path, elsewhere: Path, environment: dict[str, str]
) -> None:
    command = installed.with_name("dla" + installed.suffix)
    assert "aucun constat" in run(command, "check", cwd=elsewhere, env=environment).lower()


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_the_ci_of_a_workspace_passes_as_it_is_written(
    forge: str, installed: Path, wheel: Path, elsewhere: Path, environment: dict[str, str]
) -> None:
    path = {"github": ".github/workflows/dla.yml", "gitlab": ".gitlab-ci.yml"}[forge]
    new = elsewhere.parent / f"neuf-{forge}"
    run(installed.with_name("dla"), "init", new, env=environment)
    data = elsewhere / "dossiers"
    shutil.copyfile(data / "territoire.yaml", new / "dossiers/territoire.yaml")
    for folder in ("activite", "logos", "structures", "prestataires", SMALL):
        shutil.copytree(data / folder, new / "dossiers" / folder, dirs_exist_ok=True)
    told = yaml.safe_load((new / path).read_text(encoding="utf-8"))
    if forge == "github":
        lines = [step["run"] for step in told["jobs"]["dla"]["steps"] if "run" in step]
    else:
        jobs = [told["default"]["before_script"], told["controle"]["script"]]
        lines = [line for job in jobs for line in job]
    # The wheel in place of a release, and what it depends on as it is installed here.
    pip = f'pip() {{ "{sys.executable}" -m pip --python "{installed}" "$@" --no-deps --no-index; }}'
    variables = {**environment, "DLA": str(wheel), "PATH": f"{installed.parent}:{os.defpath}"}
    script = "\n".join(["set -eu", pip, *lines])
    assert "aucun constat" in run("bash", "-c", script, cwd=new, env=variables).lower()


def test_wheel_renders_the_four_formats_without_network(
    installed: Path, elsewhere: Path, environment: dict[str, str], documents_demo: Path
) -> None:
    command = installed.with_name("dla" + installed.suffix)
    run(command, "render", SCOPE, "-d", "convention", cwd=elsewhere, env=environment)
    folder = elsewhere / "documents" / SCOPE
    same = documents_demo / SCOPE
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert made == {path.name: path.read_bytes() for path in same.glob("convention.*")}
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".html", ".odt", ".pdf"]
