"""The workspace as each commit held it, whatever git trees may hold."""

import errno
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from dla_docs.disk.errors import DiskError
from dla_docs.disk.laid import lay_file, lay_folder, lay_links
from dla_docs.follow.history import Former, Search
from dla_docs.follow.repository import Gap
from dla_docs.model.workspace import Workspace

IDENTITY = ["-c", "user.name=Lea", "-c", "user.email=lea@exemple.fr"]
TERRITORY = "dossiers/territoire.yaml"


def git(folder: Path, *words: str, given: str = "") -> str:
    command = ["git", *IDENTITY, *words]
    done = subprocess.run(
        command, cwd=folder, input=given, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()


def write(root: Path, **files: str) -> None:
    """Files by path, in a repository made if need be, and committed."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q")
    for path, content in {TERRITORY: "nom: Haute-Durance\n", **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "un commit")


def latest(root: Path) -> dict[str, str]:
    """The files of the last commit, by path, as they are laid out."""
    with Search(Workspace(root)) as search:
        states = iter(search)
        workspace = next(states).workspace
        files = (path for path in workspace.root.rglob("*") if path.is_file())
        return {workspace.relative(path): path.read_text(encoding="utf-8") for path in files}


def searched(root: Path) -> tuple[list[str], set[Gap]]:
    """The commits whose state was looked at, in that order, and what was not."""
    with Search(Workspace(root)) as search:
        return [former.commit for former in search], search.gaps


@pytest.mark.parametrize("name", ["deux mots", "fiche été", "deux\nlignes", "tab\tulé", "«a»"])
def test_a_file_of_any_name_is_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, **{f"dossiers/{name}.md": "Bonjour.\n\n"})
    assert latest(tmp_path)[f"dossiers/{name}.md"] == "Bonjour.\n\n"


def test_an_empty_file_shifts_no_other(tmp_path: Path) -> None:
    write(tmp_path, **{"dossiers/a.md": "", "dossiers/b.md": "B", "dossiers/c.md": "\n\n"})
    found = latest(tmp_path)
    assert [found[f"dossiers/{name}.md"] for name in "abc"] == ["", "B", "\n\n"]


def test_an_executable_file_is_read_as_another(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / TERRITORY).chmod(0o755)
    git(tmp_path, "commit", "-qam", "exécutable")
    assert git(tmp_path, "ls-tree", "-r", "HEAD").startswith("100755")
    assert latest(tmp_path) == {TERRITORY: "nom: Haute-Durance\n"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "cle.yaml").write_text("cle: 1", encoding="utf-8")
    root = tmp_path / "espace"
    (root / "dossiers").mkdir(parents=True)
    (root / "dossiers" / "lien").symlink_to(outside)
    (root / "dossiers" / "cle.yaml").symlink_to(outside / "cle.yaml")
    write(root)
    assert latest(root) == {TERRITORY: "nom: Haute-Durance\n"}


def test_a_submodule_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "ailleurs")
    write(tmp_path / "espace")
    commit = git(tmp_path / "ailleurs", "rev-parse", "HEAD")
    git(tmp_path / "espace", "update-index", "--add", "--cacheinfo", f"160000,{commit},dossiers/m")
    git(tmp_path / "espace", "commit", "-qm", "un sous-module")
    assert latest(tmp_path / "espace") == {TERRITORY: "nom: Haute-Durance\n"}


def test_a_path_that_leads_out_is_not_written(tmp_path: Path) -> None:
    write(tmp_path)
    blob = git(tmp_path, "hash-object", "-w", "--stdin", given="nom: pris")
    out = git(tmp_path, "mktree", given=f"100644 blob {blob}\tdla-pris.txt\n")
    data = git(tmp_path, "mktree", given=f"100644 blob {blob}\tterritoire.yaml\n")
    entries = f"040000 tree {out}\t..\n040000 tree {data}\tdossiers\n"
    tree = git(tmp_path, "mktree", given=entries)
    git(tmp_path, "update-ref", "HEAD", git(tmp_path, "commit-tree", tree, "-m", "piège"))
    with Search(Workspace(tmp_path)) as search:
        states = iter(search)
        root = next(states).workspace.root
        assert [path.name for path in root.iterdir()] == ["dossiers"]
        assert not (root.parent / "dla-pris.txt").exists()


def test_a_workspace_inside_a_repository_is_read_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, **{f"espace d’été/{TERRITORY}": "nom: Ubaye\n", "autre.md": "Autre"})
    assert latest(tmp_path / "espace d’été") == {TERRITORY: "nom: Ubaye\n"}


def test_commits_come_the_latest_first_and_leave_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    first = git(tmp_path, "rev-parse", "HEAD")
    write(tmp_path, **{TERRITORY: "nom: Ubaye\n"})
    with Search(Workspace(tmp_path)) as search:
        found: list[Former] = list(search)
    assert [one.commit for one in found] == [git(tmp_path, "rev-parse", "HEAD"), first]
    assert not any(one.workspace.root.exists() for one in found)


def test_a_commit_without_a_territory_is_none(tmp_path: Path) -> None:
    write(tmp_path)
    git(tmp_path, "rm", "-q", TERRITORY)
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers" / "notes.md").write_text("Rien", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "vidé")
    assert searched(tmp_path) == ([git(tmp_path, "rev-parse", "HEAD~1")], set())


def test_outside_git_there_is_no_former_workspace(tmp_path: Path) -> None:
    assert searched(tmp_path) == ([], {Gap.NO_REPOSITORY})


def test_no_archive_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Python 3.11.0 to 3.11.3 have no `filter` there.
    monkeypatch.delattr(tarfile.TarFile, "extractall")
    write(tmp_path)
    assert latest(tmp_path) == {TERRITORY: "nom: Haute-Durance\n"}


def edited_twice(root: Path) -> Path:
    write(root)
    write(root, **{TERRITORY: "nom: Ubaye\n"})
    return root


def test_a_shallow_clone_says_that_its_history_is_cut(tmp_path: Path) -> None:
    origin = edited_twice(tmp_path / "origine")
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), "clone")
    assert searched(origin)[1] == set()
    assert searched(tmp_path / "clone")[1] == {Gap.SHALLOW}


def test_a_partial_clone_fetches_nothing_and_says_it_lacks_some(tmp_path: Path) -> None:
    origin = edited_twice(tmp_path / "origine")
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter", "blob:none", origin.as_uri(), "clone")
    found = [git(origin, "rev-parse", "HEAD")], {Gap.PARTIAL}
    assert searched(tmp_path / "clone") == found


def test_a_history_that_git_refuses_to_read_is_not_called_empty(tmp_path: Path) -> None:
    assert searched(tmp_path)[1] == {Gap.NO_REPOSITORY}
    (tmp_path / ".git").mkdir()
    assert searched(tmp_path)[1] == {Gap.DAMAGED}


def test_a_workspace_that_was_elsewhere_is_told(tmp_path: Path) -> None:
    write(tmp_path, **{f"ancien/{TERRITORY}": "nom: Ubaye\n"})
    git(tmp_path, "mv", "ancien", "nouveau")
    git(tmp_path, "commit", "-qm", "un autre dossier")
    found = [git(tmp_path, "rev-parse", "HEAD")], {Gap.OTHER_PLACE}
    assert searched(tmp_path / "nouveau") == found


def test_a_workspace_that_came_to_the_top_is_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "ancien").mkdir()
    (tmp_path / "ancien" / "notes.md").write_text("Rien", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "un dossier")
    write(tmp_path)
    assert searched(tmp_path) == ([git(tmp_path, "rev-parse", "HEAD")], {Gap.OTHER_PLACE})


def test_a_dossier_alone_is_another_state_than_with_its_neighbour(tmp_path: Path) -> None:
    own, other = "2025-003-calades", "2026-004-sabots"
    write(tmp_path, **{f"dossiers/{own}/dossier.yaml": "titre: a"})
    write(tmp_path, **{f"dossiers/{other}/dossier.yaml": "titre: b"})
    with Search(Workspace(tmp_path), own) as search:
        assert len(list(search)) == 2


def test_names_that_a_disk_refuses_are_told(tmp_path: Path) -> None:
    write(tmp_path)
    blob = git(tmp_path, "hash-object", "-w", "--stdin", given="nom: pris")
    data = git(tmp_path, "rev-parse", "HEAD:dossiers")
    entries = f"100644 blob {blob}\t{'n' * 300}.md\n040000 tree {data}\tdossiers\n"
    tree = git(tmp_path, "mktree", given=entries)
    git(tmp_path, "update-ref", "HEAD", git(tmp_path, "commit-tree", tree, "-m", "long"))
    assert searched(tmp_path) == ([git(tmp_path, "rev-parse", "HEAD")], {Gap.NAMES})


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE])
@pytest.mark.parametrize("gesture", ["mkdir", "open", "symlink_to"])
def test_a_disk_that_fails_is_not_taken_for_a_name_it_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, gesture: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, gesture, fail)
    with pytest.raises(DiskError, match="le dossier temporaire"):
        lay_folder(tmp_path / "a")
        lay_file(tmp_path / "b", b"", 0)
        lay_links([(tmp_path / "c", b"b")], tmp_path)
