"""A territory writes its own rules, without Python: those of the guide, and what is refused."""

import re
from pathlib import Path

import pytest

from dla_docs.check.rules import load_rules
from dla_docs.flow import examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import TemplateError
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR, ROOT

GUIDE = (ROOT / "docs/guides/ecrire-une-regle.md").read_text(encoding="utf-8")
(SHOWN,) = re.findall(r"^```yaml schemas/regles/locales.yaml\n(.*?)^```$", GUIDE, re.M | re.S)
RECORDS = parse("locales.yaml", SHOWN.encode()).data


def write(espace: Path, text: str) -> Workspace:
    path = espace / "schemas/regles/locales.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return Workspace(espace)


def found(workspace: Workspace) -> list[tuple[str, str]]:
    return [(f.code, str(f.severity)) for f in examine(workspace, JOUR).findings]


def test_the_rules_of_the_guide_hold_in_the_demonstration(espace: Path) -> None:
    assert found(write(espace, SHOWN)) == []


@pytest.mark.parametrize("code", RECORDS)
def test_the_case_of_each_is_told_once_with_its_severity(code: str, espace: Path) -> None:
    workspace = write(espace, SHOWN)
    apply(espace, RECORDS[code]["fautif"])
    assert (code, RECORDS[code]["gravite"]) in found(workspace)
    assert len([c for c, _ in found(workspace) if c == code]) == 1


def test_a_local_rule_forbids_the_document_it_says(espace: Path) -> None:
    write(espace, SHOWN)
    apply(espace, RECORDS["R-LOC-02"]["fautif"])
    examined = examine(Workspace(espace), JOUR)
    assert examined.rules["R-LOC-02"].bloque == ("releve-restitution",)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("requis: restitution.lieux", "« restitution.lieux » n’est pas une donnée"),
        ("requis: restitutions.lieu", "« restitutions.lieu » n’est pas une donnée"),
        ("requis: restitution..lieu", "« restitution..lieu » n’est pas une donnée"),
        ("nombre: restitution.presents, min: presents_min", "n’est pas un paramètre"),
        ("nombre: restitution.presents, min: 1, max: 2, requis: choix.date", "Vérification"),
        ("requis: restitution.lieu", "est obligatoire dans son schéma"),
        ("requis: choix.retenu/proposition.budget.jours", "n’est pas une donnée"),
        ("ordre: [restitution.lieu, restitution.date]", "« ordre » attend une date ou un nombre"),
        ("ordre: [restitution.date, convention.jours]", "compare deux dates ou deux nombres"),
        ("duree: [convention.jours, convention.date_fin], min: 1", "« duree » attend une date"),
        ("somme: restitution.lieu, egale: 3", "« somme » attend un nombre"),
        ("somme: convention.jours, egale: restitution.lieu", "« egale » attend un nombre"),
        ("retard: 1.5, depuis: restitution.date, requis: choix.date", "Retard"),
        ("nombre: restitution.date, min: 1", "« nombre » attend une liste"),
        ("retard: 3, depuis: restitution.lieu, requis: choix.date", "attend une date"),
        ("fichier: choix", "il manque « appelant »"),
        (
            'egal: ["accueil.participants[].nom", "diagnostic.entretiens[].lieu"]',
            "« egal » compare deux listes",
        ),
        ('egal: [proposition.date, "convention.parties[][].denomination"]', "deux listes"),
        ("nombre: restitution.presents, min: 99999999999", "Minimum"),
        ("duree: [restitution.date, choix.date], max: 999999", "Maximum"),
        ("retard: 4000000, depuis: restitution.date, requis: choix.date", "Retard"),
        ("nombre: restitution.presents, min: participation_structure", "n’est pas un nombre"),
    ],
)
def test_a_faulty_entry_is_refused_at_its_place(espace: Path, entry: str, words: str) -> None:
    record = f"{{titre: T, gravite: info, source: nous, par: fiche, quand: [restitution], verifie: [{{{entry}, message: m, conseil: c}}]}}"  # noqa: E501
    workspace = write(espace, f"R-LOC-01: {record}\n")
    with pytest.raises(TemplateError, match=r"locales\.yaml:1:\d+") as refused:
        load_rules(workspace, load_kinds(workspace))
    assert words in refused.value.message


def test_an_entry_without_words_is_refused(espace: Path) -> None:
    record = "{titre: T, gravite: info, source: nous, par: fiche, quand: [restitution], verifie: "
    workspace = write(espace, f"R-LOC-01: {record}[{{requis: restitution.support}}]}}\n")
    with pytest.raises(TemplateError, match="il manque « message »"):
        load_rules(workspace, load_kinds(workspace))


def test_a_message_that_names_no_datum_is_refused(espace: Path) -> None:
    record = "{titre: T, gravite: info, source: nous, par: fiche, quand: [restitution], verifie: "
    entry = '{requis: restitution.support, message: "{lieu.__class__}", conseil: c}'
    workspace = write(espace, f"R-LOC-01: {record}[{entry}]}}\n")
    with pytest.raises(TemplateError, match=r"« lieu\.__class__ » n’est pas une donnée"):
        load_rules(workspace, load_kinds(workspace))
