"""What an avenant adds, when, and what it answers to: each fault told once, at its datum."""

from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import choose, examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from tests.check.cases import apply
from tests.scenes import JOUR

ING = "dossiers/2026-002-musiques-guillestrois/ingenieries/projet-et-gouvernance"
CONVENTION = f"{ING}/convention.yaml"
SIGNED = ["Le Mélézin, appui aux associations", "Musiques en Guillestrois", "Collectif Lisière"]
SECOND: dict[str, Any] = {
    "numero": "2026-002-C1-A2",
    "date": "2026-10-05",
    "objet": "Le rapport est remis plus tard.",
    "motif": "Deux ateliers sont reportés.",
    "date_rapport": "2027-02-05",
    "signatures": [{"denomination": name, "date": "2026-10-06"} for name in SIGNED],
}


def found(root: Path, *avenants: Any) -> tuple[Finding, ...]:
    """The findings once the first avenant is changed, and others added."""
    first, *others = avenants
    apply(root, {"fichiers": {CONVENTION: {"avenants": {0: first}}}})
    if others:
        text = parse(CONVENTION, (root / CONVENTION).read_bytes()).data["avenants"]
        apply(root, {"fichiers": {CONVENTION: {"avenants": [*text, *others]}}})
    return examine(Workspace(root), JOUR, ("2026-002-musiques-guillestrois",)).findings


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"delta_ttc": 720}, "delta_ttc", "864 € TTC, et non 720 €"),
        ({"delta_jours": -7}, "delta_jours", "retire 7 jours"),
        ({"numero": "2026-002-C1"}, "numero", "est le numéro de la convention"),
        ({"numero": "2025-003-C1-A1"}, "numero", "celui d’un autre dossier"),
        ({"date": "2026-04-01"}, "date", "avant la convention"),
        ({"date_fin": "2027-01-29", "date_rapport": "2027-02-12"}, "date_rapport", "après"),
        ({"signatures": {0: {"denomination": "Une autre"}}}, "signatures", "n’est pas partie"),
        ({"date_fin": "2026-04-01"}, "date_fin", "avant qu’elle commence"),
    ],
)
def test_an_avenant_that_does_not_hold_is_told_at_its_datum(
    espace_entier: Path, change: dict[str, Any], pointer: str, words: str
) -> None:
    told = found(espace_entier, change)
    (one,) = (f for f in told if f.path == CONVENTION)
    assert (one.code, one.pointer[:3]) == ("R-CVT-07", ("avenants", 0, pointer))
    assert words in one.message


def test_nobody_signs_an_avenant_once_the_mission_has_ended(espace_entier: Path) -> None:
    told = found(espace_entier, {"signatures": {2: {"date": "2027-10-01"}}})
    (one,) = (f for f in told if f.path == CONVENTION)
    assert (one.code, one.pointer) == ("R-CVT-08", ("avenants", 0, "signatures", 2, "date"))
    assert "après la fin de la mission (26\u00a0février 2027)" in one.message


def test_an_avenant_whose_accounts_are_wrong_is_not_made(espace_entier: Path) -> None:
    found(espace_entier, {"delta_ttc": 720})
    choices = choose(
        Request(types=("avenant", "convention")), examine(Workspace(espace_entier), JOUR)
    )
    states = {c.document.type.name: c.state for c in choices if "2026-002" in c.document.label}
    assert states == {"avenant": State.LACKING, "convention": State.READY}


def test_the_tax_of_an_amount_added_is_counted_where_it_is_not_written(
    espace_entier: Path,
) -> None:
    assert found(espace_entier, {"delta_ttc": None}) == ()


def test_an_amount_added_with_tax_alone_lacks_the_other(espace_entier: Path) -> None:
    (one,) = found(espace_entier, {"delta_ht": None})
    assert (one.code, one.pointer) == ("S-REQUIS", ("avenants", 0, "delta_ht"))


