"""What is waited for stays quick: ceilings of processor, for a slip of two or three times to show.

Each is a multiple of a small work in pure Python measured at the same moment: a machine that is
slower, or busy, is slower at both. Neither the clock nor a number of milliseconds is looked at.
`python -m tests.test_plafonds` prints the multiples, for who sets the ceilings again.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from dla_docs.flow import choose, examine
from dla_docs.formats import written
from dla_docs.make import Bench, bench, settle
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from tests.scenes import JOUR, ROOT

resource = pytest.importorskip("resource", reason="Windows ne dit pas ce que coûte un processus")

DOSSIER = "2025-003-calades-jabron"
TYPES = ("fiche-accueil", "cahier-des-charges", "convention")
"""Of two to six pages. Several: typst finds again in its memory what it composed ten pages before,
and one document may be laid out once or seven times, by what its last page holds."""
FORMATS = ("docx", "odt", "html", "pdf")
CEILINGS = {"check": 95.0, "docx": 12.5, "odt": 10.5, "html": 7.5, "pdf": 28.0}
"""Times that the unit may be spent: two and a half times what was measured on 29 November 2026, on
two cores of a busy machine, where the unit takes 43 ms (38, 5, 4.2, 3, 11). From one run to
another, with eight programs at work, these moved by a fifth."""
RUNS = 2
"""Runs, of which the least counts: what disturbs one only adds to it."""


def unit() -> None:
    """What a workload of ours is made of, at its smallest: names, dictionaries, sorting."""
    counts: dict[str, int] = {}
    for rank in range(60_000):
        name = f"{rank % 977}-{rank % 31}"
        counts[name] = counts.get(name, 0) + len(name)
    sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor of a work, its children that have ended included: the least of some."""

    def now() -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + ended.ru_utime + ended.ru_stime

    def once() -> float:
        start = now()
        work()
        return now() - start

    return min(once() for _ in range(RUNS))


def in_units(work: Callable[[], object]) -> float:
    """How many units a work takes: the unit is measured before and after, and the mean taken."""
    before = spent(unit)
    took = spent(work)
    return 2 * took / (before + spent(unit))


def check() -> float:
    """`dla check` of the demonstration, as a person runs it: its imports are two thirds."""
    # Fresh: what was found in a former run is not to be said again.
    words = ["-m", "dla_docs", "--workspace", ROOT, "--date", str(JOUR), "check", "--fresh"]
    quiet = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
    return in_units(lambda: quiet([sys.executable, *words]))


def documents() -> dict[str, float]:
    """A document in each format, from what was examined to bytes, after one of each."""
    examined = examine(Workspace(ROOT), JOUR, (DOSSIER,))
    on = bench(examined, choose(Request((DOSSIER,), TYPES), examined))
    make(on, *FORMATS)
    return {name: in_units(partial(make, on, name)) / len(on.choices) for name in FORMATS}


def make(on: Bench, *formats: str) -> None:
    for choice in on.choices:
        settled = settle(choice.document, on.examined, on.templates, on.engines)
        for name in formats:
            assert written(name, *settled, on.engines)
    # What pandoc used is known when it has ended: 19 ms of it are its start.
    on.engines.pandoc.close()


def test_a_check_takes_no_more_processor_than_its_ceiling() -> None:
    assert check() < CEILINGS["check"]


@pytest.mark.campagne
def test_a_document_takes_no_more_processor_than_its_ceiling_in_each_format() -> None:
    took = documents()
    assert {name: times for name, times in took.items() if times > CEILINGS[name]} == {}


if __name__ == "__main__":
    sys.stdout.write(f"check {check():.1f} {documents()}\n")
