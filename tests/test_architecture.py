"""The shape of the package: who imports what, how long things are, what is never called."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from dla_docs.model.resources import package_data

PACKAGE = Path(__file__).resolve().parent.parent / "dla_docs"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = (
    "disk model confined engines reading load validate charter documents edit create gather memory "
    "check agenda select context drawings tree forms formats lists cluster make workshop produced "
    "spared flow sweep watch messages follow judge receive report cli"
).split()
"""The packages from the lowest on: each imports only those before it."""
FLOOR = {name: rank for rank, name in enumerate(FLOORS)}
ROOMS = {"flow", "make", "produced", "select", "spared", "sweep", "workshop"}
"""The only modules at the root of the package: the whole way, what is asked of every unit, its
fourth stage, how a document is made and where, what need not be, and its last act."""
OWNERS = {
    "yaml": {"load.yaml_reader"},
    "jinja2": {
        *("tree.adapted", "tree.allowed", "tree.compiled", "tree.counted"),
        *("tree.sandbox", "tree.template"),
    },
    "jsonschema": {"validate.breaches"},
    "jsonschema_rs": {"validate.fast"},
    "pypandoc": set(),
    "typst": {"engines.typst"},
    "click": {f"cli.{p.stem}".removesuffix(".__init__") for p in (PACKAGE / "cli").glob("*.py")},
    "lxml": {"engines.svg", "engines.svg_bounds", "engines.office_text", "formats.*", "reading.*"},
    "PIL": {"engines.raster"},
    "pptx": {"formats.slides.letters", "formats.slides.presentation"},
    "xlsxwriter": {"formats.native_charts", "formats.sheets.workbook"},
    "pikepdf": {"formats.pdf_fields", "reading.pdf"},
    "pypdfium2": {"reading.pdf_text"},
    "python_calamine": {"engines.worksheets"},
    "fontTools": {"engines.fonts", "engines.subsets", "engines.winansi"},
    "stdnum": {"validate.formats"},
    "phonenumbers": {"validate.formats"},
    "email_validator": {"validate.formats"},
    "distributed": {"cluster.cluster"},
    "watchfiles": {"watch.changes"},
}
"""The modules that know a big library; `formats.*` is a whole package."""
MAX_MODULE = 350
MAX_FUNCTION = 48
"""Lines; the most that was there when they were set, so that nothing grows in silence."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def offenders(wrong: Callable[[Path], object]) -> dict[str, object]:
    """What is wrong in each module, those without fault left out."""
    return {name_of(path): fault for path in MODULES if (fault := wrong(path))}


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


def foreign(path: Path) -> set[str]:
    """The libraries that a module uses without being their owner."""
    used = {name.split(".")[0] for name in imported(path)} & set(OWNERS)
    name = name_of(path).removesuffix(".__init__")
    names = {name, f"{name.split('.')[0]}.*"}
    return {library for library in used if not names & OWNERS[library]}


def test_a_library_is_known_by_its_owner_alone() -> None:
    assert offenders(foreign) == {}


def test_every_owner_uses_its_library() -> None:
    used = {name.split(".")[0] for path in MODULES for name in imported(path)}
    assert {library for library, owners in OWNERS.items() if owners} == used & set(OWNERS)


PATHS = set(
    "open read_text read_bytes write_text write_bytes touch unlink rmdir mkdir rename symlink_to "
    "hardlink_to readlink iterdir glob rglob resolve absolute samefile stat lstat exists is_file "
    "is_dir is_symlink is_fifo chmod expanduser FileSystemLoader".split()
)
"""The methods of a path that reach the disk, whatever they are called on."""
SYSTEM = set("environ name sep path relpath getpid fsdecode fsencode cpu_count devnull".split())
"""What a module may ask of `os`: nothing that reaches the disk."""
REACHING = set("shutil tempfile subprocess glob fileinput mmap tarfile multiprocessing".split())
"""The modules that do nothing else."""
DOORS = {
    # What it prints on, which it keeps apart from what a library would print.
    "cli.terminal": {"open", "os.fstat", "os.close", "os.dup", "os.dup2", "os.set_inheritable"},
    # Our own processes: their pipes, their limits, their end.
    "confined.clock": set(
        "os.pipe os.fork os.close os.read os.write os.kill os.waitpid os.WIFSIGNALED "
        "os.WTERMSIG os.WEXITSTATUS".split()
    ),
    "confined.children": {"subprocess", "os.killpg", "os.read"},
    "confined.limits": {"os.killpg", "os.getpgrp", "os._exit"},
    "confined.process": {"subprocess"},
    "confined.worker": {"os.fdopen", "os.dup", "os.dup2"},
    # A program: that of a package, and the git of the machine, looked for where it is installed.
    "engines.pandoc": {"subprocess"},
    "engines.git": {"subprocess", "shutil", "resolve", "absolute"},
    # A part of an archive that is in memory.
    "engines.archives": {"open"},
    # The folder `.git`, which the door refuses: looked at, no link of it followed.
    "follow.repository": set(
        "os.lstat lstat os.lexists os.realpath os.scandir exists is_dir is_file is_symlink".split()
    ),
}
"""What is left to a module outside of `disk/`, with its reason."""


