"""Findings for other tools: each format against what its reader publishes."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from dla_docs.check.standing import Obstacle
from dla_docs.flow import Examined, examine
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import Workspace
from dla_docs.report.machines import fingerprints, github, gitlab, repository_path, sarif
from dla_docs.validate.faults import load_forms
from tests.scenes import JOUR, Lancer

PUBLIC = Path(__file__).resolve().parent / "schemas_publics"
FICHE = "dossiers/prestataires/delphine-orsatelli.yaml"
RAPPORT = (
    "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances/rapport-final.yaml"
)


def spoil(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / path).write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def faulty(espace: Path) -> Path:
    """The demonstration with an error that blocks, an alert, and an error of form."""
    spoil(espace, FICHE, ('siret: "', 'x-s: "'), ("zones:\n", "zones: []\nx-zones:\n"))
    spoil(espace, RAPPORT, ("plan_actions:", "plan_action:"))
    return espace


def read(root: Path) -> Examined:
    return examine(Workspace(root.resolve()), JOUR)


def unescaped(text: str, *codes: tuple[str, str]) -> str:
    for code, char in (*codes, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def commands(output: str) -> list[dict[str, str]]:
    """Workflow commands as the runner reads them (`ActionCommand.TryParseV2` of actions/runner)."""
    found = []
    for line in output.splitlines():
        if line.startswith("::"):
            head, _, data = line[2:].partition("::")
            name, _, listed = head.partition(" ")
            pairs = (pair.split("=", 1) for pair in listed.split(","))
            told = {k: unescaped(v, ("%3A", ":"), ("%2C", ",")) for k, v in pairs}
            found.append({"command": name, "message": unescaped(data), **told})
    return found


def test_github_commands_read_back(faulty: Path) -> None:
    examined = read(faulty)
    read_back = commands("\n".join(github(examined.findings, examined)))
    told = [(c["file"], c["line"], c["col"], c["title"]) for c in read_back]
    assert told == [
        (f.path, str(f.line), str(f.column), ", ".join(f.codes)) for f in examined.findings
    ]
    assert [c["message"].split("\n")[0].rstrip(".") for c in read_back] == [
        f.message.rstrip(".") for f in examined.findings
    ]


def test_github_names_each_severity(examen: Examined) -> None:
    listed = [Finding("S-CLE", severity, "m", "a.yaml") for severity in Severity]
    names = [c["command"] for c in commands("\n".join(github(listed, examen)))]
    assert names == ["error", "warning", "notice"]


@pytest.mark.parametrize("text", ["100 % : a,b::c", "%0A littéral", "a=b", "été"])
def test_github_keeps_every_character(text: str, examen: Examined) -> None:
    finding = Finding("S-CLE", Severity.ERREUR, f"{text}.", f"dossiers/{text}.yaml")
    (line,) = github([finding], examen)
    (command,) = commands(line)
    assert (f"{text}.", f"dossiers/{text}.yaml") == (command["message"], command["file"])


FORGED = "a\r\n::error file=x::faux\u2028\u202egnp.\x1b[31m\u2066\x85"
"""What starts a line or a command, turns the letters that follow, or paints a console."""


@pytest.mark.parametrize("report", [github, gitlab, sarif])
def test_a_name_or_a_message_forges_nothing(report: Any, examen: Examined) -> None:
    finding = Finding("S-CLE", Severity.ERREUR, FORGED, f"dossiers/{FORGED}.yaml", hint=FORGED)
    made = report([finding], examen)
    texts = list(every_text(made))
    assert [text for text in texts if not text.isprintable()] == []
    assert any("⟨U+202E⟩gnp" in text for text in texts)


def test_no_line_of_a_report_for_people_is_of_another(espace: Path, lancer: Lancer) -> None:
    (espace / "dossiers/a\n::error::injecté.yaml").write_text("x: 1\n", encoding="utf-8")
    spoil(espace, FICHE, ("zones:", '"b\\n::error::faux": 1\n\u202ezones:'))
    for format in ("text", "github"):
        shown = lancer("check", "--format", format, espace=espace).stdout
        forged = [line for line in shown.splitlines() if line.startswith("::error::")]
        assert forged == [] and "\u202e" not in shown, format


def every_text(data: Any) -> Iterator[str]:
    """The texts of a report, but those of the rules, which are ours."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from every_text(value) if key not in {"rules", "artifactLocation"} else ()
    elif isinstance(data, list):
        for value in data:
            yield from every_text(value)
    elif isinstance(data, str):
        yield data


