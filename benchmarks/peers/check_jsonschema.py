"""`dla check` and check-jsonschema, on the same files with the same schemas.

check-jsonschema takes one schema for many files: it is run once a schema, with all its files, which
suits it best; it knows nothing of rules, references or our formats. It takes for absent the values
that are calculated when a file is read (`x-calcul`), and says so.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.commands import dla, python, run
from benchmarks.generate import generate
from benchmarks.machine import installed
from benchmarks.measure import Work, paired
from benchmarks.ours import Desk
from benchmarks.results import Line
from dla_docs.load.listing import list_workspace
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import SUFFIX, load_kinds
from dla_docs.model.workspace import Workspace

DOSSIERS = 24
"""Ten to thirty seconds of check-jsonschema, as the machine is: three pairs in two minutes at most.
At 1,000 its ratio to ours is the same (measured)."""
SECONDS = 60.0


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a dossier, nothing being known of a former run."""
    what = f"check-jsonschema, {DOSSIERS} dossiers"
    if not installed("check-jsonschema"):
        yield Line(what, absent="check-jsonschema n’est pas installé")
        return
    root = desk.folder / "check"
    generate(DOSSIERS, root)
    groups = files_by_schema(root)
    theirs = [[*python("check_jsonschema"), "--schemafile", s, *f] for s, f in groups.items()]
    files = sum(map(len, groups.values()))
    yield Line(
        f"{what}, {files} fichiers (par dossier)",
        paired(
            # As on the first day: what a former run found is not looked at.
            Work(lambda: run(dla(root, "check", "--fresh")), DOSSIERS),
            Work(lambda: _judge(theirs), DOSSIERS, lambda: _judge(theirs[:1])),
            SECONDS,
        ),
    )


def _judge(commands: list[list[str]]) -> None:
    """Files that it judges, right or wrong."""
    for command in commands:
        run(command, codes=(0, 1))


def files_by_schema(root: Path) -> dict[str, list[str]]:
    """The data files of a workspace, by the schema that checks them."""
    workspace = Workspace(root)
    found: dict[str, list[str]] = {}
    for path, kind in list_workspace(workspace, load_kinds(workspace)).kind_of.items():
        schema = package_data("schemas") / f"{kind.name}{SUFFIX}"
        found.setdefault(str(schema), []).append(str(root / path))
    return found
