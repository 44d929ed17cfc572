"""Each file against its schema: the code, the place and the advice of every kind of fault."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dla_docs.check.rules import load_rules
from dla_docs.flow import examine
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import load
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding
from dla_docs.model.paths import at
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.sentences import phrases
from dla_docs.validate.validate import against_schema, sound, validate
from tests.scenes import JOUR

STRUCTURE = "dossiers/structures/calades-jabron.yaml"
PRESTATAIRE = "dossiers/prestataires/alidade.yaml"
DOSSIER = "dossiers/2025-003-calades-jabron/dossier.yaml"
INGENIERIE = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
CAHIER = f"{INGENIERIE}/cahier-des-charges.yaml"
RAPPORT = f"{INGENIERIE}/rapport-final.yaml"

SILENT = {"properties", "items", "patternProperties", "if", "then", "else", "allOf", "$ref"}
"""Keywords that only lead to others: they never give an error of their own."""
ANNOTATIONS = {"$schema", "title", "description", "examples", "default", "contentMediaType"}


def corpus_of(root: Path) -> Corpus:
    workspace = Workspace(root)
    return load(workspace, load_kinds(workspace))


def changed(root: Path, path: str, old: str, new: str) -> tuple[Finding, ...]:
    """The findings of the workspace once a passage of one of its files is replaced."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return validate(corpus_of(root))


def place(root: Path, path: str, words: str) -> tuple[int, int]:
    """Line and column of the first occurrence of some words in a file."""
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        if words in line:
            return number, line.index(words) + 1
    raise AssertionError(f"« {words} » n’est pas dans {path}")


def test_the_demonstration_has_no_fault(espace: Path) -> None:
    assert validate(corpus_of(espace)) == ()


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "where"),
    [
        (STRUCTURE, 'departement: "04"\n', "", "S-REQUIS", None),
        (CAHIER, "  contact: lise-carrouge\n", "", "S-REQUIS", "reponse:"),
        (CAHIER, "budget_max_ttc: 3600", "budget_max_ttc: beaucoup", "S-TYPE", "beaucoup"),
        (STRUCTURE, "employeuse: true", "employeuse: oui", "S-TYPE", "oui"),
        (CAHIER, "hors_perimetre:\n", "hors_perimetre: rien\nx-h:\n", "S-TYPE", "rien"),
        (CAHIER, "budget_max_ttc: 3600", "budget_max_ttc: -75", "S-VALEUR", "-75"),
        (STRUCTURE, "instance_dirigeante: ca", "instance_dirigeante: cse", "S-VALEUR", "cse"),
        (CAHIER, "date: 2025-03-10", "date: 10/03/2025", "S-FORMAT", "10/03/2025"),
        (CAHIER, "date: 2025-03-10", "date: 2025-02-30", "S-FORMAT", "2025-02-30"),
        (CAHIER, 'heure_limite: "12:00"', "heure_limite: midi", "S-FORMAT", "midi"),
        (CAHIER, "budget_max_ttc:", "budget_max_tcc:", "S-CLE", "budget_max_tcc"),
        (DOSSIER, "  - calades-jabron", "  - calades-jabrn", "S-REF", "calades-jabrn"),
        (CAHIER, "contact: lise-carrouge", "contact: lise", "S-REF", "lise"),
        (RAPPORT, "fichier: travail-realise.md", "fichier: t.md", "S-REF", "t.md"),
        (STRUCTURE, 'siret: "01169053400026"', 'siret: "1"', "R-ID-02", '"1"'),
        (PRESTATAIRE, 'siret: "01205871500033"', 'siret: "1"', "R-PRE-01", '"1"'),
    ],
)
def test_a_fault_has_its_code_at_its_place(
    espace: Path, path: str, old: str, new: str, code: str, where: str | None
) -> None:
    found = changed(espace, path, old, new)
    expected = place(espace, path, where) if where else (1, 1)
    matching = [(f.line, f.column) for f in found if f.code == code and f.path == path]
    assert [expected] == matching


