"""`dla check --fix`: what is certain is written, told, and nothing else is touched."""

import json
import stat
from pathlib import Path

import pytest

from dla_docs.edit.mend import mend
from dla_docs.flow import examine
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR, Lancer

DOSSIER = "dossiers/2025-003-calades-jabron"
MISSION = f"{DOSSIER}/ingenieries/bilan-organisation-finances"
CONVENTION = f"{MISSION}/convention.yaml"
ORDER = f"{MISSION}/cahier-des-charges.yaml"


def spoil(espace: Path, path: str, right: str, wrong: str) -> bytes:
    """Write something wrong in the place of what is right; what the file was, in bytes."""
    file = espace / path
    former = file.read_bytes()
    assert former.count(right.encode()) == 1
    file.write_bytes(former.replace(right.encode(), wrong.encode()))
    return former


CERTAIN = [
    (ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_tcc: 3600"),
    (ORDER, "\nbudget_max_ttc: 3600", "\nBudget-max-TTC: 3600"),
    (CONVENTION, "\ndate: 2025-04-14", "\ndate: lundi 14 avril 2025"),
    (f"{DOSSIER}/dossier.yaml", "\ntype: individuel", "\ntype: Individuel"),
    (f"{MISSION}/consultation.yaml", "prestataire: alidade", "prestataire: Alidade"),
    ("dossiers/structures/calades-jabron.yaml", '"01169053400026"', "011 690 534 00026"),
    (f"{MISSION}/reglement.yaml", '"FR7619999043000001238460833"', "FR76 19999043 000001238460833"),
]  # fmt: skip


@pytest.mark.parametrize("case", CERTAIN, ids=lambda case: case[2].split(":")[0].strip())
def test_ce_qui_est_certain_est_ecrit_a_l_octet(
    case: tuple[str, str, str], espace: Path, lancer: Lancer
) -> None:
    path, right, wrong = case
    former = spoil(espace, path, right, wrong)
    done = lancer("check", "--fix", espace=espace)
    assert (espace / path).read_bytes() == former
    assert f"Écrit : {path}:" in done.stdout
    assert done.exit_code == 0, done.stdout


def test_un_montant_s_ecrit_comme_un_nombre(espace: Path, lancer: Lancer) -> None:
    spoil(espace, ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_ttc: 3 600,50 €  # négocié")
    done = lancer("check", "--fix", espace=espace)
    assert "budget_max_ttc : 3 600,50 € → 3600.5" in done.stdout
    assert b"\nbudget_max_ttc: 3600.5  # n" in (espace / ORDER).read_bytes()


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        (CONVENTION, "\ndate: 2025-04-14", "\ndate: 14/04/25"),
        (CONVENTION, "\ndate: 2025-04-14", "\ndate: 04/14/2025"),
        (ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_ttc: 3,600"),
        (ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_ttc: 3 600 € HT"),
        (ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_ttc: 3,6 k€"),
        (ORDER, "\nbudget_max_ttc: 3600", "\nbudget_maximum: 3600"),
        (ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_tcc: beaucoup"),
        ("dossiers/structures/calades-jabron.yaml", '"01169053400026"', '"1169053400026"'),
    ],
)
def test_ce_qui_peut_se_lire_autrement_reste(
    path: str, right: str, wrong: str, espace: Path, lancer: Lancer
) -> None:
    spoil(espace, path, right, wrong)
    before = (espace / path).read_bytes()
    done = lancer("check", "--fix", espace=espace)
    assert (espace / path).read_bytes() == before
    assert "Rien n’est à corriger de façon certaine." in done.stdout
    assert done.exit_code == 1


def test_un_outil_lit_ce_qui_serait_ecrit(espace: Path, lancer: Lancer) -> None:
    spoil(espace, ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_tcc: 3600")
    spoil(espace, f"{DOSSIER}/parcours.yaml", "\n    cout_ttc: 3250.00", "\n    cout_ttc: 1 200,50")
    found = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    assert [finding["correction"] for finding in found] == [
        {"place": ["budget_max_tcc"], "cle": "budget_max_ttc"},
        {"place": ["actions", 0, "cout_ttc"], "valeur": 1200.5},
    ]


@pytest.mark.parametrize(("shown", "values"), [((), []), (("--montrer",), ["1200.5"])])
def test_un_editeur_recoit_la_correction_sauf_la_donnee_qu_il_ne_doit_pas_voir(
    shown: tuple[str, ...], values: list[str], espace: Path, lancer: Lancer
) -> None:
    spoil(espace, ORDER, "\nbudget_max_ttc: 3600", "\nbudget_max_tcc: 3600")
    spoil(espace, f"{DOSSIER}/parcours.yaml", "\n    cout_ttc: 3250.00", "\n    cout_ttc: 1 200,50")
    told = lancer("check", "--format", "sarif", *shown, espace=espace).stdout
    fixes = [r["fixes"][0] for r in json.loads(told)["runs"][0]["results"] if "fixes" in r]
    (first, *others) = [fix["artifactChanges"][0]["replacements"][0] for fix in fixes]
    place = {"startLine": 69, "startColumn": 1, "endLine": 69, "endColumn": 15}
    assert first == {"deletedRegion": place, "insertedContent": {"text": "budget_max_ttc"}}
    assert [other["insertedContent"]["text"] for other in others] == values


def test_un_essai_montre_et_n_ecrit_rien(espace: Path, lancer: Lancer) -> None:
    spoil(espace, CONVENTION, "\ndate: 2025-04-14", "\ndate: 14/04/2025")
    before = (espace / CONVENTION).read_bytes()
    shown = lancer("check", "--fix", "--dry-run", espace=espace)
    assert f"À écrire : {CONVENTION}:2: date : 14/04/2025 → 2025-04-14" in shown.stdout
    assert "dla check --fix l’écrit" in shown.stdout
    assert (espace / CONVENTION).read_bytes() == before
    assert shown.exit_code == 1
    assert lancer("check", "--dry-run", espace=espace).exit_code == 2


def test_un_chemin_limite_ce_qui_est_ecrit(espace: Path, lancer: Lancer) -> None:
    spoil(espace, CONVENTION, "\ndate: 2025-04-14", "\ndate: 14/04/2025")
    former = spoil(espace, ORDER, "\nbudget_max_ttc", "\nbudget_max_tcc")
    lancer("check", "--fix", str(espace / ORDER), espace=espace)
    assert (espace / ORDER).read_bytes() == former
    assert b"date: 14/04/2025" in (espace / CONVENTION).read_bytes()


def test_ce_qu_une_cle_cachait_est_corrige_ensuite(espace: Path, lancer: Lancer) -> None:
    former = spoil(espace, CONVENTION, "\ndate: 2025-04-14", "\nDate: 14/04/2025")
    done = lancer("check", "--fix", espace=espace)
    assert "2 corrections écrites." in done.stdout
    assert (espace / CONVENTION).read_bytes() == former


def test_un_outil_ne_lit_que_les_constats(espace: Path, lancer: Lancer) -> None:
    spoil(espace, CONVENTION, "\ndate: 2025-04-14", "\ndate: 14/04/2025")
    done = lancer("check", "--fix", "--format", "json", espace=espace)
    assert json.loads(done.stdout) == []
    assert "Écrit :" in done.stderr


def test_une_donnee_secrete_est_corrigee_sans_etre_dite(espace: Path, lancer: Lancer) -> None:
    iban = "FR7619999043000001238460833"
    spoil(espace, f"{MISSION}/reglement.yaml", iban, iban.lower())
    done = lancer("check", "--fix", espace=espace)
    assert f"Écrit : {MISSION}/reglement.yaml:4: coordonnees_bancaires, iban\n" in done.stdout
    assert iban not in done.stdout.upper()


def test_dans_une_forge_une_correction_ne_dit_pas_la_donnee(espace: Path, lancer: Lancer) -> None:
    spoil(espace, CONVENTION, "\ndate: 2025-04-14", "\ndate: 14/04/2025")
    done = lancer("check", "--fix", espace=espace, GITHUB_ACTIONS="true")
    assert "Écrit :" in done.stdout
    assert "14/04" not in done.stdout


def refusal_of(espace: Path, finding: Finding) -> str:
    """Why a fault of the convention was not mended."""
    workspace = Workspace(espace)
    (mended,) = mend(workspace, CONVENTION, [finding], {}, write=True)
    return mended.refused[0]


def fault(espace: Path) -> Finding:
    spoil(espace, CONVENTION, "\ndate: 2025-04-14", "\ndate: 14/04/2025")
    findings = examine(Workspace(espace), JOUR).findings
    return next(f for f in findings if f.cure)


def test_un_fichier_modifie_entre_temps_reste(espace: Path) -> None:
    found = fault(espace)
    spoil(espace, CONVENTION, "\ndate: 14/04/2025", "\ndate: 15/04/2025")
    assert "n’y est plus" in refusal_of(espace, found)
    assert b"\ndate: 15/04/2025" in (espace / CONVENTION).read_bytes()


def test_un_fichier_en_lecture_seule_reste(espace: Path, lancer: Lancer) -> None:
    fault(espace)
    file = espace / CONVENTION
    file.chmod(0o444)
    done = lancer("check", "--fix", espace=espace)
    assert "Pas écrit :" in done.stdout
    assert "lecture seule" in done.stdout
    assert b"date: 14/04/2025" in file.read_bytes()


def test_un_fichier_garde_ses_droits(espace: Path, lancer: Lancer) -> None:
    fault(espace)
    file = espace / CONVENTION
    file.chmod(0o600)
    lancer("check", "--fix", espace=espace)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"\ndate: 2025-04-14" in file.read_bytes()


def test_un_lien_reste_et_mene_a_ce_qui_est_corrige(espace: Path, lancer: Lancer) -> None:
    fault(espace)
    link, held = espace / CONVENTION, espace / "convention-partagee.yaml"
    link.rename(held)
    link.symlink_to(held)
    lancer("check", "--fix", espace=espace)
    assert link.is_symlink()
    assert b"\ndate: 2025-04-14" in held.read_bytes()