def ours(path: Path) -> set[str]:
    """The names that a module takes from the package."""
    nodes = (n for n in ast.walk(tree_of(path)) if isinstance(n, ast.ImportFrom))
    named = (n for n in nodes if (n.module or "").startswith("dla_docs."))
    return {alias.asname or alias.name for node in named for alias in node.names}


def reaches(call: ast.Call, word: str) -> bool:
    """Whether a call reaches the disk by itself: as the method of a path, or as a built-in."""
    if word == "ZipFile":
        # An archive is read from bytes: by its name, a link would be followed.
        given = ast.unparse(call.args[0])
        return not (given == "buffer" or given.startswith(("io.BytesIO(", "BytesIO(")))
    if word == "replace" and isinstance(call.func, ast.Attribute):
        # Texts take two, dates and data name theirs.
        return len(call.args) == 1 and not call.keywords
    return word in PATHS


def asked(path: Path) -> set[str]:
    """What a module asks of the disk by itself, or of another program."""
    own_names, found = ours(path), {name.split(".")[0] for name in imported(path)} & REACHING
    for call, word in calls(path):
        if not (isinstance(call.func, ast.Name) and word in own_names) and reaches(call, word):
            found.add(word)
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"os", "os.path"}:
            found |= {f"os.{node.attr}"} - {f"os.{name}" for name in SYSTEM}
    return found


def reaching(path: Path) -> set[str]:
    """What a module asks without leave; the disk itself may."""
    name = name_of(path)
    return set() if name.startswith("disk.") else asked(path) - DOORS.get(name, set())


def test_the_disk_is_reached_through_its_door_alone() -> None:
    assert offenders(reaching) == {}


def test_every_other_door_is_in_use() -> None:
    names = {name_of(path): path for path in MODULES}
    unused = {name: leave - asked(names[name]) for name, leave in DOORS.items()}
    assert {name: found for name, found in unused.items() if found} == {}


def test_the_packages_are_the_floors() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(FLOORS) - ROOMS


def test_nothing_else_lies_at_the_root() -> None:
    assert {p.stem for p in PACKAGE.glob("*.py")} == {*ROOMS, "__init__", "__main__"}


def above(path: Path) -> set[str]:
    """What a module imports from a higher floor."""
    floor = FLOOR.get(name_of(path).split(".")[0], len(FLOORS))
    return {name for name in own(path) if FLOOR.get(name.split(".")[0], -1) > floor}


def test_a_package_imports_only_those_below_it() -> None:
    assert offenders(above) == {}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_module_stays_short() -> None:
    assert {name_of(path): lines(path) for path in MODULES if lines(path) > MAX_MODULE} == {}


def long_functions(path: Path) -> list[str]:
    functions = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef)]
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MAX_FUNCTION]


def test_a_function_fits_a_screen() -> None:
    assert offenders(long_functions) == {}


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last word of what is called."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield node, function.attr
            elif isinstance(function, ast.Name):
                yield node, function.id


def test_nothing_prints() -> None:
    assert offenders(lambda path: [c.lineno for c, name in calls(path) if name == "print"]) == {}


SPEAKING = {"echo", "secho", "prompt", "confirm", "progressbar", "style", "print", "pause"}
"""What writes to a terminal, by its last word."""


def speaking(path: Path) -> list[int]:
    """The lines where a module writes to the terminal by itself, or holds a stream to do it."""
    streams = {"stdout", "stderr", "stdin", "__stdout__", "__stderr__"}
    lines = [call.lineno for call, name in calls(path) if name in SPEAKING]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and node.attr in streams:
            holder = node.value
            lines += [node.lineno] if isinstance(holder, ast.Name) and holder.id == "sys" else []
    return lines


