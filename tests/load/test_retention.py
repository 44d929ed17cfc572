"""Until when a dossier is kept, and who is told once that day is past."""

from datetime import date
from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.load.retention import kept_until, last_day
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR, demonstration

SABOTS, COLLECTIF = "2026-004-petits-sabots", "2025-021-rapprochement-buech-jabron"


def operators(first: int, second: int) -> dict[str, object]:
    delays = {0: first, 1: second}
    listed = {rank: {"protection_donnees": {"conservation_mois": n}} for rank, n in delays.items()}
    return {"fichiers": {"dossiers/territoire.yaml": {"operateurs": listed}}}


def test_the_last_day_is_that_of_any_file_of_the_dossier() -> None:
    corpus = demonstration().corpus
    assert last_day(corpus.scopes[SABOTS], corpus) == date(2026, 2, 17)
    assert kept_until(corpus.scopes[SABOTS], corpus) == date(2031, 2, 17)


def test_a_planned_day_of_an_ingenierie_counts() -> None:
    corpus = demonstration().corpus
    last = last_day(corpus.scopes[COLLECTIF], corpus)
    assert last and last > JOUR


@pytest.mark.parametrize(("delays", "months"), [((60, 12), 60), ((12, 24), 24)])
def test_of_two_operators_the_longest_delay_counts(
    delays: tuple[int, int], months: int, espace_entier: Path
) -> None:
    apply(espace_entier, operators(*delays))
    corpus = examine(Workspace(espace_entier), JOUR).corpus
    scope = corpus.scopes[COLLECTIF]
    last, until = last_day(scope, corpus), kept_until(scope, corpus)
    assert last and until and (until.year - last.year) * 12 + until.month - last.month == months


def test_a_dossier_kept_too_long_is_told_and_no_other(espace_entier: Path) -> None:
    apply(espace_entier, operators(3, 60))
    (told,) = examine(Workspace(espace_entier), JOUR).findings
    assert (told.code, told.path) == ("R-CNF-08", f"dossiers/{SABOTS}/dossier.yaml")
    assert "17\N{NO-BREAK SPACE}mai 2026" in told.message
