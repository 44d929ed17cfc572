"""One dossier rendered by the wheel under every Python of the machine: `python -m tests.pythons`.

The wheel comes from the sdist, each Python has a fresh environment with the dependencies it
resolves itself, and every file must have the same bytes whatever the Python.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from dla_docs.produced import RECORD
from tests.scenes import ROOT, copy_sources

NAMES = [f"python3.{minor}" for minor in range(11, 17)]
"""What a Python is called, from the oldest that `pyproject.toml` accepts to some yet to come."""
DOSSIER = "2025-021"
"""It has the most types of documents, all formats, and two territories."""
BIN = "Scripts" if os.name == "nt" else "bin"


def main() -> None:
    found = pythons(candidates())
    if not found:
        raise SystemExit("Erreur : aucun Python ≥ 3.11 ne répond sur cette machine.")
    with TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        # Each waits for the network, then for its processor: together they wait once.
        with ThreadPoolExecutor() as pool:
            work = {v: pool.submit(rendered, found[v], wheel, Path(folder)) for v in sorted(found)}
        made = {version: done.result() for version, done in work.items()}
    first, *others = made
    for version in others:
        names = made[first].keys() | made[version].keys()
        gaps = [n for n in sorted(names) if made[first].get(n) != made[version].get(n)]
        if gaps:
            raise SystemExit(f"Erreur : {first} et {version} diffèrent : {', '.join(gaps)}.")
    sys.stdout.write(f"{len(made[first])} fichiers identiques sous Python {', '.join(made)}.\n")


def candidates() -> Iterator[Path]:
    """Programs that may be a Python: by name along PATH, and all that pyenv keeps."""
    for folder in os.get_exec_path():
        yield from (Path(folder) / name for name in NAMES)
    for version in sorted((Path.home() / ".pyenv" / "versions").glob("3.*")):
        yield version / "bin" / "python"


def pythons(programs: Iterable[Path]) -> dict[str, Path]:
    """The Pythons that answer and are recent enough, by version: `3.13.0`."""
    code = "import sys; assert sys.version_info >= (3, 11); print(sys.version.split()[0])"
    found: dict[str, Path] = {}
    for program in programs:
        if program.exists():
            # A shim of pyenv is there even for a version that it does not run.
            done = subprocess.run([program, "-c", code], capture_output=True, encoding="utf-8")
            if done.returncode == 0:
                found.setdefault(done.stdout.strip(), program)
    return found


def build(folder: Path) -> Path:
    """The wheel made from the sdist, itself made from a copy: the checkout stays clean."""
    source = copy_sources(folder / "source")
    # Without --wheel or --sdist, `build` makes the wheel out of the sdist it has just made.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", source)
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def rendered(python: Path, wheel: Path, folder: Path) -> dict[str, str]:
    """The digest of every file of the dossier, made by the wheel in an environment of its own."""
    home = folder / python.parent.parent.name / python.name
    # Debian's Python has no ensurepip: the pip of this environment installs into the other.
    run(python, "-m", "venv", "--without-pip", home)
    program = home / BIN / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", program]
    run(*pip, "install", "--quiet", wheel)
    output = home / "documents"
    command = [home / BIN / "dla", "--workspace", ROOT, "render", DOSSIER, "--output", output]
    run(*command)
    # The record is no document: it names the Python that made each file, to know what must be made
    # again under another.
    files = (p for p in sorted(output.rglob("*")) if p.is_file() and p.name != RECORD)
    return {p.relative_to(output).as_posix(): sha256(p.read_bytes()).hexdigest() for p in files}


def run(*command: str | Path) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=ROOT.parent, env=clean, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise SystemExit(f"Erreur : {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
