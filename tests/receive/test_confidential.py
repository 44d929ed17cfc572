"""What one person sends stays with the one who asked: rivals, bank accounts, what a CV says."""

from pathlib import Path

import pytest

from dla_docs.model.workspace import Workspace
from dla_docs.receive.compare import State
from dla_docs.receive.receive import Asked, Result, receive
from tests.messages.read import everything
from tests.receive.filling import FORMS, Value, filled, form
from tests.scenes import JOUR, Lancer, copy_demonstration

IBAN = "FR76 3000 6000 0112 3456 7890 189"
VERDON = "2026-013-presence-verdon/organisation-tournees/trame-proposition-vierge"
TOKEN = "Zéphyrine"
OFFER: dict[str, Value] = {
    "contact": f"{TOKEN} contact", "problematique": f"{TOKEN} problématique",
    "enjeux": f"{TOKEN} enjeux", "methodologie": f"{TOKEN} méthode", "nombre_jours": "4",
    "references": f"{TOKEN} référence", "pistes": f"{TOKEN} pistes", "total_ttc": "83191",
}  # fmt: skip
PEOPLE: dict[str, Value] = {
    "intervenants_1_prenom_nom_age": "Claire MARTIN, 45 ans",
    "intervenants_1_statut_dans": "Salariée", "intervenants_1_formation": "DESS de gestion",
    "intervenants_1_annees_experience": "12", "objectifs": "Tenir les tournées.",
}  # fmt: skip


def sent(folder: Path, label: str, values: dict[str, Value]) -> Path:
    """A form that came back."""
    blank, content = form(label, "docx")
    path = folder / "recu.docx"
    path.write_bytes(filled(content, blank, values, "docx"))
    return path


def read(path: Path, root: Path, who: str) -> Result:
    (result,) = receive([path], Workspace(root), JOUR, Asked(who=who))
    return result


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_demonstration(tmp_path_factory.mktemp("espace") / "e")


def test_a_bank_account_is_written_nowhere(root: Path, tmp_path: Path) -> None:
    path = sent(tmp_path, FORMS[2], {"avancement": f"À payer : {IBAN}", "suites": "Rien."})
    entries = {entry.name: entry for entry in read(path, root, "").entries}
    assert (entries["fait"].state, entries["fait"].value) == (State.FAULT, None)
    assert "reglement.yaml" in entries["fait"].fault
    assert entries["suites"].value == "Rien."


def test_a_bank_account_is_shown_nowhere(root: Path, tmp_path: Path, lancer: Lancer) -> None:
    path = sent(tmp_path, FORMS[2], {"avancement": f"Compte {IBAN}", "mission": f"RIB {IBAN}"})
    result = lancer("receive", path, espace=root)
    assert "7890 189" not in result.stdout.replace("\u00a0", " ")
    assert "numéro de compte" in result.stdout


def test_what_a_cv_says_is_not_kept(root: Path, tmp_path: Path) -> None:
    result = read(sent(tmp_path, VERDON, PEOPLE), root, "delphine-orsatelli")
    told = " ".join(str(entry.value) for entry in result.entries)
    assert "Martin" in told
    assert [word for word in ("45", "DESS", "Salariée", "'12'") if word in told] == []


@pytest.mark.campagne
def test_nothing_of_a_proposition_is_in_what_goes_to_others(tmp_path: Path, lancer: Lancer) -> None:
    espace = copy_demonstration(tmp_path / "e")
    path = sent(tmp_path, VERDON, OFFER)
    result = lancer("receive", path, "--de", "delphine-orsatelli", "--write", espace=espace)
    assert "propositions/delphine-orsatelli.yaml" in result.stdout
    for kind in ("appel", "relance", "refus"):
        lancer("mail", kind, "2026-013", "-o", tmp_path / "sortie", espace=espace)
    written = sorted((tmp_path / "sortie").glob("*.eml"))
    others = [one for one in written if "delphine-orsatelli" not in one.name]
    assert len(others) > 1
    told = {one.name: "\n".join(everything(one)) for one in others}
    assert [n for n, t in told.items() if TOKEN in t or "83191" in t or "83\u202f191" in t] == []
