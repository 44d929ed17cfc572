"""Install the programs these tests open documents with: `python -m tests.clients.installation`.

From Debian's packages, and from npm for ajv, axe-core, what drives Chromium and the YAML language
server; only where absent.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGES = {
    "soffice": ["libreoffice-writer", "libreoffice-impress"],
    "localc": ["libreoffice-calc"],
    "pdftoppm": ["poppler-utils"],
    "pdftotext": ["poppler-utils"],
    "pdfinfo": ["poppler-utils"],
    "pdffonts": ["poppler-utils"],
    "chromium": ["chromium"],
    "node": ["nodejs"],
    "npm": ["npm"],
    "fc-list": ["fontconfig"],
}
"""Programs the tests run, and Debian's packages that bring each."""
FONTS = {"Carlito": "fonts-crosextra-carlito"}
"""Fonts of a desk (Carlito has the widths of Calibri), and Debian's packages that bring each."""
TOOLS = Path(__file__).resolve().parents[2] / ".dla" / "clients"
MODULES = {"ajv": "8", "axe-core": "4", "playwright-core": "1", "yaml-language-server": "1"}
"""What npm installs in TOOLS, and its major version."""


def program(name: str) -> str:
    """Where a program is. It must be there: a test that cannot be run fails."""
    if (found := shutil.which(name)) is None:
        raise SystemExit(f"Erreur : {name} est absent ; lancez « make test-clients ».")
    return found


def missing_programs() -> list[str]:
    return [name for name in PACKAGES if shutil.which(name) is None]


def missing_fonts() -> list[str]:
    if shutil.which("fc-list") is None:
        return list(FONTS)
    command = ["fc-list", ":", "family"]
    known = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
    return [font for font in FONTS if font not in known]


def missing_modules() -> list[str]:
    folder = TOOLS / "node_modules"
    return [name for name in MODULES if not (folder / name / "package.json").is_file()]


def missing() -> list[str]:
    return [*missing_programs(), *missing_fonts(), *missing_modules()]


def administrator() -> list[str]:
    """What comes before a command that only an administrator may run."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise SystemExit("Erreur : il faut être administrateur, ou avoir sudo, pour installer cela.")


def carry_out(command: Sequence[str], name: str, wanted: Sequence[str]) -> None:
    try:
        code = subprocess.run(command, check=False).returncode
    except OSError as error:
        raise SystemExit(f"Erreur : « {name} » ne se lance pas : {error}.") from error
    if code:
        raise SystemExit(f"Erreur : « {name} » a échoué (code {code}) : {', '.join(wanted)}.")


def install_packages(packages: list[str]) -> None:
    if shutil.which("apt-get") is None:
        raise SystemExit(
            f"Erreur : ce système n’a pas apt-get ; installez par vos moyens {', '.join(packages)}."
        )
    apt = [*administrator(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        carry_out([*apt, *command], f"apt-get {command[0]}", packages)


def install_modules(names: list[str]) -> None:
    TOOLS.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{MODULES[name]}" for name in names]
    options = ["--prefix", str(TOOLS), "--no-audit", "--no-fund", "--ignore-scripts"]
    carry_out([program("npm"), "install", *options, *wanted], "npm install", wanted)


def main() -> None:
    if not (absent := missing()):
        return
    sys.stderr.write(f"Absents : {', '.join(absent)}.\n")
    packages = {package for name in missing_programs() for package in PACKAGES[name]}
    packages |= {FONTS[font] for font in missing_fonts()}
    if packages:
        install_packages(sorted(packages))
    if modules := missing_modules():
        install_modules(modules)
    if absent := missing():
        raise SystemExit(f"Erreur : après l’installation, il manque encore {', '.join(absent)}.")


if __name__ == "__main__":
    main()