def test_a_second_avenant_is_right_after_the_first(espace_entier: Path) -> None:
    assert found(espace_entier, {}, SECOND) == ()


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"numero": "2026-002-C1-A1"}, "S-DOUBLON", ("avenants", 1)),
        ({"numero": "2026-002-C1-A0"}, "R-CVT-07", ("avenants", 1, "numero")),
        ({"date": "2026-09-01"}, "R-CVT-07", ("avenants", 1, "date")),
        ({"date": "2027-03-01", "signatures": None}, "R-CVT-08", ("avenants", 1, "date")),
        ({"signatures": SECOND["signatures"][:2]}, "R-CVT-08", ("avenants", 1, "signatures")),
    ],
)
def test_avenants_follow_each_other_and_are_signed(
    espace_entier: Path, change: dict[str, Any], code: str, pointer: tuple[str | int, ...]
) -> None:
    second = {key: value for key, value in {**SECOND, **change}.items() if value is not None}
    (one,) = found(espace_entier, {}, second)
    assert one.code == code
    assert one.pointer[: len(pointer)] == pointer


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"avenant": "2026-002-C1-A9"}, "n’est pas dans la convention"),
        ({"date_decision": "2026-09-28"}, "avant la décision qu’il suit"),
    ],
)
def test_an_avenant_answers_to_its_alert(
    espace_entier: Path, change: dict[str, Any], words: str
) -> None:
    alerts = examine(Workspace(espace_entier), JOUR).corpus.sources[f"{ING}/realisation.yaml"]
    rank = next(i for i, a in enumerate(alerts.data["alertes"]) if "avenant" in a)
    changes = {f"{ING}/realisation.yaml": {"alertes": {rank: change}}}
    apply(espace_entier, {"fichiers": changes})
    told = [f for f in found(espace_entier, {}) if words in f.message]
    assert [f.code[:5] for f in told] == ["R-CVT"]


def test_an_avenant_that_passes_over_a_number_is_told(espace_entier: Path) -> None:
    (one,) = found(espace_entier, {"numero": "2026-002-C1-A2"})
    assert (one.code, one.pointer) == ("R-CVT-08", ("avenants", 0, "numero"))


def test_a_rate_that_all_amounts_deny_is_told_once(espace_entier: Path) -> None:
    apply(espace_entier, {"fichiers": {CONVENTION: {"montant": {"taux_tva": 10}}}})
    (one,) = found(espace_entier, {})
    assert one.pointer == ("montant", "taux_tva")
    assert "R-COH-06" in one.codes


def test_who_led_a_structure_no_longer_signs_for_it(espace: Path) -> None:
    leader = {"dirigeants": {0: {"fin": "2025-03-31"}}}
    apply(espace, {"fichiers": {"dossiers/structures/calades-jabron.yaml": leader}})
    told = [f for f in examine(Workspace(espace), JOUR).findings if f.code == "R-CVT-06"]
    assert ["sans être en fonction ce jour-là" in f.message for f in told] == [True]


@pytest.mark.parametrize("party", ["dla", "beneficiaire", "prestataire"])
def test_who_signs_for_a_party_represents_it(espace: Path, party: str) -> None:
    stranger = {"representant": {"prenom": "Jean", "nom": "Inconnu"}}
    apply(espace, {"fichiers": {"convention.yaml": {"parties": {party: {0: stranger}}}}})
    (one,) = examine(Workspace(espace), JOUR).findings
    assert (one.code, one.pointer) == ("R-CVT-06", ("parties", party, 0, "representant"))
    stranger["delegation"] = "délégation de signature du 3 mars 2025"
    apply(espace, {"fichiers": {"convention.yaml": {"parties": {party: {0: stranger}}}}})
    assert examine(Workspace(espace), JOUR).findings == ()


def test_an_avenant_that_changes_nothing_is_told(espace_entier: Path) -> None:
    idle = {key: SECOND[key] for key in SECOND if key != "date_rapport"}
    (told,) = found(espace_entier, {}, idle)
    assert told.code == "R-CVT-07" and "ne change rien" in told.message
