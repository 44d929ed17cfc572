"""Each file of a workspace goes to its scope; a file that no schema places is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from dla_docs.load.corpus import Corpus
from dla_docs.load.library import load
from dla_docs.model.findings import Finding
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace

INGENIERIE = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"


def loaded(root: Path) -> Corpus:
    workspace = Workspace(root)
    return load(workspace, load_kinds(workspace))


def misplaced(root: Path, name: str) -> Finding:
    """The finding about a file that is added at a place where nothing expects it."""
    file = root / "dossiers" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("nom: Ana\n", encoding="utf-8")
    (finding,) = loaded(root).misplaced
    assert ("S-FICHIER", f"dossiers/{name}") == (finding.code, finding.path)
    return finding


@pytest.mark.parametrize(
    ("scope", "level", "kind"),
    [
        ("territoire", "territoire", "territoire"),
        ("structures/calades-jabron", "structure", "structure"),
        ("prestataires/alidade", "prestataire", "prestataire"),
        ("2025-003-calades-jabron", "dossier", "dossier"),
        (INGENIERIE, "ingenierie", "convention"),
    ],
)
def test_a_file_goes_to_its_scope(espace: Path, scope: str, level: str, kind: str) -> None:
    found = loaded(espace).scopes[scope]
    assert level == found.level
    assert kind in found.parts


def test_every_file_of_the_demonstration_has_a_place(espace: Path) -> None:
    corpus = loaded(espace)
    files = {f"dossiers/{p.relative_to(espace / 'dossiers').as_posix()}"
             for p in (espace / "dossiers").rglob("*.yaml")}  # fmt: skip
    assert files == set(corpus.sources)
    assert corpus.misplaced == ()


def test_a_scope_knows_what_holds_it(espace: Path) -> None:
    scope = loaded(espace).scopes[INGENIERIE]
    assert [s.level for s in scope.lineage()] == ["ingenierie", "dossier", "territoire"]
    assert scope.reference == "2025-003"


def test_a_part_is_looked_for_upwards(espace: Path) -> None:
    scope = loaded(espace).scopes[INGENIERIE]
    found = [scope.part(kind) for kind in ("convention", "dossier", "territoire", "comite")]
    assert [part is not None for part in found] == [True, True, True, False]


def test_the_territory_lies_in_no_dossier(espace: Path) -> None:
    corpus = loaded(espace)
    assert corpus.scopes["territoire"].reference == ""
    assert "territoire.yaml" in corpus.territory.path


def test_a_reference_without_slug_is_a_dossier(espace: Path) -> None:
    (espace / "dossiers" / "2025-003-calades-jabron").rename(espace / "dossiers" / "2025-003")
    assert loaded(espace).scopes["2025-003"].reference == "2025-003"


def test_an_ingenierie_without_its_dossier_still_loads(espace: Path) -> None:
    (espace / "dossiers/2025-003-calades-jabron/dossier.yaml").unlink()
    scope = loaded(espace).scopes[INGENIERIE]
    assert None is scope.part("dossier")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        (f"{INGENIERIE}/convension.yaml", "convention.yaml"),
        (f"{INGENIERIE}/cahier-des-charge.yaml", "cahier-des-charges.yaml"),
        ("2025-003-calades-jabron/dosier.yaml", "dossier.yaml"),
        (f"{INGENIERIE}/rapport-final.yml", "rapport-final.yaml"),
        ("territoires.yaml", "territoire.yaml"),
    ],
)
def test_a_misspelt_file_is_told_with_the_nearest_name(
    espace: Path, name: str, advice: str
) -> None:
    assert advice in misplaced(espace, name).hint


@pytest.mark.parametrize(
    "name",
    [
        "2025-003-calades-jabron/convention.yaml",
        f"{INGENIERIE}/dossier.yaml",
        "convention.yaml",
        "2025-03-calades/dossier.yaml",
        "structures/2025/calades.yaml",
        "brouillons/convention.yaml",
        "structures/nouvelle.yml",
    ],
)
def test_a_file_out_of_place_is_told(espace: Path, name: str) -> None:
    finding = misplaced(espace, name)
    assert name in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    "name",
    ["x-notes.yaml", "structures/x-brouillon.yaml", f"{INGENIERIE}/x-memo.yml", "LISEZMOI.md"],
)
def test_the_user_s_own_files_are_left_alone(espace: Path, name: str) -> None:
    (espace / "dossiers" / name).write_text("pas: du: yaml\n", encoding="utf-8")
    corpus = loaded(espace)
    assert corpus.misplaced == ()
    assert f"dossiers/{name}" not in corpus.sources


def test_a_workspace_may_add_its_own_kind(espace: Path) -> None:
    schema = '{"type": "object", "x-emplacement": "dossier", "title": "Visite"}'
    (espace / "schemas").mkdir()
    (espace / "schemas/visite.schema.json").write_text(schema, encoding="utf-8")
    (espace / "dossiers/2025-003-calades-jabron/visite.yaml").write_text("a: 1\n", encoding="utf-8")
    assert "visite" in loaded(espace).scopes["2025-003-calades-jabron"].parts


def test_a_folder_named_like_a_file_stops_nothing(espace: Path) -> None:
    (espace / "dossiers/structures/atelier.yaml").mkdir()
    corpus = loaded(espace)
    (finding,) = corpus.sources["dossiers/structures/atelier.yaml"].faults
    assert finding.code == "S-FICHIER"


def test_a_file_of_which_much_is_told_is_read_again_once(
    espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = replace(loaded(espace), sources={})
    path = f"dossiers/{INGENIERIE}/cahier-des-charges.yaml"
    before = corpus.lines(path)
    monkeypatch.setattr("dla_docs.load.library.read", lambda *where: b"autre: 1")
    assert before and all(corpus.lines(path) == before for _ in range(3))
