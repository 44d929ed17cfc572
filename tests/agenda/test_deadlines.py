"""The deadlines of the demonstration: which, when, and what tells that they are past."""

from datetime import date
from pathlib import Path as File

import pytest

from dla_docs.agenda.deadlines import Deadline, deadlines, records
from dla_docs.agenda.events import calendar_file, events_of
from dla_docs.check.facts import Facts
from dla_docs.flow import examine
from dla_docs.load.places import field_of
from dla_docs.model.paths import Path
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR, demonstration

DONE = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
RUNNING = "2026-002-musiques-guillestrois/ingenieries/projet-et-gouvernance"
OPEN = "2026-013-presence-verdon/ingenieries/organisation-tournees"


def due(place: str) -> dict[str, Deadline]:
    corpus = demonstration().corpus
    return {d.id: d for d in deadlines(Facts(corpus.scopes[place], corpus, JOUR))}


def test_a_mission_that_is_over_owes_nothing_more() -> None:
    told = due(DONE).values()
    assert {"reponse", "note", "rapport", "restitution", "enquete", "solde", "bilan"} <= {
        one.id for one in told
    }
    assert [one.id for one in told if not (one.done or one.meeting)] == []


def test_an_avenant_moves_the_deadlines_of_its_convention() -> None:
    told = due(RUNNING)
    assert (told["rapport"].day, told["rapport"].done) == ("2027-01-29", False)
    assert told["fin"].day == "2027-02-26"


def test_a_restitution_planned_before_the_report_is_not_believed() -> None:
    told = due(RUNNING)["restitution"]
    assert (told.day, told.meeting) == ("2027-02-26", False)
    assert due(OPEN)["restitution"].day == "2027-07-02"


def test_a_call_ends_at_its_hour() -> None:
    told = due(OPEN)["reponse"]
    assert (told.day, told.hour, told.done) == ("2026-12-04", "12:00", False)


def test_every_path_of_the_records_is_one_that_schemas_know() -> None:
    kinds = demonstration().corpus.kinds
    keys = ("heure", "fin", "lieu", "fait")
    written = [path for record in records() for path in record["jour"]]
    written += [r[key] for r in records() for key in keys if not r.get(key, ".").startswith(".")]
    assert [path for path in written if field_of(Path.parse(path), kinds) is None] == []


def test_an_identifier_names_one_event_and_no_structure() -> None:
    corpus = demonstration().corpus
    uids = [event.uid for event in events_of(corpus, JOUR)]
    assert len(uids) == len(set(uids)) > 80
    structures = corpus.listing.shelf("structures")
    folders = [uid.partition(".")[0] for uid in uids]
    assert not set(structures) & set(folders)


def test_two_days_of_the_same_data_give_the_same_events() -> None:
    corpus = demonstration().corpus
    assert [*events_of(corpus, JOUR)] == [*events_of(corpus, date(2026, 11, 23))]


def test_a_stopped_mission_cancels_what_it_was_to_do(espace: File) -> None:
    path = espace / "dossiers" / DONE / "realisation.yaml"
    halt = """alertes:
  - date: 2025-05-02
    auteur: structure
    type: contrainte_externe
    description: Le local a brûlé.
    canal: email
    decision: arret
    date_decision: 2025-05-05
    decideur: Odile Vial, présidente
"""
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{halt}", encoding="utf-8")
    for name in ("rapport-final", "restitution", "reglement", "evaluation"):
        (path.parent / f"{name}.yaml").unlink()
    corpus = examine(Workspace(espace), JOUR, ("2025-003",)).corpus
    told = {d.id: d for d in deadlines(Facts(corpus.scopes[DONE], corpus, JOUR))}
    assert told["rapport"].cancelled and not told["enquete"].cancelled


@pytest.mark.parametrize(
    ("place", "file"),
    [
        ("territoire", "territoire/echeances.ics"),
        ("2025-003-calades-jabron", "2025-003-calades-jabron/echeances-2025-003.ics"),
    ],
)
def test_a_calendar_has_one_place(place: str, file: str) -> None:
    assert calendar_file(demonstration().corpus.scopes[place]) == file


def test_a_restitution_says_whether_it_was_convened(espace: File) -> None:
    path = espace / "dossiers" / DONE / "restitution.yaml"
    text = path.read_text(encoding="utf-8").replace("synthese:", "x-synthese:")
    told = []
    for more in ("", "date_convocation: 2025-06-20\n"):
        path.write_text(f"{text}\n{more}", encoding="utf-8")
        corpus = examine(Workspace(espace), JOUR, ("2025-003",)).corpus
        found = deadlines(Facts(corpus.scopes[DONE], corpus, JOUR))
        told += [one.told.replace("\u00a0", " ") for one in found if one.id == "restitution"]
    assert told == [
        "Convoquer chacun : dla mail restitution.",
        "Convocation envoyée le 20 juin 2025.",
    ]
