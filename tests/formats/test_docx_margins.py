"""What the margins of a Word document say."""

from datetime import date

from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.engines.archives import unpacked
from dla_docs.formats.docx.margins import changes_of
from dla_docs.formats.docx.wordml import w
from dla_docs.formats.properties import Properties
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT

HOSTILE = "Un titre & <b>"


def footer(rank: int, emitter: str, piece: str, room: float = 0.0) -> etree._Element:
    said = Properties("", "", "", "", date(2026, 1, 1), emitter=emitter, piece=piece)
    charter = Charter(Workspace(ROOT), "contrat")
    part = unpacked(charter.reference("docx"), {f"word/footer{rank}.xml"})
    change = changes_of(said, charter, False, room)[f"word/footer{rank}.xml"]
    return etree.fromstring(change(*part.values()))


def columns(foot: etree._Element) -> list[int]:
    return [int(str(column.get(w("w")))) for column in foot.iter(w("gridCol"))]


def test_what_margins_say_is_text_whatever_its_signs() -> None:
    assert HOSTILE in "".join(str(t.text) for t in footer(1, HOSTILE, "2025-021").iter(w("t")))


def test_who_writes_has_the_width_that_the_number_of_the_page_leaves() -> None:
    short, long = (columns(footer(1, "Le Mélézin", piece)) for piece in ("1", "2025-021 – Phase"))
    assert sum(short) == sum(long) and short[0] > long[0]


def test_a_long_foot_says_its_place_on_a_second_line() -> None:
    foot = footer(1, f"DLA des Alpes – {'Digne ' * 14}", "2025-021-C1")
    (paragraph,) = [p for p in foot.iter(w("p")) if p.find(f".//{w('br')}") is not None]
    assert [str(t.text)[:8] for t in paragraph.iter(w("t"))] == ["DLA des ", "Digne Di"]


def test_the_foot_of_a_first_page_keeps_the_room_of_the_funders() -> None:
    assert [footer(rank, "", "", 30.0)[0].tag == w("p") for rank in (1, 2)] == [False, True]


def test_a_foot_without_a_number_says_what_stands_for_it() -> None:
    day = date(2026, 1, 1)
    assert Properties("", "", "", "", day, mark_of_foot="Séance").before_page == "Séance – Page "
    numbered = Properties("", "", "", "", day, piece="2026-004", mark_of_foot="Séance")
    assert numbered.before_page == "2026-004 – Page "
