"""The day a document was written, among all those that its cover names."""

from datetime import date

import pytest

from dla_docs.judge.dated import signed_on, written_on
from dla_docs.judge.passages import Passage
from dla_docs.model.words import folded


def line(text: str) -> Passage:
    return Passage(text, folded(text), rank=1)


@pytest.mark.parametrize(
    "text",
    [
        "Rapport remis le 18 juillet 2025",
        "Date du rapport : 18 juillet 2025",
        "Gap, le 18 juillet 2025",
        "Écrit à Die, le 18 juillet 2025.",
        "le 18/07/2025 - réf. 2025-003",
        "18 juillet 2025",
    ],
)
def test_a_cover_says_its_day_in_many_ways(text: str) -> None:
    cover = [line("Mission du 15 avril au 25 juillet 2025"), line(text)]
    told = written_on(cover)
    assert told is not None and told[0] == date(2025, 7, 18)


@pytest.mark.parametrize(
    "text",
    [
        "Mission conduite du 26 mai au 17 octobre 2025",
        "Convention 2025-003-C1 du 14 avril 2025",
        "Nous partons du diagnostic validé le 25 mars 2025 et nous n’y revenons pas.",
        "Date limite de réponse : 25 avril 2025",
        "octobre 2025",
    ],
)
def test_another_day_is_not_the_day_it_was_written(text: str) -> None:
    assert written_on([line(text)]) is None


def test_the_day_of_the_signature_is_at_the_end() -> None:
    told = signed_on([line("VI. Annexes"), line("À Forcalquier, le 18 juillet 2025")])
    assert told is not None and told[0] == date(2025, 7, 18)
