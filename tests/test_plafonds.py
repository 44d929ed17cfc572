"""What is waited for stays quick: ceilings of processor, for a slip of two or three times to show.

Each is a multiple of a small work in pure Python measured at the same moment: a machine that is
slower, or busy, is slower at both. Neither the clock nor a number of milliseconds is looked at.
`python -m tests.test_plafonds` prints the multiples, for who sets the ceilings again.
"""

import subprocess
import sys
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

DOSSIER, TYPE = "2025-003-calades-jabron", "cahier-des-charges"
"""Four pages, twenty headings, five tables, six logos, two drawings: an ordinary document."""
CEILINGS = {"check": 47.0, "docx": 7.0, "odt": 6.5, "html": 4.8, "pdf": 5.8}
"""Times that the unit may be spent: two and a half times what was measured on 29 November 2026, on
two cores of a busy machine, where the unit takes 80 ms (19, 2.8, 2.6, 1.9, 2.3). From one run to
another, and with eight programs at work, these moved by a fifth."""
RUNS, TIMES = 3, 2
"""Runs, of which the least counts: what disturbs one only adds to it. Times that a document is made
in each: pandoc starts once a run, in 19 ms, and what it uses is known when it has ended."""


def unit() -> None:
    """What a workload of ours is made of, at its smallest: names, dictionaries, sorting."""
    for _ in range(2):
        counts: dict[str, int] = {}
        for rank in range(60_000):
            name = f"{rank % 977}-{rank % 31}"
            counts[name] = counts.get(name, 0) + len(name)
        sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))


def spent(work: Callable[[], object], times: int = 1) -> float:
    """Seconds of processor of a work, its children that have ended included: the least of some."""

    def now() -> float:
        own, ended = (resource.getrusage(who) for who in (0, resource.RUSAGE_CHILDREN))
        return sum(used.ru_utime + used.ru_stime for used in (own, ended))

    def once() -> float:
        start = now()
        work()
        return (now() - start) / times

    return min(once() for _ in range(RUNS))


def against_unit(work: Callable[[], object], times: int = 1) -> float:
    """How many units a work takes: the unit is measured before and after, and the mean taken."""
    before = spent(unit)
    took = spent(work, times)
    return 2 * took / (before + spent(unit))


def check() -> float:
    """`dla check` of the demonstration, as a person runs it: its imports are two thirds."""
    words = ["-m", "dla_docs", "--workspace", str(ROOT), "--date", JOUR.isoformat(), "check"]
    quiet = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
    return against_unit(lambda: quiet([sys.executable, *words]))


def documents() -> dict[str, float]:
    """A document in each format, from what was examined to bytes, after one of each."""
    examined = examine(Workspace(ROOT), JOUR, (DOSSIER,))
    on = bench(examined, choose(Request((DOSSIER,), (TYPE,)), examined))
    make(on, "docx", "odt", "html", "pdf")
    return {
        name: against_unit(partial(make, on, name), TIMES)
        for name in ("docx", "odt", "html", "pdf")
    }


def make(on: Bench, *formats: str) -> None:
    for _ in range(TIMES):
        for choice in on.choices:
            settled = settle(choice.document, on.examined, on.templates, on.engines)
            for name in formats:
                assert written(name, *settled, on.engines)
    on.engines.pandoc.close()


def test_a_check_takes_no_more_processor_than_its_ceiling() -> None:
    assert check() < CEILINGS["check"]


def test_a_document_takes_no_more_processor_than_its_ceiling_in_each_format() -> None:
    took = documents()
    assert {name: times for name, times in took.items() if times > CEILINGS[name]} == {}


if __name__ == "__main__":
    sys.stdout.write(f"check {check():.1f} {documents()}\n")
