"""Work that every worker of a run needs and that is done once: they share it out, then wait."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE = 300
"""Seconds to wait for another worker: ten times the longest piece, on a machine that is busy."""


def share(folder: Path, pieces: Mapping[str, Callable[[], None]]) -> None:
    """Do the pieces that no other worker of the run has taken, then wait for those it has.

    A piece is taken by making its folder, which succeeds for one only on every system. Raises
    AssertionError for a piece that failed, whoever took it.
    """
    for name, work in pieces.items():
        taken = folder / name
        try:
            taken.mkdir(parents=True)
        except FileExistsError:
            continue
        _record(taken, work)
    for name in pieces:
        said = _end(folder / name)
        assert said == "", f"{name} : {said}"


def _record(taken: Path, work: Callable[[], None]) -> None:
    """Do a piece and leave how it ended, under its name once whole."""
    said = ""
    try:
        work()
    except BaseException as error:
        said = repr(error)
        raise
    finally:
        (taken / "en-cours").write_text(said, encoding="utf-8")
        (taken / "en-cours").rename(taken / "fin")


def _end(taken: Path) -> str:
    """What a piece left when it ended: nothing when all went well."""
    limit = time.monotonic() + PATIENCE
    while not (taken / "fin").exists():
        assert time.monotonic() < limit, f"{taken.name} : never done by the worker that took it"
        # Short beside a rendering, long enough to leave the processor to whoever works.
        time.sleep(0.05)
    return (taken / "fin").read_text(encoding="utf-8")
