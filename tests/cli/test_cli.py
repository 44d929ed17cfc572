"""The command line: French, exit codes, one message a mistake, nothing half-written."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from dla_docs.cli import COMMANDS as SENTENCES
from dla_docs.cli import main
from dla_docs.model.errors import Defect
from dla_docs.model.resources import package_data
from tests.scenes import Lancer

CALADES = "2025-003-calades-jabron"
INGENIERIE = f"dossiers/{CALADES}/ingenieries/bilan-organisation-finances"
CAHIER = f"{INGENIERIE}/cahier-des-charges.yaml"
CONVENTION = f"{INGENIERIE}/convention.yaml"
THREE = ("cahier-des-charges", "convention", "rapport-final")
RENDER = ("render", "2025-003", *(word for name in THREE for word in ("-d", name)))
ENGLISH = re.compile(
    r"\b(Error|Options:|Show|Try|Missing|Invalid|Commands:|Usage:|Arguments:|default|exit"
    r"|required|unexpected|argument\(s\)|does not|No such|not a valid|Did you mean|one of"
    r"|directory|and exit|version and|Traceback|None|env var|Aborted)\b"
)


def commands(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command of the tree with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, *path, name)


COMMANDS = dict(commands(main))
every = pytest.mark.parametrize("path", COMMANDS, ids=lambda p: " ".join(p) or "dla")


@every
def test_every_command_has_french_help(path: tuple[str, ...], lancer: Lancer) -> None:
    result = lancer(*path, "--help")
    assert result.exit_code == 0
    assert ENGLISH.findall(result.stdout) == []
    assert "'" not in result.stdout
    assert (COMMANDS[path].help or "").strip().splitlines()[0].rstrip(".") in " ".join(
        result.stdout.split()
    )


@pytest.mark.parametrize("name", SENTENCES)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    assert COMMANDS[name,].get_short_help_str(200) == SENTENCES[name][1]


@every
def test_every_option_has_french_help(path: tuple[str, ...]) -> None:
    options = [p for p in COMMANDS[path].params if isinstance(p, click.Option)]
    assert [option.name for option in options if not (option.help or "").strip()] == []


@every
def test_help_fits_a_terminal(path: tuple[str, ...], lancer: Lancer) -> None:
    assert max(map(len, lancer(*path, "--help").stdout.splitlines())) <= 100


@every
def test_the_first_line_of_help_is_whole_in_the_list(path: tuple[str, ...], lancer: Lancer) -> None:
    assert "..." not in lancer(*path, "--help").stdout.partition("Commandes")[2]


@pytest.mark.parametrize(
    "words",
    [
        ("rendre",),
        ("chek",),
        ("--foo",),
        ("check", "--foo"),
        ("check", "--format"),
        ("check", "--format", "xml"),
        ("--date", "demain", "check"),
        ("--date", "12/03/2026", "check"),
        ("list",),
        ("list", "dosiers"),
        ("list", "dossiers", "en-trop"),
        ("render", "-t", "doc"),
        ("render", "-d", "convension"),
        ("render", "2025-999"),
        ("render", "dossiers/absent"),
        ("check", "dossiers/absent.yaml"),
        ("list", "documents", "2025-999"),
        ("render", "-t"),
    ],
)
def test_a_wrong_request_is_said_in_french_with_code_2(
    words: tuple[str, ...], lancer: Lancer, espace: Path
) -> None:
    result = lancer(*words, espace=espace)
    assert result.exit_code == 2
    assert ENGLISH.findall(result.stderr + result.stdout) == []
    assert result.stderr.strip()
    assert not (espace / "documents").exists()


def test_without_command_the_help_is_shown() -> None:
    shown = CliRunner().invoke(main, [], prog_name="dla").output
    assert ENGLISH.findall(shown) == []
    assert "render" in shown


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("render", "2025-03"), "2025-003"),
        (("render", "-d", "convension"), "convention"),
        (("check", "dossiers/prestataires/alidad.yaml"), "alidade"),
        (("rendre",), "render"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    words: tuple[str, ...], near: str, lancer: Lancer, espace: Path
) -> None:
    assert near in lancer(*words, espace=espace).stderr


@pytest.mark.parametrize("words", [("help",), ("aide",), ("Aide",)])
def test_help_may_be_asked_for_by_its_name(words: tuple[str, ...], lancer: Lancer) -> None:
    assert lancer(*words).stdout == lancer("--help").stdout


def test_the_help_of_a_command_may_be_asked_for_by_name(lancer: Lancer) -> None:
    assert lancer("aide", "list", "documents").stdout == lancer("list", "documents", "-h").stdout


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("render", "convention"), "écrivez : dla render -d convention"),
        (("render", "conventions", "2025-003"), "dla render 2025-003 -d convention"),
        (("render", "--format", "pdf"), "Écrivez : dla render -t pdf"),
        (("render", "--pdf"), "Écrivez : dla render -t pdf"),
        (("render", "-t", "word"), "Écrivez : -t docx"),
        (("render", "-t", ".odt"), "Écrivez : -t odt"),
        (("render", "-t", "Excel"), "Écrivez : -t xlsx"),
        (("check", "calades"), "vouliez-vous dire « 2025-003-calades-jabron » ?"),
        (("status", "calades-jabron"), "vouliez-vous dire « 2025-003-calades-jabron » ?"),
        (("check", "2025-999"), "Conseil : dla list dossiers les énumère"),
        (("render", "-d", "D12"), "vouliez-vous dire « convention » ?"),
        (("render", "-d", "Rapport final"), "vouliez-vous dire « rapport-final » ?"),
        (("vérifier",), "dla check, pour les dossiers, ou dla verify FICHIER"),
        (("convention",), "dla new convention, pour créer ce fichier ; dla render -d convention"),
        (("R-CON-01",), "dla explain R-CON-01"),
        (("2025-003",), "dla status 2025-003"),
        (("list", "conventions"), "dla render -d convention"),
        (("list", "structures"), "dans dossiers/structures/"),
        (("status", "-d", "convention"), "dla list documents 2026-001"),
        (("status", "--date", "2026-01-12"), "dla --date … status"),
        (("check", "--json"), "Écrivez : dla check --format json"),
        (("list", "documents", "--format", "json"), "Écrivez : --json"),
        (("--date", "12/01/2026", "status"), "Écrivez 2026-01-12."),
    ],
)
def test_what_people_type_leads_to_what_does_it(
    words: tuple[str, ...], advice: str, lancer: Lancer, espace: Path
) -> None:
    result = lancer(*words, espace=espace)
    assert result.exit_code == 2
    assert advice in result.stderr
    assert ENGLISH.findall(result.stderr) == []


@pytest.mark.parametrize("word", ["règles", "Regle"])
def test_a_list_is_known_without_its_accents_or_its_plural(word: str, lancer: Lancer) -> None:
    assert lancer("list", word).stdout == lancer("list", "regles").stdout


def one_error(result: Result) -> str:
    """The message of a command that stopped: one line, and its advice."""
    lines = result.stderr.strip().splitlines()
    assert sum(line.startswith("Erreur : ") for line in lines) == 1
    assert ENGLISH.findall(result.stderr) == []
    assert "cas imprévu" not in result.stderr
    return lines[0]


@pytest.mark.parametrize("command", [("check",), ("render",), ("list", "dossiers")])
def test_without_workspace_the_code_is_3(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DLA_WORKSPACE", raising=False)
    result = CliRunner().invoke(main, command, prog_name="dla")
    assert result.exit_code == 3
    assert "dossiers/territoire.yaml" in one_error(result)


@pytest.mark.parametrize("place", ["absent", "dossiers", "dossiers/territoire.yaml"])
def test_a_place_that_is_no_workspace_is_told(lancer: Lancer, espace: Path, place: str) -> None:
    result = lancer("check", espace=espace / place)
    assert result.exit_code == 3
    assert place in one_error(result)


def test_the_workspace_is_found_from_inside(espace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(espace / INGENIERIE)
    monkeypatch.delenv("DLA_WORKSPACE", raising=False)
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_the_workspace_may_come_from_the_environment(
    espace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DLA_WORKSPACE", str(espace))
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_check_without_finding_ends_well(lancer: Lancer, espace: Path) -> None:
    result = lancer("check", espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 1


FAULTS = {
    "yaml": (CAHIER, "version: 1", "version: 1: 2", "charges.yaml:2:11: erreur [S-YAML]"),
    "cle": (CAHIER, "problematique:", "problemattique:", "vouliez-vous dire « problematique » ?"),
    "vide": (CAHIER, "problematique: |\n", 'problematique: ""\nx-p: |\n', "[R-CDC-01]"),
    "territoire": ("dossiers/territoire.yaml", "nom: Alpes du Sud", "nom: ''", "toire.yaml:5:6"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_data_is_told_with_code_1(fault: str, lancer: Lancer, espace: Path) -> None:
    path, old, new, words = FAULTS[fault]
    edit(espace, path, old, new)
    result = lancer("check", espace=espace)
    assert result.exit_code == 1
    assert words in result.stdout
    assert "1 erreur" in result.stdout
    assert "^" in result.stdout


def test_an_alert_alone_ends_well(lancer: Lancer, espace: Path) -> None:
    path = "dossiers/prestataires/alidade.yaml"
    edit(espace, path, "zones:\n", "zones: []\nx-zones:\n")
    result = lancer("check", espace=espace)
    assert result.exit_code == 0
    assert "1 alerte" in result.stdout


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (CAHIER, 1),
        (f"dossiers/{CALADES}", 1),
        ("2025-003", 1),
        ("2025-007", 0),
        ("alidade", 0),
        ("dossiers/structures", 0),
        (CONVENTION, 0),
        ("dossiers", 1),
        ("territoire", 0),
    ],
)
def test_a_path_limits_what_is_counted(
    path: str, code: int, lancer: Lancer, espace_entier: Path
) -> None:
    edit(espace_entier, CAHIER, "version: 1", "version: 0")
    assert code == lancer("check", path, espace=espace_entier).exit_code


def listing(root: Path) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*"))


REFUSALS = {
    "yaml": (CONVENTION, "jours: 5", "jours: 5: 6", "convention"),
    "cle": (CONVENTION, "jours: 5", "jour: 5", "convention"),
    "vide": (CAHIER, "problematique: |\n", 'problematique: ""\nx-p: |\n', "cahier-des-charges"),
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_a_refused_document_writes_nothing_and_the_others_are_written(
    fault: str, lancer: Lancer, espace: Path
) -> None:
    path, old, new, kind = REFUSALS[fault]
    edit(espace, path, old, new)
    result = lancer(*RENDER, "-t", "html", espace=espace)
    assert result.exit_code == 1
    assert result.stderr.count("Refusé :") == 1
    assert f"Refusé : {CALADES}/bilan-organisation-finances/{kind}" in result.stderr
    names = {Path(line).stem for line in result.stdout.splitlines()}
    assert {"cahier-des-charges", "convention", "rapport-final"} - {kind} == names
    written = [name for name in listing(espace / "documents") if name.endswith(".html")]
    assert sorted(names) == sorted(Path(name).stem for name in written)


def test_a_removed_logo_refuses_what_owes_it(lancer: Lancer, espace_entier: Path) -> None:
    (espace_entier / "dossiers/logos/operateur-melezin.svg").unlink()
    result = lancer("render", "-t", "html", espace=espace_entier)
    assert result.exit_code == 1
    assert "operateur-melezin.svg n’existe pas" in result.stderr
    # The control of a balance is an inner document: it carries no logo.
    lines = [line for line in result.stdout.splitlines() if "controle-solde" not in line]
    written = set(re.findall(r"20\d\d-\d{3}-[a-z-]+", "\n".join(lines)))
    assert {CALADES, "2026-013-presence-verdon"} == written


def template(root: Path, text: str, name: str = "convention") -> Path:
    """The template of a type, replaced in the workspace."""
    path = root / "templates" / name / "document.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", ["Bon.\n{{ conventions.numero }}\n", "Bon.\n{% if %}\n"])
def test_a_faulty_template_is_told_with_code_3(text: str, lancer: Lancer, espace: Path) -> None:
    path = template(espace, text)
    result = lancer("render", "-d", "convention", "2025-003", espace=espace)
    assert result.exit_code == 3
    assert f"{path.relative_to(espace)}:2" in result.stderr.replace("\\", "/")
    assert "cas imprévu" not in result.stderr
    assert not (espace / "documents").exists()


def test_a_faulty_template_does_not_stop_the_other_types(lancer: Lancer, espace: Path) -> None:
    template(espace, "{{ conventions.numero }}\n")
    result = lancer(*RENDER, "-t", "html", espace=espace)
    assert result.exit_code == 3
    names = {Path(line).stem for line in result.stdout.splitlines()}
    assert {"cahier-des-charges", "rapport-final"} == names


@pytest.fixture
def defaut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours, planted where the date of a convention is printed."""

    def broken(_: object) -> str:
        raise ZeroDivisionError("diviseur nul")

    monkeypatch.setattr("dla_docs.model.values.long_date", broken)


