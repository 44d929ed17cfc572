"""Whatever is written in a form comes back: the same value, at the same field, in every format."""

import os

import pytest

from dla_docs.reading.read import read_file
from dla_docs.receive.answers import reply_of
from dla_docs.receive.folded import plain
from tests.receive.filling import FILLERS, FORMS, Value, drawn, filled, flat, form
from tests.receive.hasard import filling, saved_by_word, wrong
from tests.sampling import EVERYTHING

HANDS = int(os.environ.get("DLA_REMPLISSAGES", 12 if EVERYTHING else 2))
"""Fillings of each form as people make them; `DLA_REMPLISSAGES=150` plays a thousand in all."""
FILLINGS = 20 if EVERYTHING else 2
"""Fillings of each form in each format: a thousand were played by hand (see the guide)."""


def differences(put: dict[str, Value], got: dict[str, Value]) -> list[str]:
    """The values that are not what was put; a box that is not ticked is one that says nothing."""

    def same(one: Value | None, other: Value | None) -> bool:
        if isinstance(one, bool) or isinstance(other, bool):
            return bool(one) == bool(other)
        return plain(one or "") == plain(other or "")

    keys = dict.fromkeys((*put, *got))
    return [f"{k} : {put.get(k)} → {got.get(k)}" for k in keys if not same(put.get(k), got.get(k))]


@pytest.mark.parametrize("format", FILLERS)
@pytest.mark.parametrize("label", FORMS)
def test_every_value_of_a_filling_comes_back(label: str, format: str) -> None:
    blank, content = form(label, format)
    for seed in range(FILLINGS):
        put = drawn(blank, seed)
        if format == "pdf":
            put = alone(put, blank.fields)
        reply = reply_of(read_file(filled(content, blank, put, format)), blank)
        assert differences(put, flat(reply, blank)) == [], f"filling {seed}"
        assert reply.lost == ()
        assert [words.text for words in reply.more] == []


@pytest.mark.campagne
@pytest.mark.parametrize("label", FORMS)
def test_whatever_people_write_comes_back_or_is_told(label: str) -> None:
    blank, content = form(label, "docx")
    for seed in range(HANDS):
        put = filling(content, blank, seed)
        for saved in (put.content, saved_by_word(put.content, seed)):
            reply = reply_of(read_file(saved), blank)
            assert list(wrong(put, reply, blank)) == [], f"filling {seed}"
            assert ([words.text for words in reply.more], reply.lost) == ([], ())


def alone(put: dict[str, Value], fields: object) -> dict[str, Value]:
    """The values, one box ticked at most in each group: a PDF reader lets no more."""
    taken: set[str] = set()
    kept = dict(put)
    for key, value in put.items():
        group = fields[key].group  # type: ignore[index]
        if value is True and group:
            kept[key] = group not in taken
            taken.add(group)
    return kept
