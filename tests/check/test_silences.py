"""A fault elsewhere never hides a fault here, nor what forbids a document from elsewhere."""

import json
from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR, Lancer

CALADES = "dossiers/2025-003-calades-jabron"
MISSION = f"{CALADES}/ingenieries/bilan-organisation-finances"
FICHE = "dossiers/prestataires/delphine-orsatelli.yaml"


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"{MISSION}/reglement.yaml", "date_paiement: 2025-08-04", "date_paiement: 4 août"),
        (f"{MISSION}/convention.yaml", "\nlieu:", "\nlieux:"),
        (f"{MISSION}/choix.yaml", "\nmotif:", "\nmotifs:"),
        (f"{CALADES}/suivi.yaml", "bilans:", "bilan:"),
        ("dossiers/territoire.yaml", "\nnom:", "\nnoms:"),
        (FICHE, "\nsiret:", "\nx-siret:"),
    ],
)
def test_a_fault_of_form_elsewhere_silences_no_sum(
    path: str, old: str, new: str, espace: Path
) -> None:
    change(espace, f"{MISSION}/convention.yaml", "tva: 0.00", "tva: 100.00")
    change(espace, path, old, new)
    found = examine(Workspace(espace), JOUR).findings
    assert [f for f in found if "R-COH-06" in f.errors and f.path.endswith("convention.yaml")]


@pytest.mark.parametrize(
    "name", ["convention-copie.yaml", "convention (1).yaml", "conventions.yaml"]
)
def test_a_copy_beside_a_file_silences_nothing_of_it(name: str, espace: Path) -> None:
    change(espace, f"{MISSION}/convention.yaml", "tva: 0.00", "tva: 100.00")
    (espace / MISSION / name).write_text("x: 1\n", encoding="utf-8")
    found = examine(Workspace(espace), JOUR).findings
    assert [f for f in found if "R-COH-06" in f.errors]


def test_a_proposition_of_somebody_without_a_fiche_is_sound_all_the_same(espace: Path) -> None:
    path = f"{MISSION}/propositions/delphine-orsatelli.yaml"
    (espace / FICHE).unlink()
    corpus = examine(Workspace(espace), JOUR).corpus
    assert corpus.refuses(path, ())
    assert not corpus.refuses(path, ("points", "garde"))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FICHE, "\nsiret:", "\nx-siret:"),
        ("dossiers/territoire.yaml", "logos/financeur-region.svg", "logos/absent.svg"),
        ("dossiers/structures/calades-jabron.yaml", "\ndenomination:", "\nx-denomination:"),
    ],
)
def test_a_dossier_tells_and_counts_what_forbids_its_documents_from_elsewhere(
    path: str, old: str, new: str, espace: Path, lancer: Lancer
) -> None:
    change(espace, path, old, new)
    result = lancer("check", "2025-003", espace=espace)
    assert result.exit_code == 1
    own, _, outside = result.stdout.partition("Ailleurs, ce qui bloque")
    assert (path in own, path in outside) == (False, True)
    assert "1 erreur" in result.stdout
    found = json.loads(lancer("check", "2025-003", "--format", "json", espace=espace).stdout)
    assert path in {finding["path"] for finding in found}
    (row,) = json.loads(lancer("status", "2025-003", "--json", espace=espace).stdout)
    assert row["erreurs"] == 1


def test_what_forbids_nothing_here_is_not_told_with_a_dossier(espace: Path, lancer: Lancer) -> None:
    change(espace, "dossiers/prestataires/alidade.yaml", "\nsiret:", "\nx-siret:")
    assert lancer("check", "2025-003", espace=espace).exit_code == 0
    assert lancer("check", espace=espace).exit_code == 1


def test_blocked_names_only_what_is_refused_here(espace: Path, lancer: Lancer) -> None:
    change(espace, f"{MISSION}/reglement.yaml", "date_controle: ", "date_controle: 2025-08-20 # ")
    found = json.loads(lancer("check", "2025-003", "--format", "json", espace=espace).stdout)
    assert [finding["bloque"] for finding in found] == [[]]


@pytest.mark.parametrize("command", [("check",), ("status",), ("list", "documents"), ("render",)])
def test_a_number_of_two_dossiers_is_told_as_such(
    command: tuple[str, ...], espace: Path, lancer: Lancer
) -> None:
    twin = espace / "dossiers/2025-003-jumeau"
    twin.mkdir()
    (twin / "dossier.yaml").write_bytes((espace / CALADES / "dossier.yaml").read_bytes())
    result = lancer(*command, "2025-003", espace=espace)
    assert result.exit_code == 2
    assert "désigne plusieurs dossiers" in result.stderr
    assert "2025-003-jumeau" in result.stderr


COMITE = "dossiers/comites/2025-03-06.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (COMITE, "date: 2025-03-06", "date: hier"),
        (COMITE, "membres:", "membres: ["),
        (COMITE, "- dossier: 2025-003-calades-jabron", "- dossier: 2025-003-calade-jabron"),
        # The datum to mend is the dossier's own, and told at the comité.
        (f"{CALADES}/dossier.yaml", "date: 2025-03-04", "date: 2025-03-24"),
    ],
)
@pytest.mark.parametrize("name", ["2025-003", CALADES])
def test_a_dossier_tells_what_forbids_the_documents_of_its_comite(
    name: str, path: str, old: str, new: str, espace: Path, lancer: Lancer
) -> None:
    change(espace, path, old, new)
    result = lancer("check", name, "--format", "json", espace=espace)
    (found,) = json.loads(result.stdout)
    assert (result.exit_code, found["path"]) == (1, COMITE)
    assert found["bloque"]


@pytest.mark.parametrize("names", [("2025-003",), ()])
def test_status_counts_what_forbids_the_documents_of_its_comite(
    names: tuple[str, ...], espace: Path, lancer: Lancer
) -> None:
    change(espace, COMITE, "date: 2025-03-06", "date: hier")
    rows = json.loads(lancer("status", *names, "--json", espace=espace).stdout)
    (row,) = (row for row in rows if row["reference"] == "2025-003")
    assert row["erreurs"] == 1
    assert row["suite"]["commande"] == f"dla check {CALADES}"


def test_a_broken_comite_is_not_told_of_the_dossiers_it_does_not_name(
    espace_entier: Path, lancer: Lancer
) -> None:
    change(espace_entier, COMITE, "membres:", "membres: [")
    assert lancer("check", "2025-007", espace=espace_entier).exit_code == 0
    assert lancer("check", "2025-003", espace=espace_entier).exit_code == 1


def test_an_alerte_on_its_structure_is_told_with_a_dossier(espace: Path, lancer: Lancer) -> None:
    fiche = "dossiers/structures/calades-jabron.yaml"
    change(espace, fiche, "\nemployeuse: true", "\nemployeuse: false")
    result = lancer("check", "2025-003", "--format", "json", espace=espace)
    (found,) = json.loads(result.stdout)
    assert (result.exit_code, found["code"], found["path"]) == (0, "R-ELI-01", fiche)
    assert found["bloque"] == []
    (row,) = json.loads(lancer("status", "2025-003", "--json", espace=espace).stdout)
    assert row["alertes"] == 1