@pytest.mark.usefixtures("defaut")
def test_a_bug_of_ours_is_said_to_be_ours_with_code_3(lancer: Lancer, espace: Path) -> None:
    template(espace, "\n{{ convention.date }}\n")
    template(espace, "Rien.\n", "rapport-final")
    result = lancer("render", "2025-003", "-d", "convention", "-t", "html", espace=espace)
    assert result.exit_code == 3
    assert "document.md.j2:2:1 (ZeroDivisionError : diviseur nul)" in result.stderr
    assert "erreur de dla, non de votre gabarit" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (espace / "documents").exists()


@pytest.mark.usefixtures("defaut")
def test_dla_trace_shows_where_a_bug_of_ours_is(lancer: Lancer, espace: Path) -> None:
    template(espace, "{{ convention.date }}\n")
    words = ("render", "2025-003", "-d", "convention", "-t", "html")
    result = lancer(*words, espace=espace, DLA_TRACE="1")
    assert isinstance(result.exception, Defect)
    assert isinstance(result.exception.__cause__, Defect | ZeroDivisionError)


@pytest.mark.parametrize("target", ["absente.png", "logo:99", "https://exemple.fr/a.png"])
def test_an_image_that_is_not_there_stops_one_document_only(
    target: str, lancer: Lancer, espace: Path
) -> None:
    text = espace / INGENIERIE / "travail-realise.md"
    text.write_text(f"Voir ![le plan]({target}).\n", encoding="utf-8")
    result = lancer(*RENDER, "-t", "html", espace=espace)
    assert result.exit_code in {1, 3}
    assert target in result.stderr
    assert "cas imprévu" not in result.stderr
    names = {Path(line).stem for line in result.stdout.splitlines()}
    assert {"cahier-des-charges", "convention"} == names