def test_sarif_says_where_the_tool_is_told_of_and_names_each_rule(examen: Examined) -> None:
    driver = run_of(sarif((), examen))["tool"]["driver"]
    assert driver["informationUri"].startswith("https://")
    names = [rule["name"] for rule in driver["rules"]]
    assert [name for name in names if not re.fullmatch(r"[A-Z0-9][A-Za-z0-9]{2,250}", name)] == []
    assert len(set(names)) == len(names)


def test_github_says_what_to_do_and_what_is_blocked(faulty: Path, lancer: Lancer) -> None:
    result = lancer("check", FICHE, "--format", "github", espace=faulty)
    error = commands(result.stdout)[0]
    assert "\nConseil : " in error["message"]
    assert error["message"].endswith("\nBloque : Convention tripartite.")
    assert result.stdout.splitlines()[-1] == "1 erreur, 1 alerte"


def test_gitlab_report_is_a_code_quality_report(faulty: Path, lancer: Lancer) -> None:
    schema = json.loads((PUBLIC / "gitlab-code-quality.schema.json").read_text(encoding="utf-8"))
    report = json.loads(lancer("check", "--format", "gitlab", espace=faulty).stdout)
    Draft202012Validator(schema).validate(report)
    severities = [entry["severity"] for entry in report if entry["location"]["path"] == FICHE]
    assert severities == ["blocker", "minor"]
    assert len({entry["fingerprint"] for entry in report}) == len(report) > 2


def test_gitlab_report_of_no_finding_is_an_empty_list(lancer: Lancer) -> None:
    assert json.loads(lancer("check", "--format", "gitlab").stdout) == []


def run_of(log: Any) -> dict[str, Any]:
    (run,) = log["runs"]
    return cast("dict[str, Any]", run)


