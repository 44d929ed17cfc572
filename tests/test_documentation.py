"""The documentation cannot lie: its reference is fresh, its links lead, its commands answer so."""

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from dla_docs.cli import main
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.report.sources import names
from dla_docs.validate.faults import load_forms
from tests.scenes import JOUR, ROOT
from tools.reference_pages import pages

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PLAYED = [page for page in PAGES if re.search(r"^```(console|sh)$", page.read_text("utf-8"), re.M)]
NAMES = [page.relative_to(ROOT).as_posix() for page in PLAYED]
SHOWN_FOLDER = "/home/lea/mon-dla"
"""What pages write for the folder where a command runs."""
BLOCK = re.compile(r"^```(\w+)(?: ([^\s:]+)(?::(\d+))?)?\n(.*?)^```$", re.M | re.S)
GIVEN = re.compile(r"\]\((tutoriel/[\w-]+)\)")
"""A folder whose files a page gives its reader, who copies them on the workspace."""
STEP = re.compile(f"{BLOCK.pattern}|{GIVEN.pattern}", re.M | re.S)
TYPED = re.compile(r"^(?:\[[^\n]*\] |[^\n>]*\? \[oui\] )?> ?(.*)$|^… ?(.*)$", re.M)
"""What a person types in a dialogue that a page shows: what follows each prompt."""
WAITING = {"dla watch"}
"""Commands that end when a person ends them: tests/watch plays them with an end."""
TEXTS = {".py", ".yaml", ".json", ".j2", ".md"}
LINK = re.compile(r"\]\((?!https?:|#)([^)#]*)(?:#([^)]*))?\)")


def written_pages() -> str:
    """What people wrote: all pages but the generated reference."""
    return "\n".join(p.read_text("utf-8") for p in PAGES if p.parent.name != "reference")


def commands(group: Any, path: str = "dla") -> Iterator[tuple[str, Any]]:
    """Each command with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{path} {name}", command
        yield from commands(command, f"{path} {name}") if hasattr(command, "commands") else ()


def options() -> set[str]:
    listed = [main, *(command for _, command in commands(main))]
    return {o for c in listed for p in c.params for o in p.opts if o.startswith("--")}


def folded(text: str) -> list[str]:
    """Lines with every space, unbreakable or not, as one ordinary space."""
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def run(
    command: str, monkeypatch: pytest.MonkeyPatch, folder: Path, typed: Iterable[str] = ()
) -> tuple[str, int]:
    """What a `dla …` line answers in a folder, and its exit code.

    A question is shown as in a terminal: what is typed stands after it.
    """
    answers = iter(typed)

    def line(prompt: str) -> str | None:
        answer = next(answers, None)
        click.echo(f"{prompt}{answer or ''}")
        return answer

    monkeypatch.chdir(folder)
    monkeypatch.setattr("dla_docs.cli.terminal.line", line)
    result = CliRunner().invoke(main, shlex.split(command, comments=True)[1:], prog_name="dla")
    answer = result.output.replace("\\", "/").replace(folder.as_posix(), SHOWN_FOLDER)
    return answer, result.exit_code


def write(folder: Path, name: str, line: str, content: str) -> None:
    """Put a block where it says: a whole file, or in place of as many lines from one on."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if line:
        lines, start = path.read_text("utf-8").splitlines(), int(line) - 1
        lines[start : start + content.count("\n")] = content.splitlines()
        content = "\n".join(lines) + "\n"
    path.write_text(content, encoding="utf-8")