def test_a_faulty_manifest_is_told_with_code_3(lancer: Lancer, espace: Path) -> None:
    package = (package_data("templates") / "convention/document.yaml").read_text(encoding="utf-8")
    path = template(espace, "x\n").with_name("document.yaml")
    path.write_text(package.replace("titre: Conv", "tittre: Conv"), encoding="utf-8")
    result = lancer("check", espace=espace)
    assert result.exit_code == 3
    assert "document.yaml:3:1: " in one_error(result)


@pytest.mark.parametrize("name", ["document.yaml", "document.md.j2"])
def test_a_type_that_is_not_utf_8_is_told_with_code_3(
    name: str, lancer: Lancer, espace: Path
) -> None:
    template(espace, "x\n").with_name(name).write_bytes("titre: Été\n".encode("latin-1"))
    result = lancer("render", "2025-003", "-d", "convention", espace=espace)
    assert result.exit_code == 3
    assert name in result.stderr
    assert "cas imprévu" not in result.stderr


def test_naming_a_dossier_and_a_type_refuses_what_is_not_begun(
    lancer: Lancer, espace: Path
) -> None:
    (espace / CONVENTION).unlink()
    result = lancer("render", "2025-003", "-d", "convention", espace=espace)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "convention.yaml" in result.stderr
    assert not (espace / "documents").exists()


