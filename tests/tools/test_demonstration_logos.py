"""The logos of the demonstration are those that the tool draws."""

import pytest

from tools.demonstration_logos import FOLDER, Mark, drawn, marks


@pytest.mark.parametrize("mark", marks(), ids=lambda mark: mark.name)
def test_a_logo_of_the_demonstration_is_as_drawn(mark: Mark) -> None:
    assert (FOLDER / f"{mark.name}.svg").read_text(encoding="utf-8") == drawn(mark)


def test_every_logo_of_the_demonstration_is_drawn_by_the_tool() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == {mark.name for mark in marks()}
