"""One language for a path in the data: read, walked in data, walked in a schema."""

import pytest

from dla_docs.model.paths import Every, Path

DATA = {
    "notes": [{"date": "2025-05-01"}, {"canal": "email"}],
    "versements": [{"libelle": "acompte", "ttc": 1}, {"libelle": "solde", "ttc": 2}],
    "parties": {"dla": [{"nom": "Galabre"}], "prestataire": [{"nom": "Alidade"}]},
    "infructueux": True,
}
PARTY = {"items": {"properties": {"nom": {}}}}
SCHEMA = {
    "properties": {
        "notes": {"items": {"properties": {"date": {"title": "Date"}}}},
        "parties": {"properties": {"dla": PARTY, "prestataire": PARTY}},
        "versements": {"items": {"properties": {"libelle": {"enum": ["solde"]}, "ttc": {}}}},
        "infructueux": {"type": "boolean"},
    }
}


def values(text: str) -> list[object]:
    return [value for _, value in Path.parse(text).of(DATA)]


@pytest.mark.parametrize(
    "text",
    [
        "convention.date",
        "realisation.notes[].date",
        "rapport-final.calendrier[0].date",
        "reglement.versements[libelle=solde].date_paiement",
        "choix.retenu/proposition.budget.jours",
        "convention.parties[][].nom",
    ],
)
def test_a_path_reads_back_as_it_is_written(text: str) -> None:
    assert str(Path.parse(text)) == text


@pytest.mark.parametrize("text", ["", ".date", "a..b", "a.b[", "a.b[=x]", "a.[]x", "[].a"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="«"):
        Path.parse(text)


def test_every_element_is_walked() -> None:
    assert values("x.versements[].ttc") == [1, 2]


def test_an_element_is_chosen_by_its_value() -> None:
    assert values("x.versements[libelle=solde].ttc") == [2]


def test_a_mapping_is_kept_by_its_value() -> None:
    assert values("x[infructueux=true].versements[0].ttc") == [1]
    assert values("x[infructueux=false].versements[0].ttc") == []


def test_the_values_of_a_mapping_are_walked() -> None:
    assert values("x.parties[][].nom") == ["Galabre", "Alidade"]


def test_what_is_absent_from_an_element_has_its_place() -> None:
    path = Path.parse("x.notes[].date")
    assert list(path.each(DATA)) == [
        (("notes", 0, "date"), "2025-05-01"),
        (("notes", 1, "date"), None),
    ]
    assert path.first_missing(DATA) == ("notes", 1, "date")


def test_an_absent_list_lacks_once() -> None:
    assert list(Path.parse("x.alertes[].date").each(DATA)) == [(("alertes",), None)]


def test_nothing_lacks_where_all_is_there() -> None:
    assert Path.parse("x.versements[].ttc").first_missing(DATA) is None


def test_a_path_finds_its_field_in_a_schema() -> None:
    assert Path.parse("x.notes[].date").of_schema(SCHEMA) == {"title": "Date"}
    assert Path.parse("x.parties[][].nom").of_schema(SCHEMA) == {}
    assert Path.parse("x.versements[libelle=solde].ttc").of_schema(SCHEMA) == {}
    assert Path.parse("x[infructueux=true]").of_schema(SCHEMA) == SCHEMA


def test_a_mapping_whose_keys_are_free_has_values() -> None:
    free = {"properties": {"regles": {"patternProperties": {"^R-": PARTY["items"], "^x-": True}}}}
    assert Path.parse("x.regles[].nom").of_schema(free) == {}
    assert Path.parse("x.regles[].prenom").of_schema(free) is None


def test_what_one_value_of_a_mapping_lacks_is_not_a_field_of_all() -> None:
    short = {"properties": {"parties": {"properties": {"dla": PARTY, "prestataire": {}}}}}
    assert Path.parse("x.parties[][].nom").of_schema(short) is None


@pytest.mark.parametrize(
    "text",
    [
        "x.notes[].dat",
        "x.note",
        "x.parties[][].prenom",
        "x.notes.date",
        "x.versements[libelle=sold].ttc",
        "x.versements[libele=solde].ttc",
        "x[infructueux=oui]",
    ],
)
def test_a_field_that_no_schema_knows_is_none(text: str) -> None:
    assert Path.parse(text).of_schema(SCHEMA) is None


def test_the_place_of_a_datum_is_a_path() -> None:
    path = Path.to("notes", ("dates", 3, "jour"))
    assert str(path) == "notes.dates[3].jour"
    assert path.general == Path("notes", ("dates", Every(), "jour"))


def test_a_path_is_named_from_inside_its_file() -> None:
    assert Path.parse("convention.parties.dla[0].nom").inside == "parties.dla[0].nom"
    assert Path.parse("accueil[decision=ajourner]").inside == "[decision=ajourner]"


def test_a_path_leads_to_one_datum_as_far_as_it_says_which() -> None:
    assert Path.parse("suivi.bilans[0].date").pointer == ("bilans", 0, "date")
    assert Path.parse("realisation.notes[].date").pointer == ("notes",)


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        ("suivi", False),
        ("suivi.synthese", True),
        ("suivi.synthese.date", True),
        ("suivi.synthese[].date", True),
        ("suivi.syntheses", False),
        ("parcours.synthese", False),
    ],
)
def test_a_path_holds_what_is_further_down_it(held: str, answer: bool) -> None:
    assert Path.parse("suivi.synthese").holds(Path.parse(held)) is answer


def test_every_element_holds_each_of_them() -> None:
    assert Path.parse("x.notes[]").holds(Path("x").down("notes", 3, "date"))
