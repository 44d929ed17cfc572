"""Who a text names, however people write it."""

import pytest

from dla_docs.model.identity import akin, designates, functions_only, leads, names, tells

PRESIDENT = {"prenom": "Bernard", "nom": "Estoublier", "fonction": "président"}
PRESIDENTE = {"prenom": "Odile", "nom": "Rambaud-Teyssier", "fonction": "présidente"}
CALADES = {"denomination": "Les Calades du Jabron", "sigle": "ACJ"}


@pytest.mark.parametrize(
    "text",
    [
        "Bernard Estoublier, président",
        "M. ESTOUBLIER",
        "ESTOUBLIER Bernard",
        "B. Estoublier (président)",
        "Le président Estoublier",
        "Odile Rambaud-Teyssier et bernard estoublier",
    ],
)
def test_a_person_is_named_in_many_ways(text: str) -> None:
    assert names(text, PRESIDENT)


@pytest.mark.parametrize("text", ["Lise Estoublier", "Bernard Dumont", "le président", ""])
def test_another_person_is_not_that_one(text: str) -> None:
    assert not names(text, PRESIDENT)


@pytest.mark.parametrize("text", ["Odile RAMBAUD", "Mme Rambaud Teyssier", "odile teyssier"])
def test_half_of_a_compound_name_is_enough_with_the_first_name(text: str) -> None:
    assert names(text, PRESIDENTE)


def test_an_apostrophe_or_an_initial_makes_nobody_else() -> None:
    person = {"prenom": "Jean-Pierre", "nom": "d’Aubigné"}
    assert all(names(text, person) for text in ("J.-P. d'Aubigne", "JP D'AUBIGNÉ"))


@pytest.mark.parametrize(
    ("prose", "told"),
    [
        ("Selon Bernard Estoublier, il faut attendre.", True),
        ("M. Estoublier préside depuis dix ans.", True),
        ("Le moulin d’Estoublier est à vendre.", False),
    ],
)
def test_a_sentence_tells_a_person_by_first_name_or_civility(prose: str, told: bool) -> None:
    assert tells(prose, PRESIDENT) == told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Les Calades du Jabron, à Sisteron", True),
        ("LES CALADES DU JABRON", True),
        ("l’avenir des Calades", True),
        ("l’ACJ emploie quinze personnes", True),
        ("des calades de pierre", False),
        ("un atelier d’insertion", False),
    ],
)
def test_a_structure_is_named_by_its_name_its_head_or_its_initials(text: str, named: bool) -> None:
    assert designates(text, CALADES) == named


def test_common_words_name_a_structure_with_their_capital_only() -> None:
    lien = {"denomination": "Le Lien"}
    assert designates("les salariés du Lien", lien)
    assert not designates("Le lien social se défait.", lien)


@pytest.mark.parametrize("text", ["Deux administratrices", "La vice-présidente", "Le CA"])
def test_those_who_lead_are_known_by_their_function(text: str) -> None:
    assert leads(text)


@pytest.mark.parametrize("text", ["Huit professeurs", "Responsable de secteur", "L’équipe"])
def test_those_who_work_there_do_not_lead(text: str) -> None:
    assert not leads(text)


@pytest.mark.parametrize(
    ("text", "alone"),
    [("Madame la Présidente", True), ("Le bureau", True), ("Claire Dumont, présidente", False)],
)
def test_a_function_without_a_name_is_one_of_those_who_lead(text: str, alone: bool) -> None:
    assert functions_only(text) == alone


@pytest.mark.parametrize("holder", ["Mme ORSATELLI D.", "D.O.C.", "DOC", "SARL DelphineOrsatelli"])
def test_a_holder_is_known_by_one_word_of_its_name(holder: str) -> None:
    assert akin(holder, "Delphine Orsatelli Conseil")


@pytest.mark.parametrize("holder", ["Martin Conseil", "SARL Vidal", "M. Kévin Vidal"])
def test_words_of_the_trade_are_no_name(holder: str) -> None:
    assert not akin(holder, "Delphine Orsatelli Conseil")
