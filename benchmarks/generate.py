"""Make a workspace of N dossiers that vary the demonstration: `generate.py N DIR`.

The demonstration is copied as it is, then again and again under other names: numbers, slugs and
SIRETs of structures change everywhere they are written; one set of prestataires serves several
copies. Nothing is drawn at random: the same N gives the same bytes.
"""

import argparse
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from stdnum import luhn

from dla_docs.load.yaml_reader import parse

DEMONSTRATION = Path(__file__).resolve().parent.parent / "dossiers"
DOSSIER = re.compile(r"[0-9]{4}-[0-9]{3}-[a-z0-9-]+")
SERVED = 10
"""How many copies of the demonstration one set of prestataires serves."""
FIRST_NUMBER, NUMBERS = 101, 899
"""The demonstration keeps the numbers below."""


def main() -> None:
    """Read the two arguments and write the workspace."""
    parser = argparse.ArgumentParser(description="Faire un espace de travail de N dossiers.")
    parser.add_argument("number", type=int, help="nombre de dossiers")
    parser.add_argument("folder", type=Path, help="où : un dossier sans dossiers/")
    asked = parser.parse_args()
    if (asked.folder / "dossiers").exists():
        parser.error(f"{asked.folder / 'dossiers'} existe déjà")
    generate(asked.number, asked.folder)


def generate(number: int, folder: Path) -> None:
    """Write a workspace of that many dossiers."""
    data = folder / "dossiers"
    data.mkdir(parents=True)
    dossiers = _ordered([p.name for p in DEMONSTRATION.iterdir() if DOSSIER.fullmatch(p.name)])
    shared = {p.name for p in DEMONSTRATION.iterdir()} - {*dossiers, "structures", "prestataires"}
    for name in sorted(shared - {"comites"}):
        source = DEMONSTRATION / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, data / name)
    for copy_rank, start in enumerate(range(0, number, len(dossiers))):
        kept = dossiers[: number - start]
        _copy(data, copy_rank, kept, set(dossiers) - set(kept))


def _ordered(dossiers: list[str]) -> list[str]:
    """The dossiers, each after those that its files name: the first ones stand by themselves."""
    texts = {
        name: "".join(p.read_text("utf-8") for p in (DEMONSTRATION / name).rglob("*.yaml"))
        for name in dossiers
    }
    needs = {
        name: {other for other in dossiers if other != name and other[:8] in text}
        for name, text in texts.items()
    }
    ordered: list[str] = []
    while len(ordered) < len(dossiers):
        free = [d for d in sorted(dossiers) if d not in ordered and needs[d] <= {*ordered}]
        ordered.append(free[0] if free else min(set(dossiers) - {*ordered}))
    return ordered


def _copy(data: Path, rank: int, kept: list[str], left_out: set[str]) -> None:
    """One copy of the demonstration; the first one has its own names."""
    renamed = dict(_names(rank, kept)) if rank else {}
    pattern = "|".join(map(re.escape, sorted(renamed, key=len, reverse=True)))
    words = re.compile(rf"(?<![\w-])({pattern})(?![\w])") if renamed else None

    def put(source: Path, target: Path, text: str | None = None) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        # What was received is no text of ours: no name is in it to be changed.
        if text is None and (words is None or source.suffix != ".yaml"):
            shutil.copy(source, target)
            return
        found = text if text is not None else source.read_text(encoding="utf-8")
        changed = words.sub(lambda m: renamed[m[1]], found) if words else found
        target.write_text(changed, encoding="utf-8", newline="\n")

    for dossier in kept:
        for path in sorted((DEMONSTRATION / dossier).rglob("*")):
            if path.is_file():
                inside = path.relative_to(DEMONSTRATION / dossier)
                name = _renamed(inside.as_posix(), renamed)
                put(path, data / renamed.get(dossier, dossier) / name)
    shelves = ["structures", *(["prestataires"] if rank % SERVED == 0 else [])]
    for path in (p for shelf in shelves for p in sorted((DEMONSTRATION / shelf).glob("*.yaml"))):
        put(path, data / path.parent.name / f"{renamed.get(path.stem, path.stem)}.yaml")
    for path in sorted((DEMONSTRATION / "comites").glob("*.yaml")):
        text = _without(path, left_out) if left_out else None
        if text != "":
            suffix = f"-{rank:04d}" if rank else ""
            put(path, data / "comites" / f"{path.stem}{suffix}.yaml", text)


def _renamed(path: str, renamed: Mapping[str, str]) -> str:
    """A path inside a dossier: a proposition is named after its prestataire.

    What was received may lie in a folder named after its dossier, as the data name it.
    """
    *folders, name = path.split("/")
    stem, dot, suffix = name.partition(".")
    inside = f"{renamed.get(stem, stem)}{dot}{suffix}" if "propositions" in folders else name
    return "/".join([*(renamed.get(folder, folder) for folder in folders), inside])


def _without(comite: Path, left_out: set[str]) -> str:
    """A comité without the dossiers that this copy leaves out; empty when none is left."""
    data = parse(comite.name, comite.read_bytes()).data
    hidden = left_out | {name[:8] for name in left_out}
    data["dossiers"] = [d for d in data["dossiers"] if d["dossier"] not in hidden]
    # JSON is YAML, and every number here is whole.
    return json.dumps(data, ensure_ascii=False, indent=2) if data["dossiers"] else ""


def _names(rank: int, dossiers: list[str]) -> Iterator[tuple[str, str]]:
    """What one copy calls otherwise: dossiers, structures, prestataires, and their numbers."""
    everyone = [p.name for p in DEMONSTRATION.iterdir() if DOSSIER.fullmatch(p.name)]
    years = [int(dossier[:4]) for dossier in everyone]
    for place, dossier in enumerate(sorted(everyone)):
        serial = (rank - 1) * len(everyone) + place
        # Past the numbers of its own years, those of years that the demonstration does not have.
        year = int(dossier[:4]) + serial // NUMBERS * (1 + max(years) - min(years))
        reference = f"{year}-{FIRST_NUMBER + serial % NUMBERS:03d}"
        yield dossier[:8], reference
        yield dossier, f"{reference}{dossier[8:]}-{rank:04d}"
    yield from _records("structures", rank, 10_000_000)
    served = rank // SERVED
    if served:
        yield from _records("prestataires", served, 20_000_000)


def _records(shelf: str, rank: int, base: int) -> Iterator[tuple[str, str]]:
    paths = sorted((DEMONSTRATION / shelf).glob("*.yaml"))
    for place, path in enumerate(paths):
        yield path.stem, f"{path.stem}-{rank:04d}"
        data = parse(path.name, path.read_bytes()).data
        siret = data.get("siret")
        if isinstance(siret, str):
            number = f"{base + rank * len(paths) + place:08d}"
            siren = number + luhn.calc_check_digit(number)
            office = f"{siren}0001"
            yield siret, office + luhn.calc_check_digit(office)
            yield siret[:9], siren
            for known in re.findall(rf"FR[0-9]{{2}}{siret[:9]}", path.read_text("utf-8")):
                yield known, f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


if __name__ == "__main__":
    main()
