"""What a document about all dossiers may be told, by who reads it."""

from dataclasses import replace
from typing import Any

import pytest

from dla_docs.context.tallied import tallied
from dla_docs.context.views import Lens, TemplateFault, part_view
from dla_docs.documents.documents import documents
from dla_docs.flow import Examined
from dla_docs.gather.countings import Counting
from dla_docs.gather.gather import Gathered, gathered_in


@pytest.fixture(scope="module")
def gathered(examen: Examined) -> Gathered:
    return gathered_in(examen.corpus)


def told(examen: Examined, gathered: Gathered, by: str, audience: str) -> Any:
    """The parts of a count of the Enée table by one of its columns, for an audience."""
    document = next(
        d for d in documents(examen.corpus, examen.types) if d.type.name == "controle-enee"
    )
    lens = Lens(examen.corpus, frozenset({audience}), document.scope, examen.day, None, False)
    counting = Counting("essai", "Essai", "Essai.", gathered.tables["enee"], by=by)
    one = replace(gathered, countings={"essai": counting})
    return tallied(document, lens, one)["chiffres"]["essai"].lignes


def test_a_breakdown_by_a_closed_datum_is_counted_and_never_named(
    examen: Examined, gathered: Gathered
) -> None:
    parts = told(examen, gathered, "denomination", "financeurs")
    assert sum(part.valeur for part in parts) > 0
    for read in (str, bool, lambda name: name == "x"):
        with pytest.raises(TemplateFault, match=r"enee\.denomination.*financeurs.*R-CNF-01"):
            read(parts[0].libelle)


@pytest.mark.parametrize("by", ["secteur", "departements", "operateurs", "themes"])
def test_closed_lists_and_lists_of_the_territory_are_named(
    examen: Examined, gathered: Gathered, by: str
) -> None:
    assert all(str(part.libelle) for part in told(examen, gathered, by, "financeurs"))


def test_who_may_read_a_datum_reads_its_breakdown(examen: Examined, gathered: Gathered) -> None:
    names = {part.libelle for part in told(examen, gathered, "denomination", "operateur")}
    assert "Les Calades du Jabron" in names


def test_a_cofinancer_is_counted_by_its_type_where_the_territory_names_it(
    gathered: Gathered,
) -> None:
    lines = gathered.lines["cofinancements"]
    types = {line.values["financeur"]: line.values["type"] for line in lines}
    assert types["Département des Hautes-Alpes"] == "departement"


@pytest.mark.parametrize(
    ("within", "dates"),
    [
        (("2025-03-01", "2025-06-30"), ["2025-03-20", "2025-04-10", "2025-06-24"]),
        (("2025-07-01", "2025-11-20"), ["2025-11-20"]),
    ],
)
def test_a_year_tells_what_is_dated_of_the_period_alone(
    examen: Examined, within: tuple[str, str], dates: list[str]
) -> None:
    scope = examen.corpus.scopes["territoire"]
    audience = frozenset({"operateur"})
    lens = Lens(examen.corpus, audience, scope, examen.day, within=within)
    year = part_view(lens, scope.series["activite"]["2025"], "activite")
    assert dates == [str(meeting["date"]) for meeting in year["instances"]]
