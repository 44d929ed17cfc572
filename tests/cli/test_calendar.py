"""`dla calendar`: one file of what is due, which updates the one that was imported."""

from pathlib import Path

import icalendar

from tests.scenes import Lancer


def events(path: Path) -> dict[str, icalendar.Event]:
    read = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]): event for event in read.walk("VEVENT")}


def test_the_deadlines_of_all_are_in_one_calendar(lancer: Lancer, tmp_path: Path) -> None:
    result = lancer("--date", "2026-11-22", "calendar", "-o", tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    told = {str(event["SUMMARY"]) for event in events(tmp_path / "echeances.ics").values()}
    assert "Comité d’appui" in told
    report = "2026-002 Musiques en Guillestrois\u00a0: Rapport final attendu"
    assert report in told


def test_a_date_that_moves_updates_the_event(espace: Path, lancer: Lancer) -> None:
    path = espace / "documents/2025-003-calades-jabron/echeances-2025-003.ics"
    assert lancer("calendar", "2025-003", espace=espace).exit_code == 0
    before, content = events(path), path.read_bytes()
    lancer("calendar", "2025-003", espace=espace)
    assert path.read_bytes() == content
    convention = next(espace.rglob("2025-003*/ingenieries/*/convention.yaml"))
    text = convention.read_text(encoding="utf-8")
    convention.write_text(text.replace("date_fin: 2025-07-11", "date_fin: 2025-07-12"), "utf-8")
    lancer("calendar", "2025-003", espace=espace)
    after = events(path)
    moved = [uid for uid in after if after[uid].start != before[uid].start]
    assert before.keys() == after.keys() and len(moved) == 1
    assert all(after[uid]["SEQUENCE"] == before[uid]["SEQUENCE"] + 1 for uid in moved)


def test_a_calendar_is_one_that_the_workspace_makes(espace: Path, lancer: Lancer) -> None:
    lancer("calendar", "2025-003", espace=espace)
    lancer("calendar", espace=espace)
    assert "Rien à supprimer" in lancer("clean", "--dry-run", espace=espace).output


def test_an_empty_workspace_has_no_deadline(tmp_path: Path, lancer: Lancer) -> None:
    lancer("init", tmp_path)
    result = lancer("calendar", espace=tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Aucune échéance" in result.stderr
