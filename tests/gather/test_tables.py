"""The declared tables: paths that lead somewhere, and what a workspace may change of them."""

from pathlib import Path

import pytest

from dla_docs.check.examined import prepare
from dla_docs.flow import Examined
from dla_docs.gather.gather import declared
from dla_docs.gather.tables import load_tables
from dla_docs.model.errors import TemplateError
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.scenes import Lancer

TABLE = """titre: Essai
description: Une ligne par dossier.
ligne: dossier
colonnes:
  - {{id: numero, titre: Numéro, description: Le numéro., de: portee.reference}}
  - {{id: essai, titre: Essai, description: Un essai., {}}}
"""


def of(espace: Path, name: str, text: str) -> Workspace:
    (espace / "schemas/tableaux").mkdir(parents=True)
    (espace / f"schemas/tableaux/{name}.yaml").write_text(text, encoding="utf-8")
    return Workspace(espace)


def test_every_column_leads_to_a_datum_of_the_schemas(examen: Examined) -> None:
    known = declared(examen.corpus.workspace, examen.corpus.kinds)
    assert known.tables
    assert all(column.audience for t in known.tables.values() for column in t.columns)


@pytest.mark.parametrize(
    ("path", "audience"),
    [
        ("portee.reference", True),
        ("portee.nom", False),
        ("portee.conserve_jusqu_au", False),
        ("dossier.structures[]/structure.denomination", True),
    ],
)
def test_a_column_is_as_open_as_its_datum(espace: Path, path: str, audience: bool) -> None:
    workspace = of(espace, "essai", TABLE.format(f'de: "{path}"'))
    column = load_tables(workspace, load_kinds(workspace))["essai"].column("essai")
    assert column
    assert ("structure" in column.audience) is audience


@pytest.mark.parametrize(
    "path",
    ["dossier.titer", "inconnu.date", "dossier.titre/structure.nom", "portee.date", "element.date"],
)
def test_a_path_that_leads_nowhere_is_told_at_its_place(espace: Path, path: str) -> None:
    workspace = of(espace, "essai", TABLE.format(f'de: "{path}"'))
    with pytest.raises(TemplateError, match=r"essai\.yaml:6:\d+: « .* » n’est pas une donnée"):
        load_tables(workspace, load_kinds(workspace))


@pytest.mark.parametrize("operation", ["de", "compte"])
def test_no_table_reads_a_secret(espace: Path, operation: str) -> None:
    path = f"{operation}: reglement.coordonnees_bancaires.iban"
    with pytest.raises(TemplateError, match="est un secret"):
        load_tables(w := of(espace, "essai", TABLE.format(path)), load_kinds(w))


@pytest.mark.parametrize(
    "path", ["structure.adresse[]", "structure[]", "territoire.operateurs[][]"]
)
def test_the_elements_of_what_is_no_list_are_refused(espace: Path, path: str) -> None:
    workspace = of(espace, "essai", TABLE.format(f'premier: "{path}"'))
    with pytest.raises(TemplateError, match="ne s’écrit qu’après une liste"):
        load_tables(workspace, load_kinds(workspace))


def test_a_table_cannot_say_what_opens_it(espace: Path) -> None:
    workspace = of(espace, "essai", TABLE.format("de: dossier.titre, ouvert_si: numero"))
    with pytest.raises(TemplateError, match="ouvert_si"):
        load_tables(workspace, load_kinds(workspace))


@pytest.mark.parametrize("name", ["dossiers-financeurs", "con", "a\nb", "Essai"])
def test_a_name_that_could_be_another_export_is_refused(espace: Path, name: str) -> None:
    workspace = of(espace, name, TABLE.format("de: dossier.titre"))
    with pytest.raises(TemplateError, match="n’est pas un nom de tableau"):
        load_tables(workspace, load_kinds(workspace))


def test_a_workspace_adds_a_table_and_replaces_another(espace: Path) -> None:
    workspace = of(espace, "dossiers", TABLE.format("de: dossier.titre"))
    tables = load_tables(workspace, load_kinds(workspace))
    assert [column.id for column in tables["dossiers"].columns] == ["numero", "essai"]


def test_two_columns_of_one_name_are_refused(espace: Path) -> None:
    workspace = of(
        espace, "essai", TABLE.format("de: dossier.titre").replace("id: essai", "id: numero")
    )
    with pytest.raises(TemplateError, match="deux colonnes se nomment « numero »"):
        load_tables(workspace, load_kinds(workspace))


def test_a_faulty_table_is_told_by_check(espace: Path, lancer: Lancer) -> None:
    of(espace, "essai", TABLE.format("de: dossier.titer"))
    result = lancer("check", espace=espace)
    assert (result.exit_code, "essai.yaml:6" in result.output) == (3, True)


def test_a_figure_of_a_column_that_is_not_there_is_told(espace: Path) -> None:
    figure = "x: {titre: X, methode: X, tableau: dossiers, par: inconnue}\n"
    (espace / "schemas").mkdir()
    (espace / "schemas/chiffres.yaml").write_text(figure, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"chiffres\.yaml:1:\d+: « inconnue » n’est pas une"):
        prepare(Workspace(espace))
