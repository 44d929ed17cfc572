"""What breaks is said in French, once; it stops little and leaves nothing half-written."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dla_docs.engines import pandoc
from dla_docs.flow import Outcome, choose, examine, render
from dla_docs.model.workspace import Workspace
from dla_docs.produced import RECORD
from dla_docs.select import Request
from dla_docs.workshop import here
from tests.scenes import JOUR, Lancer

SCOPE = "2025-003-calades-jabron/bilan-organisation-finances"
RAPPORT = f"dossiers/{SCOPE.replace('/', '/ingenieries/')}/rapport-final.yaml"
REQUEST = Request((SCOPE,), ("convention", "rapport-final"), ("html",))
COMMAND = ("render", SCOPE, "-d", "convention", "-d", "rapport-final", "-t", "html")
MARK = "PANNE"


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Every worker started, in order: the real ones, only written down."""
    started: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen[str]):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return started


@pytest.fixture
def failing(espace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`failing(gesture)`: the real pandoc, but for that gesture when it is fed the final report.

    It is a program in pandoc's place rather than a fault in ours: pipes and processes are real.
    """
    text = (espace / RAPPORT).read_text(encoding="utf-8")
    assert "  commande: |\n    " in text
    marked = text.replace("  commande: |\n    ", f"  commande: |\n    {MARK} ", 1)
    (espace / RAPPORT).write_text(marked, encoding="utf-8")
    real, program = pandoc._executable(), tmp_path / "pandoc"

    def put(gesture: str) -> None:
        program.write_text(
            f"#!{sys.executable}\nimport os, subprocess, sys, time\n"
            f"real = subprocess.Popen([{str(real)!r}, *sys.argv[1:]], stdin=subprocess.PIPE)\n"
            "for line in sys.stdin.buffer:\n"
            f"    if b'{MARK}' in line:\n        {gesture}\n"
            "    real.stdin.write(line)\n    real.stdin.flush()\n",
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setattr(pandoc, "_executable", lambda: program)

    return put


def outcomes(espace: Path) -> list[Outcome]:
    examined = examine(Workspace(espace), JOUR)
    found = render(choose(REQUEST, examined), REQUEST, examined, espace / "documents", here)
    return list(found)


def written(espace: Path) -> list[str]:
    files = (path.name for path in (espace / "documents").rglob("*") if path.is_file())
    return sorted(name for name in files if name != RECORD)


def test_a_worker_killed_between_two_documents_is_started_again(
    espace: Path, workers: list[subprocess.Popen[str]]
) -> None:
    examined = examine(Workspace(espace), JOUR)
    run = render(choose(REQUEST, examined), REQUEST, examined, espace / "documents", here)
    first = next(run)
    workers[-1].kill()
    workers[-1].wait()
    assert [outcome.failure for outcome in (first, *run)] == [None, None]
    assert written(espace) == ["convention.html", "rapport-final.html"]
    assert len(workers) == 2


def test_pipes_of_a_dead_worker_are_closed(workers: list[subprocess.Popen[str]]) -> None:
    with pandoc.Pandoc() as engine:
        engine.read("un", [])
        workers[0].kill()
        workers[0].wait()
        engine.read("deux", [])
    assert [(w.stdin.closed, w.stdout.closed) for w in workers] == [(True, True)] * 2


def test_no_worker_outlives_the_command(
    espace: Path, lancer: Lancer, workers: list[subprocess.Popen[str]]
) -> None:
    assert lancer(*COMMAND, espace=espace).exit_code == 0
    assert [worker.poll() is not None for worker in workers] == [True]


def test_a_document_that_kills_pandoc_twice_fails_alone(
    espace: Path, failing: Callable[[str], None], workers: list[subprocess.Popen[str]]
) -> None:
    failing("real.kill(); os._exit(9)")
    found = {outcome.document.type.name: outcome for outcome in outcomes(espace)}
    assert found["convention"].failure is None
    assert "arrêté deux fois" in str(found["rapport-final"].failure)
    assert written(espace) == ["convention.html"]


@pytest.mark.parametrize(
    ("gesture", "words"),
    [
        ("real.kill(); os._exit(9)", "pandoc s’est arrêté deux fois de suite"),
        ("time.sleep(60)", "pandoc n’a pas répondu en 5 secondes"),
        (
            """print('{"error": "memory"}', flush=True); continue""",
            "pandoc n’a pas pu écrire le document",
        ),
        ("""print('[1]', flush=True); continue""", "pandoc a répondu ce qui n’a pas de sens"),
        ("""print('{}', flush=True); continue""", "pandoc a répondu ce qui n’a pas de sens"),
        (
            "sys.stdout.buffer.write(b'\\xff\\n'); sys.stdout.flush(); continue",
            "pandoc s’est arrêté deux fois de suite",
        ),
    ],
    ids=["death", "silence", "refusal", "list", "nothing", "bytes"],
)
def test_a_failed_engine_is_said_in_french_and_exits_3(
    espace: Path,
    lancer: Lancer,
    failing: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    gesture: str,
    words: str,
) -> None:
    monkeypatch.setattr(pandoc, "TIMEOUT", 5.0)
    failing(gesture)
    result = lancer(*COMMAND, espace=espace)
    assert (result.exit_code, result.stderr.count(words)) == (3, 1), result.stderr
    assert "rapport-final" in result.stderr and "Traceback" not in result.output
    assert written(espace) == ["convention.html"]


def test_a_format_that_fails_does_not_take_the_others(
    espace: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*arguments: object, **options: object) -> bytes:
        raise ValueError("une table sans colonne")

    monkeypatch.setattr("dla_docs.formats.pdf.compile_pdf", refused)
    result = lancer("render", SCOPE, "-d", "convention", espace=espace)
    assert result.exit_code == 3
    assert "en écrivant convention.pdf" in result.stderr and "Traceback" not in result.output
    assert written(espace) == ["convention.docx", "convention.html", "convention.odt"]


def test_a_failed_document_leaves_the_former_one_as_it_was(
    espace: Path, lancer: Lancer, failing: Callable[[str], None]
) -> None:
    assert lancer(*COMMAND, espace=espace).exit_code == 0
    before = (espace / "documents" / SCOPE / "rapport-final.html").read_bytes()
    failing("real.kill(); os._exit(9)")
    assert lancer(*COMMAND, "--fresh", espace=espace).exit_code == 3
    assert (espace / "documents" / SCOPE / "rapport-final.html").read_bytes() == before


def test_an_output_folder_under_a_file_is_one_message(espace: Path, lancer: Lancer) -> None:
    # Root writes anywhere, whatever the modes say: a file in the way stops everybody.
    (espace / "documents").write_text("un fichier", encoding="utf-8")
    result = lancer(*COMMAND, espace=espace)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.count("Erreur :") == 1
    assert "impossible d’écrire" in result.stderr and "porte le nom d’un dossier" in result.stderr
    assert (espace / "documents").read_text(encoding="utf-8") == "un fichier"


def test_an_output_that_is_a_file_is_a_wrong_request(espace: Path, lancer: Lancer) -> None:
    target = espace / "notes.txt"
    target.write_text("un fichier", encoding="utf-8")
    result = lancer(*COMMAND, "-o", target, espace=espace)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "notes.txt" in result.stderr and "est un fichier" in result.stderr
    assert target.read_text(encoding="utf-8") == "un fichier"


def test_a_folder_in_place_of_a_document_is_said_and_nothing_is_left(
    espace: Path, lancer: Lancer
) -> None:
    (espace / "documents" / SCOPE / "rapport-final.html" / "à garder").mkdir(parents=True)
    result = lancer(*COMMAND, espace=espace)
    assert result.exit_code == 3
    assert "rapport-final.html (un dossier porte ce nom)" in result.stderr
    assert [name for name in written(espace) if name.endswith(".dla")] == []


def test_a_full_disk_leaves_no_half_document(espace: Path) -> None:
    # A limit on the size of files is the nearest to a full disk that needs no administrator.
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (20000, 20000))"
    code = f"{limit}; from dla_docs.cli import main; main()"
    command = [sys.executable, "-c", code, "--workspace", str(espace), *COMMAND]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.count("impossible d’écrire") == 1
    assert written(espace) == []


def test_no_temporary_file_is_left_beside_the_documents(espace: Path, lancer: Lancer) -> None:
    assert lancer(*COMMAND, espace=espace).exit_code == 0
    assert written(espace) == ["convention.html", "rapport-final.html"]


def test_a_pandoc_that_is_not_there_is_said_as_it_is(
    espace: Path, lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "_executable", lambda: tmp_path / "pandoc")
    result = lancer(*COMMAND, espace=espace)
    assert result.exit_code == 3
    assert "pandoc ne démarre pas (il est introuvable)" in result.stderr
    assert "réinstallez dla" in result.stderr
