"""The running head of a document: what its foot does not say."""

import datetime

from dla_docs.formats.properties import Properties

DAY = datetime.date(2026, 9, 8)


def test_a_running_head_does_not_repeat_the_foot() -> None:
    told = Properties("Fiche – Faîtage – phase 1", "", "", "", DAY, mark_of_foot="Faîtage")
    assert told.running_title == "Fiche – phase 1"