@pytest.mark.parametrize("spoiled", [True, False])
def test_sarif_log_is_valid(spoiled: bool, espace: Path, faulty: Path, lancer: Lancer) -> None:
    schema = json.loads((PUBLIC / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    paths = () if spoiled else ("2025-021",)
    log = json.loads(lancer("check", *paths, "--format", "sarif", espace=faulty).stdout)
    Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    assert spoiled == bool(run_of(log)["results"])


def test_sarif_result_points_to_its_rule_and_place(faulty: Path) -> None:
    examined = read(faulty)
    run = run_of(sarif(examined.findings, examined))
    rules = run["tool"]["driver"]["rules"]
    for finding, result in zip(examined.findings, run["results"], strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert place["region"] == {"startLine": finding.line, "startColumn": finding.column}
        assert finding.message in result["message"]["text"]


def test_sarif_rule_carries_its_source_and_its_level(examen: Examined) -> None:
    rules = {r["id"]: r for r in run_of(sarif((), examen))["tool"]["driver"]["rules"]}
    assert set(rules) == {*examen.rules, *load_forms()}
    assert "sans quoi le prestataire" in rules["R-PRE-01"]["fullDescription"]["text"]
    assert rules["R-PRE-02"]["defaultConfiguration"]["level"] == "warning"


def test_sarif_names_the_other_rules_broken(examen: Examined) -> None:
    finding = Finding("R-PRE-01", Severity.ERREUR, "m", "a.yaml", also=("R-ID-02",))
    met = (Obstacle(finding, "convention", "dossiers/2025-003-calades-jabron"),)
    (result,) = run_of(sarif([finding], replace(examen, obstacles=met)))["results"]
    assert result["properties"] == {"aussi": ["R-ID-02"], "bloque": ["convention"]}


def test_sarif_encodes_paths(examen: Examined) -> None:
    path = "dossiers/été 2026/100 %.yaml"
    (result,) = run_of(sarif([Finding("S-CLE", Severity.INFO, "m", path)], examen))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\x21-\x7e]+", uri)
    assert unquote(uri) == path


@pytest.mark.parametrize("format", ["gitlab", "sarif"])
def test_a_report_is_readable_whatever_the_console(
    format: str, faulty: Path, lancer: Lancer
) -> None:
    assert lancer("check", "--format", format, espace=faulty).stdout.isascii()


@pytest.mark.parametrize("format", ["text", "json", "github", "gitlab", "sarif"])
def test_the_exit_code_is_the_same_in_every_format(
    format: str, faulty: Path, lancer: Lancer
) -> None:
    assert lancer("check", "--format", format, espace=faulty).exit_code == 1
    assert lancer("check", "2025-021", "--format", format, espace=faulty).exit_code == 0


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_paths_start_at_the_root_of_the_repository(kind: str, faulty: Path) -> None:
    inside = faulty.parent / "depot" / "dla alpes"
    shutil.move(faulty, inside)
    mark = inside.parent / ".git"
    mark.mkdir() if kind == "folder" else mark.write_text("gitdir: x\n", encoding="utf-8")
    examined = read(inside)
    finding = examined.findings[-1]
    assert repository_path(finding, examined) == f"dla alpes/{finding.path}"
    assert finding.path.startswith("dossiers/")


def marks(root: Path) -> dict[tuple[str, str], str]:
    examined = read(root)
    found = fingerprints(examined.findings, examined)
    assert len(found) == len(set(found)) == len(examined.findings)
    keys = [(f.code, f.message) for f in examined.findings]
    return dict(zip(keys, found, strict=True))


def test_fingerprints_last_when_lines_are_added_above(faulty: Path) -> None:
    before = marks(faulty)
    path = faulty / FICHE
    path.write_text("# note\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert before == marks(faulty)


def test_fingerprints_last_when_an_item_is_added_above(espace: Path) -> None:
    spoil(espace, "dossiers/territoire.yaml", ("mention:", "x-mention:"))
    before = marks(espace)
    new = "financeurs:\n  - {id: autre, nom: Autre, type: commune}\n"
    spoil(espace, "dossiers/territoire.yaml", ("financeurs:\n", new))
    after = marks(espace)
    assert set(before.values()) <= set(after.values())


def test_alike_findings_have_different_fingerprints(examen: Examined) -> None:
    one = Finding("R-RAP-04", Severity.ERREUR, "m", "a.yaml", pointer=("plan", 0, "echeance"))
    other = replace(one, line=9, pointer=("plan", 1, "echeance"))
    assert len(set(fingerprints([one, other], examen))) == 2


def test_a_fingerprint_does_not_count_days(examen: Examined) -> None:
    listed = [Finding("R-X-01", Severity.ALERTE, f"{n} jours", "a.yaml") for n in (3, 12)]
    assert fingerprints(listed[:1], examen) == fingerprints(listed[1:], examen)


def test_gitlab_takes_the_severity_of_the_finding(examen: Examined) -> None:
    listed = [Finding("S-CLE", severity, "m", "a.yaml") for severity in Severity]
    assert [e["severity"] for e in gitlab(listed, examen)] == ["critical", "minor", "info"]


def test_a_softened_rule_blocks_nothing_in_a_report(examen: Examined) -> None:
    finding = Finding("R-PRE-01", Severity.INFO, "m", "a.yaml")
    assert gitlab([finding], examen)[0]["severity"] == "info"


def test_fiches_are_counted_and_the_incomplete_named(faulty: Path, lancer: Lancer) -> None:
    result = lancer("check", "dossiers/prestataires", espace=faulty)
    assert result.exit_code == 1
    assert "  Bloque : Convention tripartite\n" in result.stdout
    last = result.stdout.replace("\u00a0", " ").splitlines()[-1]
    assert re.fullmatch(
        r"Fiches prestataires : \d+ complètes, 1 incomplète \(delphine-orsatelli\)", last
    )


def test_a_fiche_with_an_alert_alone_is_complete(espace: Path, lancer: Lancer) -> None:
    spoil(espace, FICHE, ("zones:\n", "zones: []\nx-zones:\n"))
    result = lancer("check", "delphine-orsatelli", espace=espace)
    assert result.exit_code == 0
    assert result.stdout.replace("\u00a0", " ").endswith("Fiches prestataires : 1 complète\n")


def test_fiches_are_not_counted_among_other_files(faulty: Path, lancer: Lancer) -> None:
    result = lancer("check", "dossiers/prestataires", "2025-003", espace=faulty)
    assert "Fiches prestataires" not in result.stdout
