"""What leaves for others: the synthesis with an agreement, the logos of who pays."""

from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

A = "dossiers/2025-003-calades-jabron"
ING = f"{A}/ingenieries/bilan-organisation-finances"
CONSENT = 4
"""The rank of the consent to suivi.synthese."""


def found(espace: Path, **files: object) -> tuple[Finding, ...]:
    apply(espace, {"fichiers": {f"{A}/{name}.yaml": keys for name, keys in files.items()}})
    return examine(Workspace(espace), JOUR).findings


def sent_to(*readers: str) -> dict[str, object]:
    return {"synthese": {"destinataires": list(readers), "transmissions": None}}


@pytest.mark.parametrize(
    "reader",
    [
        "Banque des Territoires",
        "DDETS des Alpes-de-Haute-Provence",
        "Les Calades du Jabron et le Département des Alpes-de-Haute-Provence",
        "Réseau régional de l’insertion",
    ],
)
def test_a_synthesis_needs_an_agreement_to_leave(reader: str, espace: Path) -> None:
    closed = {"consentements": {CONSENT: None}}
    (told,) = found(espace, suivi=sent_to(reader), dossier=closed)
    assert (told.code, told.pointer) == ("R-CNF-06", ("synthese", "destinataires", 0))
    assert "sans l’accord" in told.message


@pytest.mark.parametrize(
    "reader",
    ["Les Calades du Jabron", "L’association", "Bernard Estoublier", "DLA des Hautes-Alpes"],
)
def test_the_structure_and_the_dla_read_it_as_they_like(reader: str, espace: Path) -> None:
    closed = {"consentements": {CONSENT: None}}
    assert found(espace, suivi=sent_to(reader), dossier=closed) == ()


@pytest.mark.parametrize(
    "change", [{"date": "2026-04-22"}, {"portee": ["comite"]}, {"retrait": "2026-04-20"}]
)
def test_an_agreement_counts_on_its_day_for_whom_it_names(
    change: dict[str, object], espace: Path
) -> None:
    changed = {"date": "2026-04-01", **change}
    (told,) = found(espace, dossier={"consentements": {CONSENT: changed}})
    assert told.code == "R-CNF-06"


@pytest.mark.parametrize(
    "reader", ["Gazette du Jabron", "Mouvement associatif des Alpes-de-Haute-Provence"]
)
def test_an_agreement_for_funders_opens_nothing_to_others(reader: str, espace: Path) -> None:
    (told,) = found(espace, suivi=sent_to(reader))
    assert (told.code, str(told.severity)) == ("R-CNF-06", "erreur")
    assert "ne couvre pas" in told.message


@pytest.mark.parametrize("reader", ["Nicole Aubrespin", "Membres du comité de pilotage"])
def test_who_sits_with_funders_reads_what_is_open_to_them(reader: str, espace: Path) -> None:
    assert found(espace, suivi=sent_to(reader)) == ()


def test_the_copy_of_a_partner_needs_an_agreement_for_its_public(espace: Path) -> None:
    (told,) = found(espace, suivi={"synthese": {"transmissions": {0: {"public": "comite"}}}})
    place = ("synthese", "transmissions", 0, "public")
    assert (told.code, str(told.severity), told.pointer) == ("R-CNF-06", "erreur", place)


def test_a_copy_handed_before_the_agreement_was_withdrawn_is_told_with_the_day(
    espace: Path,
) -> None:
    (told,) = found(espace, dossier={"consentements": {CONSENT: {"retrait": "2026-06-01"}}})
    assert (told.code, str(told.severity)) == ("R-CNF-09", "info")
    assert "juin 2026" in told.message


def payer(name: str) -> dict[str, object]:
    return {"cofinancements": {0: {"financeur": name}}}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Fondation des Trois Vallées", "ne le connaît pas"),
        ("Département des Hautes-Alpes", "dans ce département (04)"),
        ("Union européenne", "à la date de la mission"),
    ],
)
def test_who_pays_without_a_logo_is_told(name: str, why: str, espace: Path) -> None:
    change = {f"{ING}/ingenierie.yaml": payer(name)}
    apply(espace, {"fichiers": change})
    (told,) = examine(Workspace(espace), JOUR).findings
    assert (told.code, name in told.message, why in told.message) == ("R-PUB-05", True, True)


@pytest.mark.parametrize(
    "name", ["Caisse des Dépôts", "DÉPARTEMENT DES ALPES DE HAUTE PROVENCE, service insertion"]
)
def test_a_funder_is_known_by_a_former_name_or_in_capitals(name: str, espace: Path) -> None:
    apply(espace, {"fichiers": {f"{ING}/ingenierie.yaml": payer(name)}})
    assert examine(Workspace(espace), JOUR).findings == ()


def test_who_finances_an_ingenierie_in_the_parcours_is_a_funder(espace: Path) -> None:
    paid = "Fonds d’ingénierie du DLA et Fondation de la Durance"
    (told,) = found(espace, parcours={"actions": {0: {"financement": paid}}})
    assert (told.code, told.path) == ("R-PUB-05", f"{A}/parcours.yaml")
    assert "« Fondation de la Durance »" in told.message