def replay(console: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    """A console block as a fresh run would show it; only `dla` and `echo $?` are run."""
    shown, code = [], 0
    for part in re.split(r"^(?=\$ )", console, flags=re.M)[1:]:
        line, _, below = part.partition("\n")
        typed = ["".join(said) for said in TYPED.findall(below)]
        asked = run(line[2:], monkeypatch, folder, typed) if "$?" not in line else (str(code), 0)
        answer, code = asked
        shown += [line, answer]
    return "\n".join(part.rstrip("\n") for part in shown if part)


def played(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """What a page shows of each console block, and what a reader who follows it would see."""
    for language, file, line, content, given in STEP.findall(text):
        if given:
            shutil.copytree(ROOT / "docs" / given, folder, dirs_exist_ok=True)
        elif file:
            write(folder, file, line, content)
        elif language == "console":
            yield content, replay(content, monkeypatch, folder)


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a page begins: an empty folder for the tutorial, the demonstration elsewhere."""
    folder = tmp_path.resolve() / "mon-dla"
    folder.mkdir()
    if "tutoriel" in request.node.name:
        # Its dossier ends in 2026: later, other delays would have passed.
        monkeypatch.setenv("DLA_DATE", JOUR.isoformat())
    else:
        shutil.copytree(ROOT / "dossiers", folder / "dossiers")
    return folder


@pytest.mark.parametrize("name", sorted(pages(Workspace(ROOT))))
def test_reference_pages_are_up_to_date(name: str) -> None:
    expected = pages(Workspace(ROOT))[name]
    assert expected == (ROOT / "docs/reference" / name).read_text("utf-8"), "make docs"


@pytest.mark.parametrize("name", [name for name, _ in commands(main)])
def test_every_command_is_documented(name: str) -> None:
    assert re.search(rf"{re.escape(name)}\b", written_pages())


@pytest.mark.parametrize("option", sorted(options()))
def test_every_option_is_documented(option: str) -> None:
    assert re.search(rf"{re.escape(option)}\b", written_pages())


def test_trying_takes_exactly_two_commands() -> None:
    section = (ROOT / "README.md").read_text("utf-8").partition("## Essayer et contribuer")[2]
    block = BLOCK.search(section)
    assert block is not None
    assert block[4].split("\n")[:-1] == ["make demo", "make test"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        path = (page.parent / target).resolve()
        assert path.exists(), target
        assert not anchor or anchor in anchors(path.read_text("utf-8")), f"{target}#{anchor}"


def anchors(text: str) -> set[str]:
    """The anchors of a page as forges make them from its headings, and those written in it."""
    headings = re.findall(r"^#+ (.*)$", text, re.M)
    slugs = {re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("name", NAMES)
def test_commands_answer_as_the_page_shows(
    name: str, start: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    text = (ROOT / name).read_text("utf-8")
    for page, seen in played(text, start, monkeypatch):
        if folded(page) != folded(seen) and request.config.getoption("--maj"):
            text = text.replace(page, f"{seen}\n")
            (ROOT / name).write_text(text, encoding="utf-8")
            continue
        assert folded(page) == folded(seen)


@pytest.mark.campagne
@pytest.mark.parametrize("name", NAMES)
def test_every_plain_command_of_a_page_succeeds(
    name: str, start: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = BLOCK.findall((ROOT / name).read_text("utf-8"))
    plain = "".join(content for language, _, _, content in blocks if language == "sh")
    for command in re.findall(r"^dla .*$", plain, re.M):
        if command in WAITING:
            continue
        assert run(narrowed(command), monkeypatch, start)[1] == 0, command


def narrowed(command: str) -> str:
    """A command as it is played: what renders everything renders a type in one format.

    Tests of the products render every document in all formats, twice, and compare their bytes.
    """
    words = shlex.split(command, comments=True)
    whole = words[:2] == ["dla", "render"] and words[2:3] in ([], ["--output"])
    if not whole:
        return command
    return f"{shlex.join(words)} --document fiche-comite --to html"


def test_every_code_of_form_is_explained() -> None:
    guide = (ROOT / "docs/guides/corriger-les-constats.md").read_text("utf-8")
    assert set(load_forms()) == set(re.findall(r"^\| `(S-[A-Z]+)`", guide, re.M))


def test_every_cited_source_is_described() -> None:
    page = (ROOT / "docs/explications/les-regles-et-leurs-sources.md").read_text("utf-8")
    files = [*ROOT.glob("schemas/regles/*.yaml"), *ROOT.glob("templates/*/document.yaml")]
    text = "".join(path.read_text("utf-8") for path in files)
    cited = set(re.findall(r"\[(?:P\d+|seed \d+|inferred)\]", text))
    assert set() == {mark for mark in cited if f"| {mark} | {names().get(mark)} |" not in page}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    declared = {*project["project"]["dependencies"], *groups["dev"], *groups["bench"]}
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert declared == set(re.findall(r"^\| `([\w-]+>=[\d.]+)` \| \S", page, re.M))


def test_the_architecture_draws_every_package() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    packages = {path.parent.name for path in ROOT.glob("dla_docs/*/__init__.py")}
    rooms = {path.name for path in ROOT.glob("dla_docs/[!_]*.py")}
    drawn = {f"{name}/" for name in packages} | rooms
    drawing = page[page.index("```text") : page.index("```\n\n`tools/`")]
    assert [name for name in drawn if not re.search(rf"(?<!\S){re.escape(name)} ", drawing)] == []


TOPS = "dla_docs schemas templates dossiers tests tools docs benchmarks".split()
HOLE = re.compile(r"<[^>]+>|…")


def named_paths() -> Iterator[tuple[str, str]]:
    """Every path of the project that a page names in code, with that page; `<…>` is any name."""
    for page in PAGES:
        text = page.read_text("utf-8")
        # What a page writes itself is not there yet; `_donnees` is a folder of the wheel.
        made = {name for _, name, _, _ in BLOCK.findall(text)}
        text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
        for name in set(re.findall(r"`([\w./<>…é*-]+)`", text)) - made:
            if name.split("/")[0] in TOPS and "/" in name and "/_donnees/" not in name:
                yield page.relative_to(ROOT).as_posix(), name
            elif name.endswith(".py") and "/" not in name:
                yield page.relative_to(ROOT).as_posix(), f"**/{name}"


def test_every_path_that_a_page_names_is_there() -> None:
    folders = [ROOT, package_data("templates") / "_espace" / "fichiers"]
    absent = [
        (page, name)
        for page, name in named_paths()
        if page != "CHANGELOG.md" and not any(any(f.glob(HOLE.sub("*", name))) for f in folders)
    ]
    assert absent == []


def test_nothing_that_is_read_writes_a_word_in_two_genders() -> None:
    folders = (
        "dla_docs/**/*.py",
        "dla_docs/**/*.yaml",
        "schemas/**/*",
        "templates/**/*",
        "docs/**/*.md",
    )
    read = [path for folder in folders for path in ROOT.glob(folder) if path.suffix in TEXTS]
    found = [
        f"{path.relative_to(ROOT)} : {word}"
        for path in [*read, ROOT / "README.md"]
        for word in re.findall(r"\w+·\w+", path.read_text("utf-8"))
    ]
    assert len(read) > 100
    assert found == []
