"""What is read is a regular file inside its roots, of a bounded size; the rest is refused."""

import os
from pathlib import Path

import pytest

from dla_docs.disk.errors import Unreadable
from dla_docs.disk.reading import exists, is_file, is_folder, read, read_named, stamp

links = pytest.mark.skipif(os.name == "nt", reason="un lien demande un droit sous Windows")


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A folder beside which a secret lies."""
    (tmp_path / "secret.txt").write_bytes(b"mot de passe")
    root = tmp_path / "espace"
    (root / "dossiers").mkdir(parents=True)
    (root / "dossiers" / "fiche.yaml").write_bytes(b"nom: Essai\n")
    return root


def refusal(path: Path, root: Path, most: int = 1000) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path, (root,), most)
    return str(refused.value)


def test_a_file_inside_is_read(racine: Path) -> None:
    assert read(racine / "dossiers/fiche.yaml", (racine,), 11) == b"nom: Essai\n"


def test_a_file_outside_is_refused_however_it_is_named(racine: Path) -> None:
    for name in ("../secret.txt", "dossiers/../../secret.txt", str(racine.parent / "secret.txt")):
        assert refusal(racine / name, racine) == "est hors de l’espace de travail"
        assert not exists(racine / name, (racine,))


@links
@pytest.mark.parametrize("target", ["../secret.txt", "/proc/self/environ", "/dev/zero"])
def test_a_link_that_leads_out_is_refused(racine: Path, target: str) -> None:
    (racine / "lien").symlink_to(target)
    assert refusal(racine / "lien", racine) == "est un lien qui sort de l’espace de travail"
    assert not is_file(racine / "lien", (racine,))


@links
def test_a_folder_that_is_a_link_leads_out_too(racine: Path) -> None:
    (racine / "autre").symlink_to(racine.parent)
    assert "lien qui sort" in refusal(racine / "autre" / "secret.txt", racine)
    assert not is_folder(racine / "autre", (racine,))


@links
def test_a_link_that_stays_inside_is_followed(racine: Path) -> None:
    (racine / "lien.yaml").symlink_to("dossiers/fiche.yaml")
    (racine.parent / "nomme").symlink_to(racine)
    for root in (racine, racine.parent / "nomme"):
        assert read(racine / "lien.yaml", (root,), 1000) == b"nom: Essai\n"


@links
def test_links_that_lead_nowhere_or_to_one_another_are_refused(racine: Path) -> None:
    (racine / "rompu").symlink_to("nulle-part")
    (racine / "un").symlink_to("deux")
    (racine / "deux").symlink_to("un")
    assert refusal(racine / "rompu", racine) == "n’existe pas"
    assert refusal(racine / "un", racine) in {"n’existe pas", "est illisible"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows n’a pas de tube nommé")
def test_a_pipe_is_refused_without_being_waited_for(racine: Path) -> None:
    os.mkfifo(racine / "tube.yaml")
    assert refusal(racine / "tube.yaml", racine) == "n’est pas un fichier"
    with pytest.raises(Unreadable, match="n’est pas un fichier"):
        read_named(racine / "tube.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="pas de périphérique ici")
def test_a_device_named_on_the_command_line_is_refused() -> None:
    with pytest.raises(Unreadable, match="n’est pas un fichier"):
        read_named(Path("/dev/zero"))


def test_a_folder_is_no_file(racine: Path) -> None:
    assert refusal(racine / "dossiers", racine) == "n’est pas un fichier"


def test_a_file_of_more_than_its_bound_is_refused_before_it_is_read(racine: Path) -> None:
    with (racine / "long.yaml").open("wb") as file:
        # A hole: it takes no room on the disk.
        file.truncate(5_000_000_000)
    assert refusal(racine / "long.yaml", racine, 4_000_000) == "pèse plus de 4 Mo"


@pytest.mark.parametrize("name", [".git/config", ".env", "dossiers/.cache/jeton.yaml"])
def test_what_programs_hide_is_not_for_a_document(racine: Path, name: str) -> None:
    (racine / name).parent.mkdir(exist_ok=True)
    (racine / name).write_bytes(b"jeton")
    assert "nom caché" in refusal(racine / name, racine)


def test_git_is_never_read_even_by_who_reads_hidden_names(racine: Path) -> None:
    (racine / ".GIT").mkdir()
    (racine / ".GIT" / "config").write_bytes(b"jeton")
    (racine / ".note").write_bytes(b"note")
    assert read(racine / ".note", (racine,), 10, hidden=True) == b"note"
    with pytest.raises(Unreadable, match="nom caché"):
        read(racine / ".GIT" / "config", (racine,), 10, hidden=True)


@pytest.mark.parametrize("name", ["a\0b", "n" * 5000, "\udcff.yaml", "dossiers/fiche.yaml/x"])
def test_a_name_that_no_disk_has_is_absent(racine: Path, name: str) -> None:
    assert refusal(racine / name, racine) == "n’existe pas"
    assert not exists(racine / name, (racine,))


def test_a_stamp_changes_with_the_file(racine: Path) -> None:
    path = racine / "dossiers" / "fiche.yaml"
    os.utime(path, ns=(5, 5))
    assert stamp(path, (racine,)) == (5, 11)
    with pytest.raises(Unreadable):
        stamp(racine / "absent", (racine,))
