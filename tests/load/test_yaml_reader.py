"""YAML: what unquoted values mean, where everything stands, and what a broken file says."""

import subprocess
import sys
import time
from decimal import Decimal

import pytest

from dla_docs.load.yaml_problems import MANY, MAX_DEPTH
from dla_docs.load.yaml_reader import Source, Span, parse


def read(text: str | bytes) -> Source:
    return parse("fiche.yaml", text.encode() if isinstance(text, str) else text)


def only_fault(text: str | bytes) -> tuple[str, int, int]:
    """Code, line and column of the one fault of a text."""
    (fault,) = read(text).faults
    assert fault.message
    return fault.code, fault.line, fault.column


@pytest.mark.parametrize(
    "text",
    [
        "01000",
        "0123",
        "12:30:00",
        "no",
        "yes",
        "on",
        "Oui",
        "2026-01-02",
        "1e3",
        "0x1F",
        "0o17",
        "1_000",
        ".5",
        "5.",
        "+1",
        "True",
        "NULL",
        "-01",
        "1,5",
        ".inf",
        "NaN",
        "=",
        "<<",
    ],
)
def test_what_looks_like_something_else_stays_text(text: str) -> None:
    assert {"cle": text} == read(f"cle: {text}\n").data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("true", True),
        ("false", False),
        ("12.50", Decimal("12.50")),
        ("-0.1", Decimal("-0.1")),
        ("0.0", Decimal("0.0")),
    ],
)
def test_numbers_and_booleans_are_read(text: str, expected: object) -> None:
    found = read(f"cle: {text}\n").data["cle"]
    assert (type(expected), expected) == (type(found), found)


def test_money_adds_up() -> None:
    found = read("sommes: [0.1, 0.1, 0.1]\n").data["sommes"]
    assert Decimal("0.3") == sum(found)


@pytest.mark.parametrize("text", ["", "~", "null", " # rien"])
def test_null_has_three_forms(text: str) -> None:
    assert read(f"cle: {text}\n").data == {"cle": None}


@pytest.mark.parametrize("text", ['"12"', "'true'", '"null"', '""', "|-\n  12", ">-\n  12"])
def test_a_quoted_or_block_value_is_text(text: str) -> None:
    assert isinstance(read(f"cle: {text}\n").data["cle"], str)


def test_every_key_and_value_has_its_place() -> None:
    source = read("un: deux\nliste:\n  - nom: Éloi\n    age: 40\n")
    assert Span(1, 1, 1, 3) == source.keys["un",]
    assert Span(1, 5, 1, 9) == source.values["un",]
    assert Span(3, 5, 3, 8) == source.keys["liste", 0, "nom"]
    assert Span(4, 10, 4, 12) == source.values["liste", 0, "age"]


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        (("reponse", "date_limite"), (2, 1)),
        (("reponse", "contact", "nom"), (3, 3)),
        (("livrables", 0, "libelle"), (6, 5)),
        (("absent",), (1, 1)),
    ],
)
def test_an_absent_datum_is_at_the_key_that_lacks_it(
    pointer: tuple[str | int, ...], expected: tuple[int, int]
) -> None:
    text = "date: 2026\nreponse:\n  contact:\n    prenom: Ana\nlivrables:\n  - forme: papier\n"
    place = read(text).place(pointer)
    assert expected == (place.line, place.column)


def test_a_duplicate_key_is_named_with_its_first_line() -> None:
    source = read("nom: Ana\nville: Gap\nnom: Éloi\n")
    (fault,) = source.faults
    assert (fault.code, fault.line, fault.column) == ("S-DOUBLON", 3, 1)
    assert "« nom »" in fault.message
    assert "ligne 1" in fault.message
    assert source.data == {"nom": "Ana", "ville": "Gap"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nom: Ana\n\tville: Gap\n", ("S-YAML", 2, 1)),
        ("nom: Ana: Éloi\n", ("S-YAML", 1, 9)),
        ("nom: Ana\nville Gap\nage: 3\n", ("S-YAML", 2, 1)),
        ("nom: Ana\n- un\n", ("S-YAML", 2, 1)),
        ("liste: [un, deux\nnom: Ana\n", ("S-YAML", 1, 8)),
        ('nom: "Ana\n', ("S-YAML", 1, 6)),
        ("nom: *ana\n", ("S-YAML", 1, 6)),
        ("nom: @ana\n", ("S-YAML", 1, 6)),
        ("nom: Ana\n---\nnom: Éloi\n", ("S-YAML", 2, 1)),
        ("? [un, deux]\n: trois\n", ("S-YAML", 1, 3)),
    ],
)
def test_broken_yaml_is_one_fault_at_its_place(text: str, expected: tuple[str, int, int]) -> None:
    assert expected == only_fault(text)


