"""`dla kit`: the folder of a mission, or of the territory, whole and never at anybody's expense."""

from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from dla_docs.documents.kit import _free, kit_documents, kit_files, kit_logos, kit_of
from tests.scenes import JOUR, Lancer, demonstration

MISSION = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
SHARED = "2025-021-rapprochement-buech-jabron/ingenieries/phase-1-transition"
CAHIER = f"dossiers/{MISSION}/cahier-des-charges.yaml"


def stems(path: str) -> list[str]:
    examined = demonstration()
    scope = examined.corpus.scopes[path]
    return [d.stem for d in kit_documents(scope, examined.corpus, examined.types)]


def test_the_kit_of_a_mission_goes_from_the_guide_to_the_restitution() -> None:
    assert stems(MISSION)[:2] == ["fiche-prestataire-vierge", "guide-prestataires"]
    assert {"trame-proposition", "lisez-moi"} < set(stems(MISSION))
    blank = {"note-mi-parcours-vierge", "rapport-final-vierge", "presentation-restitution-vierge"}
    assert blank < set(stems(MISSION))


def test_the_kit_of_the_territory_holds_what_is_of_no_mission() -> None:
    assert stems("territoire") == ["fiche-prestataire-vierge", "guide-prestataires"]


def test_the_logos_of_a_kit_are_those_of_its_mission() -> None:
    examined = demonstration()
    scope = examined.corpus.scopes[MISSION]
    names = set(kit_logos(scope, examined.corpus, examined.types, JOUR))
    assert {"logos/dla.svg", "logos/operateur-galabre.svg", "logos/financeur-etat.svg"} < names
    # The European Union began later, and the other département is not concerned.
    assert names.isdisjoint({"logos/financeur-union-europeenne.svg", "logos/operateur-melezin.svg"})


def test_a_logo_that_bears_its_sentence_needs_none_beside_it() -> None:
    examined = demonstration()
    scope = examined.corpus.scopes[SHARED]
    logos = kit_of(scope, examined.corpus, examined.types, date(2026, 6, 1)).logos
    (europe,) = [logo for logo in logos if logo.mention]
    assert (europe.nom, europe.porte) == ("Union européenne", True)


def test_a_file_of_a_kit_is_one_that_the_workspace_makes() -> None:
    examined = demonstration()
    made = set(kit_files(examined.corpus, examined.types, JOUR))
    folder = "2025-003-calades-jabron/bilan-organisation-finances/kit"
    assert {f"{folder}/lisez-moi.html", f"{folder}/logos/dla.svg"} < made
    assert "territoire/kit/guide-prestataires.pdf" in made


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2025-021", "a plusieurs missions : 2025-021/phase-1-transition"),
        ("2026-004", "son accueil l’a réorienté"),
        ("2025-003/nope", "missions de ce dossier : 2025-003/bilan-organisation-finances"),
        ("alidade", "n’est ni une mission ni un dossier"),
        ("2025-999", "n’est ni un dossier, ni une ingénierie"),
    ],
)
def test_a_kit_without_its_mission_is_refused(name: str, told: str, lancer: Lancer) -> None:
    result = lancer("kit", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "Conseil : " in result.stderr


def test_a_kit_says_what_it_lacks_and_keeps_what_was_changed(espace: Path, lancer: Lancer) -> None:
    (espace / CAHIER).unlink()
    changed = espace / "sortie" / "logos" / "dla.svg"
    changed.parent.mkdir(parents=True)
    changed.write_text("<svg/>", encoding="utf-8")
    result = lancer("kit", "2025-003", "-o", espace / "sortie", espace=espace)
    assert result.exit_code == 1
    assert "sortie/rapport-final-vierge.docx" in result.stdout
    assert "trame-proposition" not in result.stdout
    assert "cahier-des-charges.yaml n’existe pas encore" in result.stderr
    assert "Gardé : " in result.stderr and changed.read_text(encoding="utf-8") == "<svg/>"


def test_a_kit_is_not_written_among_the_data(espace: Path, lancer: Lancer) -> None:
    result = lancer("kit", "-o", espace / "dossiers" / "kit", espace=espace)
    assert result.exit_code == 2 and "est parmi les données" in result.stderr


def test_logos_of_one_name_are_as_many_files() -> None:
    taken: dict[str, object] = {}
    for file in ("a/x.svg", "b/X.svg", "c/x.svg", "d/x-2.svg"):
        taken[_free(PurePosixPath(file), taken)] = file
    assert len({place.casefold() for place in taken}) == 4


def test_a_blank_form_of_a_territory_to_fill_in_is_refused_for_it(
    tmp_path: Path, lancer: Lancer
) -> None:
    lancer("init", tmp_path)
    result = lancer("kit", espace=tmp_path)
    assert result.exit_code == 1
    assert "gabarit" not in result.stderr
    assert "dossiers/territoire.yaml" in result.stderr
