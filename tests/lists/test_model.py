"""The model of a list: what it asks, and what is known, exported and read back without a change."""

import io
from pathlib import Path

import openpyxl
import pytest

from dla_docs.follow.models import models
from dla_docs.lists.declared import held_in
from dla_docs.lists.known import read_files
from dla_docs.lists.model import asked
from dla_docs.lists.opened import opened
from dla_docs.lists.planned import State, planned
from dla_docs.lists.rows import records
from dla_docs.lists.titles import head_of
from dla_docs.load.listing import list_workspace
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.lists.books import declared
from tests.scenes import JOUR, ROOT

HELD = {"presents": "2025-03-06"}
NAMES = ("prestataires", "structures", "membres", "presents")


def model(name: str, form: str, filled: bool = False) -> bytes:
    inside = HELD.get(name, "") if filled else ""
    [made] = models(Workspace(ROOT), [name], [form], JOUR, filled, inside)
    return next(iter(made.files.values()))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_known_comes_back_the_same(name: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"liste.{form}"
    path.write_bytes(model(name, form, filled=True))
    workspace = Workspace(ROOT)
    listing = list_workspace(workspace, load_kinds(workspace))
    list_type = held_in(declared(name), HELD.get(name, ""), listing)
    head = head_of(opened(path), list_type)
    files = read_files(workspace, listing, list_type)
    plan = planned(records(head, list_type), list_type, files)
    assert not plan.remarks and not plan.absent
    assert {entry.state for entry in plan.entries} == {State.SAME}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_model_is_a_list_without_rows(name: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"modele.{form}"
    path.write_bytes(model(name, form))
    head = head_of(opened(path), declared(name))
    assert list(head.columns.values()) == list(asked(declared(name)))
    assert not list(records(head, declared(name))) and not head.strangers


def test_a_code_typed_in_a_model_stays_a_text_and_a_closed_list_is_offered() -> None:
    book = openpyxl.load_workbook(io.BytesIO(model("structures", "xlsx")))
    sheet = book["Structures"]
    titles = {cell.value: cell.column_letter for cell in sheet[4]}
    found = sheet.data_validations.dataValidation
    rules = {str(rule.sqref).partition("5")[0]: rule for rule in found}
    # openpyxl keeps one for the columns in a row that are alike.
    rank = openpyxl.utils.column_index_from_string(titles["SIRET"])
    alike = [d for d in sheet.column_dimensions.values() if d.min <= rank <= d.max]
    assert [dimension.number_format for dimension in alike] == ["@"]
    rule = rules[titles["Forme juridique"]]
    values = book["Valeurs proposées"][rule.formula1.rpartition("!")[2].replace("$", "")]
    assert [cell.value for (cell,) in values][:2] == [
        "association loi 1901",
        "association de droit local",
    ]


def test_a_model_says_what_each_column_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(model("prestataires", "xlsx")))
    rows = {row[0]: row[1:] for row in book["Colonnes"].iter_rows(values_only=True)}
    assert rows["SIRET"][1] == "oui" and rows["SIRET"][3] == "12345678200002"
    assert rows["Compétences"][2] == "un texte ; plusieurs, séparées par « | »"


def test_the_same_day_gives_the_same_bytes() -> None:
    assert model("membres", "xlsx", filled=True) == model("membres", "xlsx", filled=True)
