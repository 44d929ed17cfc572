"""One cause, one finding: what a control blames, and what it leaves to another."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dla_docs.check.standing import forbidden
from dla_docs.flow import Examined, examine
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR

A = "dossiers/2025-003-calades-jabron"
ING = f"{A}/ingenieries/bilan-organisation-finances"
Faults = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def fautes(espace: Path) -> Faults:
    """`fautes(chemin, ancien, nouveau)`: code and file of each finding so made."""

    def found(path: str = "", old: str = "", new: str = "") -> list[tuple[str, str]]:
        if path:
            text = (espace / path).read_text(encoding="utf-8")
            assert old in text
            changed = text.replace(old, new, 1)
            (espace / path).write_text(changed, encoding="utf-8", newline="\n")
        return [(f.code, f.path) for f in examine(Workspace(espace), JOUR).findings]

    return found


def test_a_misnamed_file_is_not_an_absent_one(espace: Path, fautes: Faults) -> None:
    (espace / A / "parcours.yaml").rename(espace / A / "parcour.yaml")
    assert fautes() == [("S-FICHIER", f"{A}/parcour.yaml")]


def test_an_unreadable_dossier_blames_no_comite(fautes: Faults) -> None:
    path = f"{A}/dossier.yaml"
    assert fautes(path, "titre: Bilan", "titre: Bilan: suite") == [("S-YAML", path)]


def test_a_reference_that_leads_nowhere_blames_nothing_that_rests_on_it(fautes: Faults) -> None:
    path = f"{A}/suivi.yaml"
    found = fautes(path, "bilan-organisation-finances", "bilan-organisation")
    assert found == [("S-REF", path)]


def test_a_missing_record_is_told_once_with_its_mentions(espace: Path) -> None:
    (espace / "dossiers/structures/calades-jabron.yaml").unlink()
    (found,) = examine(Workspace(espace), JOUR).findings
    assert (found.code, found.path) == ("S-REF", f"{A}/dossier.yaml")
    assert "autres mentions)" in found.message
    assert f"{ING}/convention.yaml" in found.elsewhere


def test_a_renamed_record_is_to_be_named_again(espace: Path) -> None:
    folder = espace / "dossiers/prestataires"
    (folder / "tamaris-gestion.yaml").rename(folder / "tamaris.yaml")
    (found,) = examine(Workspace(espace), JOUR).findings
    assert found.hint.startswith("renommez dossiers/prestataires/tamaris.yaml")


def test_the_retained_is_blamed_when_letters_and_convention_agree(fautes: Faults) -> None:
    path = f"{ING}/choix.yaml"
    found = fautes(path, "retenu: delphine-orsatelli", "retenu: tamaris-gestion")
    assert found == [("R-COH-07", path)]


def test_a_dossier_that_all_its_files_deny_is_blamed_alone(fautes: Faults) -> None:
    path = f"{A}/dossier.yaml"
    found = fautes(path, "  - calades-jabron\n", "  - aubepine-buech\n")
    # Read with the others, it is now an earlier dossier of the structure of 2025-007.
    assert [one for one in found if one[0] != "R-ACC-11"] == [("R-COH-05", path)]


def test_a_repeated_element_is_told_at_the_second(fautes: Faults) -> None:
    path = f"{A}/parcours.yaml"
    found = fautes(path, "  - id: formation-tresorier", "  - id: fiches-de-poste")
    assert found == [("S-DOUBLON", path)]


def test_a_consent_opens_what_exists(fautes: Faults) -> None:
    path = f"{A}/dossier.yaml"
    assert fautes(path, "objet: suivi.synthese", "objet: suivi.syntese") == [("S-REF", path)]


def test_a_call_without_its_order_is_told_once(espace: Path, fautes: Faults) -> None:
    (espace / ING / "cahier-des-charges.yaml").unlink()
    assert fautes() == [("R-CDC-02", f"{ING}/consultation.yaml")]


def test_a_point_that_lacks_is_told_at_the_point(espace: Path) -> None:
    path = espace / ING / "propositions/delphine-orsatelli.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("logos:\n      etat: present", "logos:\n      etat: absent")
    path.write_text(changed, encoding="utf-8", newline="\n")
    (found,) = examine(Workspace(espace), JOUR).findings
    assert found.pointer == ("points", "garde", "logos", "etat")
    assert found.message == "Page de garde, il manque : logos des financeurs"


def test_the_gravest_of_the_rules_that_one_datum_breaks_is_told(espace: Path) -> None:
    path = espace / ING / "convention.yaml"
    text = path.read_text(encoding="utf-8").replace("  ttc: 3250.00", "  ttc: 3350.00", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    (found,) = examine(Workspace(espace), JOUR).findings
    assert (found.code, found.pointer) == ("R-COH-06", ("montant", "ttc"))
    assert ("R-CVT-04" in found.also, found.milder) == (True, ("R-CVT-04",))


def test_a_rule_that_is_no_error_by_itself_forbids_nothing_beside_one(examen: Examined) -> None:
    both = Finding("R-COH-02", Severity.ERREUR, "m", "a.yaml", also=("R-SEL-01",))
    assert "grille-analyse" in forbidden(both, examen.rules)
    assert (
        forbidden(replace(both, milder=("R-SEL-01",)), examen.rules)
        == examen.rules["R-COH-02"].bloque
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (f"{ING}/rapport-final.yaml", "echeance: 2025-09-15", "echeance: 2025-06-15", "R-RAP-12"),
        (f"{ING}/restitution.yaml", "echeance: 2025", "echeance: 2024", "R-RAP-12"),
        (f"{ING}/realisation.yaml", "    - date: 2025", "    - date: 2024", "R-RAP-12"),
        (f"{ING}/consultation.yaml", "  - date: 2025-03", "  - date: 2025-04", "R-CON-06"),
        (f"{ING}/consultation.yaml", "  - date: 2025-03", "  - date: 2025-02", "R-CON-06"),
    ],
)
def test_what_is_to_come_is_not_dated_before_and_answers_keep_to_the_delay(
    fautes: Faults, path: str, old: str, new: str, code: str
) -> None:
    assert fautes(path, old, new) == [(code, path)]
