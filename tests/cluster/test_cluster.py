"""Documents made and findings found on other machines are those of this one, whoever dies there."""

import signal
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks.grappe import Grappe, grappe
from dla_docs import sweep
from dla_docs.cli import elsewhere
from dla_docs.cluster import cluster
from dla_docs.cluster.cluster import Cluster, joined
from dla_docs.flow import Outcome, choose, examine, render
from dla_docs.model.errors import EngineError, RequestError
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.sweep import Crew, survey
from dla_docs.workshop import Making, apart, here
from tests.load.test_unites import spoil
from tests.scenes import JOUR, Lancer, copy_dossier

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


def made(espace: Path, output: Path, making: Making, *types: str) -> Iterator[Outcome]:
    """The documents of an ingénierie, of all types or of some."""
    request = Request((SCOPE,), types, ("html",))
    examined = examine(Workspace(espace), JOUR, (SCOPE,))
    yield from render(choose(request, examined), request, examined, output, making)


def contents(outcomes: list[Outcome]) -> dict[str, bytes]:
    assert not any(outcome.failure for outcome in outcomes)
    return {path.name: path.read_bytes() for one in outcomes for path in one.written}


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


def test_the_documents_of_a_machine_that_dies_are_made_by_another_then_here(
    machines: Grappe, jointe: Cluster, espace: Path, tmp_path: Path
) -> None:
    here_alone = contents(list(made(espace, tmp_path / "ici", here)))
    # More than what two members may be ahead: some are left to give when one of them is frozen.
    assert len(here_alone) > 12
    far = partial(apart, hire=jointe.hire)
    outcomes = made(espace, tmp_path / "une", far)
    first = next(outcomes)
    machines.workers[0].send_signal(signal.SIGSTOP)
    threading.Timer(1.0, machines.workers[0].kill).start()
    assert contents([first, *outcomes]) == here_alone
    assert jointe.here == 0
    machines.workers[1].kill()
    left = contents(list(made(espace, tmp_path / "aucune", far, "convention")))
    assert left.items() <= here_alone.items()
    assert jointe.here == len(left) == 1


def test_an_address_where_nobody_answers_is_told_in_time(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.3)
    told = pytest.raises(EngineError, match="aucune grappe ne répond à l’adresse")
    with told, joined("tcp://127.0.0.1:9", Workspace(espace)):
        pass


def test_an_encrypted_address_without_certificates_is_refused_at_once(espace: Path) -> None:
    told = pytest.raises(EngineError, match="demande des certificats")
    with told, joined("tls://127.0.0.1:9", Workspace(espace)):
        pass


@pytest.mark.parametrize("address", ["", "inproc://a:1", "machine", "http://a:1", "a b:8786"])
def test_what_is_no_address_is_refused_before_anything_is_reached(
    address: str, espace: Path
) -> None:
    told = pytest.raises(RequestError, match="n’est pas l’adresse d’une grappe")
    with told, joined(address, Workspace(espace)):
        pass


def test_without_the_library_it_is_said_how_to_install_it(
    espace: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "find_spec", lambda name: None)
    result = lancer("check", "--cluster", "tcp://127.0.0.1:9", espace=espace)
    assert result.exit_code == 3
    assert "pip install 'dla-docs[cluster]'" in result.stderr
