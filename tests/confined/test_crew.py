"""Processes that share pieces of work: what they make comes in order, and they end together."""

import time
from collections.abc import Generator, Iterator

import pytest

from dla_docs.confined.crew import MOST, begun, in_order, workers_for
from dla_docs.confined.process import Confined
from dla_docs.model.errors import EngineError, RequestError
from tests.confined.test_process import JOBS, importable

__all__ = ["importable"]


@pytest.fixture
def crew() -> Iterator[list[Confined]]:
    yield [Confined(f"{JOBS}:prepare", "tour") for _ in range(2)]


def made(crew: list[Confined], *asked: tuple[object, ...]) -> Generator[list[object]]:
    """What each job yields, by two processes."""

    def work(confined: Confined, rank: int) -> list[object]:
        job, *given = asked[rank]
        with confined.patience.piece():
            return list(confined.do(f"{JOBS}:{job}", *given))

    return in_order(crew, len(asked), work)


def test_results_come_in_the_order_of_the_pieces_whoever_ends_first(crew: list[Confined]) -> None:
    results = list(made(crew, ("last", 1.0), *(("count", rank) for rank in range(12))))
    assert results == [["tour"], *([f"tour {n}" for n in range(rank)] for rank in range(12))]


def test_what_a_piece_raises_is_raised_at_its_turn(crew: list[Confined]) -> None:
    results = made(crew, ("count", 1), ("refused",), ("count", 1))
    assert next(results) == ["tour 0"]
    with pytest.raises(RequestError):
        next(results)


def test_closed_early_it_ends_what_is_being_done(crew: list[Confined]) -> None:
    results = made(crew, ("count", 1), ("last", 60.0), ("last", 60.0))
    next(results)
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(("pieces", "asked", "count"), [(1, None, 1), (9, 3, 3), (2, 9, 2)])
def test_no_more_processes_than_pieces(pieces: int, asked: int | None, count: int) -> None:
    assert workers_for(pieces, asked) == count


def test_a_machine_of_many_cores_is_not_filled() -> None:
    assert 1 <= workers_for(1000, None) <= MOST


def test_a_process_that_started_early_does_the_first_crew_s_work_and_ends_with_it() -> None:
    with begun(f"{JOBS}:ready") as hire:
        first, second = (hire(2, 1, f"{JOBS}:prepare", word) for word in ("tour", "mur"))
        for (member,), told in ((first, "tour 0"), (second, "mur 0")):
            with member.patience.piece():
                assert list(member.do(f"{JOBS}:count", 1)) == [told]
            member.close()
    assert first != second


def test_a_process_that_started_for_nothing_ends_with_the_command() -> None:
    with begun(f"{JOBS}:ready"):
        pass
    with begun(f"{JOBS}:ready") as hire:
        (member,) = hire(1, None, f"{JOBS}:prepare", "tour")
    member.close()
    with pytest.raises(EngineError), member.patience.piece():
        list(member.do(f"{JOBS}:count", 1))
