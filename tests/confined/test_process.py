"""Work in a process of its own: it may neither last nor swell, and what it gave is kept."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dla_docs.confined.process import Confined, NotTried, Patience, TooLong
from dla_docs.model.errors import Defect, EngineError, RequestError
from tests.scenes import ROOT

JOBS = "tests.confined.jobs"


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process finds the jobs of this folder, as it finds the package."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def process() -> Iterator[Confined]:
    with Confined(f"{JOBS}:prepare", "tour", patience=Patience(20.0, 30.0)) as confined:
        yield confined


def done(process: Confined, job: str, *given: object) -> list[object]:
    """What a job yields, as a piece of work of its own."""
    with process.patience.piece():
        return list(process.do(f"{JOBS}:{job}", *given))


def test_results_come_one_after_the_other_and_what_is_printed_is_no_answer(
    process: Confined,
) -> None:
    assert done(process, "count", 3) == ["tour 0", "tour 1", "tour 2"]


@pytest.mark.parametrize(
    ("job", "words"),
    [("swell", "plus de 2 Go de mémoire"), ("stop", "plus de 2 Go de mémoire")],
)
def test_a_job_that_swells_or_ends_its_process_fails_alone(
    process: Confined, job: str, words: str
) -> None:
    with pytest.raises(EngineError, match=words):
        done(process, job)
    assert done(process, "count", 1) == ["tour 0"]


def test_a_job_that_lasts_is_abandoned_and_what_it_gave_is_kept() -> None:
    given = []
    with Confined(f"{JOBS}:prepare", "tour", patience=Patience(3.0, 30.0)) as process:
        with (
            pytest.raises(TooLong, match="au bout de 3 secondes"),
            process.patience.piece(),
        ):
            for result in process.do(f"{JOBS}:last", 60.0):
                given.append(result)
        assert done(process, "count", 1) == ["tour 0"]
    assert given == ["tour"]


def test_a_run_loses_no_more_time_than_it_may() -> None:
    patience = Patience(30.0, 2.0)
    with Confined(f"{JOBS}:prepare", "tour", patience=patience) as process:
        with pytest.raises(EngineError, match="au bout de 2 secondes"):
            done(process, "last", 60.0)
        with pytest.raises(NotTried, match="non tenté"):
            done(process, "count", 1)


def test_the_time_of_a_piece_of_work_is_its_own() -> None:
    with Confined(f"{JOBS}:prepare", "tour", patience=Patience(1.0, 30.0)) as process:
        done(process, "count", 1)
        time.sleep(1.1)
        assert done(process, "count", 1) == ["tour 0"]


def test_no_work_is_done_outside_of_a_piece_of_it(process: Confined) -> None:
    with pytest.raises(AssertionError, match="inside a piece"):
        list(process.do(f"{JOBS}:count", 1))


def test_work_that_computes_for_long_is_counted_though_it_succeeds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Less than nothing is free: each piece counts for ten seconds more than it computes.
    monkeypatch.setattr("dla_docs.confined.process.FREE", -10.0)
    patience = Patience(30.0, 8.0)
    with Confined(f"{JOBS}:prepare", "tour", patience=patience) as process:
        with patience.piece():
            assert list(process.do(f"{JOBS}:compute", 0.1)) == ["tour"]
        with pytest.raises(NotTried), patience.piece():
            list(process.do(f"{JOBS}:compute", 0.1))


def test_what_a_job_raises_is_raised_here(process: Confined) -> None:
    with pytest.raises(RequestError) as caught:
        done(process, "refused")
    assert (caught.value.message, caught.value.hint) == ("rien", "tout")


def test_what_nobody_foresaw_is_a_defect_with_its_trace(process: Confined) -> None:
    with pytest.raises(Defect, match="KeyError") as caught:
        done(process, "wrong")
    assert "jobs.py" in caught.value.__notes__[0]


def test_what_cannot_be_prepared_is_said_of_each_job() -> None:
    with Confined(f"{JOBS}:refuse", "tour") as process:
        for _ in range(2):
            with pytest.raises(RequestError, match="tour n’existe pas"):
                done(process, "count", 1)


def test_a_process_that_cannot_start_is_not_taken_for_one_that_swells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONPATH")
    monkeypatch.setenv("PYTHONHOME", "/nulle-part")
    stopped = pytest.raises(EngineError, match="s’est arrêté aussitôt")
    with Confined(f"{JOBS}:prepare", "tour") as process, stopped:
        done(process, "count", 1)


def test_a_module_of_the_folder_where_the_command_runs_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('mordu')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Confined(f"{JOBS}:prepare", "tour") as process:
        assert done(process, "count", 1) == ["tour 0"]


PARENT = f"""
import sys
from dla_docs.confined.process import Confined
with Confined("{JOBS}:prepare", "tour") as process, process.patience.piece():
    for born in process.do("{JOBS}:family"):
        print(*born, sep="\\n", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_killed_parent_leaves_no_process_and_no_file() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert parent.stdout is not None
    worker, child, folder = (parent.stdout.readline().strip() for _ in range(3))
    parent.kill()
    parent.communicate()
    assert within(10.0, lambda: not (_lives(int(worker)) or _lives(int(child))))
    assert within(1.0, lambda: not Path(folder).exists())


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether something becomes true in time."""
    until = time.monotonic() + seconds
    while not (so := true()) and time.monotonic() < until:
        time.sleep(0.05)
    return so


def _lives(number: int) -> bool:
    """Whether a process is there, and not only waiting for whoever started it to notice."""
    try:
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat")
        return not state.exists() or state.read_text(encoding="utf-8").split()[2] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
