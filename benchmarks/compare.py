"""`dla check` and check-jsonschema on the same files and schemas, one after the other.

`compare.py [N…]` makes a workspace of each size and prints time and peak memory of both.
check-jsonschema takes one schema for many files: it is run once a schema, with all its files,
which suits it best; it knows nothing of rules, references or our formats. Memory is the peak of one
process.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import generate
from dla_docs.load.listing import list_workspace
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import SUFFIX, load_kinds
from dla_docs.model.workspace import Workspace

SIZES = (100, 300, 1000)
DAY = "2026-11-22"


@dataclass(frozen=True)
class Run:
    """Seconds of the wall clock, and peak memory in MB of the largest process."""

    seconds: float
    memory: float


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description="Mesurer dla check et check-jsonschema.")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="nombres de dossiers")
    _row("| Dossiers | Fichiers | dla check | par dossier | mémoire | check-jsonschema | rapport |")
    _row("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in parser.parse_args().sizes:
        with tempfile.TemporaryDirectory(prefix="dla-") as name:
            root = Path(name).resolve()
            generate(size, root)
            groups = files_by_schema(root)
            ours = measured([[*_python("dla_docs"), "--workspace", name, "--date", DAY, "check"]])
            theirs = measured(
                [
                    [*_python("check_jsonschema"), "--schemafile", schema, *files]
                    for schema, files in groups.items()
                ]
            )
        count = sum(map(len, groups.values()))
        _row(
            f"| {size} | {count} | {ours.seconds:.1f} s | {1000 * ours.seconds / size:.0f} ms "
            f"| {ours.memory:.0f} Mo | {theirs.seconds:.1f} s "
            f"| {theirs.seconds / ours.seconds:.1f} |"
        )


def files_by_schema(root: Path) -> dict[str, list[str]]:
    """The data files of a workspace, by the schema that checks them."""
    workspace = Workspace(root)
    found: dict[str, list[str]] = {}
    for path, kind in list_workspace(workspace, load_kinds(workspace)).kind_of.items():
        schema = package_data("schemas") / f"{kind.name}{SUFFIX}"
        found.setdefault(str(schema), []).append(str(root / path))
    return found


def measured(commands: list[list[str]]) -> Run:
    """Run commands one after the other; each must find nothing to say."""
    memory = 0.0
    start = time.perf_counter()
    for command in commands:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status):
            sys.exit(f"échec : {' '.join(command)[:200]}")
        memory = max(memory, usage.ru_maxrss / 1024)
    return Run(time.perf_counter() - start, memory)


def _row(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


if __name__ == "__main__":
    main()
