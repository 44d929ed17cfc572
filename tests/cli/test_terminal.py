"""Where words leave: what a name or a value holds never speaks in our name, nor ends a command."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dla_docs.cli import main, terminal
from dla_docs.model.words import harmless, one_line, visible
from tests.scenes import Lancer

FORGED = "a\n::error::faux\r\x1b[31m\x9b1m\u202egnp\u2066\u2028\u061c\udcff\U000e0041"
"""A line of its own, colours, letters turned the other way, no letter at all."""
NAME = "a\n::error::faux ##[error]x ##vso[task]\x1b[31m\u202egnp.yaml"
FORMATS = ("text", "json", "github", "gitlab", "sarif")


def test_a_line_stays_one_and_shows_what_it_hides() -> None:
    shown = one_line(FORGED)
    assert shown.isprintable()
    assert "⟨U+000A⟩" in shown and "⟨U+202E⟩gnp" in shown and "⟨U+DCFF⟩" in shown


@pytest.mark.parametrize("text", ["été", "a : b", "« c » d’e", "##", "a::b", "x  # y"])
def test_an_ordinary_line_is_left_as_it_is(text: str) -> None:
    assert one_line(text) == visible(text) == text


@pytest.mark.parametrize(
    "text",
    ["::error::x", "  ::set-env::x", "\u00a0::x::", "a ##[error]x", "##VSO[task.x]", "###[x]"],
)
def test_a_line_commands_nothing_to_a_forge(text: str) -> None:
    shown = one_line(text)
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown and "##vso[" not in shown.lower()


def test_a_mark_of_command_keeps_its_value_in_json() -> None:
    written = harmless(json.dumps({"a": "\\##[error]"}), "\\u{:04x}")
    assert "##[" not in written
    assert json.loads(written) == {"a": "\\##[error]"}


@pytest.fixture
def small(tmp_path: Path, racine: Path) -> Path:
    """A workspace with its territory and its years alone: read at once."""
    shutil.copytree(racine / "dossiers/logos", tmp_path / "dossiers/logos")
    shutil.copytree(racine / "dossiers/activite", tmp_path / "dossiers/activite")
    shutil.copy(racine / "dossiers/territoire.yaml", tmp_path / "dossiers")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows n’a pas de tels noms")
@pytest.mark.parametrize("format", FORMATS)
def test_a_name_forges_nothing_in_any_format(format: str, small: Path, lancer: Lancer) -> None:
    for name in (NAME, "bad\udcff.yaml", "::error::x.yaml"):
        (small / "dossiers" / name).write_text('"b\\n::error::faux\\e[31m": 1\n', encoding="utf-8")
    result = lancer("check", "--format", format, espace=small)
    assert result.exit_code == 1
    lines = (result.stdout + result.stderr).split("\n")
    assert all(line.isprintable() for line in lines)
    ours = "::error file=" if format == "github" else " "
    assert not [line for line in lines if line.lstrip().startswith("::") and ours not in line]
    assert not [line for line in lines if "##[" in line or "##vso[" in line]
    if format not in {"text", "github"}:
        assert len(json.loads(result.stdout)) >= 1


@pytest.mark.skipif(os.name == "nt", reason="Windows n’a pas de tels noms")
@pytest.mark.parametrize(
    "words", [("check",), ("status",), ("render",), ("verify",), ("explain",), ()]
)
def test_an_argument_that_is_refused_forges_nothing(
    words: tuple[str, ...], lancer: Lancer, small: Path
) -> None:
    result = lancer(*words, FORGED, espace=small)
    assert result.exit_code in {1, 2, 3}
    assert all(line.isprintable() for line in (result.stdout + result.stderr).split("\n"))
    assert not any(line.startswith("::") for line in result.stderr.split("\n"))


@pytest.mark.skipif(os.name == "nt", reason="Windows n’a pas de tels noms")
def test_a_path_that_is_printed_forges_nothing(lancer: Lancer, tmp_path: Path) -> None:
    result = lancer("init", tmp_path / "::error::a\n::error::b")
    assert result.exit_code == 0, result.output
    assert "::error::a⟨U+000A⟩::error::b" in result.stdout
    assert not any(line.startswith("::") for line in result.output.split("\n"))


def dla(*words: str, **streams: int | None) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "dla_docs", *words]
    return subprocess.run(
        command,
        stdout=streams.get("stdout", subprocess.PIPE),
        stderr=streams.get("stderr", subprocess.PIPE),
        check=False,
        timeout=60,
    )


FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="Linux seul a /dev/full")


@needs_full
@pytest.mark.parametrize("words", [("explain", "S-TYPE"), ("check", "--help")])
def test_an_output_that_is_full_is_told_with_code_3(words: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        result = dla(*words, stdout=full.fileno())
    assert result.returncode == 3
    told = result.stderr.decode()
    assert told.startswith("Erreur : la sortie ne peut pas être écrite : le disque est plein\n")
    assert len(told.splitlines()) == 2


@needs_full
def test_what_cannot_be_told_on_stderr_keeps_its_code() -> None:
    with FULL.open("wb") as full:
        assert dla("explain", "R-RIEN-00", stderr=full.fileno()).returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="sous Windows, un tube se ferme autrement")
def test_a_reader_that_leaves_is_not_told_of() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = dla("explain", "S-TYPE", stdout=writing)
    os.close(writing)
    assert (result.returncode, result.stderr) == (terminal.BROKEN_PIPE, b"")


@pytest.mark.skipif(os.name == "nt", reason="les flux se ferment par le shell")
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_verdict(closed: str, small: Path) -> None:
    command = f'"$0" -m dla_docs --workspace "$1" clean {closed}'
    arguments = ["sh", "-c", command, sys.executable, str(small)]
    result = subprocess.run(arguments, capture_output=True, check=False, timeout=60)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="les flux se ferment par le shell")
def test_no_file_takes_the_number_of_a_closed_stream() -> None:
    code = "import os; from dla_docs.cli.terminal import prepare; prepare(); os.open('/', 0)"
    command = f'"$0" -c "{code}; os.write(1, b\'x\')" >&- 2>&-'
    arguments = ["sh", "-c", command, sys.executable]
    assert subprocess.run(arguments, capture_output=True, check=False).returncode == 0


def test_a_bare_environment_stops_nothing(small: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    bare |= {"PYTHONOPTIMIZE": "2", "COLUMNS": "10", "HOME": ""}
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "SYSTEMROOT"}}
    command = [sys.executable, "-m", "dla_docs", "--workspace", str(small), "check"]
    result = subprocess.run(
        command, env={**kept, **bare}, capture_output=True, check=False, timeout=60
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"Aucun constat" in result.stdout


def test_json_in_a_console_that_lacks_signs_loses_none(small: Path) -> None:
    command = ["--workspace", str(small), "list", "regles", "--json"]
    rules = json.loads(CliRunner(charset="ascii").invoke(main, command).stdout)
    assert any("é" in rule["titre"] for rule in rules)


def test_an_error_of_the_machine_is_no_defect_of_ours(
    lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> str:
        raise PermissionError(13, "Permission denied", "territoire.yaml")

    monkeypatch.setattr("dla_docs.cli.common.Options.find", refuse)
    result = lancer("check")
    assert result.exit_code == 3
    assert result.stderr.startswith("Erreur : territoire.yaml ne peut pas être lu")


def test_a_lack_of_memory_is_told(lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> str:
        raise MemoryError

    monkeypatch.setattr("dla_docs.cli.common.Options.find", refuse)
    result = lancer("check")
    assert result.exit_code == 3
    assert "la mémoire manque" in result.stderr
