"""The temporary folder of the engines: private, bounded, gone with whoever asked for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dla_docs.disk.errors import DiskError
from dla_docs.disk.scratch import Scratch


@pytest.fixture(autouse=True)
def temporaires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def test_a_file_is_written_and_read_until_the_folder_goes(temporaires: Path) -> None:
    with Scratch() as scratch:
        assert list(temporaires.iterdir()) == []
        path = scratch.write("sortie", b"un")
        assert scratch.read("sortie") == path.read_bytes() == b"un"
        assert path.parent == scratch.path
    assert list(temporaires.iterdir()) == []


def test_the_folder_goes_with_the_process(temporaires: Path) -> None:
    code = "from dla_docs.disk.scratch import Scratch; s = Scratch(); s.write('a', b'x'); 1 / 0"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode == 1 and list(temporaires.iterdir()) == []


def test_what_an_engine_wrote_is_bounded_and_no_link() -> None:
    with Scratch() as scratch:
        scratch.write("long", b"x" * 11)
        with pytest.raises(DiskError, match="long pèse plus de"):
            scratch.read("long", 10)
        (scratch.path / "lien").symlink_to("/proc/self/environ")
        with pytest.raises(DiskError, match="lien est un lien"):
            scratch.read("lien")


def test_a_name_is_that_of_a_file_of_the_folder() -> None:
    with Scratch() as scratch, pytest.raises(ValueError, match="not the name of a file"):
        scratch.write("../dehors", b"x")


def test_no_place_for_temporary_files_is_one_sentence(
    temporaires: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: [str(temporaires / "absent")])
    with pytest.raises(DiskError, match=r"le dossier temporaire .* ne peut pas servir") as refused:
        Scratch().write("a", b"x")
    assert "TMPDIR" in refused.value.hint and refused.value.exit_code == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows ne tient pas un dossier")
def test_the_folder_of_a_run_that_was_killed_is_swept_by_the_next(temporaires: Path) -> None:
    code = (
        "import sys; from dla_docs.disk.scratch import Scratch; s = Scratch(); "
        "print(s.path.name, flush=True); sys.stdin.read()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    runs = [subprocess.Popen([sys.executable, "-c", code], **pipes) for _ in range(2)]
    names = [run.stdout.readline().strip() for run in runs]
    runs[0].kill()
    runs[0].communicate()
    (temporaires / "dla-autre").mkdir()
    for path in temporaires.iterdir():
        os.utime(path, (1, 1))
    with Scratch() as scratch:
        kept = {scratch.path.name, names[1], "dla-autre"}
        assert {path.name for path in temporaires.iterdir()} == kept
    runs[1].communicate("")
    assert [path.name for path in temporaires.iterdir()] == ["dla-autre"]
