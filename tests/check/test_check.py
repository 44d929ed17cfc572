"""The findings of a workspace: one by cause, in order, and what each of them forbids."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dla_docs.check.check import same_cause
from dla_docs.flow import Examined, examine
from dla_docs.model.findings import Finding, Severity, in_order
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR, Lancer

CALADES = "dossiers/2025-003-calades-jabron"
INGENIERIE = f"{CALADES}/ingenieries/bilan-organisation-finances"
CAHIER = f"{INGENIERIE}/cahier-des-charges.yaml"
CONVENTION = f"{INGENIERIE}/convention.yaml"
RAPPORT = f"{INGENIERIE}/rapport-final.yaml"

PLACEHOLDERS = package_data("templates") / "_espace/fichiers/dossiers/logos"

Constats = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def constats(espace: Path) -> Constats:
    """`constats(chemin, ancien, nouveau, …)`: the findings once some passages are replaced."""

    def found(*changes: str) -> tuple[Finding, ...]:
        for path, old, new in zip(changes[::3], changes[1::3], changes[2::3], strict=True):
            text = (espace / path).read_text(encoding="utf-8")
            assert text.count(old) == 1
            (espace / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return examine(Workspace(espace), JOUR).findings

    return found


def finding(path: str = "a.yaml", line: int = 1, *pointer: str | int, code: str = "x") -> Finding:
    return Finding(code, Severity.ERREUR, "m", path, line, 1, pointer=pointer)


def test_the_demonstration_is_in_order(examen: Examined) -> None:
    assert examen.findings == ()


def test_findings_come_in_order_of_place() -> None:
    listed = [finding("b.yaml", 1), finding("a.yaml", 12), finding("a.yaml", 2)]
    assert [(one.path, one.line) for one in in_order(listed)] == [
        ("a.yaml", 2),
        ("a.yaml", 12),
        ("b.yaml", 1),
    ]


def test_the_same_finding_twice_is_one() -> None:
    assert len(in_order([finding("a.yaml", 1, "x"), finding("a.yaml", 1, "x")])) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("a",), ("a",), True),
        (("a",), ("a", "b"), True),
        (("a", 0, "b"), ("a",), True),
        (("a",), ("b",), False),
        (("a", 0), ("a", 1), False),
        ((), ("a",), False),
    ],
)
def test_a_datum_and_what_holds_it_are_one_cause(
    one: tuple[str | int, ...], other: tuple[str | int, ...], expected: bool
) -> None:
    assert expected == same_cause(finding("a.yaml", 1, *one), finding("a.yaml", 2, *other))


def test_two_files_are_never_one_cause() -> None:
    assert not same_cause(finding("a.yaml", 1, "x"), finding("b.yaml", 1, "x"))


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (CAHIER, "problematique: |\n", 'problematique: ""\nx-p: |\n', "R-CDC-01"),
        (CAHIER, "date: 2025-03-10", "date: 2025-03-28", "R-COH-02"),
        (CAHIER, "date_limite: 2025-03-28", "date_limite: 2025-03-11", "R-CDC-02"),
        (CONVENTION, "pourcentage: 30", "pourcentage: 40", "R-CVT-03"),
        (RAPPORT, "travail:\n", "x-travail:\n", "R-RAP-01"),
        (RAPPORT, "date: 2025-07-03", "x-date: 2025-07-03", "S-REQUIS"),
        (CAHIER, "jours:\n", "x-jours:\n", "S-REQUIS"),
    ],
)
def test_one_fault_is_one_finding(
    constats: Constats, path: str, old: str, new: str, code: str
) -> None:
    (found,) = constats(path, old, new)
    assert (path, code) == (found.path, found.code)
    assert found.message
    assert found.line >= 1


def test_an_absent_logo_is_told_once_for_all_documents(espace: Path, constats: Constats) -> None:
    (espace / "dossiers/logos/operateur-galabre.svg").unlink()
    (found,) = constats()
    assert found.path == "dossiers/territoire.yaml"
    assert {"R-PUB-01", "R-RAP-02"} == set(found.codes)
    assert "operateur-galabre.svg" in found.message


@pytest.mark.parametrize("content", [b"", b"ceci n'est pas une image", b"\x89PNG\r\n\x1a\nabc"])
def test_an_unreadable_logo_is_told(espace: Path, constats: Constats, content: bytes) -> None:
    (espace / "dossiers/logos/financeur-etat.svg").write_bytes(content)
    (found,) = constats()
    assert found.severity == Severity.ERREUR
    assert "financeur-etat.svg" in found.message


def test_a_logo_that_no_begun_document_owes_is_not_asked_for(constats: Constats) -> None:
    funder = (
        "  - id: ailleurs\n    nom: Ailleurs\n    type: departement\n    departements: ['13']\n"
    )
    logo = "    logo: {fichier: logos/absent.svg, alternative: Ailleurs}\n"
    territory = "dossiers/territoire.yaml"
    assert constats(territory, "financeurs:\n", f"financeurs:\n{funder}{logo}") == ()


def test_the_deadline_is_told_at_the_deadline(constats: Constats, espace: Path) -> None:
    (found,) = constats(CAHIER, "  date_limite: 2025-03-28", "  date_limite: 2025-03-01")
    lines = (espace / CAHIER).read_text(encoding="utf-8").splitlines()
    assert lines[found.line - 1] == "  date_limite: 2025-03-01"
    assert len("  date_limite: ") + 1 == found.column


def test_faults_of_several_files_are_told_together(constats: Constats) -> None:
    found = constats(
        CAHIER, "budget_max_ttc: 3600", "budget_max_ttc: x", CONVENTION, "jours: 5", "jours: x"
    )  # fmt: skip
    assert [one.path for one in found] == [CAHIER, CONVENTION]


@pytest.mark.parametrize(
    "changes",
    [
        ("  date_limite: 2025-03-28", "  date_limite: demain"),
        ("date: 2025-03-10", "date: hier"),
        ("reponse:\n", "reponse: demain\nx-r:\n"),
        ("reponse:\n", "reponse: []\nx-r:\n"),
    ],
)
def test_a_control_never_stops_on_a_faulty_field(
    constats: Constats, changes: tuple[str, str]
) -> None:
    assert all(found.path == CAHIER for found in constats(CAHIER, *changes))


@pytest.mark.parametrize(
    "new",
    [
        "echeancier: []\nx-e:\n",
        "echeancier: tout\nx-e:\n",
        "echeancier: [1, 2]\nx-e:\n",
        "echeancier: [{}]\nx-e:\n",
        "echeancier: [{pourcentage: beaucoup}]\nx-e:\n",
        "echeancier: [null]\nx-e:\n",
        "x-e:\n",
    ],
)
def test_a_schedule_of_any_shape_stops_nothing(constats: Constats, new: str) -> None:
    assert constats(CONVENTION, "echeancier:\n", new)


def test_a_balance_must_come_last(constats: Constats) -> None:
    found = constats(CONVENTION, "  - libelle: solde\n", "  - libelle: intermediaire\n")
    (told,) = (one for one in found if one.code == "R-CVT-03")
    assert "le dernier versement" in told.message
    # What is paid as the balance is no payment of the convention any more.
    assert {one.code for one in found} <= {"R-CVT-03", "R-COH-03", "R-SOL-07"}


def test_a_balance_awaits_the_final_report(constats: Constats) -> None:
    (found,) = constats(CONVENTION, "      - rapport_final\n", "")
    assert found.code == "R-CVT-03"
    assert "rapport final" in found.message


def test_a_placeholder_logo_is_told_once_and_forbids_nothing(
    espace: Path, lancer: Lancer, constats: Constats
) -> None:
    shutil.copy(PLACEHOLDERS / "dla.svg", espace / "dossiers/logos/dla.svg")
    (found,) = constats()
    assert (found.code, found.severity) == ("S-FICHIER", Severity.ALERTE)
    assert "est encore le logo provisoire de dla init" in found.message
    assert found.path == "dossiers/territoire.yaml"
    assert lancer("check", espace=espace).exit_code == 0


def test_a_file_that_cannot_be_read_is_one_fault(espace: Path, constats: Constats) -> None:
    path = espace / f"{CALADES}/diagnostic.yaml"
    path.write_text("axes: [\n", encoding="utf-8")
    assert [f.code for f in constats() if f.path == f"{CALADES}/diagnostic.yaml"] == ["S-YAML"]


def test_a_datum_at_fault_is_not_told_again_by_a_control(constats: Constats) -> None:
    found = constats(RAPPORT, "formats_remis:\n  - numerique\n  - papier", "formats_remis: deux")
    assert [(f.code, f.pointer) for f in found] == [("S-TYPE", ("formats_remis",))]


def test_an_element_still_blank_is_not_read_by_controls(espace: Path, lancer: Lancer) -> None:
    (espace / f"{CALADES}/diagnostic.yaml").unlink()
    lancer("new", "diagnostic", "2025-003", espace=espace)
    found = examine(Workspace(espace), JOUR).findings
    axes = [f for f in found if f.path.endswith("diagnostic.yaml") and f.pointer[:1] == ("axes",)]
    assert axes
    assert all(f.message.startswith("il manque") for f in axes)
