"""The records of the rules: what each says is there, and applied."""

from dla_docs.check.controles import CONTROLS
from dla_docs.check.rules import load_rules
from dla_docs.flow import Examined
from dla_docs.load.yaml_reader import parse
from dla_docs.model.resources import package_data
from dla_docs.validate.formats import FORMATS
from tests.check.cases import FILES, RECORDS, TYPES

PLANNED: frozenset[str] = frozenset()
"""Types of the design that are not built yet; each leaves this list with its folder."""


def test_no_code_is_recorded_twice() -> None:
    listed = [code for path in FILES for code in parse(path.name, path.read_bytes()).data]
    assert len(listed) == len(set(listed))


def test_all_records_are_loaded(examen: Examined) -> None:
    assert sorted(RECORDS) == list(load_rules(examen.corpus.workspace, examen.corpus.kinds))


def test_a_rule_has_cases_or_waits_for_a_type() -> None:
    assert [c for c, r in RECORDS.items() if ("fautif" in r) == ("attend" in r)] == []
    assert [c for c, r in RECORDS.items() if r.get("attend") in TYPES] == []


def test_a_rule_names_known_types_and_kinds(examen: Examined) -> None:
    blocked = {name for record in RECORDS.values() for name in record.get("bloque", ())}
    assert set() == blocked - TYPES - PLANNED
    assert set() == {n for r in RECORDS.values() for n in r["quand"]} - set(examen.corpus.kinds)


def test_a_planned_type_is_not_built() -> None:
    assert set() == PLANNED & TYPES


def test_no_rule_blocks_a_control() -> None:
    blocked = {name for record in RECORDS.values() for name in record.get("bloque", ())}
    assert [name for name in blocked if name.startswith("controle-")] == []


def test_a_rule_applied_by_a_function_has_one() -> None:
    assert [c for c in RECORDS if (RECORDS[c]["par"] == "controle") != (c in CONTROLS)] == []


def test_a_rule_said_by_schemas_is_in_one() -> None:
    files = package_data("schemas").glob("*.schema.json")
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    formatted = {entry.rule for entry in FORMATS.values()}
    covered = {code for record in RECORDS.values() for code in record.get("couvre", ())}
    said = [code for code, record in RECORDS.items() if record["par"] == "schema"]
    assert [c for c in said if f'"{c}"' not in texts and c not in formatted | covered] == []
