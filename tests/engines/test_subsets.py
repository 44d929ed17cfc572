"""The charter's faces cut for office files: small, free to embed, the same each time."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dla_docs.engines import subsets
from dla_docs.engines.subsets import LETTERS, STYLES, subset

FAMILY = "Source Sans 3"


@pytest.mark.parametrize("style", STYLES)
def test_a_face_keeps_its_name_and_the_french_letters(style: str) -> None:
    font = TTFont(BytesIO(subset(FAMILY, style)))
    assert font["name"].getDebugName(1) == FAMILY
    assert set(map(ord, "éèçœÀ€’« »\u202f−✓☐")) <= set(font.getBestCmap())


def test_nothing_more_than_the_letters_is_kept() -> None:
    assert set(TTFont(BytesIO(subset(FAMILY, "bold"))).getBestCmap()) <= LETTERS


def test_a_face_is_small() -> None:
    assert 10_000 < len(subset(FAMILY, "regular")) < 40_000


def test_a_face_is_the_same_each_time() -> None:
    assert subset.__wrapped__(FAMILY, "regular") == subset.__wrapped__(FAMILY, "regular")


def test_a_face_is_cut_once_a_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    cut = subset.__wrapped__(FAMILY, "bold")
    monkeypatch.setattr(subsets, "_cut", lambda content: pytest.fail("cut twice"))
    assert subset.__wrapped__(FAMILY, "bold") == cut


@pytest.mark.parametrize(("family", "style"), [("Comic Sans MS", "regular"), (FAMILY, "heavy")])
def test_a_face_that_is_not_ours_is_empty(family: str, style: str) -> None:
    assert subset(family, style) == b""
