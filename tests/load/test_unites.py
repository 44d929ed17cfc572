"""Units: each is read with what it needs, told once, and forgotten."""

import gc
import json
import os
from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.generate import _names as names_of_copy
from benchmarks.generate import generate
from dla_docs import sweep
from dla_docs.check.examined import prepare
from dla_docs.flow import examine, examine_each
from dla_docs.load import library as load_module
from dla_docs.load.library import load
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.schemas import Kind, load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.sweep import Crew, survey
from dla_docs.validate.fast import breaks
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.validate import against_schema
from tests.sampling import sampled
from tests.scenes import JOUR, ROOT, Lancer

CALADES = "2025-003-calades-jabron"


def paths(root: Path, *names: str) -> set[str]:
    return set(examine(Workspace(root), JOUR, names).corpus.sources)


def test_a_dossier_is_read_with_what_it_names_only(espace: Path) -> None:
    found = paths(espace, CALADES)
    assert "dossiers/structures/calades-jabron.yaml" in found
    assert "dossiers/structures/aubepine-buech.yaml" not in found
    assert not any("2025-007" in path for path in found)


def test_a_dossier_is_read_with_the_comites_that_name_it(espace: Path) -> None:
    found = paths(espace, CALADES)
    assert "dossiers/comites/2025-03-06.yaml" in found
    assert "dossiers/comites/2025-04-03.yaml" not in found


def test_a_comite_is_read_with_the_dossiers_it_names(espace_entier: Path) -> None:
    found = paths(espace_entier, "comites/2025-04-03")
    assert "dossiers/2025-007-aubepine-buech/parcours.yaml" in found
    assert not any("/ingenieries/" in path for path in found)


def test_propositions_are_a_series_of_their_ingenierie(espace: Path) -> None:
    corpus = examine(Workspace(espace), JOUR).corpus
    scope = corpus.scopes[f"{CALADES}/ingenieries/bilan-organisation-finances"]
    files = {p.stem for p in (espace / "dossiers" / scope.path / "propositions").iterdir()}
    assert files == set(scope.series["proposition"])
    assert all(corpus.record("prestataires", name) for name in files)


def test_activite_is_a_series_of_the_territory(espace: Path) -> None:
    territory = examine(Workspace(espace), JOUR).corpus.scopes["territoire"]
    assert {"2025", "2026"} == set(territory.series["activite"])


def test_a_proposition_of_an_unknown_prestataire_is_told(espace: Path, lancer: Lancer) -> None:
    folder = next((espace / "dossiers" / CALADES).rglob("propositions"))
    path = next(folder.glob("*.yaml"))
    path.rename(folder / "inconnu.yaml")
    found = json.loads(lancer("check", CALADES, "--format", "json", espace=espace).stdout)
    assert [
        f["message"] for f in found if f["code"] == "S-REF" and "inconnu.yaml" in f["path"]
    ] == ["« inconnu » n’existe pas dans dossiers/prestataires/"]


