"""The CI files that `dla init` copies: valid for their readers, and their commands are ours."""

import json
import re
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

from dla_docs.cli import main
from dla_docs.model.resources import package_data
from tests.scenes import ROOT

CI = package_data("templates") / "_espace" / "ci"
GITHUB, GITLAB = CI / ".github/workflows/dla.yml", CI / ".gitlab-ci.yml"
GUIDE = ROOT / "docs/guides/integration-continue.md"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
COMMAND = re.compile(r"^[\s#]*(?:-\s+)?(?:run:|entry:|-)?\s*(dla [^\n>|]*)", re.M)


def faults(path: Path, name: str) -> list[str]:
    """What the public schema of a CI file says of one."""
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    validator = Draft7Validator(schema, format_checker=FormatChecker(()))
    return [error.message for error in validator.iter_errors(loaded(path))]


def loaded(path: Path) -> Any:
    """YAML 1.2 as forges read it: `on` is a word."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in data.items()}


@pytest.mark.parametrize(
    ("path", "name"),
    [(GITHUB, "github-workflows"), (GITLAB, "gitlab-ci")],
    ids=["github", "gitlab"],
)
def test_a_ci_file_is_valid_for_its_forge(path: Path, name: str) -> None:
    assert faults(path, name) == []


def test_the_public_schema_refuses_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "dla.yml"
    path.write_text(GITHUB.read_text("utf-8").replace("runs-on:", "run-on:"), encoding="utf-8")
    assert faults(path, "github-workflows") != []


def parsed(words: list[str]) -> None:
    """Parse a command line as click does, without running it; raises on what is unknown."""
    command: click.Command = main
    while words:
        name = words[0] if words else "dla"
        context = command.make_context(name, words[1:], resilient_parsing=False)
        if not isinstance(command, click.Group):
            return
        rest = [*context._protected_args, *context.args]
        found = command.get_command(context, rest[0]) if rest else None
        assert found is not None, words
        command, words = found, rest


@pytest.mark.parametrize("path", [GITHUB, GITLAB, HOOKS, GUIDE], ids=lambda path: path.name)
def test_every_dla_command_of_a_ci_file_exists(path: Path) -> None:
    commands = COMMAND.findall(path.read_text(encoding="utf-8"))
    assert commands
    for line in commands:
        parsed(shlex.split(line.partition("#")[0]))


def test_an_unknown_option_would_be_seen() -> None:
    with pytest.raises(click.UsageError):
        parsed(["dla", "check", "--sarif"])


def test_the_gitlab_report_is_the_one_written() -> None:
    job = loaded(GITLAB)["controle"]
    report = job["artifacts"]["reports"]["codequality"]
    assert f"dla check --format gitlab > {report} || true" in job["script"]
    assert job["script"][-1] == "dla check"


def test_the_hook_reads_everything_each_time() -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("dla-check", "dla check", "python")
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