@pytest.mark.parametrize(
    ("path", "old", "new", "advice"),
    [
        (CAHIER, "budget_max_ttc:", "budget_max_tcc:", "budget_max_ttc"),
        (DOSSIER, "  - calades-jabron", "  - calades-jabrn", "calades-jabron"),
        (CAHIER, "contact: lise-carrouge", "contact: lise-carouge", "lise-carrouge"),
        (STRUCTURE, "instance_dirigeante: ca", "instance_dirigeante: x", "bureau"),
        (STRUCTURE, 'departement: "04"', "departement: Hautes-Alpes", 'écrivez "05"'),
        (DOSSIER, "  - galabre", "  - DLA des Alpes-de-Haute-Provence", "galabre"),
        (STRUCTURE, 'siret: "01169053400026"', "siret: 21169053400026", '"21169053400026"'),
        (STRUCTURE, 'departement: "04"', "departement: 26", '"26"'),
    ],
)
def test_the_advice_gives_what_to_write(
    espace: Path, path: str, old: str, new: str, advice: str
) -> None:
    assert any(advice in finding.hint for finding in changed(espace, path, old, new))


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Calades Jabron", "écrivez calades-jabron"),
        ("calades_jabron", "écrivez calades-jabron"),
        ("Les Calades du Jabron", "vouliez-vous dire « calades-jabron » ?"),
    ],
)
def test_a_name_written_as_people_do_leads_to_the_known_one(
    espace: Path, name: str, advice: str
) -> None:
    (finding,) = changed(espace, DOSSIER, "  - calades-jabron", f"  - {name}")
    assert (finding.code, finding.hint) == ("S-REF", advice)


def test_a_name_of_a_part_that_carries_a_rule_leads_to_the_known_one_too(espace: Path) -> None:
    path = f"{INGENIERIE}/consultation.yaml"
    found = changed(espace, path, "prestataire: tamaris-gestion", "prestataire: Tamaris Gestion")
    assert [(f.code, f.hint) for f in found if f.path == path] == [
        ("S-REF", "écrivez tamaris-gestion")
    ]


def test_an_unknown_name_is_answered_with_the_known_ones_and_how_to_add_it(espace: Path) -> None:
    (finding,) = changed(espace, DOSSIER, "  - calades-jabron", "  - Cap Équilibre")
    assert finding.hint.endswith('créez sa fiche : dla new structure "Cap Équilibre"')


def test_a_person_of_the_territory_is_known_by_name(espace: Path) -> None:
    found = changed(espace, CAHIER, "contact: lise-carrouge", "contact: Mme Carrouge Lise")
    assert [f.hint for f in found] == ["vouliez-vous dire « lise-carrouge » ?"]


@pytest.mark.parametrize("text", ['"\u00a0\u200b"', "\u200b", '"\u2060 "'])
def test_a_value_of_signs_that_nobody_sees_is_absent(espace: Path, text: str) -> None:
    old = "denomination: Les Calades du Jabron"
    (finding,) = changed(espace, STRUCTURE, old, f"denomination: {text}")
    assert "il manque « denomination »" in finding.message


def test_an_element_with_a_colon_is_to_be_quoted(espace: Path) -> None:
    old = "  - Établir un prix de revient"
    (finding,) = changed(espace, CAHIER, old, "  - Établir : un prix de revient")
    assert finding.hint.startswith('mettez le texte entre guillemets, "Établir : un prix')


def test_a_key_with_a_sign_that_nobody_sees_is_named(espace: Path) -> None:
    (finding,) = changed(espace, STRUCTURE, "denomination:", "denomination\u00a0:")
    assert "« denomination » ? La clé contient des signes invisibles (U+00A0)" in finding.hint


def test_a_text_in_conflict_is_told(espace: Path) -> None:
    text = "Avant.\n<<<<<<< HEAD\nUn.\n=======\nDeux.\n>>>>>>> relecture\n"
    (espace / INGENIERIE / "travail-realise.md").write_text(text, encoding="utf-8")
    (finding,) = validate(corpus_of(espace))
    assert "marques de conflit de git" in finding.message


def test_a_misspelt_key_and_the_absent_one_are_one_fault(espace: Path) -> None:
    (finding,) = changed(espace, CAHIER, "budget_max_ttc:", "budget_max_tcc:")
    assert finding.codes == ("S-CLE",)


def test_two_misspelt_keys_near_the_same_one_are_both_told(espace: Path) -> None:
    found = changed(espace, CAHIER, "budget_max_ttc: 3600", "budget_max_tc: 1\nbudget_max_tcc: 2")
    assert sum("S-CLE" in finding.codes for finding in found) == 2


def test_an_unknown_key_beside_the_right_one_is_told(espace: Path) -> None:
    new = "budget_max_ttc: 3600\nbudget_max_tcc: 3600"
    (finding,) = changed(espace, CAHIER, "budget_max_ttc: 3600", new)
    assert finding.codes == ("S-CLE",)


def test_an_unquoted_number_is_one_fault_of_type(espace: Path) -> None:
    (finding,) = changed(espace, STRUCTURE, '"01169053400026"', "21169053400026")
    assert ("S-TYPE", "guillemets" in finding.hint) == (finding.code, True)


def test_an_unquoted_postal_code_with_its_zero_is_right(espace: Path) -> None:
    assert changed(espace, STRUCTURE, 'code_postal: "04200"', "code_postal: 04200") == ()


