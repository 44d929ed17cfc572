"""`dla receive` of a folder: who sent what, what lacks to whom, and the reminders that follow."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from dla_docs.load.yaml_reader import parse
from tests.messages.read import body, parsed
from tests.receive.filling import FORMS, Value, filled, form
from tests.scenes import Lancer, copy_demonstration

CALL = Path("dossiers/2026-013-presence-verdon/ingenieries/organisation-tournees")
TRAME = "2026-013-presence-verdon/organisation-tournees/trame-proposition-vierge"
DAY = {"DLA_DATE": "2026-11-20"}
ROWS = {"budget_1_poste": "Ateliers", "budget_1_quantite": "4", "budget_1_prix_unitaire": "700"}
OFFER: dict[str, Value] = {
    "date": "17/11/2026", "contact": "Delphine Orsatelli", "nombre_jours": "4", "taux_tva": "0",
    "coordonnees": "Delphine Orsatelli Conseil", "methodologie": "Des ateliers.", **ROWS,
    "budget_1_montant_hors_taxes": "2 800", "total_ttc": "2 800",
    "intervenants_1_prenom_nom_age": "Delphine Orsatelli",
}  # fmt: skip
WRONG = {**OFFER, "budget_1_montant_hors_taxes": "2 700"}


def told(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def offer(folder: Path, values: Mapping[str, Value], name: str = "offre") -> Path:
    blank, content = form(TRAME, "html")
    path = folder / f"{name}.html"
    path.write_bytes(filled(content, blank, values, "html"))
    return path


@pytest.fixture(scope="module")
def espace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, where two of the prestataires called have not answered."""
    place = copy_demonstration(tmp_path_factory.mktemp("lots") / "espace")
    path = place / CALL / "consultation.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("    reponse: decline"), text.index("  - prestataire: delphine")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def lot(espace: Path, lancer: Lancer) -> str:
    """What is said of a folder of two files that was written: an offer that lacks much, a note."""
    folder = espace / "courrier"
    folder.mkdir()
    offer(folder, WRONG)
    blank, content = form(FORMS[2], "html")
    note = filled(content, blank, {"date": "12/10/2025", "jours_consommes": "3"}, "html")
    (folder / "note.html").write_bytes(note)
    return told(lancer("receive", folder, "--write", espace=espace, **DAY).stdout)


def written(espace: Path, name: str) -> Mapping[str, object]:
    path = espace / CALL / name
    data = parse(path.name, path.read_bytes()).data
    assert isinstance(data, dict)
    return data


def test_a_folder_says_who_sent_what_and_who_sent_nothing(lot: str) -> None:
    table, awaited = lot[lot.index("De ") :].split("\nAttendu\n")
    assert "Delphine Orsatelli Conseil  Proposition d’intervention  offre.html" in table
    assert "13 points absents, 2 contradictions, 3 à vérifier" in table
    assert (
        "Alidade et Boussole : réponse à l’appel à proposition, envoi du 10 novembre 2026"
        in awaited
    )
    assert "Delphine Orsatelli Conseil : proposition arrivée le 20 novembre 2026, il y" in awaited
    assert "Pour relancer : dla mail relance 2026-013/organisation-tournees" in awaited


def test_the_consultation_knows_who_answered(espace: Path, lot: str) -> None:
    (called,) = [
        one
        for one in written(espace, "consultation.yaml")["destinataires"]  # type: ignore[attr-defined]
        if one["prestataire"] == "delphine-orsatelli"
    ]
    assert called["reponse"] == "proposition"
    assert called["date_reponse"] == "2026-11-20"
    assert called["canal_reponse"] == "email"


def test_what_a_form_leaves_empty_is_absent_and_what_it_bears_itself_is_there(
    espace: Path, lot: str
) -> None:
    points = written(espace, "propositions/delphine-orsatelli.yaml")["points"]
    assert points["garde"]["logos"] == {"etat": "present"}  # type: ignore[index]
    assert points["modalites"]["methodologie"] == {"etat": "present"}  # type: ignore[index]
    assert points["rappel"]["enjeux"] == {"etat": "absent"}  # type: ignore[index]


def test_amounts_that_disagree_wait_and_the_point_says_why(espace: Path, lot: str) -> None:
    path = espace / CALL / "propositions" / "delphine-orsatelli.yaml"
    text = path.read_text(encoding="utf-8")
    assert "total_ht" not in text
    assert "taux_jour_ht: 700" in text
    assert 'etat: a_verifier\n      note: "Ligne 1 du budget' in text


def test_each_reminder_asks_for_its_own_lacks_and_names_nobody_else(
    espace: Path, lot: str, lancer: Lancer, tmp_path: Path
) -> None:
    asked = ("mail", "relance", "2026-013", "-o", tmp_path)
    assert lancer(*asked, espace=espace, **DAY).exit_code == 0
    texts = {path.stem: told(body(parsed(path))) for path in tmp_path.glob("*.eml")}
    own = texts["relance-delphine-orsatelli"]
    assert "compléments à votre proposition, arrivée le 20 novembre 2026 : - bénéficiaire" in own
    assert "le CV de Delphine Orsatelli" in own
    assert "4 × 700 € font 2 800 €, le document dit 2 700 €" in own
    assert "Alidade" not in own
    assert "Delphine" not in texts["relance-alidade"]
    assert "votre réponse à l’appel à proposition" in texts["relance-alidade"]


def test_status_gives_machines_what_is_awaited(espace: Path, lot: str, lancer: Lancer) -> None:
    (one,) = json.loads(lancer("status", "2026-013", "--json", espace=espace, **DAY).stdout)
    awaited = {(lack["de"], lack["quoi"]): lack for lack in one["attendu"]}
    assert awaited["alidade", "reponse"]["envoye"] == "2026-11-10"
    assert awaited["alidade", "reponse"]["attendu"] == "2026-12-04"
    assert awaited["delphine-orsatelli", "proposition"]["arrive"] == "2026-11-20"
    assert "enjeux" in awaited["delphine-orsatelli", "proposition"]["manque"]


def test_a_corrected_proposition_takes_the_place_of_the_first_once_accepted(
    espace: Path, lot: str, lancer: Lancer, tmp_path: Path
) -> None:
    again = offer(tmp_path, {**OFFER, "enjeux": "Garder les équipes."}, "corrigee")
    asked = ("receive", again, "--write", "--accept", "tout")
    assert lancer(*asked, espace=espace, DLA_DATE="2026-11-24").exit_code == 0
    data = written(espace, "propositions/delphine-orsatelli.yaml")
    assert str(data["fichier"]).startswith("recus/2026-11-24-")
    assert data["date_reception"] == "2026-11-24"
    assert data["points"]["rappel"]["enjeux"] == {"etat": "present"}  # type: ignore[index]
    assert data["points"]["modalites"]["budget"] == {"etat": "present"}  # type: ignore[index]
    assert "date_reponse: 2026-11-24" in (espace / CALL / "consultation.yaml").read_text("utf-8")
