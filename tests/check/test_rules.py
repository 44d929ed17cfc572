"""Every rule of the dispositif, played on the demonstration workspace from its own record."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dla_docs.check.check import blocking
from dla_docs.check.controles import control
from dla_docs.check.rules import load_rules
from dla_docs.flow import Examined, choose, examine, render
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.validate.formats import FORMATS
from tests.conftest import JOUR

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

every = pytest.mark.parametrize("code", RECORDS)
every_played = pytest.mark.parametrize("code", PLAYED)


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


def refusals(examined: Examined, output: Path, types: tuple[str, ...] = ()) -> list[Finding]:
    """What forbids each document, once the whole contract is applied to its text."""
    request = Request(types=types, formats=("html",))
    outcomes = render(choose(request, examined), request, examined, output)
    return [finding for outcome in outcomes for finding in outcome.refused]


def found(root: Path, record: dict[str, Any]) -> Counter[tuple[str, str, str, str]]:
    """The findings a rule shows in, without their place, which a rewritten file moves.

    A fault of a template is told for each document that it makes: once counts here.
    """
    examined = examine(Workspace(root), JOUR)
    if record.get("vue") == "render":
        refused = refusals(examined, root / "sortie")
        return Counter({("", " ".join(f.codes), str(f.severity), f.message) for f in refused})
    listed = examined.findings
    return Counter((f.path, " ".join(f.codes), str(f.severity), f.message) for f in listed)


def scene(root: Path, code: str, *changes: str) -> Path:
    """The workspace with some changes of a record made."""
    for change in changes:
        apply(root, RECORDS[code].get(change, {}))
    return root


@every_played
def test_a_fault_adds_one_finding_of_the_rule(code: str, espace: Path) -> None:
    before = found(scene(espace, code, "valide"), RECORDS[code])
    after = found(scene(espace, code, "fautif"), RECORDS[code])
    ((_, codes, severity, _), count), *others = (after - before).items()
    assert others == []
    assert (1, RECORDS[code]["gravite"]) == (count, severity)
    assert code in codes.split()


@every_played
def test_what_is_valid_has_no_finding_of_the_rule(code: str, espace: Path) -> None:
    before = found(scene(espace, code, "valide"), RECORDS[code])
    assert [codes for _, codes, _, _ in before if code in codes.split()] == []


@every_played
def test_the_finding_carries_the_source_of_the_rule(code: str, espace: Path) -> None:
    examined = examine(Workspace(scene(espace, code, "valide", "fautif")), JOUR)
    listed = list(examined.findings)
    if RECORDS[code].get("vue") == "render":
        listed += refusals(examined, espace / "sortie")
    (source,) = {f.source for f in listed if f.code == code} or {RECORDS[code]["source"]}
    assert RECORDS[code]["source"] == source


@every_played
def test_what_a_rule_blocks_is_refused_and_nothing_else(code: str, espace: Path) -> None:
    blocked = set(RECORDS[code].get("bloque", ())) & TYPES
    examined = examine(Workspace(scene(espace, code, "valide", "fautif")), JOUR)
    choices = choose(Request(), examined)
    refused = {c.document.type.name: c.reasons for c in choices if c.state is State.LACKING}
    if RECORDS[code].get("vue") == "render":
        request = Request(formats=("html",))
        outcomes = render(choices, request, examined, espace / "sortie")
        refused |= {o.document.type.name: o.refused for o in outcomes if o.refused}
    assert set() == blocked - set(refused)
    assert all(owed(kind, refused[kind]) for kind in set(refused) - blocked)
    assert any(choice.state is State.READY for choice in choices)


def owed(kind: str, refused: tuple[Finding, ...]) -> bool:
    """Whether a type is refused for what its own manifest owes, whatever the rule blocks."""
    manifest = (package_data("templates") / kind / "document.yaml").read_text(encoding="utf-8")
    return all(any(code in manifest for code in finding.codes) for finding in refused)


@pytest.mark.parametrize("code", DISCLOSED)
def test_a_template_that_discloses_is_faulty(code: str, espace: Path) -> None:
    examined = examine(Workspace(scene(espace, code, "fautif")), JOUR)
    request = Request(types=tuple(RECORDS[code]["fautif"]["lignes"]), formats=("html",))
    outcomes = list(render(choose(request, examined), request, examined, espace / "sortie"))
    assert outcomes
    assert all(o.failure and code in o.failure.message for o in outcomes)
    assert not any(o.written for o in outcomes)


def test_no_code_is_recorded_twice() -> None:
    listed = [code for path in FILES for code in parse(path.name, path.read_bytes()).data]
    assert len(listed) == len(set(listed))


def test_all_records_are_loaded(examen: Examined) -> None:
    assert sorted(RECORDS) == list(load_rules(examen.corpus.workspace))


@every
def test_a_rule_has_cases_or_waits_for_a_type(code: str) -> None:
    record = RECORDS[code]
    assert ("fautif" in record) != ("attend" in record)
    assert record.get("attend") not in TYPES


@every
def test_a_rule_names_known_types_and_kinds(code: str, examen: Examined) -> None:
    record = RECORDS[code]
    assert set() == set(record.get("bloque", ())) - TYPES - PLANNED
    assert set() == set(record["quand"]) - set(examen.corpus.kinds)


def test_a_planned_type_is_not_built() -> None:
    assert set() == PLANNED & TYPES


@every
def test_no_rule_blocks_a_control(code: str) -> None:
    assert [t for t in RECORDS[code].get("bloque", ()) if t.startswith("controle-")] == []


@every
def test_a_rule_applied_by_a_function_has_one(code: str) -> None:
    assert (RECORDS[code]["par"] == "controle") == (control(code) is not None)


@every
def test_a_rule_said_by_schemas_is_in_one(code: str) -> None:
    texts = [p.read_text(encoding="utf-8") for p in package_data("schemas").glob("*.schema.json")]
    said = any(f'"{code}"' in text for text in texts)
    formatted = any(entry.rule == code for entry in FORMATS.values())
    covered = any(code in record.get("couvre", ()) for record in RECORDS.values())
    assert said or formatted or covered or RECORDS[code]["par"] != "schema"


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
    severity, message = severity_of(scene(espace, "R-CVT-03", "fautif"), "R-CVT-03")
    assert gravite == severity
    assert "usage local" in message


def test_a_softened_rule_blocks_nothing(espace: Path) -> None:
    rule = "R-CVT-03: {gravite: info, motif: usage local, depuis: 2025-01-01}"
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nregles:\n  {rule}\n")
    examined = examine(Workspace(scene(espace, "R-CVT-03", "fautif")), JOUR)
    choices = choose(Request(("2025-003",), ("convention",)), examined)
    assert [choice.state for choice in choices] == [State.READY]


def test_a_dossier_derogates_for_itself(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    severity, message = severity_of(scene(espace, "R-CVT-03", "fautif"), "R-CVT-03")
    assert severity == Severity.INFO
    assert "acompte négocié" in message


def test_a_derogation_says_nothing_of_another_dossier(espace: Path) -> None:
    with (espace / "dossiers/2025-007-aubepine-buech/dossier.yaml").open(
        "a", encoding="utf-8"
    ) as f:
        f.write(DEROGATION)
    assert severity_of(scene(espace, "R-CVT-03", "fautif"), "R-CVT-03")[0] == Severity.ERREUR


def test_a_derogation_says_nothing_of_another_rule(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION.replace("R-CVT-03", "R-CDC-02"))
    assert severity_of(scene(espace, "R-CVT-03", "fautif"), "R-CVT-03")[0] == Severity.ERREUR


def test_a_derogated_rule_blocks_nothing(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    examined = examine(Workspace(scene(espace, "R-CVT-03", "fautif")), JOUR)
    (choice,) = choose(Request(("2025-003",), ("convention",)), examined)
    assert blocking(choice.document, examined.corpus, examined.findings, examined.rules) == ()


def test_a_workspace_may_add_a_rule_file(espace: Path) -> None:
    folder = espace / "schemas" / "regles"
    folder.mkdir(parents=True)
    record = {"titre": "À nous", "gravite": "info", "source": "nous", "par": "schema"}
    record |= {"quand": ["dossier"], "fautif": {}}  # type: ignore[dict-item]
    (folder / "locales.yaml").write_text(json.dumps({"R-LOC-01": record}), encoding="utf-8")
    assert {*RECORDS, "R-LOC-01"} == set(load_rules(Workspace(espace)))
