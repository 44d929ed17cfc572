"""The shape of the package: who imports what, how long things are, what is never called."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dla_docs.model.resources import package_data

PACKAGE = Path(__file__).resolve().parent.parent / "dla_docs"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = (
    "model engines load validate charter documents create check select context tree formats "
    "write flow follow report cli"
).split()
"""The packages from the lowest on: each imports only those before it."""
FLOOR = {name: rank for rank, name in enumerate(FLOORS)}
ROOMS = {"flow", "select", "write"}
"""The only modules at the root of the package: the whole way, its fourth stage and its last."""
OWNERS = {
    "yaml": {"load.yaml_reader"},
    "jinja2": {"tree.compiled", "tree.template"},
    "jsonschema": {"validate.validate"},
    "jsonschema_rs": {"validate.fast"},
    "pypandoc": set(),
    "typst": {"engines.typst"},
    "click": {f"cli.{p.stem}".removesuffix(".__init__") for p in (PACKAGE / "cli").glob("*.py")},
    "lxml": {"engines.images", "formats.*"},
    "pptx": {"formats.slides.presentation"},
    "stdnum": {"validate.formats"},
    "phonenumbers": {"validate.formats"},
    "email_validator": {"validate.formats"},
}
"""The modules that know a big library; `formats.*` is a whole package."""
MAX_MODULE = 400
MAX_FUNCTION = 60

every = pytest.mark.parametrize("path", MODULES, ids=lambda p: name_of(p))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The full names a module imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(path: Path) -> set[str]:
    """The modules of the package that a module imports."""
    prefix = "dla_docs."
    names = {name.removeprefix(prefix) for name in imported(path) if name.startswith(prefix)}
    known = {name_of(module).removesuffix(".__init__") for module in MODULES}
    return {name for name in names if name in known}


@every
def test_a_library_is_known_by_its_owner_alone(path: Path) -> None:
    used = {name.split(".")[0] for name in imported(path)} & set(OWNERS)
    name = name_of(path).removesuffix(".__init__")
    names = {name, f"{name.split('.')[0]}.*"}
    assert set() == {library for library in used if not names & OWNERS[library]}


def test_every_owner_uses_its_library() -> None:
    used = {name.split(".")[0] for path in MODULES for name in imported(path)}
    assert {library for library, owners in OWNERS.items() if owners} == used & set(OWNERS)


def test_the_packages_are_the_floors() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(FLOORS) - ROOMS


def test_nothing_else_lies_at_the_root() -> None:
    assert {p.stem for p in PACKAGE.glob("*.py")} == {*ROOMS, "__init__", "__main__"}


@every
def test_a_package_imports_only_those_below_it(path: Path) -> None:
    floor = FLOOR.get(name_of(path).split(".")[0], len(FLOORS))
    above = {name for name in own(path) if FLOOR.get(name.split(".")[0], -1) > floor}
    assert above == set()


@every
def test_a_module_stays_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_MODULE


@every
def test_a_function_fits_a_screen(path: Path) -> None:
    functions = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MAX_FUNCTION]
    assert long == []


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last word of what is called."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield node, function.attr
            elif isinstance(function, ast.Name):
                yield node, function.id


@every
def test_nothing_prints(path: Path) -> None:
    assert [call.lineno for call, name in calls(path) if name == "print"] == []


@every
def test_text_is_read_and_written_with_its_encoding(path: Path) -> None:
    wrong = []
    for call, name in calls(path):
        words = {keyword.arg for keyword in call.keywords}
        modes = [a.value for a in call.args if isinstance(a, ast.Constant)]
        text = name in {"read_text", "write_text"} or (name == "open" and not archive(call))
        if text and "encoding" not in words and not {"rb", "wb"} & set(modes):
            wrong.append(call.lineno)
    assert wrong == []


def archive(call: ast.Call) -> bool:
    """Whether `open` is that of a module of archives, which hold bytes."""
    function = call.func
    holder = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(holder, ast.Name) and holder.id in {"tarfile", "zipfile", "archive", "tar"}


@every
def test_the_clock_and_chance_stay_out_of_the_stages(path: Path) -> None:
    attributes = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.Attribute)]
    used = {f"{n.value.id}.{n.attr}" for n in attributes if isinstance(n.value, ast.Name)}
    clock = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
    clock |= {"time.localtime", "time.gmtime", "time.strftime"}
    found = (used & clock) | ({"random", "uuid", "secrets"} & set(imported(path)))
    assert name_of(path).startswith("cli.") or set() == found


@every
def test_nothing_goes_to_the_network(path: Path) -> None:
    network = {"socket", "http", "urllib", "requests", "httpx", "ssl", "ftplib", "smtplib"}
    assert set() == network & {name.split(".")[0] for name in imported(path)}


@every
def test_nothing_runs_what_the_data_says(path: Path) -> None:
    forbidden = {"eval", "exec", "compile", "__import__", "fork", "system", "popen"}
    found = [name for call, name in calls(path) if name in forbidden]
    # `re.compile` and `typst.compile` run nothing of the data.
    assert set() == set(found) - {"compile"}


@every
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert (ast.get_docstring(tree_of(path)) or "").strip()


@pytest.mark.parametrize("kind", ["schemas", "templates"])
def test_data_folders_hold_no_program(kind: str) -> None:
    assert list(package_data(kind).rglob("*.py")) == []


@every
def test_a_module_can_be_imported_alone(path: Path) -> None:
    name = "dla_docs" if path.name == "__init__.py" and path.parent == PACKAGE else None
    module = name or f"dla_docs.{name_of(path).removesuffix('.__init__')}"
    if module != "dla_docs.__main__":
        __import__(module)
    assert module == "dla_docs.__main__" or module in sys.modules


def test_paths_are_short_enough_for_windows() -> None:
    root = PACKAGE.parent
    folders = [root / name for name in ("dla_docs", "schemas", "templates", "dossiers", "tests")]
    paths = [p.relative_to(root).as_posix() for folder in folders for p in folder.rglob("*")]
    assert [path for path in paths if len(path) > 150] == []
