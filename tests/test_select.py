"""Which documents a request means, by which names, and the state of each."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dla_docs.flow import Examined, choose, examine
from dla_docs.load.names import find_scope
from dla_docs.model.errors import RequestError
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from tests.scenes import JOUR

PACKAGE = package_data("templates")
CALADES = "2025-003-calades-jabron"
MISSION = "bilan-organisation-finances"
INGENIERIE = f"{CALADES}/ingenieries/{MISSION}"
CONVENTION = f"dossiers/{INGENIERIE}/convention.yaml"

Modifier = Callable[[str, str, str], None]


@pytest.fixture
def modifier(espace: Path) -> Modifier:
    """`modifier(chemin, ancien, nouveau)`: replace one passage of a file of the workspace."""

    def change(path: str, old: str, new: str) -> None:
        text = (espace / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (espace / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    return change


THREE = ("cahier-des-charges", "convention", "rapport-final")
"""Types of which the mission has one document each."""


def states(root: Path, *scopes: str, types: tuple[str, ...] = THREE) -> dict[str, State]:
    """The state of each document meant, by type."""
    choices = choose(Request(scopes, types), examine(Workspace(root), JOUR))
    return {choice.document.type.name: choice.state for choice in choices}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-003", CALADES),
        (CALADES, CALADES),
        (f"{CALADES}/", CALADES),
        (f"dossiers/{CALADES}", CALADES),
        (f"./dossiers/{CALADES}/", CALADES),
        (f"dossiers/{CALADES}/dossier.yaml", CALADES),
        (f"{CALADES}/{MISSION}", INGENIERIE),
        (f"2025-003/{MISSION}", INGENIERIE),
        (INGENIERIE, INGENIERIE),
        (f"dossiers/{INGENIERIE}", INGENIERIE),
        (CONVENTION, INGENIERIE),
        (f"dossiers/{INGENIERIE}/travail-realise.md", INGENIERIE),
        ("alidade", "prestataires/alidade"),
        ("prestataires/alidade", "prestataires/alidade"),
        ("dossiers/prestataires/alidade.yaml", "prestataires/alidade"),
        ("calades-jabron", "structures/calades-jabron"),
        ("territoire", "territoire"),
        ("dossiers/territoire.yaml", "territoire"),
    ],
)
def test_a_scope_has_several_names(
    espace: Path, name: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(espace)
    assert expected == find_scope(name, examine(Workspace(espace), JOUR).corpus).path


@pytest.mark.parametrize("name", [f"dossiers/{CALADES}", CONVENTION, "dossiers/territoire.yaml"])
def test_an_absolute_path_is_a_name(
    espace: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus = examine(Workspace(espace), JOUR).corpus
    assert find_scope(name, corpus).path == find_scope(str(espace / name), corpus).path


def test_a_path_is_relative_to_where_one_stands(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(espace / "dossiers" / INGENIERIE)
    corpus = examine(Workspace(espace), JOUR).corpus
    assert find_scope(".", corpus).path == INGENIERIE
    assert find_scope("convention.yaml", corpus).path == INGENIERIE
    assert find_scope("../..", corpus).path == CALADES


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("2025-003-calade", CALADES),
        ("alidad", "alidade"),
        (f"2025-003/{MISSION}s", MISSION),
        ("territoires", "territoire"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(examen: Examined, name: str, near: str) -> None:
    with pytest.raises(RequestError) as caught:
        find_scope(name, examen.corpus)
    assert f"« {name} »" in caught.value.message
    assert near in caught.value.hint


@pytest.mark.parametrize("name", ["/etc/passwd", "..", "README.md", "", "/"])
def test_what_is_out_of_the_data_is_no_scope(examen: Examined, name: str) -> None:
    with pytest.raises(RequestError):
        find_scope(name, examen.corpus)


def test_without_scope_every_document_is_meant(examen: Examined) -> None:
    every = {choice.document.label for choice in choose(Request(), examen)}
    types = examen.types.values()
    levels = {kind.portee for kind in types} | {"dossier"}
    scopes = [scope.path for scope in examen.corpus.scopes.values() if scope.level in levels]
    named = {c.document.label for name in scopes for c in choose(Request((name,)), examen)}
    assert every == named


def test_a_dossier_means_what_lies_inside(examen: Examined) -> None:
    scopes = {choice.document.scope.path for choice in choose(Request(("2025-021",)), examen)}
    assert len(scopes) > 1
    assert all(path.startswith("2025-021") for path in scopes)


def test_an_ingenierie_means_itself(examen: Examined) -> None:
    found = choose(Request((f"2025-003/{MISSION}",)), examen)
    assert {INGENIERIE} == {choice.document.scope.path for choice in found}


@pytest.fixture
def registre(espace: Path) -> None:
    """A document type of the territory."""
    folder = espace / "templates" / "registre"
    folder.mkdir(parents=True)
    manifest = (PACKAGE / "convention/document.yaml").read_text(encoding="utf-8")
    manifest = manifest.replace("portee: ingenierie", "portee: territoire")
    (folder / "document.yaml").write_text(manifest, encoding="utf-8")


def test_the_territory_means_itself_alone(espace: Path, registre: None) -> None:
    kinds = examine(Workspace(espace), JOUR, ("territoire",)).types.values()
    own = {kind.name for kind in kinds if kind.portee == "territoire"}
    assert "registre" in own
    assert own == set(states(espace, "territoire", types=()))


def test_a_dossier_does_not_mean_its_territory(espace: Path, registre: None) -> None:
    assert "registre" not in states(espace, "2025-003", types=())


def test_scopes_add_up(examen: Examined) -> None:
    one = choose(Request(("2025-003",)), examen)
    other = choose(Request(("alidade",)), examen)
    both = choose(Request(("alidade", "2025-003")), examen)
    assert {c.document.label for c in (*one, *other)} == {c.document.label for c in both}


def test_a_type_is_chosen_by_its_name(examen: Examined) -> None:
    found = choose(Request(types=("convention",)), examen)
    assert {"convention"} == {choice.document.type.name for choice in found}


def test_an_unknown_type_is_told_with_the_nearest(examen: Examined) -> None:
    with pytest.raises(RequestError) as caught:
        choose(Request(types=("convension",)), examen)
    assert "« convention »" in caught.value.hint


def test_a_format_of_no_type_is_told_with_those_offered(examen: Examined) -> None:
    with pytest.raises(RequestError) as caught:
        choose(Request(formats=("rtf",)), examen)
    assert "docx" in caught.value.hint


def test_a_format_of_another_type_is_told(espace: Path) -> None:
    own = espace / "templates" / "convention"
    own.mkdir(parents=True)
    text = (PACKAGE / "convention/document.yaml").read_text(encoding="utf-8")
    text = text.replace("[docx, odt, pdf, html]", "[pdf]")
    (own / "document.yaml").write_text(text, encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    assert choose(Request(formats=("docx",)), examined)
    with pytest.raises(RequestError):
        choose(Request(types=("convention",), formats=("docx",)), examined)


def test_what_has_its_parts_is_ready(espace: Path) -> None:
    assert {State.READY} == set(states(espace, "2025-003").values())


def test_what_has_no_first_part_is_not_begun(espace: Path) -> None:
    (espace / CONVENTION).unlink()
    found = states(espace, "2025-003")
    assert found["convention"] == State.NOT_BEGUN
    assert found["rapport-final"] == State.READY


@pytest.mark.parametrize("missing", ["ingenierie.yaml", "../../dossier.yaml"])
def test_without_another_part_it_is_lacking(espace: Path, missing: str) -> None:
    (espace / "dossiers" / INGENIERIE / missing).resolve().unlink()
    name = f"{CALADES}/{MISSION}"
    assert states(espace, name)["convention"] == State.LACKING


def test_without_its_prestataire_a_convention_is_lacking(espace: Path) -> None:
    (espace / "dossiers/prestataires/delphine-orsatelli.yaml").unlink()
    found = states(espace, "2025-003")
    assert (found["convention"], found["rapport-final"]) == (State.LACKING, State.READY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\ndate: 2025-04-14\n", "\n"),
        ("\ndate: 2025-04-14\n", "\ndate: demain\n"),
        ("jours: 5\n", ""),
        ("jours: 5", "jours: cinq"),
        ("\nlieu: Digne-les-Bains", "\nlieux: Digne-les-Bains"),
        ("numero: 2025-003-C1", "numero: [un"),
    ],
)
def test_a_faulty_part_makes_it_lacking(
    espace: Path, modifier: Modifier, old: str, new: str
) -> None:
    modifier(CONVENTION, old, new)
    found = states(espace, "2025-003")
    assert found["convention"] == State.LACKING
    assert {State.READY} == {state for name, state in found.items() if name != "convention"}


@pytest.mark.parametrize("text", ["", "- un\n", "nom: a: b\n"])
def test_an_unreadable_part_makes_it_lacking(espace: Path, text: str) -> None:
    (espace / CONVENTION).write_text(text, encoding="utf-8")
    found = states(espace, "2025-003")
    assert (found["convention"], found["cahier-des-charges"]) == (State.LACKING, State.READY)


@pytest.mark.parametrize(
    "path",
    [
        "dossiers/structures/aubepine-buech.yaml",
        "dossiers/prestataires/alidade.yaml",
        "dossiers/2025-021-rapprochement-buech-jabron/dossier.yaml",
        f"dossiers/{INGENIERIE}/inconnu.yaml",
    ],
)
def test_a_fault_elsewhere_never_stops_a_document(espace: Path, path: str) -> None:
    (espace / path).write_text("nom: a: b\n", encoding="utf-8")
    assert {State.READY} == set(states(espace, "2025-003").values())


def test_a_document_says_why_it_is_lacking(espace: Path, modifier: Modifier) -> None:
    modifier(CONVENTION, "jours: 5\n", "")
    choices = choose(Request(("2025-003",), ("convention",)), examine(Workspace(espace), JOUR))
    (reason,) = choices[0].reasons
    assert (reason.path, reason.code) == (CONVENTION, "S-REQUIS")
    assert "jours" in reason.message


def test_an_empty_workspace_has_documents_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers/territoire.yaml").write_text("", encoding="utf-8")
    examined = examine(Workspace(tmp_path), JOUR)
    assert {"S-TYPE"} == {finding.code for finding in examined.findings}
    assert [c for c in choose(Request(), examined) if c.state is State.READY] == []


def test_a_dossier_just_opened_collects_nothing_and_has_no_error(espace: Path) -> None:
    folder = espace / "dossiers" / "2025-099-nouvelle"
    folder.mkdir()
    source = (espace / f"dossiers/{CALADES}/dossier.yaml").read_text(encoding="utf-8")
    names = (CALADES, "2025-021-rapprochement-buech-jabron")
    earlier = "precedents:\n" + "".join(f"  - {{dossier: {n}, objet: Appui}}\n" for n in names)
    (folder / "dossier.yaml").write_text(source + earlier, encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    assert examined.findings == ()
    assert [c for c in choose(Request(("2025-099",)), examined) if c.state != "non_commence"] == []


def test_no_event_to_come_keeps_a_document_from_being_signed(
    espace: Path, modifier: Modifier
) -> None:
    """A convention is made before anyone signs it, and before what follows is written."""
    (espace / f"dossiers/{INGENIERIE}/rapport-final.yaml").unlink()
    found = states(espace, "2025-003")
    assert (found["convention"], found["rapport-final"]) == (State.READY, State.NOT_BEGUN)


def test_documents_come_in_order_of_place_then_type(examen: Examined) -> None:
    documents = [choice.document for choice in choose(Request(), examen)]
    found = [(d.scope.path, d.type.identifiant) for d in documents]
    territory_first = sorted(found, key=lambda pair: (pair[0] != "territoire", pair))
    assert territory_first == found
    assert len(documents) == len({d.label for d in documents})


def test_a_document_that_an_advice_orders_can_be_made_that_day(espace_entier: Path) -> None:
    examined = examine(Workspace(espace_entier), date(2028, 6, 1))
    begun = [choice.document for choice in choose(Request(), examined) if choice.begun]
    ordered = {
        (name, finding.path)
        for finding in examined.findings
        for name in re.findall(r"produisez-la \(([a-z-]+)\)", finding.hint)
    }
    made = {(d.type.name, path) for d in begun for path in d.reach(examined.corpus)}
    assert {"enquete-beneficiaire", "enquete-prestataire"} <= {name for name, _ in ordered}
    assert ordered <= made
