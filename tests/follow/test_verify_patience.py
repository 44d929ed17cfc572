"""`dla verify` before states that do not end: each has its own time, and what stopped is told."""

from pathlib import Path

import pytest

from dla_docs.follow import verify as follow
from dla_docs.follow.repository import Gap
from dla_docs.follow.verify import Verdict
from dla_docs.model.workspace import Workspace
from tests.follow.jobs import ENDLESS
from tests.follow.test_verify import WHERE, git
from tests.scenes import JOUR, ROOT, Lancer

NAME = "notification-tamaris-gestion"


@pytest.fixture
def notification(espace: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page just made, in a workspace under git."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(follow, "MAKE", "tests.follow.jobs:make_again")
    git(espace, "init", "-q")
    commit(espace)
    lancer("render", WHERE, "-d", "notification", "-t", "html", espace=espace)
    return espace / "documents" / WHERE / f"{NAME}.html"


def commit(espace: Path, endless: bool = False, place: str = "") -> str:
    """A commit, whose notification is another if it has a place; its name."""
    mark = espace / "dossiers" / ENDLESS
    mark.unlink(missing_ok=True)
    if endless:
        mark.write_text("Rien", encoding="utf-8")
    if place:
        (source,) = (espace / "dossiers").rglob("territoire.yaml")
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("nom: ", f"nom: {place} "), encoding="utf-8")
    git(espace, "add", "dossiers")
    git(espace, "commit", "-qm", "un commit")
    return git(espace, "rev-parse", "HEAD")


def test_a_state_without_end_takes_no_time_from_those_before_it(
    notification: Path, espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Far more than a state takes on a busy machine, and no more than one waits for a test.
    monkeypatch.setattr(follow, "ONE", 10.0)
    first = git(espace, "rev-parse", "HEAD")
    commit(espace, place="Haute")
    commit(espace, endless=True)
    # Once is enough: that of today has an end.
    (espace / "dossiers" / ENDLESS).unlink()
    found = follow.verify(notification, Workspace(espace), JOUR)
    assert (found.verdict, found.commit, found.altered) == (Verdict.FORMER, first, False)


def test_states_abandoned_are_not_called_unreadable_and_end_the_search(
    notification: Path, espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "LOST", 2.0)
    monkeypatch.setattr(follow, "ONE", 1.5)
    commit(espace, endless=True)
    found = follow.verify(notification, Workspace(espace), JOUR, 4.0)
    assert found.looked.gaps == {Gap.TOO_LONG, Gap.STOPPED}
    assert found.looked.seconds < 4.0
