"""Every rule of the dispositif, played on the demonstration workspace from its own record."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from dla_docs.check.check import blocking
from dla_docs.check.controles import CONTROLS
from dla_docs.check.rules import load_rules
from dla_docs.flow import Examined, choose, examine, render
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.select import Choice, Request, State
from dla_docs.validate.formats import FORMATS
from tests.scenes import JOUR, demonstration

FILES = sorted((package_data("schemas") / "regles").glob("*.yaml"))
RECORDS: dict[str, dict[str, Any]] = {
    code: record
    for path in FILES
    for code, record in parse(path.name, path.read_bytes()).data.items()
}
EXAMPLE = "dossiers/2025-003-calades-jabron"
"""The dossier of the demonstration whose files a case names without their folder."""
PLANNED = {"bilan-activite"}
"""Types of the design that are not built yet; each leaves this list with its folder."""
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
    for outcome in render(choose(request, examined), request, examined, root / "sortie"):
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
    record = RECORDS[code]
    untouched = change not in record
    examined = (
        demonstration() if untouched else examine(Workspace(changed(root, code, change)), JOUR)
    )
    return Scene(examined, refusals(root, record, examined))


@pytest.mark.parametrize("code", PLAYED)
def test_a_broken_rule_is_told_once_with_its_source_and_blocks_what_it_says(
    code: str, espace: Path
) -> None:
    valid, faulty = played(espace, code, "valide"), played(espace, code, "fautif")
    assert_told_once(code, valid, faulty)
    assert_sourced(code, faulty)
    assert_blocking(code, faulty)


def assert_told_once(code: str, valid: Scene, faulty: Scene) -> None:
    """What is valid has no finding of the rule, what is faulty has one more and no other."""
    assert [f for f in valid.findings if code in f.codes] == []
    ((_, codes, severity, _), count), *others = (faulty.told - valid.told).items()
    assert others == []
    assert (1, RECORDS[code]["gravite"]) == (count, severity)
    assert code in codes.split()


def assert_sourced(code: str, faulty: Scene) -> None:
    (source,) = {f.source for f in faulty.findings if f.code == code} or {RECORDS[code]["source"]}
    assert RECORDS[code]["source"] == source


def assert_blocking(code: str, faulty: Scene) -> None:
    """What the rule blocks is refused, and else only what owes the thing itself."""
    blocked, refused = set(RECORDS[code].get("bloque", ())) & TYPES, faulty.stopped
    assert set() == blocked - set(refused)
    assert all(owed(kind, refused[kind]) for kind in set(refused) - blocked)
    assert any(choice.state is State.READY for choice in faulty.choices)


def owed(kind: str, refused: list[Finding]) -> bool:
    """Whether a type is refused for what its own manifest owes, whatever the rule blocks."""
    manifest = (package_data("templates") / kind / "document.yaml").read_text(encoding="utf-8")
    return all(any(code in manifest for code in finding.codes) for finding in refused)


@pytest.mark.parametrize("code", DISCLOSED)
def test_a_template_that_discloses_is_faulty(code: str, espace: Path) -> None:
    examined = examine(Workspace(changed(espace, code, "fautif")), JOUR)
    request = Request(types=tuple(RECORDS[code]["fautif"]["lignes"]), formats=("html",))
    outcomes = list(render(choose(request, examined), request, examined, espace / "sortie"))
    assert outcomes
    assert all(o.failure and code in o.failure.message for o in outcomes)
    assert not any(o.written for o in outcomes)


def test_no_code_is_recorded_twice() -> None:
    listed = [code for path in FILES for code in parse(path.name, path.read_bytes()).data]
    assert len(listed) == len(set(listed))


def test_all_records_are_loaded(examen: Examined) -> None:
    assert sorted(RECORDS) == list(load_rules(examen.corpus.workspace, examen.corpus.kinds))


def test_a_rule_has_cases_or_waits_for_a_type() -> None:
    assert [c for c, r in RECORDS.items() if ("fautif" in r) == ("attend" in r)] == []
    assert [c for c, r in RECORDS.items() if r.get("attend") in TYPES] == []


def test_a_rule_names_known_types_and_kinds(examen: Examined) -> None:
    blocked = {name for record in RECORDS.values() for name in record.get("bloque", ())}
    assert set() == blocked - TYPES - PLANNED
    assert set() == {n for r in RECORDS.values() for n in r["quand"]} - set(examen.corpus.kinds)


def test_a_planned_type_is_not_built() -> None:
    assert set() == PLANNED & TYPES


def test_no_rule_blocks_a_control() -> None:
    blocked = {name for record in RECORDS.values() for name in record.get("bloque", ())}
    assert [name for name in blocked if name.startswith("controle-")] == []


def test_a_rule_applied_by_a_function_has_one() -> None:
    assert [c for c in RECORDS if (RECORDS[c]["par"] == "controle") != (c in CONTROLS)] == []


def test_a_rule_said_by_schemas_is_in_one() -> None:
    files = package_data("schemas").glob("*.schema.json")
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    formatted = {entry.rule for entry in FORMATS.values()}
    covered = {code for record in RECORDS.values() for code in record.get("couvre", ())}
    said = [code for code, record in RECORDS.items() if record["par"] == "schema"]
    assert [c for c in said if f'"{c}"' not in texts and c not in formatted | covered] == []


DOSSIER = "dossiers/2025-003-calades-jabron/dossier.yaml"
DEROGATION = """
derogations:
  - regle: R-CVT-03
    motif: acompte négocié
    validee_par: Lise Carrouge
    date: 2025-04-01
