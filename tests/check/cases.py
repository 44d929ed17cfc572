"""The cases of the rules: small changes of the demonstration that a record says valid or faulty."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from dla_docs.flow import Examined, choose, examine, render
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.select import Choice, Request, State
from dla_docs.workshop import here
from tests.sampling import EVERYTHING
from tests.scenes import JOUR, ROOT, demonstration

FILES = sorted((package_data("schemas") / "regles").glob("*.yaml"))
RECORDS: dict[str, dict[str, Any]] = {
    code: record
    for path in FILES
    for code, record in parse(path.name, path.read_bytes()).data.items()
}
EXAMPLE = "dossiers/2025-003-calades-jabron"
"""The dossier of the demonstration whose files a case names without their folder."""
INSIDE = re.compile(r"dossiers/(\d{4}-\d{3}[^/]*)/")
"""A path inside a dossier, which it names."""
TYPES = {p.parent.name for p in package_data("templates").glob("[!_]*/document.yaml")}
DISCLOSED = [c for c, r in RECORDS.items() if "fautif" in r and r["par"] == "diffusion"]
PLAYED = [c for c, r in RECORDS.items() if "fautif" in r and r["par"] != "diffusion"]


def merged(data: Any, change: Any) -> Any:
    """Data with a change laid over it: null removes a key, an integer key indexes a list."""
    if isinstance(change, dict) and isinstance(data, list):
        changed = list(data)
        for rank, inner in sorted(change.items(), key=lambda item: int(item[0]), reverse=True):
            if inner is None:
                del changed[int(rank)]
            else:
                changed[int(rank)] = merged(changed[int(rank)], inner)
        return changed
    if isinstance(change, dict):
        changed = dict(data) if isinstance(data, dict) else {}
        for key, inner in change.items():
            if inner is None:
                del changed[key]
            else:
                changed[key] = merged(changed.get(key), inner)
        return changed
    return change


def apply(root: Path, change: dict[str, Any]) -> None:
    """One `valide` or `fautif` of a record, made to a workspace."""
    for name, keys in change.get("fichiers", {}).items():
        path = place(root, name)
        data = parse(name, path.read_bytes()).data if path.exists() else {}
        text = json.dumps(merged(data, keys), ensure_ascii=False, indent=1, default=float)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, text in change.get("textes", {}).items():
        place(root, name).parent.mkdir(parents=True, exist_ok=True)
        place(root, name).write_text(text, encoding="utf-8")
    for name in change.get("retires", ()):
        place(root, name).unlink()
    for name, line in change.get("lignes", {}).items():
        template = Path("templates") / name / "document.md.j2"
        text = (package_data("templates") / name / "document.md.j2").read_text(encoding="utf-8")
        place(root, template.as_posix()).parent.mkdir(parents=True, exist_ok=True)
        place(root, template.as_posix()).write_text(f"{text}\n{line}\n", encoding="utf-8")


def place(root: Path, name: str) -> Path:
    """The file a case names: by its path, or by its name in the dossier of the example."""
    if name.startswith(("dossiers/", "templates/")):
        return root / name
    return next((root / EXAMPLE).rglob(name))


def refusals(root: Path, record: dict[str, Any], examined: Examined) -> dict[str, list[Finding]]:
    """What the contract finds in the text, by type, for a rule that data alone does not show.

    Only types whose templates the case changes: the others stay those of the demonstration.
    """
    if record.get("vue") != "render":
        return {}
    types = tuple(sorted({name.split("/")[1] for name in record["fautif"]["textes"]}))
    request = Request(types=types, formats=("html",))
    refused: dict[str, list[Finding]] = {}
    for outcome in render(choose(request, examined), request, examined, root / "sortie", here):
        refused.setdefault(outcome.document.type.name, []).extend(outcome.refused)
    return refused


@dataclass(frozen=True)
class Scene:
    """A workspace where some changes of a record are made, read and judged."""

    examined: Examined
    refused: dict[str, list[Finding]]
    """What only the text shows, by type."""

    @property
    def findings(self) -> list[Finding]:
        return [*self.examined.findings, *chain.from_iterable(self.refused.values())]

    @property
    def told(self) -> Counter[tuple[str, str, str, str]]:
        """The findings without their place, which a rewritten file moves.

        A fault of a template is told for each document that it makes: once counts here.
        """
        listed = self.examined.findings
        seen = [(f.path, " ".join(f.codes), str(f.severity), f.message) for f in listed]
        texts = chain.from_iterable(self.refused.values())
        shown = {("", " ".join(f.codes), str(f.severity), f.message) for f in texts}
        return Counter([*seen, *shown])

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        return choose(Request(), self.examined)

    @property
    def stopped(self) -> dict[str, list[Finding]]:
        """Why documents are refused, by type."""
        refused = [choice for choice in self.choices if choice.state is State.LACKING]
        lacking = {choice.document.type.name: [*choice.reasons] for choice in refused}
        return lacking | {kind: faults for kind, faults in self.refused.items() if faults}


def changed(root: Path, code: str, *changes: str) -> Path:
    """The workspace with some changes of a record made."""
    for change in changes:
        apply(root, RECORDS[code].get(change, {}))
    return root


def played(root: Path, code: str, change: str) -> Scene:
    """The workspace once a change of a record is made; the demonstration if there is none."""
    record, names = RECORDS[code], reach(RECORDS[code])
    if change in record:
        examined = examine(Workspace(changed(root, code, change)), JOUR, names)
    else:
        examined = untouched(names)
    return Scene(examined, refusals(root, record, examined))


@cache
def untouched(names: tuple[str, ...]) -> Examined:
    return examine(Workspace(ROOT), JOUR, names) if names else demonstration()


def reach(record: dict[str, Any]) -> tuple[str, ...]:
    """The one dossier that a case is looked at in, with what is read around it.

    Everything where the case touches what several dossiers share, and among the campaigns.
    """
    touched = chain.from_iterable(
        listed for change in ("valide", "fautif") for listed in record.get(change, {}).values()
    )
    paths = [n if n.startswith(("dossiers/", "templates/")) else f"{EXAMPLE}/{n}" for n in touched]
    dossiers = {match[1] if (match := INSIDE.match(path)) else "" for path in paths}
    shown = all((ROOT / "dossiers" / name / "dossier.yaml").exists() for name in dossiers)
    types = (demonstration().types[name] for name in set(record.get("bloque", ())) & TYPES)
    inside = all(kind.portee in {"dossier", "ingenierie"} for kind in types)
    return tuple(dossiers) if len(dossiers) == 1 and shown and inside and not EVERYTHING else ()
