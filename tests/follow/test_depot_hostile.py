"""A repository that a stranger made: nothing of it is run, followed or waited for."""

import os
import subprocess
import time
import zlib
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from dla_docs.engines import git as engine
from dla_docs.follow import history, layout
from dla_docs.follow.history import Search
from dla_docs.follow.repository import Gap
from dla_docs.model.workspace import Workspace
from tests.follow.test_history import TERRITORY, edited_twice, git, latest, searched, write

HEAD = "HEAD"


def count(root: Path) -> int:
    return len(searched(root)[0])


def stored(root: Path, kind: str, content: bytes) -> str:
    """An object written by hand, whatever git would say of it; its name."""
    whole = f"{kind} {len(content)}\0".encode() + content
    name = sha1(whole, usedforsecurity=False).hexdigest()
    path = root / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(whole))
    return name


def headed(root: Path, tree: str, date: str = "1700000000 +0100", parents: str = "") -> str:
    """A commit of a tree, made the head of the repository."""
    who = f"Lea <lea@exemple.fr> {date}"
    text = f"tree {tree}\n{parents}author {who}\ncommitter {who}\n\nessai\n"
    name = stored(root, "commit", text.encode())
    (root / ".git" / "HEAD").write_text(name, encoding="ascii")
    return name


@pytest.fixture
def marque(tmp_path: Path) -> Path:
    """What a program of the repository would write if it ran."""
    return tmp_path / "marque"


@pytest.fixture
def programme(tmp_path: Path, marque: Path) -> str:
    script = tmp_path / "programme.sh"
    script.write_text(f"#!/bin/sh\necho lance >> {marque}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    return str(script)


SETTINGS = (
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "pager.cat-file",
    "alias.cat-file",
    "gpg.program",
    "diff.external",
    "credential.helper",
    "uploadpack.packObjectsHook",
    "trace2.eventTarget",
    "filter.lfs.smudge",
    "filter.lfs.process",
    "diff.lfs.textconv",
    "diff.lfs.command",
)


def test_no_program_that_a_repository_names_is_run(
    tmp_path: Path, programme: str, marque: Path
) -> None:
    root = tmp_path / "espace"
    write(root, **{".gitattributes": "* filter=lfs diff=lfs\n"})
    signed = git(root, "cat-file", "commit", "HEAD").replace("\n\n", "\ngpgsig -----\n \n\n", 1)
    headed_commit = stored(root, "commit", f"{signed}\n".encode())
    for setting in SETTINGS:
        git(root, "config", setting, programme)
    git(root, "config", "log.showSignature", "true")
    git(root, "config", "core.hooksPath", str(tmp_path))
    (root / ".git" / "HEAD").write_text(headed_commit, encoding="ascii")
    marque.unlink(missing_ok=True)
    assert searched(root) == ([headed_commit], set())
    assert not marque.exists()


def test_what_a_partial_clone_lacks_is_not_fetched(
    tmp_path: Path, programme: str, marque: Path
) -> None:
    root = edited_twice(tmp_path / "espace")
    lost = git(root, "rev-parse", "HEAD~1:dossiers/territoire.yaml")
    (root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    git(root, "config", "extensions.partialClone", "origin")
    git(root, "config", "core.repositoryFormatVersion", "1")
    git(root, "config", "remote.origin.promisor", "true")
    git(root, "config", "remote.origin.url", f"ext::{programme}")
    git(root, "config", "protocol.ext.allow", "always")
    git(root, "config", "core.sshCommand", programme)
    commits, gaps = searched(root)
    assert (len(commits), gaps) == (1, {Gap.DAMAGED})
    assert not marque.exists()


@pytest.mark.parametrize("line", ["path = /dev/zero", "path = tube", "[", "\x00\x01"])
def test_the_settings_of_a_repository_are_not_read(tmp_path: Path, line: str) -> None:
    write(tmp_path)
    os.mkfifo(tmp_path / ".git" / "tube")
    (tmp_path / ".git" / "config").write_text(f"[include]\n{line}\n", encoding="utf-8")
    assert searched(tmp_path)[1] == set() and count(tmp_path) == 1


def test_a_work_tree_given_elsewhere_is_not_gone_to(tmp_path: Path) -> None:
    root = tmp_path / "espace"
    write(root)
    git(root, "config", "core.worktree", "/etc")
    assert latest(root) == {TERRITORY: "nom: Haute-Durance\n"}


def test_variables_that_speak_to_git_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "espace")
    write(tmp_path / "autre", **{TERRITORY: "nom: Ailleurs\n"})
    # Those that a hook of git leaves to what it runs, and that of another owner.
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "autre" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "rien")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert list(latest(tmp_path / "espace").values()) == ["nom: Haute-Durance\n"]
    assert not (tmp_path / "trace").exists()


