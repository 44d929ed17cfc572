"""The sentences of `dla verify`: whole or not comes first, and what was not looked at is told."""

from datetime import date
from pathlib import Path

import pytest

from dla_docs.follow.repository import Gap
from dla_docs.follow.verify import Looked, Verdict, Verification
from dla_docs.report.verification import verification_lines

LABEL = "2025-003-calades-jabron/bilan/convention"


def said(verdict: Verdict, altered: bool = False, fault: str = "", *gaps: Gap) -> str:
    looked = Looked(frozenset(gaps), 3, "b" * 40, date(2026, 5, 3), 40.0)
    found = Verification(LABEL, "docx", verdict, "a" * 40, date(2026, 3, 1), altered, fault, looked)
    return "\n".join(verification_lines(Path("c.docx"), found))


@pytest.mark.parametrize("verdict", [Verdict.CURRENT, Verdict.FORMER])
def test_whether_the_file_is_whole_is_said_first(verdict: Verdict) -> None:
    assert said(verdict).startswith("c.docx\u00a0: intact")
    assert said(verdict, altered=True).startswith("c.docx\u00a0: modifié depuis.")
    assert "modifié" not in said(verdict) and "intact" not in said(verdict, altered=True)


@pytest.mark.parametrize("altered", [True, False])
def test_a_former_file_is_told_with_its_commit_and_its_day(altered: bool) -> None:
    assert "commit aaaaaaaaaaaa du 1er\u00a0mars 2026" in said(Verdict.FORMER, altered)


def test_a_file_that_nothing_made_is_not_called_whole() -> None:
    told = said(Verdict.UNKNOWN)
    assert told.startswith("c.docx\u00a0: rien ne dit s’il est intact")
    assert "ni l’espace de travail ni son historique git ne produisent" in told


@pytest.mark.parametrize("gap", Gap)
def test_what_was_not_looked_at_is_told_instead_of_denied(gap: Gap) -> None:
    told = said(Verdict.UNKNOWN, False, "", gap)
    assert told.count("\n- ") == 1
    assert "ni l’espace de travail" not in told


def test_a_search_that_stopped_says_where_and_how_to_go_on() -> None:
    told = said(Verdict.UNKNOWN, False, "", Gap.STOPPED)
    assert "40 secondes et de 3 états anciens, au commit bbbbbbbbbbbb du 3\u00a0mai 2026" in told
    assert "dla verify --minutes 10 FICHIER" in told


def test_a_document_that_cannot_be_made_now_is_told_why() -> None:
    assert "n’a pas pu le refaire aujourd’hui : le gabarit est faux." in said(
        Verdict.UNKNOWN, False, "le gabarit est faux"
    )


@pytest.mark.parametrize(("formats", "advised"), [(("docx", "pdf"), True), (("pdf",), False)])
def test_a_format_is_advised_where_the_document_has_it(
    formats: tuple[str, ...], advised: bool
) -> None:
    found = Verification(LABEL, "docx", Verdict.CURRENT, altered=True, formats=formats)
    told = "\n".join(verification_lines(Path("c.docx"), found))
    assert ("-t docx" in told, "-o un-autre-dossier" in told) == (advised, True)