def test_the_user_s_own_keys_are_never_checked(espace: Path) -> None:
    new = "employeuse: true\nx-memo: {siret: 12, date: demain}"
    assert changed(espace, STRUCTURE, "employeuse: true", new) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../../../../ailleurs.md", "hors de l’espace"),
        ("/etc/hostname.md", "hors de l’espace"),
        ("absent.md", "n’existe pas"),
    ],
)
def test_a_text_file_stays_in_the_workspace(espace: Path, name: str, words: str) -> None:
    (espace.parent / "ailleurs.md").write_text("Secret.\n", encoding="utf-8")
    (finding,) = changed(espace, RAPPORT, "fichier: travail-realise.md", f"fichier: {name}")
    assert finding.code == "S-REF"
    assert words in finding.message


def test_a_text_file_in_latin_1_is_told(espace: Path) -> None:
    (espace / INGENIERIE / "travail-realise.md").write_bytes("Été".encode("latin-1"))
    (finding,) = validate(corpus_of(espace))
    assert "UTF-8" in finding.message


@pytest.mark.parametrize("text", ["", "# rien\n", "- un\n", "un mot\n", "12\n"])
def test_a_file_that_is_no_mapping_is_one_fault(espace: Path, text: str) -> None:
    (espace / STRUCTURE).write_text(text, encoding="utf-8")
    found = [f for f in validate(corpus_of(espace)) if f.path == STRUCTURE]
    assert [f.code for f in found] == ["S-TYPE"]


def test_a_broken_file_has_only_its_own_fault(espace: Path) -> None:
    (espace / STRUCTURE).write_text("nom: Ana: Éloi\n", encoding="utf-8")
    assert [f.code for f in validate(corpus_of(espace)) if f.path == STRUCTURE] == ["S-YAML"]


def test_every_fault_of_a_file_is_told_at_once(espace: Path) -> None:
    text = (espace / STRUCTURE).read_text(encoding="utf-8")
    text = text.replace("employeuse: true", "employeuse: oui").replace('idcc: "3016"', 'idc: "1"')
    (espace / STRUCTURE).write_text(text, encoding="utf-8")
    assert {"S-TYPE", "S-CLE"} == {f.code for f in validate(corpus_of(espace))}


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ("budget_max_ttc: 3600", "budget_max_ttc: beaucoup", ("budget_max_ttc",)),
        ("budget_max_ttc: 3600", "budget_max_tcc: 3600", ("budget_max_ttc",)),
        ("  date_limite: 2025-03-28", "  date_limite: demain", ("reponse", "date_limite")),
    ],
)
def test_what_is_faulty_reads_as_absent(
    espace: Path, old: str, new: str, pointer: tuple[str, ...]
) -> None:
    faults = changed(espace, CAHIER, old, new)
    corpus = sound(corpus_of(espace), faults)
    assert None is at(corpus.sources[CAHIER].data, pointer)
    assert corpus.sources[CAHIER].data["reponse"]["contact"] == "lise-carrouge"


def test_what_is_sound_stays_as_it_was(espace: Path) -> None:
    raw = corpus_of(espace)
    assert raw.sources == sound(raw, validate(raw)).sources


def test_dropping_what_is_faulty_leaves_the_file_read_untouched(espace: Path) -> None:
    faults = changed(espace, CAHIER, "budget_max_ttc: 3600", "budget_max_ttc: beaucoup")
    raw = corpus_of(espace)
    sound(raw, faults)
    assert raw.sources[CAHIER].data["budget_max_ttc"] == "beaucoup"


@pytest.mark.parametrize("text", ["", "- un\n", "nom: Ana: Éloi\n", "12\n"])
def test_an_unreadable_file_reads_as_empty(espace: Path, text: str) -> None:
    (espace / STRUCTURE).write_text(text, encoding="utf-8")
    examined = examine(Workspace(espace), JOUR)
    assert examined.corpus.sources[STRUCTURE].data == {}


def schema_files() -> list[Path]:
    folder = package_data("schemas")
    return sorted(p for p in folder.rglob("*.schema.json") if "sorties" not in p.parts)