def test_replaced_and_grafted_commits_are_read_as_they_are(tmp_path: Path) -> None:
    root = edited_twice(tmp_path)
    commits = searched(root)
    git(root, "replace", "HEAD", "HEAD~1")
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "grafts").write_text(commits[0][0] + "\n", encoding="ascii")
    assert searched(root) == commits


@pytest.mark.parametrize("place", [".git", ".git/objects", ".git/objects/pack", ".git/objects/aa"])
def test_a_link_in_the_place_of_the_repository_is_told_not_followed(
    tmp_path: Path, place: str
) -> None:
    write(tmp_path / "espace")
    link = tmp_path / "espace" / place
    away = tmp_path / "ailleurs"
    if link.exists():
        link.rename(away)
    link.symlink_to(away)
    assert searched(tmp_path / "espace") == ([], {Gap.ELSEWHERE})


def test_a_pipe_among_the_objects_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path)
    os.mkfifo(tmp_path / ".git" / "objects" / "pack" / "pack-1.idx")
    assert searched(tmp_path) == ([], {Gap.ELSEWHERE})


@pytest.mark.parametrize("place", ["HEAD", "refs/heads/main", "packed-refs", "shallow"])
def test_a_pipe_or_a_link_among_the_references_is_not_read(tmp_path: Path, place: str) -> None:
    write(tmp_path)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="ascii")
    for make in (os.mkfifo, lambda path: path.symlink_to("/dev/zero")):
        path = tmp_path / ".git" / place
        path.unlink(missing_ok=True)
        make(path)
        commits, gaps = searched(tmp_path)
        assert not commits or gaps == set()


def test_objects_borrowed_from_another_repository_are_not_read(tmp_path: Path) -> None:
    write(tmp_path / "secret")
    git(tmp_path, "clone", "-q", "--shared", str(tmp_path / "secret"), "espace")
    assert searched(tmp_path / "espace") == ([], {Gap.BORROWED})


def test_a_repository_elsewhere_is_not_read_on_the_word_of_a_stranger(tmp_path: Path) -> None:
    write(tmp_path / "secret")
    espace = tmp_path / "espace"
    (espace / "dossiers").mkdir(parents=True)
    for target in (tmp_path / "secret" / ".git", "../secret/.git/worktrees/vole", "\0", ""):
        (espace / ".git").write_text(f"gitdir: {target}\n", encoding="utf-8")
        assert searched(espace) == ([], {Gap.ELSEWHERE})


def test_a_worktree_and_a_submodule_are_read(tmp_path: Path) -> None:
    write(tmp_path / "depot")
    write(tmp_path / "grand")
    git(tmp_path / "depot", "worktree", "add", "-q", str(tmp_path / "copie"))
    allowed = ["-c", "protocol.file.allow=always"]
    git(tmp_path / "grand", *allowed, "submodule", "add", "-q", str(tmp_path / "depot"), "espace")
    assert count(tmp_path / "copie") == 1
    assert count(tmp_path / "grand" / "espace") == 1


def test_a_repository_around_is_not_read_on_the_word_of_a_stranger(tmp_path: Path) -> None:
    write(tmp_path / "depot")
    write(tmp_path)
    allowed = ["-c", "protocol.file.allow=always"]
    git(tmp_path, *allowed, "submodule", "add", "-q", str(tmp_path / "depot"), "module")
    espace = tmp_path / "espace"
    (espace / "dossiers").mkdir(parents=True)
    # The repository around itself, and the submodule that another folder is.
    for target in ("../.git", "../.git/modules", "../.git/modules/module", "../.git/objects"):
        (espace / ".git").write_text(f"gitdir: {target}\n", encoding="utf-8")
        assert searched(espace) == ([], {Gap.ELSEWHERE})


