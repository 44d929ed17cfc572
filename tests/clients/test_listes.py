"""Lists that went through LibreOffice: what is known comes back the same, whatever the format."""

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dla_docs.follow.models import models
from dla_docs.lists.known import read_files
from dla_docs.lists.opened import opened
from dla_docs.lists.planned import State, planned
from dla_docs.lists.rows import records
from dla_docs.lists.titles import head_of
from dla_docs.load.listing import list_workspace
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.clients.outils import run
from tests.lists.books import declared
from tests.scenes import JOUR, ROOT

pytestmark = pytest.mark.clients

NAMES = ("prestataires", "structures", "membres")
FORMATS = {"ods": "ods", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each list as we write it, and one with what LibreOffice saves of it."""
    folder = tmp_path_factory.mktemp("listes")
    office = ["soffice", "--headless", "--norestore"]
    office.append(f"-env:UserInstallation={(folder / 'profil').as_uri()}")
    for made in models(Workspace(ROOT), NAMES, ["xlsx"], JOUR, filled=True):
        for name, content in made.files.items():
            (folder / name).write_bytes(content)
    for wanted in FORMATS.values():
        given = sorted(folder.glob("*.xlsx"))
        run(*office, "--convert-to", wanted, "--outdir", folder / "sorti", *given, timeout=200)
    return folder


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_known_comes_back_the_same(name: str, form: str, saved: Path) -> None:
    workspace = Workspace(ROOT)
    listing = list_workspace(workspace, load_kinds(workspace))
    head = head_of(opened(saved / "sorti" / f"liste-{name}.{form}"), declared(name))
    files = read_files(workspace, listing, declared(name))
    plan = planned(records(head, declared(name)), declared(name), files)
    assert not plan.remarks and not plan.absent
    assert {entry.state for entry in plan.entries} == {State.SAME}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_follows_the_schemas_of_its_format(name: str, saved: Path) -> None:
    assert OpenXmlValidator().validate(str(saved / f"liste-{name}.xlsx")).errors == []
