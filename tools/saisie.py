"""What a person still types: `python -m tools.saisie` counts it over the demonstration.

Each part of each dossier is begun by `dla new` with only the files that come before it, then
compared with what the demonstration holds there. A leaf is one value at the end of its keys.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dla_docs.check.examined import prepare
from dla_docs.create.new import Draft, draft
from dla_docs.create.prefill import offered_only
from dla_docs.documents.manifests import load_types
from dla_docs.load.calculated import completed, plan_of
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.schemas import CALCULATED, REST, Kind, Schema, field_at, load_kinds
from dla_docs.model.words import folded
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import sound, validate

ROOT = Path(__file__).resolve().parent.parent

ORDER = (
    *("dossier", "accueil", "diagnostic", "parcours", "ingenierie", "cahier-des-charges"),
    *("consultation", "proposition", "choix", "convention", "realisation", "rapport-final"),
    *("restitution", "reglement", "evaluation", "suivi"),
)
"""The parts of a dossier in the order of the démarche."""

Leaf = tuple[str, str]
"""A value at the end of its keys, ranks left out: `convention.montant.ht`, `4290`."""


@dataclass
class Count:
    """What one kind of part asks. `elsewhere`: the typed values that an earlier file holds.

    `calculated`: those of the demonstration that may be left out, whether they are there or not.
    """

    whole: int = 0
    right: int = 0
    wrong: int = 0
    typed: int = 0
    calculated: int = 0
    elsewhere: int = 0
    told: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Count") -> "Count":
        for name in ("whole", "right", "wrong", "typed", "calculated", "elsewhere"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.told += other.told
        return self


def leaves(data: Any, keys: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every value at the end of its keys, as text; what is empty is no value."""
    if isinstance(data, dict):
        for key, item in data.items():
            yield from leaves(item, (*keys, key))
    elif isinstance(data, list):
        for item in data:
            yield from leaves(item, keys)
    elif data is not None:
        # 40 and 40.00 are one amount.
        text = f"{Decimal(data).normalize():f}" if type(data) in (int, Decimal) else str(data)
        yield ".".join(keys), text


def counted(path: str, made: Draft, written: Any, before: Corpus) -> Count:
    """One part: what `dla new` offers, against what its file holds."""
    whole = Counter(leaves(written))
    offered = Counter(leaves(dict(made.values)))
    plan = plan_of(made.kind)
    bare = _bare(written, made.kind.schema)
    follows = Counter(leaves(completed(bare, plan))) - Counter(leaves(bare))
    whole = Counter(leaves(completed(written, plan)))
    typed, wrong = (
        whole - offered - follows,
        Counter(leaves(_written(made.schema, made.values))) - whole,
    )
    known = {
        folded(text)
        for source in before.sources.values()
        for _, text in leaves(source.data)
        if _tells(text)
    }
    again = [leaf for leaf in typed.elements() if folded(leaf[1]) in known]
    told = [f"{path} : {key} = {text[:60]} (existe ailleurs)" for key, text in again]
    told += [f"{path} : {key} = {text[:60]} (proposé à tort)" for key, text in wrong.elements()]
    return Count(
        whole.total(),
        (whole & offered).total(),
        wrong.total(),
        typed.total(),
        ((whole & follows) - offered).total(),
        len(again),
        told,
    )


def _written(schema: Schema, values: Any) -> Any:
    """The offers that stand in the new file; the others are behind a « # », to be taken up."""
    if isinstance(values, list):
        return [_written(field_at(schema, (0,)), item) for item in values]
    if not isinstance(values, Mapping):
        return values
    owed = schema.get("required", ())
    inner = {key: field_at(schema, (key,)) for key in values}
    return {
        key: _written(inner[key], item)
        for key, item in values.items()
        if key in owed or not offered_only(inner[key], item)
    }


def _bare(data: Any, schema: Schema, first: bool = True) -> Any:
    """Data without what is calculated; of parts that make a whole, without the first one."""
    if isinstance(data, list):
        return [_bare(item, field_at(schema, (0,)), rank == 0) for rank, item in enumerate(data)]
    if not isinstance(data, Mapping):
        return data
    inner = {key: field_at(schema, (key,)) for key in data}
    left = (k for k, f in inner.items() if CALCULATED in f or (REST in f and first))
    return {k: _bare(data[k], inner[k]) for k in data.keys() - set(left)}


