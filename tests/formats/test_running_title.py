"""The running head of a document: what its foot does not say."""

import datetime

from dla_docs.formats.properties import Properties

DAY = datetime.date(2026, 9, 8)


def test_a_running_head_does_not_repeat_the_foot() -> None:
    told = Properties("Fiche – Faîtage – phase 1", "", "", "", DAY, mark_of_foot="Faîtage")
    assert told.running_title == "Fiche – phase 1"


def test_a_kind_alone_is_no_running_head() -> None:
    told = Properties("Bilan – Année 2025", "", "", "", DAY, mark_of_foot="Année 2025")
    assert told.running_title == "Bilan – Année 2025"