def test_a_letter_that_nobody_asked_for_is_not_missed(lancer: Lancer, espace: Path) -> None:
    asked = lancer("render", "2025-003", "-d", "communication-motif", "-t", "html", espace=espace)
    assert (asked.exit_code, asked.stderr) == (0, "")
    choix = (espace / CONVENTION).with_name("choix.yaml")
    lines = choix.read_text(encoding="utf-8").splitlines(keepends=True)
    choix.write_text("".join(one for one in lines if "date_demande" not in one), encoding="utf-8")
    none = lancer("render", "2025-003", "-d", "communication-motif", "-t", "html", espace=espace)
    assert none.exit_code == 1
    assert "choix.yaml ne renseigne pas date_demande, dans le 2e élément" in none.stderr


@pytest.mark.parametrize("words", [("2025-007", "-t", "html"), ("-d", "convention", "-t", "html")])
def test_what_is_not_begun_is_otherwise_skipped_in_silence(
    words: tuple[str, ...], lancer: Lancer, espace_entier: Path
) -> None:
    (espace_entier / CONVENTION).unlink()
    result = lancer("render", *words, espace=espace_entier)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout


def test_a_format_that_one_type_lacks_is_skipped(lancer: Lancer, espace: Path) -> None:
    package = package_data("templates") / "convention"
    text = (package / "document.yaml").read_text(encoding="utf-8")
    path = template(espace, (package / "document.md.j2").read_text(encoding="utf-8"))
    path.with_name("document.yaml").write_text(
        text.replace("[docx, odt, pdf, html]", "[pdf]"), encoding="utf-8"
    )
    result = lancer(*RENDER, "-t", "html", espace=espace)
    assert result.exit_code == 0
    assert "convention" not in result.stdout
    refused = lancer("render", "2025-003", "-d", "convention", "-t", "html", espace=espace)
    assert refused.exit_code == 2


