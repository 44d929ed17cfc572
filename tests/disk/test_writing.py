"""What is written is whole, inside its folder, and never through a link that is there before."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dla_docs.disk import writing
from dla_docs.disk.errors import DiskError
from dla_docs.disk.turns import rewrite
from dla_docs.disk.writing import remove_empty, save, unlink

links = pytest.mark.skipif(os.name == "nt", reason="un lien demande un droit sous Windows")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones included."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_files_are_written_with_their_folders_and_nothing_beside(tmp_path: Path) -> None:
    contents = {tmp_path / "a/b/un.html": b"un", tmp_path / "a/deux.html": b"deux"}
    save(contents, tmp_path)
    assert tree(tmp_path) == {"a/b/un.html": b"un", "a/deux.html": b"deux"}


@links
def test_a_final_name_that_is_a_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "victime").write_bytes(b"intacte")
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie" / "page.html").symlink_to(tmp_path / "victime")
    save({tmp_path / "sortie" / "page.html": b"page"}, tmp_path / "sortie")
    assert not (tmp_path / "sortie" / "page.html").is_symlink()
    assert tree(tmp_path) == {"victime": b"intacte", "sortie/page.html": b"page"}


@links
@pytest.mark.parametrize("name", ["lien", "lien/plus/loin"])
def test_a_folder_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "dehors").mkdir()
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie" / "lien").symlink_to(tmp_path / "dehors")
    for act in (
        lambda path, root: save({path: b"page"}, root),
        lambda path, root: rewrite(path, root, lambda: b"page"),
        unlink,
    ):
        with pytest.raises(DiskError, match="est un lien qui sort de "):
            act(tmp_path / "sortie" / name / "page.html", tmp_path / "sortie")
    assert list((tmp_path / "dehors").iterdir()) == []


@links
def test_a_root_that_a_person_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to("vrai")
    save({tmp_path / "lien" / "page.html": b"page"}, tmp_path / "lien")
    assert (tmp_path / "vrai" / "page.html").read_bytes() == b"page"


def test_nothing_is_written_where_git_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(DiskError, match="nom caché"):
        save({tmp_path / ".git/hooks/pre-commit": b"x"}, tmp_path)


def test_a_place_that_refuses_gives_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"ancien")
    (tmp_path / "c.html" / "plein").mkdir(parents=True)
    contents = {tmp_path / f"{name}.html": b"neuf" for name in "abc"}
    with pytest.raises(DiskError, match=r"c\.html \(un dossier porte ce nom\)"):
        save(contents, tmp_path)
    assert tree(tmp_path) == {"a.html": b"ancien"}


def test_a_file_in_the_making_has_a_name_that_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = writing.replace
    monkeypatch.setattr(writing, "replace", lambda m, p: (made.append(m.name), real(m, p)))
    for content in (b"un", b"deux"):
        save({tmp_path / "page.html": content}, tmp_path)
    assert len(set(made)) == 2 and all(name.startswith(".") for name in made)


def test_what_a_dead_run_left_is_swept_once_old(tmp_path: Path) -> None:
    old, young, other = (tmp_path / n for n in (f".{'0' * 16}.dla", f".{'1' * 16}.dla", ".x.dla"))
    for path in (old, young, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (1, 1))
    save({tmp_path / "page.html": b"page"}, tmp_path)
    assert sorted(tree(tmp_path)) == sorted([young.name, other.name, "page.html"])


def test_programs_that_save_the_same_files_all_end_well(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dla_docs.disk.writing import save\n"
        "root = Path(sys.argv[2])\n"
        "for n in range(40): save({root / f'{x}.html': f'{sys.argv[1]}{n}'.encode() * 999"
        " for x in 'abc'}, root)"
    )
    run = [sys.executable, "-c", program]
    started = [subprocess.Popen([*run, str(rank), str(tmp_path)]) for rank in range(3)]
    assert [one.wait(60) for one in started] == [0, 0, 0]
    assert sorted(tree(tmp_path)) == ["a.html", "b.html", "c.html"]
    assert all(c == c[: len(c) // 999] * 999 for c in tree(tmp_path).values())


@links
def test_a_mark_that_is_a_link_is_neither_followed_nor_waited_for(tmp_path: Path) -> None:
    (tmp_path / "victime").write_bytes(b"intacte")
    (tmp_path / "liste.json.dla").symlink_to("victime")
    rewrite(tmp_path / "liste.json", tmp_path, lambda: b"[]")
    assert tree(tmp_path) == {"victime": b"intacte", "liste.json": b"[]"}


def test_empty_folders_go_up_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "sortie/a/b").mkdir(parents=True)
    for _ in range(2):
        remove_empty(tmp_path / "sortie/a/b", tmp_path / "sortie")
    assert [path.name for path in tmp_path.rglob("*")] == ["sortie"]
