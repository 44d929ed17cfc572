"""A form of HTML in Chromium: its exclusive choices, undone and saved, and what is said after."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.clients.installation import TOOLS, program
from tests.clients.outils import run

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]


@pytest.fixture(scope="module")
def rempli(fichiers: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `formulaire.mjs` did and read in a survey."""
    source = next(path for name, path in fichiers("html").items() if "enquete-bene" in name)
    script, folder = Path(__file__).with_name("formulaire.mjs"), tmp_path_factory.mktemp("rempli")
    said: dict[str, Any] = json.loads(
        run("node", script, program("chromium"), TOOLS, folder, source, timeout=120)
    )
    return said


def test_of_exclusive_choices_the_last_alone_is_saved(rempli: dict[str, Any]) -> None:
    assert rempli["one"]["chosen"] == rempli["one"]["shown"] == [rempli["keys"][2]]


def test_every_choice_is_saved_by_its_own_key(rempli: dict[str, Any]) -> None:
    assert set(rempli["keys"]) <= set(rempli["one"]["keys"])


def test_a_choice_taken_again_is_undone(rempli: dict[str, Any]) -> None:
    assert rempli["none"]["chosen"] == rempli["none"]["shown"] == []


def test_a_saved_copy_is_said_to_be_sent_back_and_to_whom(rempli: dict[str, Any]) -> None:
    assert "Renvoyez-la par courriel à " in rempli["one"]["said"]
    assert "@" in rempli["one"]["said"]
