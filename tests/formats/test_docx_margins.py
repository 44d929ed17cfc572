"""What the margins of a Word document say."""

from datetime import date

from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.formats.docx.margins import changes_of
from dla_docs.formats.shared import Properties
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT

HOSTILE = "Un titre & <b>"


def test_what_margins_say_is_text_whatever_its_signs() -> None:
    said = Properties(HOSTILE, "", "", "", date(2026, 1, 1), emitter=HOSTILE, piece=HOSTILE)
    changes = changes_of(said, Charter(Workspace(ROOT), "contrat"), False)
    part = changes["word/footer*"](b"<x>@@TITRE@@ / @@EMETTEUR@@ / @@PIECE@@</x>")
    assert etree.fromstring(part).text == " / ".join([HOSTILE] * 3)


def test_a_foot_without_a_number_says_what_stands_for_it() -> None:
    day = date(2026, 1, 1)
    assert Properties("", "", "", "", day, mark_of_foot="Séance").before_page == "Séance – Page "
    numbered = Properties("", "", "", "", day, piece="2026-004", mark_of_foot="Séance")
    assert numbered.before_page == "2026-004 – Page "
