"""What a forge is told holds no datum, and no report tells a bank account."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dla_docs.flow import Examined, examine
from dla_docs.model.accounts import unbanked, unbanked_line
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import Workspace
from dla_docs.report import machines, text
from dla_docs.report.veil import FORGES, Sight, in_a_forge
from tests.scenes import JOUR, Lancer

CALADES = "dossiers/2025-003-calades-jabron"
REGLEMENT = f"{CALADES}/ingenieries/bilan-organisation-finances/reglement.yaml"
STRUCTURE = "dossiers/structures/calades-jabron.yaml"
SENTINEL = re.compile(r"zqx|2087|7\D?13\d\D?\d\d\d", re.I)
"""What stands in each datum: in a text, in a day, in a number."""

Change = Callable[[Any, int], Any]


def every_text(datum: Any, rank: int) -> Any:
    return f"Zqx{rank}" if isinstance(datum, str) else datum


def long_texts(datum: Any, rank: int) -> Any:
    """Free texts and names alone: what is well formed stays so, and the rules read it."""
    free = isinstance(datum, str) and (" " in datum or not datum.islower()) and datum[:1].isalpha()
    return f"{datum} Zqx{rank}" if free else datum


def numbers(datum: Any, rank: int) -> Any:
    is_number = isinstance(datum, int | float) and not isinstance(datum, bool)
    return 7_130_000 + rank if is_number else datum


def days(datum: Any, rank: int) -> Any:
    is_day = isinstance(datum, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", datum)
    return f"2087-{rank % 12 + 1:02}-{rank % 28 + 1:02}" if is_day else datum


def altered(data: Any, change: Change, ranks: Iterator[int], keyed: bool) -> Any:
    """Data whose every leaf is changed; `keyed` adds an unknown key to each mapping."""
    if isinstance(data, dict):
        inner = {key: altered(item, change, ranks, keyed) for key, item in data.items()}
        return inner | ({f"zqx{next(ranks)}": "Zqx"} if keyed else {})
    if isinstance(data, list):
        return [altered(item, change, ranks, keyed) for item in data]
    return change(data, next(ranks))


def reports(findings: list[Finding], examined: Examined) -> str:
    """Everything that any format says of findings, but the names of the rules."""
    sarif: Any = machines.sarif(findings, examined)
    made: list[Any] = [text.finding_data(finding, examined) for finding in findings]
    made += [machines.gitlab(findings, examined), sarif["runs"][0]["results"]]
    lines = [*machines.github(findings, examined), *text.findings_lines(findings, examined)]
    said = "\n".join([json.dumps(made, ensure_ascii=False), *lines])
    # Fingerprints are figures that mean nothing.
    return re.sub(r"\b[0-9a-f]{32}\b", "", said)


@pytest.mark.parametrize(
    ("change", "files"),
    # Each of those breaks its schema, which is slow to tell: some kinds of files stand for all.
    [(every_text, "[2s]*/[cdp]*.yaml"), (long_texts, "**/*"), (numbers, "**/*"), (days, "**/*")],
)
def test_no_datum_is_told_to_a_forge(espace: Path, change: Change, files: str) -> None:
    ranks, keyed = iter(range(100_000)), change is every_text
    for path in (espace / "dossiers").glob(f"{files.removesuffix('.yaml')}.yaml"):
        if path.name != "territoire.yaml":
            data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
            plain = json.loads(json.dumps(data, default=str))
            content = altered(plain, change, ranks, keyed)
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    seen = Sight(examined, values=False).of(examined.findings)
    assert len(seen) > 10
    assert SENTINEL.search(reports([*examined.findings], examined)), "rien n’est éprouvé"
    said = reports(seen, examined)
    assert [said[m.start() - 60 : m.end()] for m in SENTINEL.finditer(said)] == []


ACCOUNTS = (
    "FR7630006000011234567890188",
    "FR76 3000 6000 0112 3456 7890 188",
    "fr76-3000-6000-0112-3456-7890-188",
    "30006 00001 12345678901 88",
    "BE68 5390 0754 7034",
)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_is_hidden_wherever_it_is_written(account: str) -> None:
    for words in (f"le compte {account} est faux", f"« {account} »", f"EI35 puis {account}"):
        hidden = unbanked(words)
        assert len(hidden) == len(words)
        assert not re.search(r"\d{4}", hidden)


@pytest.mark.parametrize(
    "words",
    [
        "il compte 12 345 678 € du 12 mars 2026 au 14 avril 2026",
        "SIRET 12345678200002, TVA FR40123456824, tél. 04 92 00 00 01",
        "du 2026-03-12 au 2026-04-12",
    ],
)
def test_other_numbers_stay(words: str) -> None:
    assert unbanked(words) == words


def test_a_line_whose_key_is_an_account_is_hidden() -> None:
    assert unbanked_line('  bic: "AGRIFRPP"') == "  bic: ••••••••••"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (REGLEMENT, "iban: .*", 'iban: "{}"'),
        (REGLEMENT, "iban: .*", 'ibann: "{}"'),
        (REGLEMENT, r"coordonnees_bancaires:\n.*\n.*", 'coordonnees_bancaires: "{}"'),
        (REGLEMENT, "iban: .*", 'iban: "{}" : faux'),
        (STRUCTURE, "^siret:", 'compte: "{}"\nsiret:'),
        (STRUCTURE, "^siret: .*", 'siret: "{}"'),
    ],
)
def test_no_report_tells_an_account(path: str, old: str, new: str, espace: Path) -> None:
    content = (espace / path).read_text(encoding="utf-8")
    spoilt, count = re.subn(old, new.format(ACCOUNTS[0]), content, count=1, flags=re.M)
    assert count == 1
    (espace / path).write_text(spoilt, encoding="utf-8")
    examined = examine(Workspace(espace), JOUR, ("2025-003",))
    findings = [f for f in examined.findings if f.path == path]
    assert findings
    said = reports(Sight(examined, values=True).of(findings), examined)
    assert "3000600001" not in said


def spoil(espace: Path) -> Path:
    content = (espace / STRUCTURE).read_text(encoding="utf-8")
    changed = re.sub("^siret: .*", 'siret: "98765"', content, flags=re.M)
    (espace / STRUCTURE).write_text(changed, encoding="utf-8")
    return espace


@pytest.mark.parametrize("format", ["github", "gitlab", "sarif"])
def test_a_format_of_a_forge_shows_the_data_only_when_asked(
    format: str, espace: Path, lancer: Lancer
) -> None:
    command = ("check", "2025-003", "--format", format)
    assert "98765" not in lancer(*command, espace=spoil(espace)).output
    assert "98765" in lancer(*command, "--montrer", espace=espace).output


@pytest.mark.parametrize("command", [("check",), ("check", "--format", "json"), ("status",)])
def test_in_a_forge_no_command_shows_the_data(
    command: tuple[str, ...], espace: Path, lancer: Lancer
) -> None:
    spoil(espace)
    hidden = lancer(*command, "2025-003", espace=espace, GITLAB_CI="true")
    shown = lancer(*command, "2025-003", espace=espace)
    assert "98765" not in hidden.output
    assert "98765" in shown.output
    assert "R-ID-02" in hidden.output or command == ("status",)


def test_a_refusal_in_a_forge_shows_no_datum(espace: Path, lancer: Lancer, tmp_path: Path) -> None:
    command = ("render", "2025-003", "-d", "convention", "-t", "html", "-o", tmp_path / "sortie")
    result = lancer(*command, espace=spoil(espace), GITHUB_ACTIONS="true")
    assert result.exit_code == 1
    assert "R-ID-02" in result.stderr and "98765" not in result.output


def test_a_terminal_or_a_test_is_no_forge() -> None:
    assert not in_a_forge({"CI": "true"})
    assert all(in_a_forge({name: "1"}) for name in FORGES)


def test_a_finding_without_public_words_is_told_by_its_title(examen: Examined) -> None:
    finding = Finding("R-COH-03", Severity.ERREUR, "zqx", "dossiers/territoire.yaml", hint="zqx")
    told, hint = Sight(examen, values=False).one(finding).told
    assert told.startswith("règle non respectée : Les montants")
    assert hint == ""
