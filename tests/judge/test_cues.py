"""What is due is that of the schemas, and each point says whence it comes."""

import pytest

from dla_docs.judge.cues import COVER, contracts, pattern
from dla_docs.judge.needs import NEEDS
from dla_docs.model.schemas import field_at, fields
from tests.scenes import demonstration

KINDS = ("proposition", "rapport-final")


@pytest.mark.parametrize("kind", KINDS)
def test_the_points_are_those_of_the_schema(kind: str) -> None:
    points = field_at(demonstration().corpus.kinds[kind].schema, ("points",))
    due = {f"{part}.{name}" for part, own in fields(points) for name, _ in fields(own)}
    assert {cue.name for cue in contracts()[kind].cues} == due


@pytest.mark.parametrize("kind", KINDS)
def test_each_point_has_its_source_and_something_to_find_it_by(kind: str) -> None:
    for cue in contracts()[kind].cues:
        assert cue.source.startswith("[seed 002] « "), cue.name
        assert cue.titles or cue.needs or cue.pictures, cue.name


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_point_needs_is_known(kind: str) -> None:
    wanted = {need for cue in contracts()[kind].cues for need in cue.needs}
    assert wanted <= set(NEEDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_point_of_the_cover_needs_something_that_only_it_has(kind: str) -> None:
    cover = [cue for cue in contracts()[kind].cues if cue.part == COVER]
    assert all(cue.needs or cue.pictures for cue in cover)


def test_a_star_ends_a_word_and_a_plural_is_the_same() -> None:
    words = pattern(["méthod*", "date limite"])
    assert [bool(words.search(t)) for t in ("methodologie", "dates limites", "amethyste")] == [
        True, True, False,
    ]  # fmt: skip