def test_one_door_alone_leads_to_the_terminal() -> None:
    assert set(offenders(speaking)) == {"cli.terminal"}


def without_encoding(path: Path) -> list[int]:
    """The lines where a text is opened in whatever encoding the machine has."""
    wrong = []
    for call, name in calls(path):
        words = {keyword.arg for keyword in call.keywords}
        modes = [a.value for a in call.args if isinstance(a, ast.Constant)]
        text = name in {"read_text", "write_text"} or (name == "open" and not archive(call))
        if text and "encoding" not in words and not {"rb", "wb", "xb"} & set(modes):
            wrong.append(call.lineno)
    return wrong


def test_text_is_read_and_written_with_its_encoding() -> None:
    assert offenders(without_encoding) == {}


def archive(call: ast.Call) -> bool:
    """Whether `open` is that of a module of archives or of the system, which hold bytes."""
    function = call.func
    holder = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(holder, ast.Name) and holder.id in {"tarfile", "zipfile", "archive", "os"}


def unsteady(path: Path) -> set[str]:
    """What a module takes from the clock or from chance; a command may ask what day it is."""
    attributes = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.Attribute)]
    used = {f"{n.value.id}.{n.attr}" for n in attributes if isinstance(n.value, ast.Name)}
    clock = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
    clock |= {"time.localtime", "time.gmtime", "time.strftime"}
    return (used & clock) | ({"random", "uuid", "secrets"} & set(imported(path)))


def test_the_clock_and_chance_stay_out_of_the_stages() -> None:
    told = offenders(unsteady)
    # The disk makes names that nobody can guess, which no stage sees.
    assert {n: f for n, f in told.items() if not n.startswith(("cli.", "disk."))} == {}


def test_nothing_goes_to_the_network() -> None:
    network = {"socket", "http", "urllib", "requests", "httpx", "ssl", "ftplib", "smtplib"}
    assert offenders(lambda path: network & {name.split(".")[0] for name in imported(path)}) == {}


def test_other_machines_are_reached_only_when_they_are_asked_for() -> None:
    def at_once(path: Path) -> list[str]:
        """What reaches them among what a module imports with itself, and not in a function."""
        imports = [ast.unparse(n) for n in tree_of(path).body if isinstance(n, ast.ImportFrom)]
        return [line for line in imports if line.startswith("from dla_docs.cluster")]

    assert {name for name in offenders(at_once) if not name.startswith("cluster.")} == set()
    reached = offenders(lambda path: {name for name in own(path) if name.startswith("cluster.")})
    assert set(reached) - {"cluster.cluster", "cluster.post"} == {"cli.elsewhere"}


def test_nothing_runs_what_the_data_says() -> None:
    # Not `compile`: `re.compile` and `typst.compile` run nothing of the data.
    forbidden = {"eval", "exec", "__import__", "fork", "system", "popen"}
    found = offenders(lambda path: [n for _, n in calls(path) if n in forbidden])
    # The command itself, before anything is read.
    assert found == {"confined.clock": ["fork"]}


def test_a_module_says_what_it_is_for() -> None:
    assert offenders(lambda path: not (ast.get_docstring(tree_of(path)) or "").strip()) == {}


@pytest.mark.parametrize("kind", ["schemas", "templates"])
def test_data_folders_hold_no_program(kind: str) -> None:
    assert list(package_data(kind).rglob("*.py")) == []


def test_a_module_can_be_imported() -> None:
    names = [f"dla_docs.{name_of(path)}".removesuffix(".__init__") for path in MODULES]
    # `__main__` runs the command.
    for name in set(names) - {"dla_docs.__main__"}:
        import_module(name)


def test_every_package_has_its_folder_of_tests() -> None:
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    tested = {path.parent.name for path in (PACKAGE.parent / "tests").glob("*/test_*.py")}
    assert packages <= tested


def test_paths_are_short_enough_for_windows() -> None:
    root = PACKAGE.parent
    folders = [root / name for name in ("dla_docs", "schemas", "templates", "dossiers", "tests")]
    paths = [p.relative_to(root).as_posix() for folder in folders for p in folder.rglob("*")]
    assert [path for path in paths if len(path) > 150] == []