def spoil(espace: Path) -> None:
    """Faults of every sort, in every sort of unit."""
    data = espace / "dossiers"
    (data / "logos/operateur-galabre.svg").unlink()
    (data / "structures/aubepine-buech.yaml").write_text("nom: a: b\n", encoding="utf-8")
    (data / CALADES / "convension.yaml").write_text("a: 1\n", encoding="utf-8")
    (data / "brouillon.yaml").write_text("a: 1\n", encoding="utf-8")
    for path in data.glob("2025-*/ingenieries/*/convention.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("pourcentage: ", "pourcentage: 1", 1), encoding="utf-8")


def test_unit_by_unit_says_what_the_whole_says(espace: Path) -> None:
    spoil(espace)
    whole = examine(Workspace(espace), JOUR).findings
    assert whole == survey(Workspace(espace), JOUR).findings
    assert len({finding.path for finding in whole}) > 4


@pytest.mark.parametrize("fate", ["well", "dead"])
def test_two_processes_say_what_one_says(
    fate: str, espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(espace)
    alone = survey(Workspace(espace), JOUR, crew_of=Crew(1))
    monkeypatch.setattr(sweep, "SLICE", 6)
    if fate == "dead":
        monkeypatch.setenv("PYTHONHOME", "/nulle-part")
    together = survey(Workspace(espace), JOUR, crew_of=Crew(2))
    assert (together.findings, together.obstacles) == (alone.findings, alone.obstacles)


def test_a_dossier_alone_says_what_the_whole_says_of_it(espace: Path) -> None:
    spoil(espace)
    mine = [f for f in survey(Workspace(espace), JOUR).findings if CALADES in f.path]
    alone = survey(Workspace(espace), JOUR, (CALADES,)).findings
    assert mine == [f for f in alone if CALADES in f.path]


@pytest.fixture(scope="module")
def trente(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of thirty dossiers."""
    root = tmp_path_factory.mktemp("trente") / "espace"
    generate(30, root)
    return Workspace(root)


def test_nothing_is_said_of_a_generated_workspace(trente: Workspace) -> None:
    assert survey(trente, JOUR).findings == ()
    dossiers = prepare(trente).library.listing.level("dossier")
    assert len({scope.reference for scope in dossiers}) == 30


def test_ten_thousand_generated_dossiers_have_a_number_each() -> None:
    copies = (dict(islice(names_of_copy(rank, []), 12)) for rank in range(1, 10_000 // 6))
    numbers = [new for names in copies for old, new in names.items() if len(old) == len(new) == 8]
    assert len({*numbers}) == len(numbers) == 6 * (10_000 // 6 - 1)


def test_each_file_is_read_twice_at_most(
    trente: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()

    def counted(path: str, content: bytes) -> Source:
        read[path] += 1
        return parse(path, content)

    monkeypatch.setattr(load_module, "parse", counted)
    survey(trente, JOUR, crew_of=Crew(1))
    assert max(read.values()) <= 2


def alive() -> int:
    gc.collect()
    return sum(isinstance(o, Source) for o in gc.get_objects())


def test_a_unit_is_forgotten_before_the_next(trente: Workspace) -> None:
    files = len(prepare(trente).library.listing.kind_of)
    before = alive()
    pieces = enumerate(examine_each(trente, JOUR))
    most = max(alive() - before for rank, _ in pieces if rank % 10 == 0)
    assert most < load_module.KEPT + files / 4


@pytest.mark.parametrize("name", FORMATS)
def test_both_validators_agree_on_a_format(name: str) -> None:
    entry = FORMATS[name]
    schema = {"type": "object", "properties": {"v": {"format": name}}, "required": ["v"]}
    kind = Kind("essai", "dossier", schema)
    for value in (*entry.passing, *entry.failing, 12, None, [], "é"):
        data = {"v": value}
        assert breaks(data, kind) == bool(against_schema(Source("a.yaml", data), schema))


def spoilt(data: object) -> list[object]:
    """A datum, then the same with each of its values replaced or removed in turn."""
    found: list[object] = ["x", 3, None, [], {}, -1, "2026-02-30", True]
    if isinstance(data, dict):
        for key, item in data.items():
            rest = {k: v for k, v in data.items() if k != key}
            found += [rest, {**data, f"{key}s": item}]
            found += [{**data, key: other} for other in spoilt(item)]
    if isinstance(data, list) and data:
        found += [[other, *data[1:]] for other in spoilt(data[0])] + [[*data, data[0]]]
    return found


@cache
def one_of_each() -> dict[str, Source]:
    corpus = load(Workspace(ROOT), load_kinds(Workspace(ROOT)))
    return {corpus.kind_of[path].name: source for path, source in corpus.sources.items()}


@pytest.mark.campagne
@pytest.mark.parametrize("name", load_kinds(Workspace(ROOT)))
def test_both_validators_agree_on_a_schema(name: str) -> None:
    source, kind = one_of_each()[name], load_kinds(Workspace(ROOT))[name]
    disagreed = [
        data
        for data in (source.data, *sampled(spoilt(source.data)[:400]))
        if data is not None
        and breaks(data, kind) != bool(against_schema(Source("a.yaml", data), kind.schema))
    ]
    assert disagreed == []


@pytest.mark.skipif(os.name == "nt", reason="un lien demande un droit sous Windows")
def test_a_dossier_that_is_a_link_is_seen(espace: Path) -> None:
    real = espace / "ailleurs"
    (espace / "dossiers" / CALADES).rename(real)
    (espace / "dossiers" / CALADES).symlink_to(real)
    (real / "boucle").symlink_to(espace / "dossiers")
    assert f"dossiers/{CALADES}/dossier.yaml" in paths(espace, CALADES)
