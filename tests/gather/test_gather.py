"""The lines of the tables: the whole workspace at once, or unit by unit, gives the same."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import Examined, examine, with_tables
from dla_docs.gather.gather import Declared, Gathered, declared, gather, gathered_in, pieces
from dla_docs.gather.tables import load_tables
from dla_docs.load import library as library_module
from dla_docs.load.library import Library
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR

HEAD = "titre: Essai\ndescription: Une ligne.\n"


def value_of(espace: Path, column: str, line: str = "dossier", each: str = "") -> list[Any]:
    """The values of one column, over the lines of a table of its own."""
    (espace / "schemas/tableaux").mkdir(parents=True, exist_ok=True)
    listed = f"pour_chaque: {each}\n" if each else ""
    own = f"colonnes:\n  - {{id: c, titre: C, description: C, {column}}}\n"
    text = f"{HEAD}ligne: {line}\n{listed}{own}"
    (espace / "schemas/tableaux/essai.yaml").write_text(text, encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    tables = load_tables(examined.corpus.workspace, examined.corpus.kinds)
    found = gather((examined.corpus,), Declared({"essai": tables["essai"]}))
    return [line.values["c"] for line in found.lines["essai"]]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("de: portee.reference", "2025-003"),
        ('de: "dossier.structures[]/structure.departement"', "04"),
        ("somme: convention.montant.ttc", Decimal("3250.00")),
        ('dernier: "ingenierie.structures[]"', "calades-jabron"),
        ('compte: "convention.echeancier[]"', 2),
        ('moyenne: "evaluation.beneficiaires[].notes.resultats"', Decimal("5.00")),
        ("existe: suivi.synthese", True),
        ("existe: accueil.motif", False),
        ('de: "dossier.operateurs[]/operateurs.niveau"', "departemental"),
        ("de: accueil.motif", None),
    ],
)
def test_a_column_reads_what_its_path_names(espace: Path, column: str, expected: Any) -> None:
    assert value_of(espace, column)[0] == expected


def test_a_list_gives_a_line_an_element(espace: Path) -> None:
    found = value_of(espace, "de: element.date_reponse", "ingenierie", "evaluation.beneficiaires")
    assert found == ["2025-09-08"]


def test_the_names_of_a_list_are_read_through(espace: Path) -> None:
    found = value_of(espace, "de: element/structure.secteur", "dossier", "dossier.structures")
    assert "insertion_emploi" in found


def test_units_read_one_at_a_time_give_the_same_lines(examen: Examined) -> None:
    corpus = examen.corpus
    known = declared(corpus.workspace, corpus.kinds)
    apart = gather(pieces(Library(corpus.listing), known), known)
    assert {k: set(map(str, v)) for k, v in apart.lines.items()} == {
        k: set(map(str, v)) for k, v in gathered_in(corpus).lines.items()
    }


def test_a_file_of_a_dossier_is_read_once(examen: Examined, monkeypatch: Any) -> None:
    read: list[str] = []
    known = declared(examen.corpus.workspace, examen.corpus.kinds)
    original = library_module.parse

    def counted(path: str, content: bytes) -> Any:
        read.append(path)
        return original(path, content)

    monkeypatch.setattr(library_module, "parse", counted)
    gather(pieces(Library(examen.corpus.listing), known), known)
    assert len(read) == len(set(read))
    dossiers = {path for path in examen.corpus.listing.kind_of if path.startswith("dossiers/20")}
    assert dossiers <= set(read)


def test_what_is_at_fault_is_not_counted_and_is_named(espace: Path) -> None:
    file = next(espace.glob("dossiers/2025-003*/accueil.yaml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("decision: poursuivre", "decision: peut-être"), encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    found = gathered_in(examined.corpus)
    assert next(line.values["decision"] for line in found.lines["dossiers"]) is None
    assert any(path.endswith("accueil.yaml") for path in found.unread)


@pytest.mark.parametrize(
    ("name", "text"), [("dossier.yaml", "zzz: [\n"), ("dossié.yml", "demande: 2025-01-02\n")]
)
def test_a_dossier_that_cannot_be_read_is_told_by_its_number(
    espace: Path, name: str, text: str
) -> None:
    folder = next(espace.glob("dossiers/2025-003*"))
    folder.joinpath("dossier.yaml").unlink()
    folder.joinpath(name).write_text(text, encoding="utf-8")
    assert _apart(espace).lacking == ("2025-003",)


def test_a_structure_that_cannot_be_read_leaves_its_dossiers_incomplete(espace: Path) -> None:
    fiche = next(espace.glob("dossiers/structures/*.yaml"))
    fiche.write_text("zzz: [\n", encoding="utf-8")
    named = [d for d in espace.glob("dossiers/20*/dossier.yaml") if fiche.stem in d.read_text()]
    found = _apart(espace)
    assert named
    assert found.lacking == tuple(sorted(d.parent.name[:8] for d in named))


def _apart(espace: Path) -> Gathered:
    """What is gathered of a workspace read unit by unit."""
    corpus = examine(Workspace(espace), JOUR, ("territoire",)).corpus
    known = declared(corpus.workspace, corpus.kinds)
    return gather(pieces(Library(corpus.listing), known), known)


def test_a_document_of_the_territory_gathers_what_was_not_examined(espace: Path) -> None:
    examined = examine(Workspace(espace), JOUR, ("territoire",))
    gathering = [c for c in examined.choices if c.document.type.rassemble]
    assert with_tables(examined, ()).gathered is None
    whole = with_tables(examined, tuple(gathering)).gathered
    assert isinstance(whole, Gathered) or not gathering
