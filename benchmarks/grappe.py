"""What sharing work costs: two processes here, then two workers of a cluster on this machine.

`python -m benchmarks.grappe [N]`: N generated dossiers are checked, and the demonstration is made.
The network is that of one machine: what passes on it is counted, its time is not.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.commands import adopt_orphans, dla, run
from benchmarks.generate import generate
from benchmarks.machine import machine
from benchmarks.measure import Work, paired

ROOT = Path(__file__).resolve().parent.parent
WORKERS, SECONDS = 2, 60
"""Processes on each side, and seconds of each comparison, unless three pairs take more."""
SCOPES = ("2025-003-calades-jabron", "2025-021-rapprochement-buech-jabron")
"""What is rendered of the demonstration: half of it."""
_QUIET = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
_ENDING = 10
"""Seconds that a worker may take to end well."""


@dataclass(frozen=True)
class Grappe:
    """A cluster: where it answers, and its workers."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def grappe(folder: Path) -> Iterator[Grappe]:
    """A scheduler and two workers of one core, as a person starts them on several machines."""
    with ExitStack() as stack:
        scheduler = _started(stack, folder, "scheduler", "--port", "0")
        assert scheduler.stderr is not None, "it is started with a pipe"
        lines = iter(scheduler.stderr.readline, b"")
        address = next(m[0] for line in lines if (m := re.search(rb"tcp://\S+", line))).decode()
        worker = ("worker", address, "--no-nanny", "--nthreads", "1")
        yield Grappe(address, tuple(_started(stack, folder, *worker) for _ in range(WORKERS)))


def _started(stack: ExitStack, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words, *_QUIET], stderr=subprocess.PIPE, cwd=folder
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stderr is not None, "it is started with a pipe"
    process.stderr.close()


def main() -> None:
    """Measure, and print: the cluster that is started and ended counts with what it does."""
    parser = argparse.ArgumentParser(prog="benchmarks.grappe", description="Mesurer --cluster.")
    parser.add_argument("number", type=int, nargs="?", default=100, help="dossiers contrôlés")
    number = parser.parse_args().number
    adopt_orphans()
    _say(f"{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dla-") as name:
        folder = Path(name).resolve()
        root, place = folder / "espace", folder / "documents"
        generate(number, root)
        _compare(f"dla check de {number} dossiers", folder, root, "check", "--fresh")
        made = ("render", *SCOPES, "--fresh", "-o", str(place))
        _compare("dla render de deux dossiers", folder, ROOT, *made)
        files = [path for path in place.rglob("*.*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        _say(f"{len(files)} fichiers produits, {size:.1f} Mo".replace(".", ","))


def _compare(title: str, folder: Path, root: Path, *words: str) -> None:
    """The same work in turn: by two processes of the command, and by two workers of a cluster."""
    command = dla(root, *words)

    def there() -> None:
        with grappe(folder) as started:
            run([*command, "--cluster", started.address])

    pairs = paired(Work(lambda: run([*command, "--jobs", str(WORKERS)])), Work(there), SECONDS)
    cpus = [median(getattr(pair, who).cpu for pair in pairs) for who in ("ours", "theirs")]
    ratio = median(pair.theirs.cpu / pair.ours.cpu for pair in pairs)
    told = f"{cpus[0]:.1f} s de calcul ici, {cpus[1]:.1f} avec la grappe (× {ratio:.2f})"
    _say(f"{title} : {told}".replace(".", ","))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
