"""What was asked for and has not come: told once it is late, and no more once it came."""

from datetime import date
from pathlib import Path

import pytest

from dla_docs.agenda.lacking import Lack, lacking
from dla_docs.check.facts import Facts
from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.scenes import demonstration

DONE = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
RUNNING = "2026-002-musiques-guillestrois/ingenieries/projet-et-gouvernance"
OPEN = "2026-013-presence-verdon/ingenieries/organisation-tournees"


def lacks(place: str, day: date) -> list[Lack]:
    corpus = demonstration().corpus
    return list(lacking(Facts(corpus.scopes[place], corpus, day)))


def test_who_was_called_and_is_silent_lacks_from_the_next_day_on() -> None:
    assert lacks(OPEN, date(2026, 11, 10)) == []
    (lack,) = lacks(OPEN, date(2026, 11, 22))
    assert (lack.code, lack.name, lack.due) == (
        "reponse",
        "delphine-orsatelli",
        date(2026, 12, 4),
    )


def test_a_report_lacks_once_the_day_of_the_last_avenant_is_past() -> None:
    assert lacks(RUNNING, date(2027, 1, 29)) == []
    (lack,) = lacks(RUNNING, date(2027, 1, 30))
    assert (lack.code, lack.name) == ("rapport_final", "lisiere")


def test_nothing_lacks_while_a_mission_is_suspended() -> None:
    assert lacks(RUNNING, date(2026, 8, 1)) == []


def test_nothing_lacks_in_a_mission_that_is_over() -> None:
    assert lacks(DONE, date(2026, 11, 22)) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "codes"),
    [
        ("evaluation", "    date_reponse", "    x-date_reponse", {"enquete"}),
        ("convention", "      signature", "      x-signature", {"signature"}),
        ("reglement", "  - libelle: solde", "  - libelle: intermediaire", {"facture"}),
    ],
)
def test_what_has_not_come_lacks(
    name: str, before: str, after: str, codes: set[str], espace: Path
) -> None:
    path = espace / "dossiers" / DONE / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    corpus = examine(Workspace(espace), date(2026, 11, 22), ("2025-003",)).corpus
    found = lacking(Facts(corpus.scopes[DONE], corpus, date(2026, 11, 22)))
    assert {lack.code for lack in found} == codes
