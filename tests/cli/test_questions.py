"""`dla new … --questions` in a terminal or a pipe: nothing that is answered is lost."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dla_docs.cli import main, terminal
from dla_docs.load.yaml_reader import parse

ACCUEIL = "dossiers/2025-003-calades-jabron/accueil.yaml"
WORDS = ("new", "accueil", "2025-003", "--questions")


def run(espace: Path, *lines: str, words: tuple[str, ...] = WORDS) -> Result:
    """The command, answered by lines that are piped; the input ends after them."""
    typed = "".join(f"{line}\n" for line in lines)
    command = ["--workspace", str(espace), "--date", "2026-11-28", *words]
    return CliRunner().invoke(main, command, input=typed, prog_name="dla")


def data(espace: Path, path: str = ACCUEIL) -> Any:
    source = parse(path, (espace / path).read_bytes())
    assert source.faults == ()
    return source.data


@pytest.fixture
def vide(espace: Path) -> Path:
    """The demonstration before the accueil of 2025-003."""
    (espace / ACCUEIL).unlink()
    return espace


def test_each_answer_is_in_the_file_when_the_input_ends(vide: Path) -> None:
    said = run(vide, "", "23 janvier 2025", "2")
    assert (data(vide)["date"], data(vide)["mode"]) == ("2025-01-23", "visio")
    assert "Reprendre : dla new accueil 2025-003 --questions" in said.stderr
    assert said.exit_code == 0


def test_a_refused_answer_is_told_and_asked_again(vide: Path) -> None:
    said = run(vide, "", "31 février 2025", "23 janvier 2025")
    assert "il n’y a que 28 jours en février 2025" in said.stderr
    assert data(vide)["date"] == "2025-01-23"


def test_the_same_command_takes_up_what_lacks(vide: Path) -> None:
    run(vide, "", "23 janvier 2025")
    said = run(vide, "visio")
    assert "Date de l’entretien" not in said.stderr
    assert data(vide)["mode"] == "visio"


def test_the_comments_of_the_file_stay(vide: Path) -> None:
    run(vide, "", "23 janvier 2025")
    text = (vide / ACCUEIL).read_text(encoding="utf-8")
    assert "# Date de l’entretien : Jour du premier entretien." in text
    assert "#lieu:" in text


def test_a_person_goes_back_to_the_question_before(vide: Path) -> None:
    said = run(vide, "", "23 janvier 2025", "<", "24 janvier 2025")
    assert "[23 janvier 2025] > " in said.stderr.replace("\u00a0", " ")
    assert data(vide)["date"] == "2025-01-24"


def test_a_person_passes_stops_and_asks_why(vide: Path) -> None:
    said = run(vide, "", "p", "?", "q", "visio")
    assert "Comment l’entretien s’est tenu." in said.stderr
    assert data(vide) == data(vide) | {"date": None, "mode": None}


def test_a_long_text_ends_with_a_point_alone(vide: Path) -> None:
    first = ("", "23/1/2025", "visio", "oui", "oui")
    run(vide, *first, "Un texte.", "", "Un autre : « q ».", ".", "poursuivre")
    assert data(vide)["analyse_pertinence"] == "Un texte.\n\nUn autre : « q ».\n"
    assert set(data(vide)["criteres"].values()) == {"oui"}
    assert data(vide)["decision"] == "poursuivre"


def test_a_file_at_fault_is_left_as_it_is(vide: Path) -> None:
    (vide / ACCUEIL).write_text("date: 2025-01-23\ndate: 2025-01-24\n", encoding="utf-8")
    said = run(vide, "visio")
    assert said.exit_code == 2
    assert "ligne 2 : la clé « date » est déjà écrite à la ligne 1" in said.stderr
    assert (vide / ACCUEIL).read_text(encoding="utf-8").count("date") == 2


def test_a_file_that_is_no_file_is_told(vide: Path) -> None:
    (vide / ACCUEIL).mkdir()
    said = run(vide, "visio")
    assert said.exit_code == 2
    assert "n’est pas un fichier" in said.stderr


def test_what_another_hand_wrote_meanwhile_is_kept(
    vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(vide, "")
    answers = iter(["23 janvier 2025", "visio"])

    def typed(prompt: str) -> str | None:
        path = vide / ACCUEIL
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\ndate:\n", "\ndate: 2025-01-30\n"), encoding="utf-8")
        return next(answers, None)

    monkeypatch.setattr(terminal, "line", typed)
    said = run(vide)
    assert "Quelqu’un a écrit « 30\u00a0janvier 2025 » à cette place" in said.stderr
    assert (data(vide)["date"], data(vide)["mode"]) == ("2025-01-30", "visio")


def test_a_full_disk_loses_nothing_that_was_answered(
    vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(vide, "", "23 janvier 2025")
    before = (vide / ACCUEIL).read_bytes()

    def full(*_: Any, **__: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("dla_docs.disk.writing._make", full)
    said = run(vide, "visio")
    assert "le disque est plein" in said.stderr
    assert (vide / ACCUEIL).read_bytes() == before


def test_an_interruption_in_the_midst_of_an_answer_says_how_to_go_on(
    vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(vide, "", "23 janvier 2025")

    def interrupted(prompt: str) -> str | None:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal, "line", interrupted)
    said = run(vide)
    assert "Tout ce qui est répondu est enregistré." in said.stderr
    assert data(vide)["date"] == "2025-01-23"


def test_signs_of_command_and_endless_lines_are_answers_like_others(vide: Path) -> None:
    said = run(vide, "", "\x1b[2J", "9" * 50_000, "23 janvier 2025")
    assert "\x1b" not in said.stderr
    assert max(map(len, said.stderr.splitlines())) < 300
    assert data(vide)["date"] == "2025-01-23"


def test_a_dossier_is_made_with_the_record_of_its_structure(espace: Path) -> None:
    words = ("new", "dossier", "--questions")
    fiche = ("association_1901", "1 rue Haute ; 04000 ; Digne-les-Bains", "04", "culture", "oui")
    said = run(espace, "Un projet neuf", "La Fanfare", "oui", *fiche, words=words)
    assert "« La Fanfare » n’a pas de fiche. La créer maintenant ? [oui] > " in said.stderr
    made = data(espace, "dossiers/structures/la-fanfare.yaml")
    assert (made["denomination"], made["secteur"]) == ("La Fanfare", "culture")


def test_words_that_lack_are_asked_for(espace: Path) -> None:
    said = run(espace, "Un projet neuf", "calades", words=("new", "dossier", "--questions"))
    made = data(espace, "dossiers/2026-001-un-projet-neuf/dossier.yaml")
    assert made["structures"] == ["calades-jabron"]
    assert made["type"] == "individuel"
    assert "Reprendre : dla new dossier 2026-001 --questions" in said.stderr


def test_the_end_says_what_check_finds_and_what_comes_next(espace: Path) -> None:
    said = run(espace, "", "", "", "", words=("new", "dossier", "2025-003", "--questions"))
    assert "dossier.yaml : rien à redire." in said.stderr
    assert "Ensuite : " in said.stderr


def test_the_end_says_what_a_record_lacks(espace: Path) -> None:
    words = ("new", "structure", "La Fanfare", "--questions")
    said = run(espace, *("" for _ in range(40)), words=words)
    assert "ligne" in said.stderr
    assert "dossiers/structures/la-fanfare.yaml : " in said.stderr.replace("\\", "/")
    assert "rien à redire" not in said.stderr


def test_a_linked_file_keeps_its_link_and_its_rights(vide: Path) -> None:
    run(vide, "", "23 janvier 2025")
    real, link = vide / "dossiers/accueil-partage.yaml", vide / ACCUEIL
    link.rename(real)
    link.symlink_to(real)
    real.chmod(0o600)
    run(vide, "visio")
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert data(vide)["mode"] == "visio"


def test_a_report_that_came_as_a_file_is_taken_up_without_its_empty_rubrics(espace: Path) -> None:
    path = f"{Path(ACCUEIL).parent}/ingenieries/bilan-organisation-finances/rapport-final.yaml"
    text = "date: 2025-07-03\nfichier: recus/rapport.docx\nrappel:\n  commande: |\n  objectifs:\n"
    (espace / path).write_text(text, encoding="utf-8")
    said = run(espace, "", words=("new", "rapport-final", "2025-003", "--questions"))
    assert data(espace, path) == {"date": "2025-07-03", "fichier": "recus/rapport.docx"}
    assert "reçu en fichier, ou écrit ici" not in said.stderr
    assert "Commande" not in said.stderr
