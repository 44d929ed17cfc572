"""Documents made and findings found on other machines are those of this one, whoever dies there."""

import signal
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dla_docs import sweep
from dla_docs.cluster import cluster
from dla_docs.cluster.cluster import Cluster, joined
from dla_docs.confined.crew import Hire, processes
from dla_docs.flow import Outcome, choose, examine, render
from dla_docs.model.errors import EngineError, RequestError
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.sweep import Crew, survey
from dla_docs.workshop import apart
from tests.cluster.grappe import Grappe, grappe
from tests.load.test_unites import spoil
from tests.scenes import JOUR, copy_dossier

SCOPE = "2025-003-calades-jabron/bilan-organisation-finances"


@pytest.fixture(scope="module")
def espace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_dossier(tmp_path_factory.mktemp("grappe") / "espace")


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grappe]:
    with grappe(tmp_path_factory.mktemp("machines")) as started:
        yield started


@pytest.fixture
def jointe(machines: Grappe, espace: Path) -> Iterator[Cluster]:
    with joined(machines.address, Workspace(espace)) as found:
        yield found


def made(espace: Path, output: Path, hire: Hire) -> Iterator[Outcome]:
    """The documents of an ingénierie, as a crew makes them."""
    request = Request((SCOPE,), formats=("html",))
    examined = examine(Workspace(espace), JOUR, (SCOPE,))
    making = partial(apart, hire=hire)
    yield from render(choose(request, examined), request, examined, output, making)


def contents(outcomes: list[Outcome]) -> dict[str, bytes]:
    assert not any(outcome.failure for outcome in outcomes)
    return {path.name: path.read_bytes() for one in outcomes for path in one.written}


@pytest.fixture(scope="module")
def ici(espace: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The documents that this machine makes."""
    return contents(list(made(espace, tmp_path_factory.mktemp("ici"), processes)))


def test_documents_made_elsewhere_are_those_made_here(
    jointe: Cluster, espace: Path, tmp_path: Path, ici: dict[str, bytes]
) -> None:
    assert len(ici) > 12
    assert contents(list(made(espace, tmp_path, jointe.hire))) == ici
    assert jointe.here == 0


def test_findings_of_elsewhere_are_those_found_here(
    jointe: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(copy_dossier(tmp_path))
    spoil(tmp_path)
    alone = survey(workspace, JOUR, crew_of=Crew(1), fresh=True)
    monkeypatch.setattr(sweep, "SLICE", 6)
    found = survey(workspace, JOUR, crew_of=Crew(hire=jointe.hire), fresh=True)
    assert len(found.findings) > 4
    assert (found.findings, found.obstacles) == (alone.findings, alone.obstacles)
    assert jointe.here == 0


def test_the_work_of_a_machine_that_dies_is_done_by_another_then_here(
    machines: Grappe, jointe: Cluster, espace: Path, tmp_path: Path, ici: dict[str, bytes]
) -> None:
    outcomes = made(espace, tmp_path / "une", jointe.hire)
    first = next(outcomes)
    # Frozen: it is given a document for certain, and has not made it when it is killed.
    machines.workers[0].send_signal(signal.SIGSTOP)
    threading.Timer(1.0, machines.workers[0].kill).start()
    assert contents([first, *outcomes]) == ici
    assert jointe.here == 0
    machines.workers[1].kill()
    assert contents(list(made(espace, tmp_path / "aucune", jointe.hire))) == ici
    assert jointe.here > 0


def test_an_address_where_nobody_answers_is_told_in_time(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.3)
    told = pytest.raises(EngineError, match="aucune grappe ne répond à l’adresse")
    with told, joined("tcp://127.0.0.1:9", Workspace(espace)):
        pass


@pytest.mark.parametrize("address", ["", "inproc://a:1", "machine", "http://a:1", "a b:8786"])
def test_what_is_no_address_is_refused_before_anything_is_reached(
    address: str, espace: Path
) -> None:
    told = pytest.raises(RequestError, match="n’est pas l’adresse d’une grappe")
    with told, joined(address, Workspace(espace)):
        pass