def test_written_paths_go_to_the_output(lancer: Lancer, espace: Path, tmp_path: Path) -> None:
    target = tmp_path / "à part"
    result = lancer(*RENDER, "-t", "html", "-t", "docx", "-o", target, espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert len(paths) == 6
    assert all(path.is_file() and path.is_relative_to(target) for path in paths)
    assert not (espace / "documents").exists()


def test_a_folder_that_cannot_be_written_is_told_with_code_3(lancer: Lancer, espace: Path) -> None:
    (espace / "documents").write_text("un fichier", encoding="utf-8")
    result = lancer(*RENDER, "-t", "html", espace=espace)
    assert result.exit_code == 3
    assert "documents" in one_error(result)


JSON = {
    "check": ("check", "--format", "json"),
    "documents": ("list", "documents", "--json"),
    "dossiers": ("list", "dossiers", "--json"),
    "prestataires": ("list", "prestataires", "--json"),
    "regles": ("list", "regles", "--json"),
    "statut": ("status", "--json"),
}


def validator(name: str) -> Draft202012Validator:
    path = package_data("schemas") / "sorties" / f"{name}.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def test_every_json_output_has_its_schema() -> None:
    folder = package_data("schemas") / "sorties"
    # `produits` is that of the record that render keeps: see `tests/test_produced.py`; `a-suivre`
    # is in `tests/follow/test_sample.py`.
    assert {*JSON, "a-suivre", "produits"} == {
        p.name.removesuffix(".schema.json") for p in folder.glob("*.json")
    }


@pytest.mark.parametrize("name", JSON)
def test_json_follows_its_schema(name: str, lancer: Lancer, espace: Path) -> None:
    edit(espace, CAHIER, "version: 1", "version: 0")
    result = lancer(*JSON[name], espace=espace)
    data = json.loads(result.stdout)
    assert data
    assert [error.message for error in validator(name).iter_errors(data)] == []


def test_json_of_the_documents_of_a_dossier_follows_its_schema(
    lancer: Lancer, espace: Path
) -> None:
    edit(espace, CAHIER, "version: 1", "version: 0")
    (espace / CONVENTION).unlink()
    data = json.loads(lancer("list", "documents", "2025-003", "--json", espace=espace).stdout)
    assert [error.message for error in validator("documents").iter_errors(data)] == []
    expected = {"incomplet", "non_commence", "pret"}
    assert expected == {row["etat"] for row in data}


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("text", ["", "- un\n", "nom: a: b\n"])
def test_json_follows_its_schema_on_a_broken_workspace(
    name: str, text: str, lancer: Lancer, espace: Path
) -> None:
    for path in ("territoire.yaml", f"{CALADES}/dossier.yaml", "prestataires/alidade.yaml"):
        (espace / "dossiers" / path).write_text(text, encoding="utf-8")
    data = json.loads(lancer(*JSON[name], espace=espace).stdout)
    assert [error.message for error in validator(name).iter_errors(data)] == []


@pytest.mark.parametrize("name", JSON)
def test_json_without_content_is_an_empty_list(name: str, lancer: Lancer, tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers/territoire.yaml").write_text("x-vide: true\n", encoding="utf-8")
    data = json.loads(lancer(*JSON[name], espace=tmp_path).stdout)
    assert [error.message for error in validator(name).iter_errors(data)] == []


@pytest.mark.parametrize("what", ["documents", "dossiers", "prestataires", "regles"])
def test_a_list_is_aligned_text(what: str, lancer: Lancer) -> None:
    result = lancer("list", what)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert len(lines) > 1
    assert [line for line in lines if line != line.rstrip()] == []
    assert ENGLISH.findall(result.stdout) == []


LIBRARIES = set(
    "yaml jinja2 markupsafe jsonschema jsonschema_rs typst lxml stdnum phonenumbers "
    "email_validator fontTools pypandoc pptx distributed".split()
)
"""What takes long to import."""


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_needs_no_data_loads_no_stage(option: str) -> None:
    program = (
        "import sys\nfrom dla_docs.cli import main\n"
        f"main([{option!r}], standalone_mode=False)\n"
        "print(*{'.'.join(name.split('.')[:2]) for name in sys.modules if 'dla_docs.' in name})\n"
        "print(*(name for name in sys.modules if '.' not in name))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)
    stages, modules = done.stdout.splitlines()[-2:]
    small = {f"dla_docs.{room}" for room in ("cli", "confined", "disk", "memory", "model")}
    assert set(stages.split()) == small
    assert set() == LIBRARIES & set(modules.split())


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "dla_docs", "--version"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert done.stdout.startswith("dla")
    assert done.stderr == ""


def test_a_document_of_the_territory_not_begun_says_what_starts_it(
    tmp_path: Path, lancer: Lancer
) -> None:
    lancer("init", tmp_path)
    result = lancer("render", "-d", "preparation-copil", espace=tmp_path)
    assert "« territoire.periodes » n’a aucun élément" in result.stderr
    assert "renseignez-y « copil »" in result.stderr