def test_latin_1_is_told_at_the_first_odd_byte() -> None:
    assert only_fault("nom: Ana\nlieu: Éourres\n".encode("latin-1")) == ("S-YAML", 2, 7)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_one_fault(encoding: str) -> None:
    assert only_fault("\ufeffnom: Ana\n".encode(encoding))[0] in {"S-YAML", "S-GLYPHE"}


def test_a_byte_order_mark_shifts_nothing() -> None:
    source = read(b"\xef\xbb\xbfnom: Ana\n")
    assert source.data == {"nom": "Ana"}
    assert Span(1, 1, 1, 4) == source.keys["nom",]


def test_windows_line_ends_shift_nothing() -> None:
    source = read("nom: Ana\r\ntexte: |\r\n  un\r\n  deux\r\nville: Gap\r\n")
    assert source.data == {"nom": "Ana", "texte": "un\ndeux\n", "ville": "Gap"}
    assert Span(5, 1, 5, 6) == source.keys["ville",]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe"])
def test_a_control_character_is_told_where_it_stands(character: str) -> None:
    source = read(f"nom: Ana\nville: G{character}ap\n")
    (fault,) = source.faults
    assert (fault.code, fault.line, fault.column) == ("S-GLYPHE", 2, 9)
    assert f"U+{ord(character):04X}" in fault.message


def test_an_escaped_control_character_is_told_at_the_value() -> None:
    assert only_fault('nom: Ana\nville: "G\\u0007ap"\n') == ("S-GLYPHE", 2, 8)


def test_an_alias_bomb_is_told_within_a_second() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{other}: &{other} [{', '.join([f'*{one}'] * 9)}]")
    start = time.process_time()
    code, _, _ = only_fault("\n".join(lines))
    assert code == "S-YAML"
    assert time.process_time() - start < 1


def test_an_alias_that_holds_itself_is_told() -> None:
    assert only_fault("a: &a [*a]\n")[0] == "S-YAML"


def test_two_hundred_levels_are_one_fault() -> None:
    assert only_fault("[" * 200 + "]" * 200)[0] == "S-YAML"


def test_a_hundred_thousand_levels_are_one_fault() -> None:
    # In a process of its own: a crash of the C parser would take the other tests with it.
    program = (
        "from dla_docs.load.yaml_reader import parse\n"
        "print(*[fault.code for fault in parse('fiche.yaml', b'[' * 100_000).faults])"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout) == (0, "S-YAML\n")


def test_the_deepest_level_allowed_is_read() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()


@pytest.mark.parametrize("text", ["", "\n\n", "# un commentaire\n", "---\n"])
def test_a_file_that_says_nothing_is_empty_without_fault(text: str) -> None:
    source = read(text)
    assert (source.data, source.faults) == (None, ())


def test_a_huge_number_is_text() -> None:
    assert read(f"cle: {'9' * 5000}\n").data["cle"] == "9" * 5000


CONFLICT = "nom: a\n<<<<<<< HEAD\nvoie: b\n=======\nvoie: c\n>>>>>>> relecture\n"


@pytest.mark.parametrize(
    ("text", "line"), [(CONFLICT, 2), ("a: 1\n=======\nb: 2\n", 2), (">>>>>>> x\na: 1\n", 1)]
)
def test_marks_of_a_git_conflict_are_told_for_what_they_are(text: str, line: int) -> None:
    (fault,) = read(text).faults
    assert (fault.code, fault.line) == ("S-YAML", line)
    assert "marque de conflit de git" in fault.message


def test_a_row_of_equal_signs_in_a_text_is_no_conflict() -> None:
    assert read("texte: |\n  Titre\n  =======\n").faults == ()


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_separator_that_no_editor_counts_shifts_no_line(sign: str) -> None:
    source = read(f"texte: |\n  un{sign}deux\nautre: 1\n")
    assert source.data == {"texte": "un deux\n", "autre": 1}
    assert (source.keys[("autre",)].line, len(source.lines)) == (3, 3)


