"""Names of all sorts, of files, keys and arguments: listed, looked for, shown, harmless."""

import contextlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from dla_docs.check.examined import prepare
from dla_docs.cli import terminal
from dla_docs.load.file_names import (
    disguised_faults,
    empty_dossiers,
    leftovers,
    portable_faults,
)
from dla_docs.load.names import find_scope
from dla_docs.load.pictures import Images
from dla_docs.load.places import slug
from dla_docs.load.received import received_path
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import RequestError
from dla_docs.model.images import ImageFault
from dla_docs.model.workspace import Workspace
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import texts, words
from tests.scenes import Lancer, copy_dossier

PIRATE = "Aucun constat : tout est en ordre"
"""A line that an output would never begin with unless a name said it."""
ORDERS = ("::error::", "##[error]", "##vso[task.x]", "##teamcity[x]", "\x1b]8;;http://x\x07")
WINDOWS = ("con", "NUL.yaml", "aux.", "a ", "a:b", "lpt1", "dossier.YAML", "dossier.yaml.txt")
COPIES = ("dossier (1).yaml", "dossier - Copie.yaml", "dossier.yaml~", "Copie de dossier.yaml")
ends = st.sampled_from(("\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[2K"))
lies = st.builds(lambda end, said: f"a{end}{said}", ends, st.sampled_from((PIRATE, *ORDERS)))
odd = st.sampled_from((*WINDOWS, *COPIES, *ORDERS, "..", ".", "", "x-", "2025-003-", "~"))
endings = st.sampled_from(("", ".yaml", ".yml", ".md", ".yaml.bak"))
names = st.builds(str.__add__, st.one_of(lies, odd, texts, words), endings)
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)
COMMAND = re.compile(r"^\s*::|##\[|##vso\[|##teamcity\[", re.M)


def printed(show: Callable[..., None], *given: object) -> str:
    """What is sent to stdout."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        show(*given)
    return stream.getvalue()


@fuzzed(st.lists(names | paths, min_size=1, max_size=3), 130)
def test_noms_montres(case: list[str]) -> None:
    shown = printed(terminal.out, *case)
    assert shown.count("\n") == len(case)
    assert not FORBIDDEN.search(shown)
    assert not COMMAND.search(shown)
    assert json.loads(printed(terminal.data, {name: [name] for name in case}))
    assert printed(terminal.commands, *[[f"::error::{name}" for name in case]]).count("\n") == len(
        case
    )


@pytest.fixture(scope="module")
def espace_nomme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_dossier(tmp_path_factory.mktemp("noms") / "espace")


@pytest.fixture(scope="module")
def chercher(espace_nomme: Path) -> Callable[[str], Scope]:
    listing = prepare(Workspace(espace_nomme)).library.listing
    # Not the listing itself: a failure would be told with all of it.
    return lambda name: find_scope(name, listing)


@fuzzed(st.lists(paths, max_size=6), 70)
def test_noms_de_fichiers(case: list[str]) -> None:
    _, copies = leftovers(dict.fromkeys(case))
    faults = (*copies, *disguised_faults(case), *portable_faults(case))
    assert all(fault.message for fault in (*faults, *empty_dossiers(case, case)))
    assert all(re.fullmatch("[a-z0-9-]*", slug(path)) for path in case)


@fuzzed(paths, 70)
def test_noms_cherches(case: str, chercher: Callable[[str], Scope], espace_nomme: Path) -> None:
    source = parse("dossiers/territoire.yaml", b"a: b")
    received = received_path(espace_nomme, source, case)
    assert received is None or received.is_relative_to(espace_nomme)
    try:
        Images(espace_nomme).look(espace_nomme / "dossiers", case)
    except ImageFault as fault:
        assert str(fault)
    try:
        assert chercher(case)
    except RequestError as error:
        assert error.message


def put(root: Path, name: str) -> Path | None:
    """A YAML file of that name in the dossier; None where the disk has no such name."""
    path = root / "dossiers/2025-003-calades-jabron" / name
    try:
        if not path.resolve().is_relative_to(root / "dossiers") or path.exists():
            return None
        path.write_text("a: b\n", encoding="utf-8")
    except (OSError, ValueError):
        return None
    return path


FORMATS = ("text", "github", "gitlab", "sarif", "json")


@fuzzed(st.tuples(names.map(lambda n: n.replace("/", "")), st.sampled_from(FORMATS)), 8, seconds=5)
def test_noms_controles(case: tuple[str, str], espace_nomme: Path, lancer: Lancer) -> None:
    name, shape = case
    path = put(espace_nomme, name)
    try:
        result = lancer("check", "--format", shape, espace=espace_nomme)
    finally:
        if path is not None:
            path.unlink()
    lines = result.output.split("\n")
    assert result.exit_code in {0, 1}
    assert "imprévu" not in result.output
    assert not FORBIDDEN.search(result.output)
    assert (
        path is None or shape != "text" or not any(line.startswith(PIRATE) for line in lines[:-2])
    )