def _tells(text: str) -> bool:
    """Whether finding a value again means something: a word of a closed list, a rank do not."""
    return (len(text) > 3 and not text.replace("_", "").isalpha()) or len(text) > 12


def parts(folder: Path, kinds: dict[str, Kind]) -> list[Path]:
    """The files of a dossier, in the order of the démarche; one ingénierie after the other."""

    def rank(path: Path) -> tuple[int, int, str, int]:
        name = "proposition" if path.parent.name == "propositions" else path.stem
        inside = path.relative_to(folder).parts
        step = ORDER.index(name)
        # The last part of the dossier comes after its ingénieries.
        late = int(name == "suivi")
        return late, int(len(inside) > 1), inside[1] if len(inside) > 1 else "", step

    return sorted(folder.rglob("*.yaml"), key=rank)


def measure(folder: Path, workspace: Path) -> Iterator[tuple[str, Count]]:
    """The parts of one dossier, each with its count; `workspace` holds what comes before it."""
    target = workspace / "dossiers"
    for name in ("territoire.yaml", "logos", *SHELVES):
        origin = ROOT / "dossiers" / name
        copy = shutil.copytree if origin.is_dir() else shutil.copy
        if name != "comites":
            copy(origin, target / name)
    space = Workspace(workspace)
    kinds = load_kinds(space)
    types = load_types(space, kinds).values()
    for path in parts(folder, kinds):
        relative = path.relative_to(ROOT / "dossiers")
        name = "proposition" if path.parent.name == "propositions" else path.stem
        corpus = _corpus(space, folder.name)
        source = parse(str(relative), path.read_bytes())
        made = draft(kinds[name], *_said(name, relative, source), corpus, types, _day(source))
        yield name, counted(str(relative), made, source.data, corpus)
        (target / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target / relative)


def _corpus(space: Workspace, dossier: str) -> Corpus:
    there = (space.root / "dossiers" / dossier).is_dir()
    # Another workspace each time: one remembers the files that it found.
    raw = prepare(Workspace(space.root)).library.corpus((dossier,) if there else ())
    return sound(raw, validate(raw))


def _said(name: str, relative: Path, source: Source) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What a person gives on the command line: words and options."""
    if name == "dossier":
        keys = ("structures", "operateurs", "charges_mission")
        return (source.data["titre"],), {key: source.data[key] for key in keys}
    dossier = relative.parts[0]
    if name == "ingenierie":
        return (dossier, source.data["intitule"]), {}
    words = (f"{dossier}/{relative.parts[2]}" if len(relative.parts) > 2 else dossier,)
    return (*words, relative.stem) if name == "proposition" else words, {}


def _day(source: Source) -> date:
    """The day a file is begun: the one it bears."""
    return date.fromisoformat(str(source.data.get("date", "2026-01-05")))


def main(names: list[str]) -> None:
    """Print the counts by kind of part, then, for names given, each value in question."""
    total: dict[str, Count] = {name: Count() for name in ORDER}
    for folder in sorted((ROOT / "dossiers").glob("20*")):
        if names and not any(name in folder.name for name in names):
            continue
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / "dossiers").mkdir()
            for name, count in measure(folder, Path(place)):
                total[name] += count
    _print(total, bool(names))


def _print(total: dict[str, Count], told: bool) -> None:
    out = sys.stdout.write
    out(f"{'partie':20} valeurs  offertes  calculées  à tort  tapées  dont connues ailleurs\n")
    whole = Count()
    for name, count in total.items():
        whole += count
        out(_row(name, count))
    out(_row("ensemble", whole))
    if told:
        out("\n".join(whole.told) + "\n")


def _row(name: str, count: Count) -> str:
    cells = (count.whole, count.right, count.calculated, count.wrong, count.typed, count.elsewhere)
    widths = (7, 9, 10, 7, 7, 7)
    return (
        " ".join((f"{name:20}", *(f"{c:{w}}" for c, w in zip(cells, widths, strict=True)))) + "\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