def test_a_form_feed_is_told_on_its_line() -> None:
    assert only_fault("a: 1\nb: \x0c2\n") == ("S-GLYPHE", 2, 4)


@pytest.mark.parametrize("line", ["nom:Tamaris", "nom :\u00a0Tamaris", "nom:\u00a0Tamaris"])
def test_a_colon_without_an_ordinary_space_is_told_on_its_line(line: str) -> None:
    (fault,) = read(f"a: 1\n{line}\nb: 2\n").faults
    assert (fault.line, fault.message) == (2, "il manque une espace ordinaire après « : »")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: & Co\n", "« * » ou « & » en tête d’une valeur"),
        ("a: @x\n", "ne peut pas commencer par « @ »"),
        ("a: `x\n", "ne peut pas commencer par « ` »"),
        ("a: %x\n", "ne peut pas commencer par « % »"),
        ("\ta: 1\n", "une tabulation"),
        ("a:\n\tb: 1\n", "une tabulation"),
    ],
)
def test_a_character_that_begins_nothing_is_named(text: str, words: str) -> None:
    (fault,) = read(text).faults
    assert words in fault.message


@pytest.mark.parametrize(
    "value", ["&Bilan et gestion", "&Bilan", "! Bilan", "!Bilan et gestion", '&Bilan "et gestion"']
)
def test_what_hides_the_head_of_a_value_is_told_with_it(value: str) -> None:
    (fault,) = read(f"a: 1\ntitre: {value}\n").faults
    assert (fault.code, fault.line, fault.column) == ("S-YAML", 2, 8)
    assert f"« {value.split()[0]} »" in fault.message
    assert "mettez la valeur entre guillemets" in fault.hint


def test_an_anchor_that_is_used_and_a_quoted_tag_are_read() -> None:
    source = read('a: &nom Ana Ortiz\nb: *nom\nc: ! "01"\n')
    assert source.faults == ()
    assert source.data == {"a": "Ana Ortiz", "b": "Ana Ortiz", "c": "01"}


@pytest.mark.parametrize(
    "value",
    [
        '"Bilan" d’organisation',
        "'Bilan' d’organisation",
        "[Bilan] d’organisation",
        "{Bilan} d’organisation",
        "- Bilan",
        "> Bilan",
        "| Bilan",
        "? Bilan",
        ", Bilan",
    ],
)
def test_a_value_that_begins_with_a_sign_of_yaml_is_to_be_quoted(value: str) -> None:
    (fault,) = read(f"a: 1\ntitre: {value}\nb: 2\n").faults
    assert (fault.code, fault.line) == ("S-YAML", 2)
    assert "la valeur entre guillemets" in fault.hint


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> autre"])
def test_a_mark_of_git_set_in_with_a_text_is_told(mark: str) -> None:
    (fault,) = read(f"texte: |\n  Un.\n  {mark}\n  Deux.\n").faults
    assert (fault.line, "conflit de git" in fault.message) == (3, True)


def test_a_title_underlined_in_a_text_is_no_mark_of_git() -> None:
    assert read("texte: |\n  Bilan 1\n  =======\n").faults == ()


def test_aliases_of_aliases_go_no_deeper_than_what_is_written() -> None:
    chain = "".join(
        f"a{n}: &a{n} {'[' * 95}*a{n - 1}{']' * 95}\n" if n else "a0: &a0 [1]\n" for n in range(40)
    )
    assert only_fault(chain)[:2] == ("S-YAML", 3)


@pytest.mark.parametrize("line", ["- !x 1\n", "a: 1\n", "- a #12\n", '- "\\x01"\n', "- &a b\n"])
def test_the_faults_told_of_one_file_are_bounded(line: str) -> None:
    text = "".join(line.replace("&a", f"&a{n}") for n in range(1000))
    faults = read(text).faults
    assert len(faults) <= MANY + 1
    assert "autres défauts" in faults[-1].message


def test_keys_written_twice_count_as_values() -> None:
    assert only_fault("a: 1\n" * 100_000)[0] == "S-YAML"


def test_a_line_of_spaces_is_read_once() -> None:
    start = time.process_time()
    read("- a" + " " * 500_000 + "\n" + "- b #12\n" * 20_000)
    assert time.process_time() - start < 3
