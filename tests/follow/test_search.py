"""`dla list prestataires`: found by competence, sector and place, without accents nor case."""

import json

import pytest

from dla_docs.model.departements import DEPARTEMENTS, departement_of
from tests.scenes import Lancer


def found(lancer: Lancer, *words: str) -> set[str]:
    result = lancer("list", "prestataires", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return {row["prestataire"] for row in json.loads(result.stdout)}


@pytest.mark.parametrize("word", ["Hautes-Alp", "hautes-alp", "HAUTES", "autes-alpe"])
def test_a_place_is_found_however_written(word: str, lancer: Lancer) -> None:
    everyone = json.loads(lancer("list", "prestataires", "--json").stdout)
    wanted = {
        r["prestataire"] for r in everyone if any(word.lower() in z.lower() for z in r["zones"])
    }
    assert wanted
    assert wanted < {row["prestataire"] for row in everyone}
    assert found(lancer, "--zone", word) == wanted


def test_accents_do_not_count(lancer: Lancer) -> None:
    assert found(lancer, "--competence", "strategie") == found(lancer, "--competence", "STRATÉGIE")
    assert found(lancer, "--competence", "strategie")


def test_every_word_asked_must_be_there(lancer: Lancer) -> None:
    one, other = found(lancer, "--zone", "Vaucluse"), found(lancer, "--zone", "Hautes-Alpes")
    assert found(lancer, "--zone", "Vaucluse", "--zone", "Hautes-Alpes") == one & other


@pytest.mark.parametrize("word", ["environnement", "Environnement"])
def test_a_sector_is_named_by_value_or_label(word: str, lancer: Lancer) -> None:
    rows = json.loads(lancer("list", "prestataires", "--json").stdout)
    wanted = {row["prestataire"] for row in rows if "environnement" in row["secteurs"]}
    assert found(lancer, "--secteur", word) == wanted


def test_an_unknown_sector_is_refused_with_the_known_ones(lancer: Lancer) -> None:
    result = lancer("list", "prestataires", "--secteur", "cultur")
    assert result.exit_code == 2
    assert "secteurs connus : culture, sport" in result.stderr


def test_nobody_found_is_no_fault_and_the_known_zones_are_told(lancer: Lancer) -> None:
    result = lancer("list", "prestataires", "--zone", "Brest")
    assert (result.exit_code, result.stdout) == (0, "Aucun.\n")
    assert "Zones connues : Alpes-de-Haute-Provence, Auvergne-Rhône-Alpes" in result.stderr


@pytest.mark.parametrize("word", ["gap", "GAP", "05000", "05", "Hautes-Alpes", "hautes alpes"])
def test_a_town_a_number_or_a_departement_answers_with_its_region(
    word: str, lancer: Lancer
) -> None:
    names = found(lancer, "--zone", word)
    assert names == {"alidade", "delphine-orsatelli", "faitage", "lisiere"}


def test_a_short_name_is_no_part_of_another(lancer: Lancer) -> None:
    # « ain » is in « Alpin » or « Maine »: the département is meant, and its region.
    assert found(lancer, "--zone", "Ain") == {"faitage"}


def test_known_competences_are_told_when_none_fits(lancer: Lancer) -> None:
    result = lancer("list", "prestataires", "--zone", "gap", "--competence", "apiculture")
    assert "Compétences connues : " in result.stderr and "Zones connues" in result.stderr


def test_every_departement_has_its_postal_codes() -> None:
    places = [departement_of(code) for code in ("05000", "20000", "20200", "97400", "98000")]
    names = [place and place.name for place in places]
    assert names == ["Hautes-Alpes", "Corse-du-Sud", "Haute-Corse", "La Réunion", None]
    assert len(DEPARTEMENTS) == 101
