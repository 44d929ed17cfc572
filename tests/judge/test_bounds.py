"""What a stranger writes takes no more time than it is worth."""

import time

from dla_docs.judge.expected import Expected
from dla_docs.judge.judge import judged
from dla_docs.judge.passages import LONGEST, passages_of
from dla_docs.reading.blocks import Cell, Grid, Read, Words

LONG = ("1" * 200_000, "a" * 200_000, "1 " * 100_000, "a@" * 100_000, "total : " * 20_000)


def test_a_text_without_end_is_judged_in_a_moment() -> None:
    blocks = tuple(Words(text, rank=rank) for rank, text in enumerate(LONG, 1))
    grid = Grid(((Cell(blocks[:1]), Cell(blocks[2:3])),), 1)
    begun = time.process_time()
    judged(Read("docx", (*blocks, grid)), "proposition", Expected())
    assert time.process_time() - begun < 20


def test_the_end_of_a_document_without_end_is_told_to_be_left() -> None:
    read = Read("docx", tuple(Words(f"Enjeu {n}", rank=n) for n in range(LONGEST + 9)))
    assert len(passages_of(read)) == LONGEST
    assert "premiers paragraphes" in judged(read, "rapport-final", Expected()).remarks[-1]
