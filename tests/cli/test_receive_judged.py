"""`dla receive -d`: a document that nobody wrote on our form is judged, and prefills the data."""

from difflib import ndiff
from pathlib import Path

import pytest

from dla_docs.load.yaml_reader import parse
from tests.judge.written import papers
from tests.receive.filling import FORMS, filled, form
from tests.scenes import Lancer, copy_demonstration

MISSION = Path("dossiers/2025-007-aubepine-buech/ingenieries/orientations-strategiques")
SCOPE = ("--pour", "2025-007/orientations-strategiques")
OFFER, REPORT = (*SCOPE, "-d", "trame-proposition"), (*SCOPE, "-d", "rapport-final")


@pytest.fixture
def espace(tmp_path: Path) -> Path:
    return copy_demonstration(tmp_path / "espace")


def paper(name: str, folder: Path, kind: str = "propositions") -> Path:
    """One of the papers, as it came."""
    held = next(one for one in papers(kind) if one.name == name)
    path = folder / f"{name}.{held.format}"
    path.write_bytes(held.content())
    return path


def told(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_point_is_told_with_what_shows_it(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    result = lancer("receive", paper("sans-styles", tmp_path), *OFFER, espace=espace)
    said = told(result.stdout)
    assert "fait autrement que notre formulaire" in said
    assert "Enjeux  [paragraphe 10, « Les enjeux »]" in said
    assert "4 × 800 € font 3 200 €, le document dit 3 000 €" in said
    assert "après la date limite du 25 avril 2025" in said


def test_what_is_written_is_a_checklist_that_the_schema_takes(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    path = paper("equipe-d-abord", tmp_path)
    lancer("receive", path, *OFFER, "--de", "faitage", "--write", espace=espace)
    place = espace / MISSION / "propositions" / "faitage.yaml"
    data = parse(place.name, place.read_bytes()).data
    assert data["points"]["garde"]["structure"] == {"etat": "present", "page": 1}
    assert data["points"]["garde"]["coordonnees"]["etat"] == "absent"
    assert data["budget"]["jours"] == 5
    assert (
        "S-" not in lancer("check", "2025-007", espace=espace).stdout.partition("faitage.yaml")[0]
    )


def test_the_words_about_a_person_stay_in_the_file(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    path = paper("sans-styles", tmp_path)
    lancer("receive", path, *OFFER, "--de", "faitage", "--write", espace=espace)
    written = (espace / MISSION / "propositions" / "faitage.yaml").read_text("utf-8")
    assert "44 ans" not in written
    assert "DESCF" not in written


def test_the_same_file_twice_changes_nothing(espace: Path, tmp_path: Path, lancer: Lancer) -> None:
    path, place = paper("cabinet", tmp_path), espace / MISSION / "propositions" / "faitage.yaml"
    asked = ("receive", path, *OFFER, "--de", "faitage", "--write")
    lancer(*asked, espace=espace)
    first = place.read_bytes()
    assert "Déjà gardé" in lancer(*asked, espace=espace).stdout
    assert place.read_bytes() == first


def test_what_a_person_decided_is_not_asked_again(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    place = espace / MISSION / "propositions" / "alidade.yaml"
    before = place.read_text("utf-8").splitlines()
    result = lancer("receive", paper("lettre", tmp_path, "propositions"), *OFFER, "--write",
                    espace=espace)  # fmt: skip
    changes = [
        line for line in ndiff(before, place.read_text("utf-8").splitlines()) if line[0] in "+-"
    ]
    assert changes == []
    assert "points.garde.logos.etat : absent" in told(result.stdout)
    assert "points.rappel.enjeux" not in result.stdout


def test_a_contradiction_is_written_once_accepted(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    key = "points.garde.logos.etat"
    path = paper("lettre", tmp_path, "propositions")
    lancer("receive", path, *OFFER, "--write", "--accept", key, espace=espace)
    place = espace / MISSION / "propositions" / "alidade.yaml"
    assert (
        parse(place.name, place.read_bytes()).data["points"]["garde"]["logos"]["etat"] == "absent"
    )


def test_a_report_fills_its_own_points(espace: Path, tmp_path: Path, lancer: Lancer) -> None:
    place = espace / MISSION / "rapport-final.yaml"
    place.write_text("date: 2025-10-02\n", encoding="utf-8")
    lancer("receive", paper("tableaux", tmp_path, "rapports"), *REPORT, "--write", espace=espace)
    data = parse(place.name, place.read_bytes()).data
    assert data["points"]["corps"]["echeancier"]["etat"] == "present"
    assert data["points"]["garde"]["logos"]["etat"] == "a_verifier"
    assert data["jours_realises"] == 4


def test_our_own_form_is_read_as_a_form(espace: Path, tmp_path: Path, lancer: Lancer) -> None:
    blank, content = form(FORMS[0], "docx")
    path = tmp_path / "trame.docx"
    path.write_bytes(filled(content, blank, {"date": "22/04/2025"}, "docx"))
    said = lancer("receive", path, *OFFER, "--de", "alidade", espace=espace).stdout
    assert "fait autrement" not in said


def test_a_stranger_that_nobody_names_is_not_guessed(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    result = lancer("receive", paper("cabinet", tmp_path), *SCOPE, espace=espace)
    assert "-d trame-proposition" in result.stdout
    assert result.exit_code == 1


def test_a_dossier_of_two_missions_asks_for_which_one(
    espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    path = paper("cabinet", tmp_path)
    asked = ("receive", path, "--pour", "2025-021", "-d", "trame-proposition", "--de", "alidade")
    assert "dites pour quelle mission" in lancer(*asked, espace=espace).stdout