def test_a_submodule_of_any_name_is_read(tmp_path: Path) -> None:
    write(tmp_path / "depot")
    write(tmp_path / "grand")
    allowed = ["-c", "protocol.file.allow=always"]
    for name in ("espace d’été", 'à "part"; #1'):
        words = ("submodule", "add", "-q", "--name", "m", "--force", str(tmp_path / "depot"), name)
        git(tmp_path / "grand", *allowed, *words)
        assert count(tmp_path / "grand" / name) == 1


def test_a_repository_of_the_other_kind_of_sums_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    write(tmp_path)
    assert searched(tmp_path) == ([git(tmp_path, "rev-parse", "HEAD")], set())


def test_packed_objects_and_references_are_read(tmp_path: Path) -> None:
    root = edited_twice(tmp_path)
    git(root, "gc", "-q")
    assert (root / ".git" / "packed-refs").exists()
    assert count(root) == 2


@pytest.mark.parametrize(
    ("head", "gap"),
    [
        ("ref: refs/heads/personne", Gap.NO_COMMIT),
        ("ref: refs/../../secret", Gap.DAMAGED),
        ("ref: /etc/passwd", Gap.DAMAGED),
        ("n'importe quoi", Gap.DAMAGED),
        ("0" * 40, Gap.DAMAGED),
        ("", Gap.DAMAGED),
    ],
)
def test_a_head_that_leads_to_no_commit_is_told(tmp_path: Path, head: str, gap: Gap) -> None:
    write(tmp_path)
    (tmp_path / ".git" / "HEAD").write_text(head, encoding="utf-8")
    assert searched(tmp_path) == ([], {gap})


def test_a_branch_kept_in_a_format_of_tomorrow_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / ".git" / "reftable").mkdir()
    assert searched(tmp_path) == ([], {Gap.UNKNOWN})


def test_without_git_the_history_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    # Nor is a git that the workspace itself brings.
    (tmp_path / "git").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert searched(tmp_path) == ([], {Gap.NO_GIT})


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
def test_a_missing_or_damaged_object_leaves_the_other_commits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    # The last of these keeps git turning without end.
    monkeypatch.setattr(engine, "ANSWER", 0.3)
    root = edited_twice(tmp_path)
    place = {"blob": f"HEAD:{TERRITORY}", "tree": "HEAD:dossiers", "commit": "HEAD~1"}[kind]
    name = git(root, "rev-parse", place)
    path = root / ".git" / "objects" / name[:2] / name[2:]
    for content in (None, b"", b"rien", zlib.compress(b"blob 40\0")):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        assert searched(root)[1] == {Gap.DAMAGED} and count(root) == 1
        path.write_bytes(b"")


def test_a_huge_file_is_known_by_its_size_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "CONTENT", 1000)
    write(tmp_path, **{"dossiers/grand.md": "x" * 5000, "dossiers/recu.pdf": "secret"})
    found = latest(tmp_path)
    assert found["dossiers/grand.md"] == "\0" * 1001
    assert found["dossiers/recu.pdf"] == "\0" * len("secret")


def test_folders_without_end_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "FILES", 2000)
    write(tmp_path)
    deep = git(tmp_path, "rev-parse", "HEAD:dossiers")
    for _ in range(100):
        deep = git(tmp_path, "mktree", given=f"040000 tree {deep}\tdossiers\n")
    # Twenty folders, each the same twice: a million files in 40 objects.
    wide = git(tmp_path, "rev-parse", "HEAD:dossiers")
    for _ in range(20):
        wide = git(tmp_path, "mktree", given="".join(f"040000 tree {wide}\t{n}\n" for n in "ab"))
    wide = git(tmp_path, "mktree", given=f"040000 tree {wide}\tdossiers\n")
    for tree in (deep, wide):
        headed(tmp_path, tree)
        assert searched(tmp_path) == ([], {Gap.TOO_BIG})


@pytest.mark.parametrize("content", [b"100644 a", b"100644 a\0abc", b"\0" * 21, b"\xff" * 50])
def test_a_folder_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    write(tmp_path)
    headed(tmp_path, stored(tmp_path, "tree", content))
    assert searched(tmp_path)[0] == []


def test_a_link_inside_is_kept_and_one_that_leads_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    for name, target in {
        "dedans.yaml": "territoire.yaml",
        "dehors.yaml": "../../../../etc/passwd",
        "absolu.yaml": "/etc/passwd",
        "relais.yaml": "dehors.yaml",
        "boucle.yaml": "boucle.yaml",
    }.items():
        (tmp_path / "dossiers" / name).symlink_to(target)
    write(tmp_path)
    assert set(latest(tmp_path)) == {TERRITORY, "dossiers/dedans.yaml"}
    assert searched(tmp_path)[1] == {Gap.LINKS}


