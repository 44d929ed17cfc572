"""What a record says of the data, read form by form on small data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dla_docs.check.declared import FORMS, PATHS, relations
from dla_docs.check.facts import Facts
from dla_docs.check.ledger import Relation
from dla_docs.flow import Examined
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.schemas import load_schema
from dla_docs.model.workspace import Workspace
from tests.conftest import ROOT

DAY = date(2025, 9, 1)
WORDS = {"message": "{a} {b} {valeur} {min} {max} {somme} {total} {nombre}", "conseil": "faites"}


@pytest.fixture
def dire(examen: Examined) -> Any:
    """`dire(entree, convention={…}, …)`: what an entry says of an ingénierie with these files."""

    def said(entry: dict[str, Any], **files: Any) -> list[Relation]:
        parts = {name: Source(f"{name}.yaml", data) for name, data in files.items()}
        scope = replace(Scope("ingenierie", "essai", "2025-001/ingenieries/essai"), parts=parts)
        return list(relations({**WORDS, **entry}, Facts(scope, examen.corpus, DAY)))

    return said


def broken(listed: list[Relation]) -> list[tuple[str | int, ...]]:
    """The places told, the last datum of each broken relation."""
    return [relation.data[-1].pointer for relation in listed if not relation.holds]


def test_a_file_that_is_called_for_and_absent_is_told(dire: Any) -> None:
    entry = {"fichier": "choix", "appelant": "convention"}
    assert broken(dire(entry, convention={})) == [("choix.yaml",)]
    assert broken(dire(entry, convention={}, choix={})) == []


def test_a_required_datum_is_told_in_each_element_that_lacks_it(dire: Any) -> None:
    entry = {"requis": "realisation.notes[].canal"}
    assert broken(dire(entry, realisation={"notes": [{"canal": "email"}, {}]})) == [
        ("notes", 1, "canal")
    ]


def test_an_absent_list_has_no_element_that_lacks_anything(dire: Any) -> None:
    assert broken(dire({"requis": "realisation.notes[].canal"}, realisation={})) == []


def test_a_value_that_is_not_admitted_is_told(dire: Any) -> None:
    entry = {"vaut": "restitution.conduite_par", "valeurs": ["prestataire"]}
    assert broken(dire(entry, restitution={"conduite_par": "dla"})) == [("conduite_par",)]


@pytest.mark.parametrize(
    ("day", "strict", "expected"), [("04", {}, 0), ("04", {"strict": True}, 1)]
)
def test_the_same_day_is_in_order_unless_it_is_strict(
    dire: Any, day: str, strict: dict[str, bool], expected: int
) -> None:
    entry = {"ordre": ["choix.date", "convention.date"], **strict}
    files = {"choix": {"date": f"2025-04-{day}"}, "convention": {"date": "2025-04-04"}}
    assert len(broken(dire(entry, **files))) == expected


def test_days_of_a_list_are_compared_element_by_element(dire: Any) -> None:
    entry = {"ordre": ["realisation.alertes[].date", "realisation.alertes[].date_decision"]}
    alerts = [
        {"date": "2025-05-01", "date_decision": "2025-05-02"},
        {"date": "2025-06-01", "date_decision": "2025-05-20"},
    ]
    assert broken(dire(entry, realisation={"alertes": alerts})) == [("alertes", 1, "date_decision")]


@pytest.mark.parametrize(
    ("end", "expected"), [("2025-02-28", 1), ("2025-03-01", 0), ("2027-02", 1)]
)
def test_a_duration_is_counted_in_months(dire: Any, end: str, expected: int) -> None:
    entry = {"duree": ["convention.date_debut", "convention.date_fin"]}
    entry |= {"min": 2, "max": 24, "unite": "mois"}  # type: ignore[dict-item]
    days = {"date_debut": "2025-01-01", "date_fin": end if len(end) > 7 else f"{end}-01"}
    assert len(broken(dire(entry, convention=days))) == expected


def test_what_ends_before_it_begins_has_no_duration(dire: Any) -> None:
    entry = {"duree": ["convention.date_debut", "convention.date_fin"], "min": 1}
    days = {"date_debut": "2025-01-10", "date_fin": "2025-01-01"}
    assert broken(dire(entry, convention=days)) == []


@pytest.mark.parametrize(("delay", "expected"), [(30, 0), (10, 1)])
def test_lateness_is_told_where_the_delay_runs_from(dire: Any, delay: int, expected: int) -> None:
    entry = {"retard": delay, "depuis": "restitution.date", "requis": "evaluation.prestataire"}
    listed = dire(entry, restitution={"date": "2025-08-10"})
    assert broken(listed) == [("date",)] * expected
    assert all(relation.late for relation in listed if not relation.holds)


AGREED = {"date_rapport": "2025-06-10", "date_fin": "2025-06-30"}


@pytest.mark.parametrize(
    ("avenants", "day", "expected"),
    [
        ([], "2025-06-10", []),
        ([], "2025-06-11", [("date",)]),
        ([{"date_rapport": "2025-06-12"}, {"date_rapport": "2025-06-20"}], "2025-06-20", []),
        ([], "", [("date_rapport",)]),
    ],
)
def test_what_comes_after_its_day_is_told_there(
    dire: Any, avenants: list[dict[str, str]], day: str, expected: list[tuple[str, ...]]
) -> None:
    paths = ["convention.avenants[].date_rapport", "convention.date_rapport"]
    entry = {"retard": 0, "depuis": paths, "requis": "rapport-final.date", "message_tard": "{a}"}
    files = {"rapport-final": {"date": day}} if day else {}
    listed = dire(entry, convention={**AGREED, "avenants": avenants}, **files)
    assert broken(listed) == expected
    assert all(relation.late for relation in listed if not relation.holds)


def test_a_sum_is_told_with_its_total(dire: Any) -> None:
    entry = {"somme": ["convention.montant.ht", "convention.montant.tva"]}
    entry["egale"] = "convention.montant.ttc"  # type: ignore[assignment]
    (relation,) = dire(entry, convention={"montant": {"ht": 100, "tva": 20, "ttc": 130}})
    assert [datum.pointer[-1] for datum in relation.data] == ["ttc", "ht", "tva"]
    assert "120 130" in relation.message


def test_a_sum_that_lacks_a_term_is_not_wrong(dire: Any) -> None:
    entry = {"somme": "convention.echeancier[].montant_ttc", "egale": "convention.montant.ttc"}
    data = {"montant": {"ttc": 130}, "echeancier": [{"montant_ttc": 30}, {}]}
    assert dire(entry, convention=data) == []


def test_each_year_has_its_own_sum(examen: Examined) -> None:
    entry = {**WORDS, "somme": "activite.temps[].pourcentage", "egale": 100}
    years = {"2025": [60, 40], "2026": [60, 30]}
    files = {
        year: Source(f"{year}.yaml", {"temps": [{"pourcentage": part} for part in parts]})
        for year, parts in years.items()
    }
    scope = replace(Scope("territoire", "", "territoire"), series={"activite": files})
    told = [r for r in relations(entry, Facts(scope, examen.corpus, DAY)) if not r.holds]
    assert [r.data[0].source.path for r in told] == ["2026.yaml"]


def test_two_data_that_should_be_equal_are_compared(dire: Any) -> None:
    entry = {"egal": ["cahier-des-charges.version", "consultation.version_cahier"]}
    files = {"cahier-des-charges": {"version": 2}, "consultation": {"version_cahier": 1}}
    assert broken(dire(entry, **files)) == [("version_cahier",)]


def test_a_name_that_the_list_does_not_hold_is_told(dire: Any) -> None:
    entry = {"parmi": "ingenierie.structures[]", "noms": "evaluation.beneficiaires[].structure"}
    data = {"beneficiaires": [{"structure": "lien"}, {"structure": "lin"}]}
    assert broken(dire(entry, ingenierie={"structures": ["lien"]}, evaluation=data)) == [
        ("beneficiaires", 1, "structure")
    ]


def test_an_element_without_a_name_is_told_as_one_that_the_list_does_not_hold(dire: Any) -> None:
    entry = {"parmi": "parcours.axes_prioritaires[].axe", "noms": "parcours.actions[].axe"}
    plan = {"axes_prioritaires": [{"axe": "budget"}], "actions": [{"axe": "budget"}, {}]}
    assert broken(dire(entry, parcours=plan)) == [("actions", 1, "axe")]


@pytest.mark.parametrize(("size", "expected"), [(1, 1), (2, 0), (4, 0), (5, 1)])
def test_a_list_is_counted_between_parameters(dire: Any, size: int, expected: int) -> None:
    entry = {"nombre": "consultation.destinataires"}
    entry |= {"min": "sollicites_min", "max": "sollicites_max"}
    listed = dire(entry, consultation={"destinataires": [{}] * size})
    assert len(broken(listed)) == expected


def test_an_entry_speaks_only_where_its_conditions_hold(dire: Any) -> None:
    entry = {"requis": "choix.date", "si": "choix.retenu", "sauf": "choix[infructueux=true]"}
    assert broken(dire(entry, choix={})) == []
    assert broken(dire(entry, choix={"retenu": "alidade"})) == [("date",)]
    assert broken(dire(entry, choix={"retenu": "alidade", "infructueux": True})) == []


def test_a_scope_that_holds_none_of_the_files_says_nothing(dire: Any) -> None:
    assert dire({"ordre": ["parcours.debut", "parcours.fin_prevue"]}, convention={}) == []


@pytest.mark.parametrize("text", ["{0}", "{valeur!r}", "{}"])
def test_a_message_names_data_and_nothing_of_the_program(dire: Any, text: str) -> None:
    entry = {"requis": "choix.date", "message": text}
    (relation,) = dire(entry, choix={"a": 1})
    assert "<class" not in relation.message


def keys() -> Iterator[str]:
    schema = load_schema(Workspace(ROOT).schema_folders, "regle.schema.json")
    (record,) = schema["patternProperties"].values()
    yield from record["properties"]["verifie"]["items"]["properties"]


def test_every_form_and_path_is_a_key_that_the_schema_of_records_knows() -> None:
    assert {*FORMS, *PATHS} <= set(keys())


def test_the_guide_shows_every_form() -> None:
    guide = (ROOT / "docs/guides/ecrire-une-regle.md").read_text(encoding="utf-8")
    assert [form for form in FORMS if f"`{form}:" not in guide] == []


THIRDS = {"somme": "convention.repartition[].montant_ttc", "egale": "convention.montant.ttc"}


@pytest.mark.parametrize(("total", "expected"), [("100.00", 0), ("100.03", 1)])
def test_each_term_of_a_list_may_be_a_cent_off(dire: Any, total: str, expected: int) -> None:
    parts = [{"montant_ttc": Decimal("33.33")}] * 3
    convention = {"repartition": parts, "montant": {"ttc": Decimal(total)}}
    assert len(broken(dire(THIRDS, convention=convention))) == expected


def test_amounts_are_told_with_their_cents(dire: Any) -> None:
    parts = [{"montant_ttc": Decimal("20.10")}, {"montant_ttc": Decimal("20.20")}]
    convention = {"repartition": parts, "montant": {"ttc": Decimal("50")}}
    (relation,) = dire({**THIRDS, "message": "{somme} €, et non {total} €"}, convention=convention)
    assert relation.message == "40,30 €, et non 50 €"


@pytest.mark.parametrize("day", ["0001-01-02", "2025-06-01", "9999-12-30"])
@pytest.mark.parametrize("unit", ["jours", "mois"])
def test_a_delay_that_leaves_the_calendar_stops_at_its_end(dire: Any, day: str, unit: str) -> None:
    entry = {"duree": ["convention.date", "choix.date"], "unite": unit, "min": 0, "max": 10**12}
    files = {"convention": {"date": day}, "choix": {"date": "9999-12-31"}}
    assert broken(dire(entry, **files)) == []
    late = {"retard": 10**12, "depuis": "convention.date", "requis": "convention.objet"}
    assert broken(dire(late, **files)) == []


def test_each_of_thousands_of_names_is_looked_for_at_once(dire: Any) -> None:
    entry = {"parmi": "parcours.axes_prioritaires[].axe", "noms": "parcours.actions[].axe"}
    axes = [{"axe": f"axe {n}"} for n in range(5_000)]
    told = dire(entry, parcours={"axes_prioritaires": axes, "actions": [{"axe": "x"}] * 5_000})
    assert len(broken(told)) == 5_000
    assert max(len(relation.message) for relation in told) < 1_000
