"""The files that a list comes to: written as `dla new` does, changed on their lines alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.lists.known import Files, read_files
from dla_docs.lists.planned import State, planned
from dla_docs.lists.prepared import Prepared, prepared
from dla_docs.lists.write import write
from dla_docs.load.listing import list_workspace
from dla_docs.load.yaml_reader import parse
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.lists.books import declared, read
from tests.scenes import JOUR

Preparing = Callable[..., tuple[Prepared, Files]]


@pytest.fixture
def preparing(espace: Path, tmp_path: Path) -> Preparing:
    """What a CSV comes to in a copy of the demonstration."""

    def prepare(name: str, *lines: str) -> tuple[Prepared, Files]:
        workspace = Workspace(espace)
        listing = list_workspace(workspace, load_kinds(workspace))
        files = read_files(workspace, listing, declared(name))
        plan = planned(read(name, *lines, folder=tmp_path), declared(name), files)
        examined = examine(workspace, JOUR, ("territoire",))
        types = examined.types.values()
        return prepared(plan, files, examined.corpus, types, JOUR), files

    return prepare


HEAD = "Raison sociale;SIRET;Téléphone;Ville"


def test_a_new_record_is_a_file_to_fill_with_the_values_of_its_row(preparing: Preparing) -> None:
    done, _ = preparing("prestataires", HEAD, "Cabinet de l’Été;73282932000074;;Gap")
    [(path, content)] = done.made.items()
    assert path == "dossiers/prestataires/cabinet-de-l-ete.yaml"
    text = content.decode()
    assert 'siret: "73282932000074"' in text and "  commune: " in text
    assert "# Téléphone : Téléphone de contact." in text
    assert f"mise_a_jour: {JOUR.isoformat()}" in text


def test_a_name_that_is_taken_is_completed_by_the_town(preparing: Preparing) -> None:
    done, _ = preparing("prestataires", HEAD, "Alidade;;;Gap", "Alidade;73282932000074;;")
    assert list(done.made) == ["dossiers/prestataires/alidade-gap.yaml"] or done.plan.faulty


def test_only_the_lines_of_what_changes_are_touched(preparing: Preparing) -> None:
    done, files = preparing("prestataires", HEAD, "Faîtage;;04 65 71 38 61;Grenoble")
    [(path, (former, content))] = done.changed.items()
    assert former == files.contents[path]
    assert content == former.replace(b"04 65 71 38 60", b"04 65 71 38 61")


def test_members_are_added_to_the_directory_and_nothing_else_moves(preparing: Preparing) -> None:
    lines = ("Organisme;Nom;Famille;Instance", "Nouvel organisme;Ana Roy;réseau;comité d’appui")
    done, _ = preparing("membres", *lines)
    [(path, (former, content))] = done.changed.items()
    added = content.replace(former, b"") if content.startswith(former) else b""
    data = parse(path, content).data
    assert data["annuaire"][-1] == {
        "id": "nouvel-organisme",
        "organisme": "Nouvel organisme",
        "famille": "reseau_associatif",
        "nom": "Ana Roy",
        "mandats": [{"instance": "comite_appui"}],
    }
    gone = [line for line in former.splitlines() if line not in content.splitlines()]
    assert not gone and (added or len(content) > len(former))


def test_two_members_of_one_organism_have_two_identifiers(preparing: Preparing) -> None:
    rows = ("Ligue;Ana Roy;réseau", "Ligue;Zoé Aa;réseau", "Ligue;Luc B;réseau")
    done, _ = preparing("membres", "Organisme;Nom;Famille", *rows)
    [(path, (_, content))] = done.changed.items()
    names = [one["id"] for one in parse(path, content).data["annuaire"][-3:]]
    assert names == ["ligue", "ligue-zoe-aa", "ligue-luc-b"]


def test_a_name_without_a_letter_is_told(preparing: Preparing) -> None:
    done, _ = preparing("prestataires", HEAD, "北京;;;Gap")
    assert not done.made and done.plan.of(State.LEFT)
    assert "ne contient aucune lettre" in done.plan.remarks[-1].told


def test_a_file_changed_meanwhile_is_left_as_it_is(preparing: Preparing, espace: Path) -> None:
    done, _ = preparing("prestataires", HEAD, "Faîtage;;04 65 71 38 61;", "Neuf;;;")
    file = espace / "dossiers/prestataires/faitage.yaml"
    file.write_bytes(changed := file.read_bytes() + b"# moi\n")
    outcomes = {one.path.name: one.failure for one in write(done, Workspace(espace))}
    failure = outcomes["faitage.yaml"]
    assert failure and "vient d’être modifié" in failure.message
    assert file.read_bytes() == changed and outcomes["neuf.yaml"] is None


def test_a_file_made_meanwhile_is_left_as_it_is(preparing: Preparing, espace: Path) -> None:
    done, _ = preparing("prestataires", HEAD, "Neuf;;;")
    file = espace / "dossiers/prestataires/neuf.yaml"
    file.write_text("à moi", encoding="utf-8")
    [outcome] = write(done, Workspace(espace))
    assert outcome.failure and file.read_text(encoding="utf-8") == "à moi"


def test_a_list_written_twice_changes_nothing_more(preparing: Preparing, espace: Path) -> None:
    lines = (HEAD, "Faîtage;;04 65 71 38 61;", "Neuf;73282932000074;;Gap")
    done, _ = preparing("prestataires", *lines)
    assert not [one for one in write(done, Workspace(espace)) if one.failure]
    again, _ = preparing("prestataires", *lines)
    assert [entry.state for entry in again.plan.entries] == [State.SAME, State.SAME]
    assert not again.made and not again.changed
