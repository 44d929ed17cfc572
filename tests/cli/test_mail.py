"""`dla mail`: a draft for each, that names no other; or why there is none; and what it notes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dla_docs.load.yaml_reader import parse
from dla_docs.messages import mail as mailing
from tests.messages.read import attached, body, everything, parsed
from tests.scenes import ROOT, Lancer

MISSION = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
DATA = Path("dossiers") / MISSION
MAKERS = ROOT / "dossiers/prestataires"


def record(name: str) -> dict[str, Any]:
    data: dict[str, Any] = parse(name, (MAKERS / f"{name}.yaml").read_bytes()).data
    return data


def words_of(name: str) -> set[str]:
    """What tells of a prestataire: name, address, telephone, people, short name."""
    told = record(name)
    people = (told["representant"], *told.get("intervenants", ()))
    names = {f"{one['prenom']} {one['nom']}" for one in people}
    return {told["raison_sociale"], told["email"], told["telephone"], told["siret"], name} | names


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "mission", "count"),
    [("appel", "2026-013", 3), ("refus", "2025-007", 1), ("retenue", "2026-002", 1)],
)
def test_a_message_names_no_other_prestataire(
    kind: str, mission: str, count: int, lancer: Lancer, tmp_path: Path
) -> None:
    result = lancer("mail", kind, mission, "-o", tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    written = list(tmp_path.glob("*.eml"))
    assert len(written) == count
    for path in written:
        own = path.stem.removeprefix(f"{kind}-")
        others = (maker.stem for maker in MAKERS.glob("*.yaml") if maker.stem != own)
        told = "\n".join(everything(path))
        assert [word for other in others for word in words_of(other) if word in told] == []
        assert record(own)["email"] in told


def test_a_call_goes_with_what_its_letter_announces(lancer: Lancer, tmp_path: Path) -> None:
    lancer("mail", "appel", "2026-013", "--pour", "alidade", "-o", tmp_path)
    (path,) = tmp_path.glob("*.eml")
    message = parsed(path)
    forms = {f"{form}.{format}" for form in FORMS for format in ("docx", "odt")}
    letters = {"appel-a-proposition-alidade.pdf", "cahier-des-charges.pdf"}
    assert attached(message).keys() == forms | letters
    assert all(name in body(message) for name in forms)
    assert message["To"].addresses[0].addr_spec == record("alidade")["email"]
    assert message["From"].addresses[0].addr_spec == "lise.carrouge@galabre.exemple.fr"


FORMS = ("trame-proposition", "fiche-prestataire-vierge")


def test_a_message_is_the_same_twice(lancer: Lancer, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        lancer("--date", "2025-07-17", "mail", "restitution", "2025-003", "-o", tmp_path / folder)
    contents = [{p.name: p.read_bytes() for p in (tmp_path / f).glob("*.eml")} for f in "ab"]
    assert len(contents[0]) == 2 and contents[0] == contents[1]


def test_a_restitution_is_convened_then_reported(lancer: Lancer, tmp_path: Path) -> None:
    for day in ("2025-06-20", "2025-07-17"):
        lancer("--date", day, "mail", "restitution", "2025-003", "-o", tmp_path / day)
    before, after = (
        parsed(tmp_path / day / "restitution-calades-jabron.eml")
        for day in ("2025-06-20", "2025-07-17")
    )
    assert "se tient le 10 juillet 2025" in body(before).replace("\xa0", " ")
    assert attached(before) == {}
    assert attached(after).keys() == {"releve-restitution.pdf", "rapport-final.pdf"}


def test_what_was_sent_is_noted_and_touches_nothing_else(espace: Path, lancer: Lancer) -> None:
    path = espace / DATA / "consultation.yaml"
    before = path.read_text(encoding="utf-8").splitlines()
    words = ("--date", "2025-03-12", "mail", "appel", "2025-003", "--note")
    result = lancer(*words, "-o", espace / "sortie", espace=espace)
    assert result.exit_code == 0
    after = path.read_text(encoding="utf-8").splitlines()
    added = [line for line in after if line not in before]
    assert set(added) == {"    date_envoi: 2025-03-12"}
    assert [line for line in after if line not in added] == before
    assert "Noté : dossiers/" in result.stdout


def test_a_letter_bears_the_day_that_is_noted(espace: Path, lancer: Lancer) -> None:
    (espace / DATA / "evaluation.yaml").unlink()
    words = ("mail", "enquete", "2025-003", "--pour", "calades-jabron", "--note")
    lancer("--date", "2025-07-24", *words, "-o", espace / "sortie", espace=espace)
    told = "\n".join(everything(espace / "sortie/enquete-calades-jabron.eml"))
    assert "le 24\xa0juillet 2025" in told or "le 24 juillet 2025" in told
    data = parse("e", (espace / DATA / "evaluation.yaml").read_bytes()).data
    assert data == {"beneficiaires": [{"structure": "calades-jabron", "date_envoi": "2025-07-24"}]}


def test_what_is_noted_twice_is_written_once(espace: Path, lancer: Lancer) -> None:
    (espace / DATA / "evaluation.yaml").unlink()
    words = ("mail", "enquete", "2025-003", "--note", "-o", espace / "sortie")
    lancer("--date", "2025-07-17", *words, espace=espace)
    first = (espace / DATA / "evaluation.yaml").read_bytes()
    result = lancer("--date", "2025-07-24", *words, espace=espace)
    assert (espace / DATA / "evaluation.yaml").read_bytes() == first
    assert result.stdout.count("Déjà noté : ") == 2


@pytest.fixture
def relancer(espace: Path, lancer: Lancer) -> Callable[[str], str]:
    """Remind on a day, note it, and give the words of the reminder to the prestataire."""
    change(espace / DATA / "reglement.yaml", "- libelle: solde", "- libelle: intermediaire")
    change(espace / DATA / "evaluation.yaml", "  date_reponse", "  x-date_reponse")

    def words(day: str) -> str:
        out = espace / "sortie"
        lancer("--date", day, "mail", "relance", "2025-003", "--note", "-o", out, espace=espace)
        return body(parsed(out / "relance-delphine-orsatelli.eml")).replace("\xa0", " ")

    return words


def test_a_reminder_says_when_the_last_one_went(relancer: Callable[[str], str]) -> None:
    first, second = relancer("2025-09-10"), relancer("2025-10-01")
    assert "dernière relance" not in first
    assert "- la facture du solde ; dernière relance le 10 septembre 2025" in second.replace(
        "\u202f", " "
    )
    assert "demande envoyée le 17 juillet 2025, attendue le 7 août 2025" in first


def test_a_reminder_lists_only_what_lacks(relancer: Callable[[str], str]) -> None:
    told = relancer("2025-09-10")
    assert "rapport" not in told and "convention" not in told and "appel à proposition" not in told


def test_status_tells_what_was_asked_for(
    relancer: Callable[[str], str], espace: Path, lancer: Lancer
) -> None:
    relancer("2025-09-10")
    told = lancer("--date", "2025-10-01", "status", "2025-003", espace=espace).stdout
    assert "facture du solde, relance du 10 septembre 2025" in told.replace("\xa0", " ")
    assert "dla mail relance 2025-003/bilan-organisation-finances" in told


Spoil = Callable[[Path], None]


def no_address(root: Path) -> None:
    change(root / "dossiers/structures/calades-jabron.yaml", "email:", "x-email:")


def no_report(root: Path) -> None:
    change(root / DATA / "restitution.yaml", "lieu:", "x-lieu:")


def by_post(root: Path) -> None:
    change(root / DATA / "consultation.yaml", "canal: email\nversion", "canal: courrier\nversion")


def nobody(root: Path) -> None:
    change(root / "dossiers/territoire.yaml", "    email: lise.carrouge", "    x-email: lise")


@pytest.mark.parametrize(
    ("kind", "spoil", "told"),
    [
        ("restitution", no_address, "Les Calades du Jabron n’a pas d’adresse de courriel"),
        ("restitution", no_report, "à joindre, n’est pas prêt"),
        ("appel", by_post, "les données disent que cet envoi part par courrier"),
        ("restitution", nobody, "rien ne dit qui écrit"),
    ],
)
def test_what_cannot_be_written_is_told_and_writes_nothing(
    kind: str, spoil: Spoil, told: str, espace: Path, lancer: Lancer
) -> None:
    spoil(espace)
    result = lancer("mail", kind, "2025-003", "-o", espace / "sortie", espace=espace)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Conseil : " in result.stderr
    refused = result.stderr.count("Refusé : ")
    assert refused + len(list((espace / "sortie").glob("*.eml"))) in {2, 3}


def test_a_message_too_heavy_says_what_to_leave_out(
    lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "HEAVIEST", 200_000)
    words = ("mail", "restitution", "2025-003", "--pour", "calades-jabron", "-o", tmp_path)
    result = lancer(*words)
    assert (result.exit_code, list(tmp_path.glob("*.eml"))) == (1, [])
    assert "rapport-final.pdf (0,1 Mo)" in result.stderr and "--sans" in result.stderr
    assert lancer(*words, "--sans", "rapport-final").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("appell", "2025-003"), 2, "vouliez-vous dire « appel » ?"),
        (("appel",), 2, "nommez un dossier : dla mail appel 2026-001"),
        (("appel", "2025-021"), 2, "nommez-en une : dla mail appel 2025-021/phase-1-transition"),
        (("appel", "2026-004"), 2, "n’a pas de mission : son accueil l’a réorienté"),
        (("appel", "2025-003", "--pour", "x"), 2, "n’a pas « x » pour destinataire"),
        (("appel", "2025-003", "--sans", "x"), 2, "le type de document « x » n’existe pas"),
        (("restitution", "2026-002"), 2, "dla new restitution 2026-002/projet-et-gouvernance"),
        (("enquete", "2026-002"), 2, "c’est trop tôt"),
        (("enquete", "2025-003"), 0, "ont déjà répondu"),
        (("relance", "2025-003"), 0, "Rien ne manque à ce jour."),
    ],
)
def test_a_request_that_means_nothing_is_told(
    words: tuple[str, ...], code: int, told: str, lancer: Lancer
) -> None:
    result = lancer("--date", "2026-11-22", "mail", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr.replace("\xa0", " ")


def test_without_a_type_they_are_listed(lancer: Lancer) -> None:
    assert "Relance de ce qui manque" in lancer("mail").stdout


def test_a_draft_changed_by_hand_is_kept(espace: Path, lancer: Lancer) -> None:
    words = ("mail", "restitution", "2025-003", "--pour", "calades-jabron")
    (made,) = lancer(*words, espace=espace).stdout.split()
    path = espace / made if not Path(made).is_absolute() else Path(made)
    path.write_bytes(path.read_bytes() + b"\r\nAjout.\r\n")
    result = lancer(*words, espace=espace)
    assert result.exit_code == 1 and "Gardé : " in result.stderr
    assert path.read_bytes().endswith(b"Ajout.\r\n")
    assert lancer("clean", "--dry-run", espace=espace).stdout.count(".eml") == 0


def test_a_report_that_came_as_a_file_is_attached_as_it_came(espace: Path, lancer: Lancer) -> None:
    report = espace / DATA / "rapport-final.yaml"
    given = next((ROOT / "docs/tutoriel").rglob("rapport-final.yaml"))
    text = given.read_text(encoding="utf-8").replace("2026-07-", "2025-07-")
    report.write_text(text.replace("date: 2025-07-09", "date: 2025-07-04"), encoding="utf-8")
    came = next((ROOT / "docs/tutoriel").rglob("recus/rapport-final.docx")).read_bytes()
    (report.parent / "recus").mkdir(exist_ok=True)
    (report.parent / "recus/rapport-final.docx").write_bytes(came)
    words = ("mail", "restitution", "2025-003", "--pour", "calades-jabron")
    result = lancer(*words, "-o", espace / "sortie", espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    (path,) = (espace / "sortie").glob("*.eml")
    assert attached(parsed(path))["rapport-final.docx"] == came
