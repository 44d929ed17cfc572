"""The declarations of lists: ours hold, a faulty one is told at its place."""

from pathlib import Path

import pytest

from dla_docs.lists.declared import held_in, list_names, load_list
from dla_docs.load.listing import list_workspace
from dla_docs.model.errors import RequestError, TemplateError
from dla_docs.model.likeness import bare
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.lists.books import declared
from tests.scenes import ROOT

NAMES = list_names(Workspace(ROOT))


@pytest.mark.parametrize("name", NAMES)
def test_two_columns_of_a_list_have_two_titles(name: str) -> None:
    titles = [bare(column.title) for column in declared(name).columns]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
def test_other_words_for_a_value_lead_to_one_that_is_there(name: str) -> None:
    for column in declared(name).columns:
        assert set(column.words.values()) <= set(column.value.get("enum", ())), column.title


@pytest.mark.parametrize("name", NAMES)
def test_what_is_owed_at_the_top_of_a_record_has_a_column(name: str) -> None:
    list_type = declared(name)
    there = {column.steps[0] for column in list_type.columns}
    made = {"id", "mise_a_jour"}
    assert set(list_type.schema["required"]) - made <= there


def test_a_list_is_named_without_accents_or_plural() -> None:
    assert [declared(word).name for word in ("Prestataire", "MEMBRES", "structures")] == [
        "prestataires",
        "membres",
        "structures",
    ]


def test_an_unknown_list_is_told_with_those_there_are() -> None:
    with pytest.raises(RequestError) as caught:
        declared("factures")
    assert "« factures » n’est pas une liste" in caught.value.message
    assert "membres" in caught.value.hint


FAULTY = {
    "ligne: prestataire": "ligne: prestataires",
    "champ: raison_sociale": "champ: raison",
    "- [siret]": "- [siren]",
}


@pytest.mark.parametrize("right", FAULTY)
def test_a_faulty_declaration_is_told_at_its_place(right: str, espace: Path) -> None:
    text = (ROOT / "schemas/listes/prestataires.yaml").read_text("utf-8")
    own = espace / "schemas/listes/prestataires.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(text.replace(right, FAULTY[right], 1), encoding="utf-8")
    with pytest.raises(TemplateError, match=r"prestataires.yaml:\d+:\d+: "):
        declared("prestataires", espace)


def test_a_list_of_a_folder_asks_for_the_file_that_holds_it() -> None:
    workspace = Workspace(ROOT)
    kinds = load_kinds(workspace)
    listing = list_workspace(workspace, kinds)
    presents = load_list(workspace, kinds, "presents")
    with pytest.raises(RequestError, match="quelle fiche"):
        held_in(presents, "", listing)
    chosen = held_in(presents, "dossiers/comites/2026-11-05.yaml", listing)
    assert chosen.file == "dossiers/comites/2026-11-05.yaml"


def test_another_list_takes_no_file() -> None:
    workspace = Workspace(ROOT)
    listing = list_workspace(workspace, load_kinds(workspace))
    with pytest.raises(RequestError, match="ne se range pas"):
        held_in(declared("membres"), "2026-11-05", listing)
