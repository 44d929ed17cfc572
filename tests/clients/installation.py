"""Install LibreOffice and poppler where they are absent: `python -m tests.clients.installation`."""

import os
import shutil
import subprocess
import sys

PACKAGES = {
    "soffice": ["libreoffice-writer", "libreoffice-impress"],
    "pdftoppm": ["poppler-utils"],
    "pdftotext": ["poppler-utils"],
    "pdfinfo": ["poppler-utils"],
}
"""Programs the tests run, and Debian's packages that bring each."""


def missing() -> list[str]:
    return [program for program in PACKAGES if shutil.which(program) is None]


def administrator() -> list[str]:
    """What comes before a command that only an administrator may run."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise SystemExit("Erreur : il faut être administrateur, ou avoir sudo, pour installer cela.")


def install(packages: list[str]) -> None:
    if shutil.which("apt-get") is None:
        raise SystemExit("Erreur : ce système n’a pas apt-get ; installez-les par vos moyens.")
    apt = [*administrator(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        if code := subprocess.run([*apt, *command], check=False).returncode:
            raise SystemExit(f"Erreur : « apt-get {command[0]} » a échoué (code {code}).")


def main() -> None:
    absent = missing()
    if not absent:
        return
    packages = sorted({package for program in absent for package in PACKAGES[program]})
    sys.stderr.write(f"Absents : {', '.join(absent)}. Paquets : {', '.join(packages)}.\n")
    install(packages)
    if absent := missing():
        raise SystemExit(f"Erreur : après l’installation, il manque encore {', '.join(absent)}.")


if __name__ == "__main__":
    main()
