"""Every measure, in one run of less than ten minutes on two cores: `make bench`.

Ours and theirs in turn, on the same content, after a run that does not count: see `measure.py`.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import formats, machine, page
from benchmarks.commands import adopt_orphans
from benchmarks.ours import ROOT, Desk
from benchmarks.peers import check_jsonschema, docxtpl, git, libreoffice, pandoc, typst, weasyprint
from benchmarks.results import Line, Part

PAGE = ROOT / "docs" / "explications" / "mesures.md"


@dataclass(frozen=True)
class Asked:
    """A part that can be asked for: its title, what it is measured on, and by what."""

    title: str
    on: str
    measures: tuple[Callable[[Desk], Iterator[Line]], ...]


SIX = (
    "Les six cahiers des charges de la démonstration, de 1 100 à 1 600 mots : une vingtaine de "
    "titres, six tableaux et huit à onze images chacun."
)
PARTS = {
    "check": Asked(
        "Contrôler",
        "Les mêmes fichiers, les mêmes schémas, rien n’étant gardé d’un contrôle précédent.",
        (check_jsonschema.measured,),
    ),
    "formats": Asked(
        "Produire, format par format",
        "Dans un processus, des données lues aux octets du fichier.",
        (formats.measured,),
    ),
    "docx": Asked(
        "Produire un DOCX",
        SIX,
        (docxtpl.measured, pandoc.measured),
    ),
    "pdf": Asked(
        "Produire un PDF",
        SIX,
        (libreoffice.measured, weasyprint.measured, typst.measured),
    ),
    "inchange": Asked(
        "Ne rien refaire",
        "Un espace de travail tenu dans git, où rien n’a changé.",
        (git.checked, git.rendered),
    ),
}


def main() -> None:
    """Measure the parts asked for, print them, and write them in the page if that is asked."""
    asked = _arguments()
    adopt_orphans()
    # Ours is compiled once, as where it is installed: a person's shell may say otherwise.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    told = [page.head(datetime.now(UTC).date(), machine.machine(), machine.versions())]
    _say(told[0])
    for name in asked.part or PARTS:
        # A part lasts up to three minutes.
        sys.stderr.write(f"{PARTS[name].title}…\n")
        with tempfile.TemporaryDirectory(prefix="dla-") as folder:
            part, desk = PARTS[name], Desk(Path(folder).resolve())
            # What is kept from one command to the next is not kept among the person's own.
            os.environ["XDG_CACHE_HOME"] = str(desk.folder / "cache")
            lines = tuple(line for measured in part.measures for line in measured(desk))
            told.append(page.section(Part(part.title, part.on, lines)))
        _say(told[-1])
    if asked.write:
        page.put(PAGE, told)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Mesurer dla face à d’autres.")
    parser.add_argument("part", nargs="*", help=f"partie à mesurer : {', '.join(PARTS)}")
    parser.add_argument("--write", action="store_true", help=f"écrire dans {PAGE.name}")
    asked = parser.parse_args()
    if unknown := {*asked.part} - {*PARTS}:
        parser.error(f"partie inconnue : {', '.join(sorted(unknown))} (il y a {', '.join(PARTS)})")
    if asked.write and asked.part:
        parser.error("--write veut toutes les parties : la page en perdrait")
    return asked


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