def keywords(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every keyword of a schema and of those inside it, with its value.

    Those of a condition are told by its own message.
    """
    if not isinstance(schema, dict) or "x-message" in schema:
        return
    for key, value in schema.items():
        yield key, value
        if key in {"properties", "patternProperties"}:
            for inner in value.values():
                yield from keywords(inner)
        elif key in {"items", "then", "else", "additionalProperties"}:
            yield from keywords(value)
        elif key in {"allOf", "anyOf", "oneOf"}:
            for inner in value:
                yield from keywords(inner)


@pytest.mark.parametrize("path", schema_files(), ids=lambda p: p.name)
def test_every_keyword_of_a_schema_has_a_sentence(path: Path) -> None:
    used = {key for key, _ in keywords(json.loads(path.read_text(encoding="utf-8")))}
    mute = {k for k in used if k.startswith("x-")} | SILENT | ANNOTATIONS
    said = {name.partition(".")[0] for name in phrases()} | {"oneOf", "anyOf"}
    assert set() == used - mute - said


@pytest.mark.parametrize("path", schema_files(), ids=lambda p: p.name)
def test_every_format_of_a_schema_is_checked(path: Path) -> None:
    used = {v for k, v in keywords(json.loads(path.read_text(encoding="utf-8"))) if k == "format"}
    assert set() == used - set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_values_that_pass_and_fail(name: str) -> None:
    entry = FORMATS[name]
    assert entry.passing
    assert [True] * len(entry.passing) == [entry.test(value) for value in entry.passing]
    assert entry.failing
    assert [False] * len(entry.failing) == [entry.test(value) for value in entry.failing]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_a_name_and_a_known_rule(name: str, examen: Any) -> None:
    entry = FORMATS[name]
    assert name == entry.name
    assert entry.rule in {"", *load_rules(examen.corpus.workspace, examen.corpus.kinds)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("ending", ["\n", " ", "\u00a0"])
def test_a_format_matches_the_whole_value(name: str, ending: str) -> None:
    entry = FORMATS[name]
    assert not any(entry.test(value + ending) for value in entry.passing)


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if f.passing[0][-1].isdigit()])
def test_a_number_is_in_ordinary_digits(name: str) -> None:
    assert not any(FORMATS[name].test(f"{value[:-1]}٣") for value in FORMATS[name].passing)


@pytest.mark.parametrize("name", FORMATS)
def test_a_broken_format_says_what_is_expected(name: str) -> None:
    entry = FORMATS[name]
    schema = {"properties": {"cle": {"type": "string", "format": name}}}
    text = f'cle: "{entry.failing[0]}"\n'
    (finding,) = against_schema(parse("fiche.yaml", text.encode()), schema)
    assert (entry.rule or "S-FORMAT") == finding.code
    meant = entry.meant(entry.failing[0]).written
    assert meant in finding.hint if meant else entry.expected in finding.message


@pytest.mark.parametrize(
    ("words", "advice"), [("cinq", "écrivez le nombre en chiffres"), ("3 600 €", "écrivez 3600,")]
)
def test_the_advice_on_a_number_never_invents_one(espace: Path, words: str, advice: str) -> None:
    (finding,) = changed(espace, CAHIER, "budget_max_ttc: 3600", f"budget_max_ttc: {words}")
    assert advice in finding.hint


def test_jsonschema_is_imported_only_when_something_is_wrong(espace: Path) -> None:
    program = (
        "import sys\nfrom dla_docs.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\nprint('jsonschema' in sys.modules)"
    )
    command = [sys.executable, "-c", program, "--workspace", str(espace), "list", "documents"]
    territory = espace / "dossiers" / "territoire.yaml"
    answers = []
    for line in ("", "clef_inconnue: 1\n"):
        territory.write_text(territory.read_text(encoding="utf-8") + line, encoding="utf-8")
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        answers.append(done.stdout.splitlines()[-1])
    assert answers == ["False", "True"]


@pytest.mark.parametrize("typed", ["3600.005", "3600.0000001"])
def test_an_amount_of_more_than_two_decimals_is_told_at_its_line(espace: Path, typed: str) -> None:
    (found,) = changed(espace, CAHIER, "budget_max_ttc: 3600", f"budget_max_ttc: {typed}")
    assert found.code == "S-VALEUR"
    assert (found.line, found.column) == place(espace, CAHIER, typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3.600", "écrivez 3600, ou 3.60"),
        ("3,600", "écrivez 3600, ou 3.6 si"),
        ("3600 HT", "« budget_max_ttc » veut le montant toutes taxes comprises"),
        ("3 600 € hors taxes", "« budget_max_ttc » veut le montant toutes taxes comprises"),
        ("3 600 € TTC", "écrivez 3600,"),
    ],
)
def test_an_amount_that_may_be_another_is_not_guessed(espace: Path, typed: str, words: str) -> None:
    (found,) = changed(espace, CAHIER, "budget_max_ttc: 3600", f"budget_max_ttc: {typed}")
    assert words in found.hint


def test_zeros_after_the_cents_change_nothing(espace: Path) -> None:
    assert changed(espace, CAHIER, "budget_max_ttc: 3600", "budget_max_ttc: 3600.000") == ()