"""


def severity_of(root: Path, code: str) -> tuple[Severity, str]:
    (finding,) = [f for f in examine(Workspace(root), JOUR).findings if f.code == code]
    return finding.severity, finding.message


@pytest.mark.parametrize("gravite", ["alerte", "info"])
def test_a_territory_softens_a_rule(espace: Path, gravite: str) -> None:
    rule = f"R-CVT-03: {{gravite: {gravite}, motif: usage local, depuis: 2025-01-01}}"
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nregles:\n  {rule}\n")
    severity, message = severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")
    assert gravite == severity
    assert "usage local" in message


def test_a_softened_rule_blocks_nothing(espace: Path) -> None:
    rule = "R-CVT-03: {gravite: info, motif: usage local, depuis: 2025-01-01}"
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nregles:\n  {rule}\n")
    examined = examine(Workspace(changed(espace, "R-CVT-03", "fautif")), JOUR)
    choices = choose(Request(("2025-003",), ("convention",)), examined)
    assert [choice.state for choice in choices] == [State.READY]


def test_a_dossier_derogates_for_itself(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    severity, message = severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")
    assert severity == Severity.INFO
    assert "acompte négocié" in message


def test_a_derogation_says_nothing_of_another_dossier(espace: Path) -> None:
    with (espace / "dossiers/2025-007-aubepine-buech/dossier.yaml").open(
        "a", encoding="utf-8"
    ) as f:
        f.write(DEROGATION)
    assert severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")[0] == Severity.ERREUR


def test_a_derogation_says_nothing_of_another_rule(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION.replace("R-CVT-03", "R-CDC-02"))
    assert severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")[0] == Severity.ERREUR


def test_a_derogated_rule_blocks_nothing(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    examined = examine(Workspace(changed(espace, "R-CVT-03", "fautif")), JOUR)
    (choice,) = choose(Request(("2025-003",), ("convention",)), examined)
    assert blocking(choice.document, examined.corpus, examined.findings, examined.rules) == ()


def test_a_workspace_may_add_a_rule_file(espace: Path) -> None:
    folder = espace / "schemas" / "regles"
    folder.mkdir(parents=True)
    record = {"titre": "À nous", "gravite": "info", "source": "nous", "par": "schema"}
    record |= {"quand": ["dossier"], "fautif": {}}  # type: ignore[dict-item]
    (folder / "locales.yaml").write_text(json.dumps({"R-LOC-01": record}), encoding="utf-8")
    assert {*RECORDS, "R-LOC-01"} == set(
        load_rules(Workspace(espace), load_kinds(Workspace(espace)))
    )
