"""What a document may print of the findings of its dossier: nothing that a reader may not see."""

from dataclasses import replace
from pathlib import Path

import pytest

from dla_docs.context.disclosed import Disclosure
from dla_docs.flow import Examined, examine
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import Workspace
from tests.check.cases import changed
from tests.scenes import JOUR

INGENIERIE = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances/"
DOSSIER = "dossiers/2025-003-calades-jabron/dossier.yaml"
DEROGATION = """
derogations:
  - regle: R-CVT-03
    motif: acompte négocié
    validee_par: Lise Carrouge
    date: 2025-04-01
    vise: ingenieries/bilan-organisation-finances/convention.yaml
"""


def told(examen: Examined, finding: Finding, *audience: str) -> bool:
    return Disclosure(examen.corpus, examen.rules, frozenset(audience)).allows(finding)


def at(path: str, code: str, *pointer: str | int) -> Finding:
    return Finding(code, Severity.ERREUR, "message", path, pointer=pointer)


def test_a_wrong_note_is_told_to_those_who_choose_alone(espace: Path) -> None:
    file = espace / INGENIERIE / "choix.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("comprehension: 5", "comprehension: NOTE", 1), encoding="utf-8")
    examined = examine(Workspace(espace), JOUR, ("2025-003",))
    (found,) = (f for f in examined.findings if "NOTE" in f.message)
    assert told(examined, found, "operateur", "structure")
    assert not told(examined, found, "operateur", "consultes")


@pytest.mark.parametrize(
    ("file", "pointer", "closed"),
    [
        ("reglement.yaml", ("coordonnees_bancaires", "iban"), "structure"),
        ("choix.yaml", ("evaluations", 0, "notes"), "prestataire"),
        ("choix.yaml", (), "consultes"),
        ("propositions/tamaris-gestion.yaml", ("budget",), "consultes"),
    ],
)
def test_a_fault_of_form_is_told_where_its_datum_is_open(
    file: str, pointer: tuple[str | int, ...], closed: str, examen: Examined
) -> None:
    found = at(f"{INGENIERIE}{file}", "S-TYPE", *pointer)
    assert told(examen, found, "operateur")
    assert not told(examen, found, "operateur", closed)


def test_no_reader_is_told_more_with_others_than_alone(examen: Examined) -> None:
    files = [f"{INGENIERIE}{name}" for name in ("convention.yaml", "choix.yaml")]
    found = [at(file, code) for code in examen.rules for file in files]
    for one in ("structure", "prestataire", "consultes"):
        both = [f for f in found if told(examen, f, "operateur", one)]
        assert all(told(examen, f, one) and told(examen, f, "operateur") for f in both)


def test_what_a_function_of_the_code_reads_is_for_those_who_choose(examen: Examined) -> None:
    code = next(
        c
        for c, rule in examen.rules.items()
        if rule.quand == ("cahier-des-charges",) and rule.par == "controle"
    )
    found = at(f"{INGENIERIE}convention.yaml", code, "date")
    assert told(examen, found, "operateur", "structure")
    assert not told(examen, found, "operateur", "prestataire")


def test_a_rule_written_as_data_is_told_where_all_it_reads_is_open(examen: Examined) -> None:
    for code, rule in examen.rules.items():
        named = " ".join(str(entry) for entry in rule.verifie)
        if "choix.evaluations" in named or "reglement." in named:
            found = at(f"{INGENIERIE}ingenierie.yaml", code, "intitule")
            assert not told(examen, found, "prestataire")


def test_why_a_fault_was_admitted_stays_with_the_operator(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    examined = examine(Workspace(changed(espace, "R-CVT-03", "fautif")), JOUR, ("2025-003",))
    (found,) = (f for f in examined.findings if f.code == "R-CVT-03")
    operator = Disclosure(examined.corpus, examined.rules, frozenset({"operateur"}))
    both = replace(operator, audience=frozenset({"operateur", "structure"}))
    assert operator.words(found).endswith(" (dérogation : acompte négocié)")
    assert both.words(found) == found.message.removesuffix(" (dérogation : acompte négocié)")
