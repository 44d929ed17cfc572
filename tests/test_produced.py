"""Nothing written by hand is lost: what was written is recorded, what was changed is kept."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dla_docs.model.resources import package_data
from dla_docs.produced import RECORD, Held, changed, deposit, forget, produced
from tests.scenes import Lancer

NAME = "2025-003-essai/convention.docx"
WHERE = "2025-003-calades-jabron/bilan-organisation-finances"
COMMAND = ("render", WHERE, "-d", "convention", "-t", "html", "-t", "odt")


def test_a_file_is_replaced_while_it_is_as_it_was_written(tmp_path: Path) -> None:
    deposit({NAME: b"un"}, tmp_path, "e1")
    written, kept = deposit({NAME: b"deux"}, tmp_path, "e2")
    assert (written, kept) == ((tmp_path / NAME,), ())
    assert (tmp_path / NAME).read_bytes() == b"deux"


@pytest.mark.parametrize("force", [False, True])
def test_a_file_changed_by_hand_is_kept_unless_forced(force: bool, tmp_path: Path) -> None:
    deposit({NAME: b"un", "autre.pdf": b"un"}, tmp_path, "e1")
    (tmp_path / NAME).write_bytes("un, retouché".encode())
    written, kept = deposit({NAME: b"deux", "autre.pdf": b"deux"}, tmp_path, "e2", force)
    assert [one.reason for one in kept] == ([] if force else [Held.CHANGED])
    assert ((tmp_path / NAME).read_bytes() == b"deux") is force
    assert (tmp_path / "autre.pdf").read_bytes() == b"deux" and tmp_path / "autre.pdf" in written


@pytest.mark.parametrize("record", ["", "{", "[]", '{"version": 9}', '{"version": 1}'])
def test_without_its_record_a_file_that_differs_is_kept(record: str, tmp_path: Path) -> None:
    deposit({NAME: b"un", "autre.pdf": b"un"}, tmp_path, "e1")
    for folder in (tmp_path, (tmp_path / NAME).parent):
        (folder / RECORD).unlink()
        if record:
            (folder / RECORD).write_text(record, encoding="utf-8")
    _, kept = deposit({NAME: b"deux", "autre.pdf": b"un"}, tmp_path, "e2")
    assert [(one.path, one.reason) for one in kept] == [(tmp_path / NAME, Held.UNKNOWN)]
    # The same bytes are ours again, and known from now on.
    assert set(produced(tmp_path)) == {"autre.pdf"}


HOSTILE = {
    "demi-signe": {"\\ud800.pdf": {"octets": ["0" * 64], "empreinte": "e"}},
    "absolu": {"/etc/passwd": {"octets": ["0" * 64], "empreinte": "e"}},
    "au-dessus": {"../x.pdf": {"octets": ["0" * 64], "empreinte": "e"}},
    "detour": {"a/../../x.pdf": {"octets": ["0" * 64], "empreinte": "e"}},
    "nul": {"a\0.pdf": {"octets": ["0" * 64], "empreinte": "e"}},
    "long": {"a" * 100_000: {"octets": ["0" * 64], "empreinte": "e"}},
    "texte": {"a.pdf": {"octets": "0" * 64, "empreinte": "e"}},
    "nombre": {"a.pdf": {"octets": [1], "empreinte": 1}},
    "surrogat": {"a.pdf": {"octets": ["\\ud800"], "empreinte": "\\ud800"}},
    "empreinte": {"a.pdf": {"octets": ["0" * 64], "empreinte": "\\ud800"}},
    "liste": [],
}
"""What a stranger may write as the files of a record."""


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_a_record_names_plain_files_and_hashes_only(files: object, tmp_path: Path) -> None:
    record = json.dumps({"version": 1, "fichiers": files}).replace("\\\\ud800", "\\ud800")
    (tmp_path / RECORD).write_text(record, encoding="utf-8")
    assert produced(tmp_path) == {}
    forget(tmp_path, ["a.pdf"])
    written, _ = deposit({"autre.pdf": b"un"}, tmp_path, "e1")
    assert written == (tmp_path / "autre.pdf",) and set(produced(tmp_path)) == {"autre.pdf"}


def test_a_render_stopped_before_it_replaced_a_file_leaves_it_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposit({NAME: b"un"}, tmp_path, "e1")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("dla_docs.produced.save", stop)
        deposit({NAME: b"deux"}, tmp_path, "e2")
    assert deposit({NAME: b"trois"}, tmp_path, "e3")[1] == ()


def test_a_file_already_right_is_not_written_again(tmp_path: Path) -> None:
    deposit({NAME: b"un"}, tmp_path, "e1")
    os.utime(tmp_path / NAME, (1, 1))
    written, _ = deposit({NAME: b"un"}, tmp_path, "e1")
    assert written and (tmp_path / NAME).stat().st_mtime == 1


def test_several_renders_at_once_lose_no_line(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dla_docs.produced import deposit\n"
        "for n in range(8): deposit({f'un/{sys.argv[1]}/{n}.pdf': b'x'}, Path(sys.argv[2]), 'e')"
    )
    run = [sys.executable, "-c", program]
    started = [subprocess.Popen([*run, str(rank), str(tmp_path)]) for rank in range(3)]
    assert [one.wait(60) for one in started] == [0, 0, 0]
    assert len(produced(tmp_path)) == 24
    assert [p.name for p in (tmp_path / "un").iterdir() if p.is_file()] == [RECORD]


def test_the_mark_of_a_program_that_died_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dla_docs.disk.turns.STALE", 0.1)
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).with_name(f"{RECORD}.dla").touch()
    deposit({NAME: b"un"}, tmp_path, "e1")
    assert set(produced(tmp_path)) == {NAME}


def test_a_record_with_nothing_left_goes(tmp_path: Path) -> None:
    deposit({NAME: b"un"}, tmp_path, "e1")
    forget(tmp_path, {NAME})
    assert [path.name for path in (tmp_path / NAME).parent.iterdir()] == ["convention.docx"]


def test_a_document_reads_the_record_of_its_folder_alone(tmp_path: Path) -> None:
    deposit({NAME: b"un"}, tmp_path, "e1")
    deposit({"2025-007-autre/convention.docx": b"un"}, tmp_path, "e1")
    here = json.loads((tmp_path / NAME).with_name(RECORD).read_bytes())
    assert set(here["fichiers"]) == {"convention.docx"}
    assert set(produced(tmp_path)) == {NAME, "2025-007-autre/convention.docx"}


def test_a_file_forgotten_leaves_the_record(tmp_path: Path) -> None:
    deposit({NAME: b"un", "b.pdf": b"b"}, tmp_path, "e1")
    forget(tmp_path, {NAME})
    assert set(produced(tmp_path)) == {"b.pdf"}
    assert not changed("b.pdf", tmp_path, produced(tmp_path)["b.pdf"])


def test_the_record_is_as_its_schema_says(tmp_path: Path) -> None:
    deposit({NAME: b"un"}, tmp_path, "0" * 64)
    schema = json.loads((package_data("schemas") / "sorties/produits.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    validator.validate(json.loads((tmp_path / NAME).with_name(RECORD).read_bytes()))
    assert not validator.is_valid({"version": 1, "fichiers": {NAME: {"octets": []}}})


def test_render_keeps_a_retouched_document_and_says_how_to_have_the_new_one(
    espace: Path, lancer: Lancer
) -> None:
    lancer(*COMMAND, espace=espace)
    page = espace / "documents" / WHERE / "convention.html"
    page.write_text(f"{page.read_text(encoding='utf-8')}<p>Retouche</p>", encoding="utf-8")
    result = lancer(*COMMAND, espace=espace)
    assert result.exit_code == 1
    assert "convention.odt" in result.stdout and "convention.html" not in result.stdout
    told = [f"Gardé : {page}", "modifié à la main", f"nouveaux/{WHERE}/convention.html", "--force"]
    assert [words for words in told if words not in result.stderr] == []
    assert "Retouche" in page.read_text(encoding="utf-8")
    assert lancer(*COMMAND, "--force", espace=espace).exit_code == 0
    assert "Retouche" not in page.read_text(encoding="utf-8")


def left_behind(espace: Path) -> Path:
    """The documents of a mission whose folder is renamed: one as it was written, one retouched."""
    folder = espace / "documents" / WHERE
    names = {f"{WHERE}/convention.{format}": b"convention" for format in ("odt", "html")}
    deposit(names, espace / "documents", "e")
    (folder / "convention.html").write_bytes(b"retouche")
    (folder / "notes.odt").write_bytes(b"notes")
    missions = espace / "dossiers" / "2025-003-calades-jabron" / "ingenieries"
    (missions / "bilan-organisation-finances").rename(missions / "bilan")
    return folder


def test_status_names_what_a_renamed_mission_leaves(espace: Path, lancer: Lancer) -> None:
    folder = left_behind(espace)
    shown = lancer("status", espace=espace).stdout
    assert f"{folder / 'convention.odt'}\n" in shown
    assert f"{folder / 'convention.html'} (modifié à la main" in shown
    assert "notes.odt" not in shown and "dla clean" in shown


def test_clean_removes_what_is_left_but_for_what_a_hand_changed(
    espace: Path, lancer: Lancer
) -> None:
    folder = left_behind(espace)
    lancer("clean", "--dry-run", espace=espace)
    assert (folder / "convention.odt").exists()
    result = lancer("clean", "--yes", espace=espace)
    assert result.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["convention.html", "notes.odt"]
    assert "Gardé" in result.stdout and "convention.odt" in result.stdout


def test_clean_leaves_the_documents_of_a_file_that_cannot_be_read(
    espace: Path, lancer: Lancer
) -> None:
    name = f"{WHERE}/convention.odt"
    deposit({name: b"convention"}, espace / "documents", "e")
    data = espace / "dossiers" / WHERE.replace("/", "/ingenieries/") / "convention.yaml"
    data.write_text("date: [", encoding="utf-8")
    assert lancer("clean", "--yes", espace=espace).stdout == "Rien à supprimer.\n"
    shutil.rmtree(espace / "dossiers" / "2025-003-calades-jabron")
    assert name in lancer("clean", "--yes", espace=espace).stdout.replace(os.sep, "/")


def test_clean_goes_nowhere_out_of_documents(espace: Path, lancer: Lancer) -> None:
    outside = espace / "ailleurs.odt"
    outside.write_bytes(b"x")
    deposit({f"{WHERE}/convention.odt": b"x"}, espace / "documents", "e")
    record = espace / "documents" / WHERE.partition("/")[0] / RECORD
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("bilan-organisation-finances/convention", "../../ailleurs"), "utf-8"
    )
    assert "../../ailleurs.odt" in record.read_text(encoding="utf-8")
    assert lancer("clean", "--yes", espace=espace).stdout == "Rien à supprimer.\n"
    assert outside.exists()
