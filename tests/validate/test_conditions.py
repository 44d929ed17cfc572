"""Conditions of a schema (`x-message`): one finding in their own words, the data stay."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dla_docs.load.library import load
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.words import blanks
from dla_docs.model.workspace import Workspace
from dla_docs.validate.conditions import DATUM, LACKING
from dla_docs.validate.validate import against_schema, sound, validate

KINDS = load_kinds(Workspace(package_data("schemas").parent))


def schema(then: dict[str, Any], cond: Any = True) -> dict[str, Any]:
    date = {"type": "string", "format": "date", "examples": ["2026-03-12"]}
    properties = {"debut": date, "fin": date, "jours": {"type": "number"}, "motif": {}}
    return {"properties": properties, "allOf": [{"if": cond, "then": then}]}


def findings(then: dict[str, Any], text: str, cond: Any = True) -> tuple[Finding, ...]:
    return against_schema(parse("essai.yaml", text.encode()), schema(then, cond))


def one(then: dict[str, Any], text: str, cond: Any = True) -> Finding:
    (finding,) = findings(then, text, cond)
    return finding


def test_a_condition_is_told_in_its_own_words() -> None:
    then = {"x-regle": "R-LOC-01", "x-message": "trop court", "x-conseil": "allongez"}
    finding = one({**then, "properties": {"jours": {"minimum": 3}}}, "jours: 2\n")
    told = finding.code, finding.message, finding.hint, finding.pointer
    assert told == ("R-LOC-01", "trop court", "allongez", ("jours",))
    assert finding.condition


def test_several_keys_that_lack_are_one_finding_at_the_first() -> None:
    then = {"x-message": "renseignez {manque}", "required": ["debut", "fin", "motif"]}
    finding = one(then, "fin: 2026-03-12\n")
    assert (finding.message, finding.pointer) == ("renseignez debut et motif", ("debut",))


def test_the_elements_that_a_list_has_not_are_named() -> None:
    contains = [{"contains": {"title": f"le {n}", "const": n}} for n in ("DLA", "prestataire")]
    then = {"x-message": "il manque {manque}", "properties": {"motif": {"allOf": contains}}}
    assert one(then, "motif: [structure]\n").message == "il manque le DLA et le prestataire"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("{debut}", "3\u00a0avril 2025"),
        ("{fin}", "sans date"),
        ("{motif}", "rien"),
        ("{jours}", "1\u202f234,5"),
        ("{valeur}", "1\u202f234,5"),
    ],
)
def test_a_message_says_data_as_people_read_them(word: str, told: str) -> None:
    then = {"x-message": word, "properties": {"jours": {"maximum": 3}}}
    assert one(then, "debut: 2025-04-03\njours: 1234.5\n").message == told


def test_the_closest_message_speaks_with_the_rule_above_it() -> None:
    inner = {"x-message": "dedans", "required": ["motif"]}
    finding = one({"x-regle": "R-LOC-01", "x-message": "dehors", "allOf": [inner]}, "jours: 1\n")
    assert (finding.code, finding.message) == ("R-LOC-01", "dedans")


@pytest.mark.parametrize("text", ["debut: hier\nfin: 2026-03-12\n", "debutt: 2026-03-12\n"])
def test_a_condition_says_nothing_of_what_is_badly_written(text: str) -> None:
    then = {"x-message": "sans motif", "required": ["motif"]}
    closed = {**schema(then, {"required": ["debut"]}), "additionalProperties": False}
    found = against_schema(parse("essai.yaml", text.encode()), closed)
    assert [f.condition for f in found] == [False]


def test_what_breaks_a_condition_stays_in_the_data(espace: Path) -> None:
    path = next(espace.rglob("consultation.yaml"))
    text = path.read_text(encoding="utf-8").replace("canal_reponse: email", "canal_reponse: oral")
    path.write_text(text, encoding="utf-8")
    corpus = load(Workspace(espace), load_kinds(Workspace(espace)))
    faults = validate(corpus)
    assert {"R-CON-03"} == {f.code for f in faults}
    assert corpus.sources == sound(corpus, faults).sources


def messages(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (str(node[k]) for k in ("x-message", "x-conseil") if k in node)
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from messages(inner)


@pytest.mark.parametrize("name", KINDS)
def test_a_placeholder_names_a_key_of_the_schema(name: str) -> None:
    text = json.dumps(KINDS[name].schema)
    named = {word for told in messages(KINDS[name].schema) for word in blanks(told)}
    assert [w for w in named - {DATUM, LACKING} if f'"{w}": {{' not in text] == []
