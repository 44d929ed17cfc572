"""`dla list prestataires`: found by competence, sector and place, without accents nor case."""

import json

import pytest

from tests.scenes import Lancer


def found(lancer: Lancer, *words: str) -> set[str]:
    result = lancer("list", "prestataires", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return {row["prestataire"] for row in json.loads(result.stdout)}


@pytest.mark.parametrize("word", ["Hautes-Alpes", "hautes-alpes", "HAUTES", "autes-alpe"])
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


def test_nobody_found_is_no_fault(lancer: Lancer) -> None:
    result = lancer("list", "prestataires", "--zone", "Brest")
    assert (result.exit_code, result.stdout) == (0, "Aucun.\n")
