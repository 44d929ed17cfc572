"""`dla explain`: each code is explained, and its examples are what they say."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dla_docs.check.rules import load_rules
from dla_docs.cli import main
from dla_docs.flow import Examined, examine
from dla_docs.load.library import load
from dla_docs.load.places import path_of
from dla_docs.load.yaml_reader import parse
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.report.explain import EXAMPLES, explain, explanation_lines
from dla_docs.validate.faults import load_forms
from tests.check.cases import RECORDS
from tests.report.exemples import examples, write
from tests.sampling import sampled
from tests.scenes import JOUR, ROOT, Lancer

FORMS = load_forms()


def shown(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_examples_are_those_of_the_demonstration(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--maj"):
        write(EXAMPLES)
    assert examples() == json.loads(EXAMPLES.read_text(encoding="utf-8"))


def test_right_and_wrong_differ_and_are_yaml() -> None:
    assert set(examples()) == {code for code in RECORDS if "fautif" in RECORDS[code]}
    for code, example in examples().items():
        right, wrong = example["juste"], example["faux"]
        assert right != wrong, code
        assert len(right) == len(wrong) > 0, code
        texts = [text for text in (*right, *wrong) if ".yaml\n" in text.split("{")[0]]
        assert [text for text in texts if parse("x.yaml", text.encode()).faults] == [], code


@pytest.mark.campagne
def test_every_code_is_explained() -> None:
    for code in sampled([*RECORDS, *FORMS]):
        explained = explain(code, Workspace(ROOT))
        assert {"Gravité", "Bloque"} <= set(explained.facts), code
        assert all(fact.strip() for fact in explained.facts.values()), code
        waiting = "attend" in RECORDS.get(code, {})
        assert (explained.juste == ()) == (explained.faux == ()) == waiting, code


def test_the_explanation_of_a_rule_says_all_of_it(lancer: Lancer) -> None:
    result = lancer("explain", "R-PRE-01")
    text = shown(result.stdout)
    assert result.exit_code == 0
    assert text.startswith("R-PRE-01 – La fiche du prestataire porte une adresse et un SIRET")
    for words in (
        "Source : Guide des prestataires DLA (Nord–Pas-de-Calais, 2007) : « sans quoi",
        "Joue dès qu’existe : dossiers/prestataires/<nom>.yaml",
        "Bloque : Convention tripartite",
        'Juste :\n  # dossiers/prestataires/alidade.yaml\n  siret: "01205871500033"\n',
        "Faux :\n  # dossiers/prestataires/alidade.yaml\n  # siret : absent\n",
    ):
        assert words in text


def test_a_code_is_known_in_small_letters(lancer: Lancer) -> None:
    assert lancer("explain", "r-pre-01").stdout == lancer("explain", "R-PRE-01").stdout


@pytest.mark.parametrize(
    ("code", "near"), [("R-PRE-1", "R-PRE-01"), ("S-TIPE", "S-TYPE"), ("PRE-01", "R-PRE-01")]
)
def test_an_unknown_code_is_answered_with_the_nearest(code: str, near: str, lancer: Lancer) -> None:
    result = lancer("explain", code)
    assert result.exit_code == 2
    assert f"Erreur : le code « {code} » n’existe pas" in result.stderr
    assert f"vouliez-vous dire « {near} » ?" in result.stderr


def test_a_whole_code_of_unknown_number_is_answered_with_the_list(lancer: Lancer) -> None:
    hint = lancer("explain", "R-CDC-99").stderr
    assert "vouliez-vous" not in hint
    assert "dla list regles les donne tous" in hint


def test_a_code_is_explained_without_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DLA_WORKSPACE", raising=False)
    result = CliRunner().invoke(main, ["explain", "R-PRE-01"])
    assert result.exit_code == 0
    assert "Juste" in result.stdout


def test_a_wrong_workspace_is_still_told(lancer: Lancer, tmp_path: Path) -> None:
    assert lancer("explain", "R-PRE-01", espace=tmp_path).exit_code == 3


def test_the_softening_of_the_territory_is_told(espace: Path) -> None:
    rule = "R-CVT-03: {gravite: info, motif: usage local, depuis: 2025-01-01}"
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nregles:\n  {rule}\n")
    facts = explain("R-CVT-03", Workspace(espace)).facts
    assert facts["Dans votre territoire"] == "info (usage local, depuis le 2025-01-01)"


def test_a_rule_of_the_workspace_is_explained(espace: Path) -> None:
    folder = espace / "schemas" / "regles"
    folder.mkdir(parents=True)
    record = {"titre": "À nous", "gravite": "info", "source": "nous", "par": "schema"}
    record |= {"quand": ["dossier"], "fautif": {}}  # type: ignore[dict-item]
    (folder / "locales.yaml").write_text(json.dumps({"R-LOC-01": record}), encoding="utf-8")
    text = "\n".join(explanation_lines(explain("R-LOC-01", Workspace(espace))))
    assert text.startswith("R-LOC-01 – À nous")
    assert "Juste" not in text


def found(root: Path, path: str, passage: str) -> set[str]:
    """The codes of a file of the demonstration once a passage takes the place of its keys."""
    data = parse("x.yaml", passage.encode()).data or {}
    kept = (root / path).read_text(encoding="utf-8")
    for key in data if isinstance(data, dict) else ():
        kept = re.sub(rf"^{key}:.*\n(?:[ -].*\n|\n(?=[ -]))*", "", kept, flags=re.M)
    (root / path).write_text(kept + passage, encoding="utf-8", newline="\n")
    listed = examine(Workspace(root), JOUR, (path,)).findings
    return {code for f in listed if f.path == path for code in f.codes}


@pytest.mark.parametrize("code", [code for code in FORMS if code != "S-FICHIER"])
@pytest.mark.parametrize("right", [True, False])
def test_the_examples_of_a_form_are_right_and_wrong(
    code: str, right: bool, espace: Path, examen: Examined
) -> None:
    form = FORMS[code]
    names = {
        "structure": ("calades-jabron",),
        "dossier": ("2025-003-calades-jabron",),
        "cahier-des-charges": ("2025-003-calades-jabron", "bilan-organisation-finances"),
    }
    path = path_of(examen.corpus.kinds[form.fichier], *names[form.fichier]).as_posix()
    assert (code in found(espace, path, form.juste if right else form.faux)) is not right


def test_the_names_of_the_example_of_files_are_right_and_wrong(espace: Path) -> None:
    folder = espace / "dossiers/2025-003-calades-jabron"
    kinds = load_kinds(Workspace(espace))
    for passage, expected in ((FORMS["S-FICHIER"].faux, 3), (FORMS["S-FICHIER"].juste, 0)):
        for name in passage.strip("# \n").split(", "):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x-a: 1\n", encoding="utf-8")
        told = [f for f in load(Workspace(espace), kinds).misplaced if f.code == "S-FICHIER"]
        assert len(told) == expected
        for fault in told:
            (espace / fault.path).unlink()


def test_every_code_of_form_has_its_explanation() -> None:
    sources = "".join(p.read_text("utf-8") for p in ROOT.glob("dla_docs/**/*.py"))
    assert set(FORMS) == set(re.findall(r'"(S-[A-Z]+)"', sources))


def test_examples_are_for_rules_that_exist() -> None:
    listed = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    assert set(listed) <= set(load_rules(Workspace(ROOT), load_kinds(Workspace(ROOT))))


@pytest.mark.parametrize(
    ("blocked", "told"),
    [(["type-a-venir", "convention"], "Convention tripartite"), (["type-a-venir"], "rien")],
)
def test_a_document_that_is_not_there_yet_is_not_named(
    blocked: list[str], told: str, espace: Path
) -> None:
    record = {"titre": "À nous", "gravite": "info", "source": "nous", "par": "schema"}
    local = {"R-LOC-01": {**record, "quand": ["dossier"], "fautif": {}, "bloque": blocked}}
    (espace / "schemas/regles").mkdir(parents=True)
    path = espace / "schemas/regles/locales.yaml"
    path.write_text(json.dumps(local), encoding="utf-8")
    assert explain("R-LOC-01", Workspace(espace)).facts["Bloque"] == told
