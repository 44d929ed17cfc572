"""The traps of YAML, through `dla check`: one finding at its place, or the right reading."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenes import Lancer

STRUCTURE = "dossiers/structures/nouvelle.yaml"
TERRITORY_RULES = "regles:\n  R-CDC-99: {gravite: info, motif: m, depuis: 2026-01-01}\n"
DEROGATIONS = (
    "derogations:\n  - regle: R-CVT-33\n    motif: m\n    validee_par: Ana\n    date: 2026-01-01\n"
)


@pytest.fixture(scope="module")
def connus(lancer: Lancer) -> list[object]:
    """What the demonstration is told of today, whoever touches it."""
    known: list[object] = json.loads(lancer("check", "--format", "json").stdout)
    return known


@pytest.fixture
def constats(
    espace: Path, lancer: Lancer, connus: list[object]
) -> Callable[[str | bytes], list[tuple[str, int, int]]]:
    """`constats(contenu)`: code, line and column of what a new structure adds, and soon.

    Alone on a machine each takes a second at most; tests share theirs.
    """

    def found(content: str | bytes) -> list[tuple[str, int, int]]:
        data = content.encode() if isinstance(content, str) else content
        (espace / STRUCTURE).write_bytes(data)
        start = time.process_time()
        result = lancer("check", "--format", "json", espace=espace)
        assert time.process_time() - start < 5
        listed = [f for f in json.loads(result.stdout) if f not in connus]
        assert {f["path"] for f in listed} <= {STRUCTURE}
        assert all(f["message"] for f in listed)
        return [(f["code"], f["line"], f["column"]) for f in listed]

    return found


Constats = Callable[[str | bytes], list[tuple[str, int, int]]]


@pytest.fixture
def modele(espace: Path) -> str:
    """A right structure."""
    path = espace / "dossiers/structures/calades-jabron.yaml"
    return path.read_text(encoding="utf-8")


def test_a_right_file_adds_nothing(constats: Constats, modele: str) -> None:
    assert constats(modele) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "---\n" + text + "...\n",
        lambda text: f"# 😀 {'é' * 50}\n" + text,
        lambda text: text.replace('"01169053400026"', "01169053400026"),
        lambda text: text + "x-nombre: 0123\nx-heure: 12:30:00\nx-non: no\n1: x\n"[:-5],
    ],
    ids=["bom", "crlf", "tirets", "emoji", "siret-zero", "scalaires"],
)
def test_what_only_looks_odd_is_read_right(
    constats: Constats, modele: str, change: Callable[[str], str]
) -> None:
    assert constats(change(modele)) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ("S-TYPE", 1, 1)),
        ("# rien\n", ("S-TYPE", 1, 1)),
        ("- un\n- deux\n", ("S-TYPE", 1, 1)),
        ("bonjour\n", ("S-TYPE", 1, 1)),
        ("nom: Ana\n\tville: Gap\n", ("S-YAML", 2, 1)),
        ("nom: É\n".encode("latin-1"), ("S-YAML", 1, 6)),
        ("nom: Ana\n".encode("utf-16"), ("S-YAML", 1, 1)),
        ("nom: Ana\n".encode("utf-16-le"), ("S-YAML", 1, 1)),
        (b"nom: A\x00na\n", ("S-GLYPHE", 1, 7)),
        (b"nom: A\x7fna\n", ("S-GLYPHE", 1, 7)),
        ("nom: Ana\n---\nnom: Ana\n", ("S-YAML", 2, 1)),
        ("base: &b\n  nom: Ana\nici:\n  <<: *b\n", ("S-YAML", 4, 3)),
        ("nom: *absente\n", ("S-YAML", 1, 6)),
        ("nom: {{ nom }}\n", ("S-YAML", 1, 7)),
        ("nom: [un, deux\nville: Gap\n", ("S-YAML", 1, 6)),
        ("nom: {a: b\nville: Gap\n", ("S-YAML", 1, 6)),
        ("[" * 200 + "]" * 200, ("S-YAML", 1, 101)),
        ("- " * 200 + "x\n", ("S-YAML", 1, 201)),
        ("".join(f"{' ' * n}a:\n" for n in range(200)), ("S-YAML", 101, 101)),
        ("a: &a [*a]\n", ("S-YAML", 1, 8)),
        ("nom: [" + "x," * 1_500_000 + "]\n", ("S-YAML", 1, 100_003)),
        # Past four million bytes, a file is not even read.
        ("nom: [" + "x," * 2_500_000 + "]\n", ("S-FICHIER", 1, 1)),
    ],
)
def test_a_trap_is_one_finding_at_its_place(
    constats: Constats, content: str | bytes, expected: tuple[str, int, int]
) -> None:
    assert [expected] == constats(content)


def test_a_billion_laughs_is_one_finding(constats: Constats) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{other}: &{other} [{', '.join([f'*{one}'] * 9)}]")
    (finding,) = constats("\n".join(lines))
    assert finding[0] == "S-YAML"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"01169053400026"', "12345678200002", "S-TYPE"),
        ('"01169053400026"', '!!str "01169053400026"\nsiret: x', "S-DOUBLON"),
        ('"01169053400026"', '!!python/object:os.system "01169053400026"', "S-YAML"),
        ('"01169053400026"', '!perso "01169053400026"', "S-YAML"),
        ('siret: "01169053400026"', 'siret: "01169053400026"\n2026-01-02: x', "S-CLE"),
        ('siret: "01169053400026"', 'siret: "01169053400026"\nnull: x', "S-CLE"),
        ('siret: "01169053400026"', 'siret: "01169053400026"\n12: x', "S-CLE"),
    ],
)
def test_a_fault_in_a_right_file_is_one_finding(
    constats: Constats, modele: str, old: str, new: str, code: str
) -> None:
    assert modele.count(old) == 1
    assert [code] == [found[0] for found in constats(modele.replace(old, new))]


def test_a_value_used_twice_is_read_twice(constats: Constats, modele: str) -> None:
    anchored = modele.replace('"01169053400026"', '&numero "01169053400026"')
    assert constats(anchored + "x-meme: *numero\n") == []


def test_an_absent_dossier_file_is_one_finding(espace: Path, lancer: Lancer) -> None:
    (espace / "dossiers/2025-003-calades-jabron/dossier.yaml").unlink()
    found = json.loads(lancer("check", "2025-003", "--format", "json", espace=espace).stdout)
    absent = [f for f in found if "dossier.yaml" in f["message"]]
    assert [f["code"] for f in absent] == ["S-FICHIER"]


@pytest.mark.parametrize(
    ("path", "text", "near"),
    [
        ("territoire.yaml", TERRITORY_RULES, "R-CDC-99"),
        ("2025-003-calades-jabron/dossier.yaml", DEROGATIONS, "R-CVT-33"),
    ],
)
def test_an_unknown_rule_is_told_where_it_is_named(
    espace: Path, lancer: Lancer, path: str, text: str, near: str
) -> None:
    file = espace / "dossiers" / path
    before = file.read_text(encoding="utf-8")
    assert f"\n{text.split(':')[0]}:" not in before
    file.write_text(f"{before.rstrip()}\n{text}", encoding="utf-8")
    found = json.loads(lancer("check", "--format", "json", espace=espace).stdout)
    (finding,) = [f for f in found if f["code"] == "S-REF"]
    assert near in finding["message"]
    assert "vouliez-vous dire" in finding["hint"]


@pytest.mark.parametrize("cut", ["bâtiment B #12", "#12", "bâtiment B # 12", "#accueil"])
def test_a_sign_that_takes_the_end_of_a_value_is_told(
    cut: str, constats: Constats, modele: str
) -> None:
    place = "voie: 8 impasse du Moulin"
    line = modele[: modele.index(place)].count("\n") + 1
    told = constats(modele.replace(place, f"voie: 8 impasse du Moulin {cut}"))
    assert [(code, at) for code, at, _ in told] == [("S-TEXTE", line)]


def test_a_comment_or_a_sign_within_a_value_is_left(constats: Constats, modele: str) -> None:
    right = modele.replace("voie: 8 impasse du Moulin", "voie: 8 impasse du Moulin#12 # rez-de-rue")
    assert constats(f"{right}\n#voie: ancienne\nx-note: |\n  salle #12\n") == []
