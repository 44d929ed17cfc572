"""`dla verify`: what a file says of its making, held against the workspace and its history."""

import os
import subprocess
from pathlib import Path

import pytest

from dla_docs.tree.fingerprint import Signature, signature_in
from tests.scenes import Lancer

WHERE = "2025-003-calades-jabron/bilan-organisation-finances"
FORMATS = ("docx", "odt", "pdf", "html")


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Lea", "-c", "user.email=lea@exemple.fr"]
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def convention(espace: Path, lancer: Lancer) -> Path:
    """The folder of a convention just made, in a workspace under git."""
    git(espace, "init", "-q")
    git(espace, "add", "dossiers")
    git(espace, "commit", "-qm", "premier")
    formats = [word for name in FORMATS for word in ("-t", name)]
    lancer("render", WHERE, "-d", "convention", *formats, espace=espace)
    return espace / "documents" / WHERE


def test_a_file_just_made_is_current(convention: Path, espace: Path, lancer: Lancer) -> None:
    for extension in FORMATS:
        result = lancer("verify", convention / f"convention.{extension}", espace=espace)
        assert (result.exit_code, result.stdout.count("produit aujourd’hui")) == (0, 1), extension


def test_every_format_holds_the_same_empreinte(convention: Path) -> None:
    found = {signature_in(path.read_bytes()) for path in convention.iterdir()}
    (signature,) = found
    assert signature is not None
    # The folder of the dossier tells the structure, which did not agree to be named.
    assert signature.label == "2025-003/bilan-organisation-finances/convention"


def test_a_file_made_when_its_mark_held_the_folder_is_still_current(
    convention: Path, espace: Path, lancer: Lancer
) -> None:
    page = convention / "convention.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(":2025-003/", ":2025-003-calades-jabron/"), encoding="utf-8")
    result = lancer("verify", page, espace=espace)
    assert (result.exit_code, result.stdout.count("produit aujourd’hui")) == (0, 1)


def test_a_file_of_a_former_commit_is_told_with_that_commit(
    convention: Path, espace: Path, lancer: Lancer
) -> None:
    first = git(espace, "rev-parse", "HEAD")
    source = espace / "dossiers" / WHERE.replace("/", "/ingenieries/") / "convention.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("lieu: ", "lieu: près de "), encoding="utf-8")
    git(espace, "commit", "-qam", "second")
    result = lancer("verify", convention / "convention.docx", espace=espace)
    assert result.exit_code == 1
    assert first[:12] in result.stdout


def test_a_file_changed_by_hand_is_told(convention: Path, espace: Path, lancer: Lancer) -> None:
    page = convention / "convention.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Signatures", "Visas"), "utf-8")
    result = lancer("verify", page, espace=espace)
    assert result.exit_code == 1
    assert "modifié depuis" in result.stdout


def test_a_change_elsewhere_leaves_a_document_current(
    convention: Path, espace: Path, lancer: Lancer
) -> None:
    (other,) = (espace / "dossiers").glob("2025-021-*/dossier.yaml")
    text = other.read_text(encoding="utf-8")
    assert "titre: " in text
    other.write_text(text.replace("titre: ", "titre: Le "), encoding="utf-8")
    assert lancer("verify", convention / "convention.pdf", espace=espace).exit_code == 0


def test_a_file_of_nowhere_is_told(convention: Path, espace: Path, lancer: Lancer) -> None:
    page = convention / "convention.html"
    mark = signature_in(page.read_bytes())
    assert mark is not None
    forged = Signature("0" * 64, mark.label).mark()
    page.write_bytes(page.read_bytes().replace(mark.mark().encode(), forged.encode()))
    result = lancer("verify", page, espace=espace)
    assert result.exit_code == 1
    assert "ni l’espace de travail ni son historique" in result.stdout


def test_a_document_unknown_to_a_cut_history_is_told_so(
    convention: Path, espace: Path, tmp_path: Path, lancer: Lancer
) -> None:
    source = espace / "dossiers" / WHERE.replace("/", "/ingenieries/") / "convention.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("lieu: ", "lieu: près de "), encoding="utf-8")
    git(espace, "commit", "-qam", "second")
    git(tmp_path, "clone", "-q", "--depth", "1", espace.as_uri(), "clone")
    result = lancer("verify", convention / "convention.html", espace=tmp_path / "clone")
    assert result.exit_code == 1
    assert "git fetch --unshallow" in result.stdout and "ni l’espace" not in result.stdout


def test_what_is_no_file_is_refused_at_once(espace: Path, lancer: Lancer) -> None:
    os.mkfifo(espace / "tube.docx")
    for name in ("tube.docx", "dossiers"):
        result = lancer("verify", espace / name, espace=espace)
        assert (result.exit_code, result.stderr.count("n’est pas un fichier")) == (2, 1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04abc", b"%PDF-1.7", b"bonjour"])
def test_a_file_that_dla_did_not_make_is_refused(
    espace: Path, lancer: Lancer, content: bytes
) -> None:
    stranger = espace / "autre.docx"
    stranger.write_bytes(content)
    result = lancer("verify", stranger, espace=espace)
    assert result.exit_code == 2
    assert "ne porte pas d’empreinte" in result.stderr
