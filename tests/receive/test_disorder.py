"""What people do to a form: nothing they wrote is lost, nothing is given wrongly in silence."""

from collections.abc import Iterator
from functools import cache

import pytest

from dla_docs.reading.read import read_file
from dla_docs.receive.answers import Reply, reply_of
from dla_docs.receive.blank import Blank
from dla_docs.receive.folded import plain
from tests.receive.disorders import SPOILS
from tests.receive.filling import FORMS, Value, drawn, filled, flat, form

WHERE_THEY_WERE_PUT = {"an_answer_below_the_next_label"}
"""What nobody but the person who wrote can tell: an answer that stands under another question."""


@cache
def sound(label: str) -> tuple[Blank, bytes, dict[str, Value]]:
    """A form that was filled, and what is read of it before it is spoilt."""
    blank, content = form(label, "docx")
    whole = filled(content, blank, drawn(blank, 7), "docx")
    return blank, whole, flat(reply_of(read_file(whole), blank), blank)


def doubted(reply: Reply, blank: Blank) -> set[str]:
    """The fields that a person is told to look at, and the rows that were found otherwise."""
    keys = {a.key for a in reply.answers.values() if a.doubt} | set(reply.lost)
    for name, lines in reply.lines.items():
        rows = {line.row for line in lines if not line.doubt}
        strange = any(line.row is None for line in lines)
        for rank, row in enumerate(blank.tables[name].rows):
            keys |= set(row.keys) if strange or rank not in rows else set()
    return keys


def lost(put: dict[str, Value], reply: Reply, blank: Blank) -> Iterator[str]:
    """The words that are neither read anywhere nor told; the ticks that are neither."""
    got, told = flat(reply, blank), doubted(reply, blank)
    cells = [cell for lines in reply.lines.values() for line in lines for cell in line.cells]
    said = [*(w.text for w in reply.more), *(a.text for a in reply.answers.values()), *cells]
    words = plain(" ".join(said))
    for key, value in put.items():
        if isinstance(value, bool):
            if value and not got.get(key) and key not in told:
                yield f"{key} : décochée"
        else:
            pieces = (piece.strip(" :") for piece in value.split("\n\n"))
            yield from (f"{key} : {p}" for p in pieces if plain(p) not in words)


def wrong(put: dict[str, Value], reply: Reply, blank: Blank) -> Iterator[str]:
    """What is read otherwise than it was put, and is not told to be in doubt."""
    told = doubted(reply, blank)
    for key, value in flat(reply, blank).items():
        before = put.get(key, "")
        if key in told or not value:
            continue
        if isinstance(value, bool) or isinstance(before, bool):
            same = bool(value) == bool(before)
        else:
            pieces = [plain(piece.strip(" :")) for piece in before.split("\n\n")]
            same = bool(before) and all(piece in plain(value) for piece in pieces)
        if not same:
            yield f"{key} : {before} → {value}"


@pytest.mark.parametrize("disorder", SPOILS)
def test_nothing_is_lost_nor_given_wrongly_in_silence(disorder: str) -> None:
    # Each disorder on one form of text and one of tables: all four take four times longer.
    rank = list(SPOILS).index(disorder)
    for label in (FORMS[2], FORMS[(0, 5)[rank % 2]]):
        blank, whole, put = sound(label)
        reply = reply_of(read_file(SPOILS[disorder](whole)), blank)
        assert list(lost(put, reply, blank)) == []
        if disorder not in WHERE_THEY_WERE_PUT:
            assert list(wrong(put, reply, blank)) == []


def test_what_is_written_in_a_column_that_the_form_has_not_is_told() -> None:
    blank, whole, _ = sound(FORMS[0])
    reply = reply_of(read_file(SPOILS["a_column_added"](whole)), blank)
    assert "Ma remarque 2" in [words.text for words in reply.more]


def test_a_row_whose_cells_were_merged_is_in_doubt() -> None:
    blank, whole, _ = sound(FORMS[0])
    reply = reply_of(read_file(SPOILS["cells_merged"](whole)), blank)
    assert "fusionnées" in reply.lines["budget"][0].doubt


def test_words_that_are_crossed_out_are_in_doubt() -> None:
    blank, whole, _ = sound(FORMS[2])
    reply = reply_of(read_file(SPOILS["struck"](whole)), blank)
    assert [a.key for a in reply.answers.values() if "barrés" in a.doubt]


def test_what_is_left_of_a_prompt_is_in_doubt() -> None:
    blank, content = form(FORMS[6], "docx")
    reply = reply_of(read_file(SPOILS["prompts_half_deleted"](content)), blank)
    assert "morceau" in reply.answers["raison_sociale"].doubt
