"""`dla receive`: what is told, what is written, what is never lost."""

import shutil
from difflib import ndiff
from pathlib import Path

import pytest

from dla_docs.disk.writing import DiskError
from dla_docs.model.workspace import Workspace
from dla_docs.receive.keep import keep
from dla_docs.receive.receive import Asked, receive
from tests.receive.filling import FORMS, Value, filled, form
from tests.scenes import JOUR, Lancer, copy_demonstration

NOTE, TRAME = FORMS[2], FORMS[0]
MISSION = Path("dossiers/2025-007-aubepine-buech/ingenieries/orientations-strategiques")
VALUES: dict[str, Value] = {
    "date": "12/10/2025", "jours_consommes": "3,5", "avancement": "Quatre entretiens faits.",
    "reorientation_non": True,
}  # fmt: skip


@pytest.fixture
def espace(tmp_path: Path) -> Path:
    return copy_demonstration(tmp_path / "espace")


def note(tmp_path: Path, values: dict[str, Value] = VALUES, format: str = "docx") -> Path:
    """A note that came back."""
    blank, content = form(NOTE, format)
    path = tmp_path / f"note.{format}"
    path.write_bytes(filled(content, blank, values, format))
    return path


def told(text: str) -> str:
    """What was said, with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def kept(espace: Path) -> list[str]:
    return sorted(path.name for path in (espace / MISSION / "recus").glob("*note-mi-parcours*"))


def test_nothing_is_written_without_being_asked(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    before = (espace / MISSION / "realisation.yaml").read_bytes()
    result = lancer("receive", note(tmp_path), espace=espace)
    assert "jours_consommes : 3,5" in told(result.stdout)
    assert "Rien n’est écrit" in result.stderr
    assert (espace / MISSION / "realisation.yaml").read_bytes() == before
    assert kept(espace) == []


def test_what_is_written_adds_lines_and_changes_no_other(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    place = espace / MISSION / "realisation.yaml"
    before = place.read_text("utf-8").splitlines()
    assert lancer("receive", note(tmp_path), "--write", espace=espace).exit_code == 0
    changes = list(ndiff(before, place.read_text("utf-8").splitlines()))
    assert "+     jours_consommes: 3.5" in changes
    assert [line for line in changes if line.startswith("- ")] == []


def test_the_same_file_twice_changes_nothing(espace: Path, tmp_path: Path, lancer: Lancer) -> None:
    path = note(tmp_path)
    lancer("receive", path, "--write", espace=espace)
    first, names = (espace / MISSION / "realisation.yaml").read_bytes(), kept(espace)
    again = lancer("receive", path, "--write", espace=espace, DLA_DATE="2026-12-01")
    assert "Déjà gardé" in again.stdout
    assert ((espace / MISSION / "realisation.yaml").read_bytes(), kept(espace)) == (first, names)
    assert len(names) == 1


def test_a_value_that_differs_is_shown_beside_and_written_only_once_accepted(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    lancer("receive", note(tmp_path), "--write", espace=espace)
    other = note(tmp_path, {**VALUES, "jours_consommes": "5"})
    result = lancer("receive", other, "--write", espace=espace)
    assert result.exit_code == 1
    assert "jours_consommes : 5" in told(result.stdout)
    assert "connu : 3,5" in told(result.stdout)
    place = espace / MISSION / "realisation.yaml"
    assert "jours_consommes: 3.5" in place.read_text("utf-8")
    lancer("receive", other, "--write", "--accept", "jours_consommes", espace=espace)
    assert "jours_consommes: 5" in place.read_text("utf-8")


def test_a_data_file_changed_since_it_was_read_is_left_alone(espace: Path, tmp_path: Path) -> None:
    workspace = Workspace(espace)
    (result,) = receive([note(tmp_path)], workspace, JOUR, Asked())
    place = espace / MISSION / "realisation.yaml"
    place.write_text(place.read_text("utf-8") + "# ajouté\n", "utf-8")
    changed = place.read_bytes()
    with pytest.raises(DiskError, match="modifié"):
        keep(result, workspace, JOUR, frozenset())
    assert place.read_bytes() == changed
    assert len(kept(espace)) == 1


def test_a_file_that_is_not_read_is_told_and_stops_none(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    folder = tmp_path / "courrier"
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"PK\x03\x04 rien")
    shutil.copy(note(tmp_path), folder / "b.docx")
    result = lancer("receive", folder, espace=espace)
    assert result.exit_code == 1
    assert "a.docx : l’archive est abîmée" in told(result.stdout)
    assert "Conseil : " in told(result.stdout)
    assert "b.docx : Note à mi-parcours" in told(result.stdout)


def test_a_proposition_whose_author_is_not_told_asks_who(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    blank, content = form(TRAME, "html")
    path = tmp_path / "proposition.html"
    path.write_bytes(filled(content, blank, {"beneficiaire": "Une structure"}, "html"))
    result = lancer("receive", path, espace=espace)
    assert "on ne sait pas qui propose" in told(result.stdout)
    assert "--de nom-du-prestataire" in told(result.stdout)
    named = lancer("receive", path, "--de", "nouveau-cabinet", espace=espace)
    assert "propositions/nouveau-cabinet.yaml" in told(named.stdout)