def test_the_same_state_is_looked_at_once(tmp_path: Path) -> None:
    root = edited_twice(tmp_path)
    git(root, "revert", "--no-edit", "HEAD")
    write(root, **{"lisez-moi/notes.md": "rien"})
    git(root, "commit", "-q", "--allow-empty", "-m", "rien")
    # Both texts, and the notes that came with the first again.
    assert count(root) == 3


def test_commits_of_the_dossier_asked_about_come_first(tmp_path: Path) -> None:
    own, other = "2025-003-calades", "2026-004-sabots"
    write(tmp_path, **{f"dossiers/{own}/dossier.yaml": "titre: a"})
    first = git(tmp_path, "rev-parse", "HEAD")
    for rank in range(3):
        write(
            tmp_path,
            **{f"dossiers/{own}/dossier.yaml": "titre: b", f"dossiers/{other}/d.yaml": str(rank)},
        )
    with Search(Workspace(tmp_path), own) as search:
        found = [former.commit for former in search]
    assert (found.index(first), len(found)) == (1, 4)


def test_the_search_stops_at_its_bounds_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = edited_twice(tmp_path)
    with Search(Workspace(root), until=time.monotonic()) as search:
        assert (list(search), search.gaps) == ([], {Gap.STOPPED})
    monkeypatch.setattr(history, "COMMITS", 1)
    with Search(Workspace(root)) as search:
        (former,) = search
        assert search.last is not None
        assert (search.last.name, search.gaps) == (former.commit, {Gap.STOPPED})


@pytest.mark.parametrize("date", ["99999999999 +0000", "12345678901234567890 +0", "-5 x"])
def test_a_date_that_no_calendar_has_stops_nothing(tmp_path: Path, date: str) -> None:
    write(tmp_path)
    headed(tmp_path, git(tmp_path, "rev-parse", "HEAD^{tree}"), date)
    commits, gaps = searched(tmp_path)
    assert len(commits) == 1 or gaps == {Gap.DAMAGED}


@pytest.fixture
def faux_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program in the place of git, for what is run from then on."""

    def put(script: str) -> None:
        place = tmp_path / "programmes" / "git"
        place.parent.mkdir(exist_ok=True)
        place.write_text(script, encoding="utf-8")
        place.chmod(0o755)
        monkeypatch.setenv("PATH", f"{place.parent}:{os.environ['PATH']}")

    return put


@pytest.mark.parametrize("wait", ["exec sleep 30", "sleep 30", "setsid sleep 30"])
def test_a_git_that_does_not_answer_is_ended_with_its_children(
    tmp_path: Path, faux_git: Callable[[str], None], wait: str
) -> None:
    root = tmp_path / "espace"
    write(root)
    faux_git(f"#!/bin/sh\n{wait}\n")
    start = time.monotonic()
    with Search(Workspace(root), until=start + 0.5) as search:
        assert (list(search), search.gaps) == ([], {Gap.STOPPED})
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "script",
    [
        "#!/bin/sh\nexit 0\n",
        "#!/bin/sh\nyes\n",
        "#!/bin/sh\nhead -c 100000 /dev/urandom\n",
        '#!/bin/sh\nwhile read l; do echo "$l blob 999999999999999999"; done\n',
        "#!/bin/sh\nsleep 30\n",
        "#!/nulle/part\n",
        "rien qui se lance",
        "",
    ],
)
def test_what_answers_otherwise_than_git_does_not_make_a_history_damaged(
    tmp_path: Path, faux_git: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(engine, "ANSWER", 0.5)
    root = tmp_path / "espace"
    write(root)
    faux_git(script)
    assert searched(root) == ([], {Gap.BAD_GIT})


def test_nothing_of_git_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    former = subprocess.Popen.__init__

    def init(self: Any, words: list[str], *rest: Any, **named: Any) -> None:
        former(self, words, *rest, **named)
        started.extend([self] if "cat-file" in words else [])

    monkeypatch.setattr(subprocess.Popen, "__init__", init)
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert count(edited_twice(tmp_path / "espace")) == 2
    assert started and all(process.poll() is not None for process in started)
    assert list(scratch.iterdir()) == []
