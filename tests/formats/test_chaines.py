"""Naughty strings in every text field: every document renders, and reads back what was written."""

import html
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations, cycle, repeat
from pathlib import Path
from typing import Any

import pytest

from dla_docs.load.library import load
from dla_docs.model.schemas import Schema, leaves, load_kinds
from dla_docs.model.workspace import Workspace
from tests.sampling import sampled
from tests.scenes import Lancer

WHERE = "2025-003-calades-jabron/bilan-organisation-finances"
NAUGHTY = {
    "droite-a-gauche": "שלום مرحبا \u202eenvers\u202c",
    "combinants": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤ e\u0301 n\u0303",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 😀",
    "cjk": "田中さんにあげて 部落格 사회과학원",
    "mot-long": "m" * 2000,
    "markdown": "# titre *a* _b_ `c` [d](e) ![f](g) | h | ~~i~~ ^j^ 1. 2) - + > \\",
    "html": "<script>alert(1)</script> &amp; <b>x</b> <!-- y --> </div>",
    "divisions": "::: {.tableau} [x]{.riche n=0} []{.saut} {#id .c k=v} :::",
    "jinja": "{{ 7*7 }} {% raw %} {# x #}",
    "latex-typst": "$x$ \\(y\\) #let z = 1 @ref <label> ~ \\begin{a} = == *** #pagebreak()",
    "xml": "]]> <![CDATA[ <w:p/> &lt; &#0; %s %d ${x} $(y) `z`",
    "yaml": "--- : - ? & * ! | > % @ [ ] { } , #",
    "chemins": "../../etc/passwd C:\\Windows file:///etc/passwd logo:0 image:0",
    "injection": '\' OR 1=1 -- ; DROP TABLE x; {"a": 1}',
    "typographie": "« a « b » c » ! ? ; : % € n° 12 1 000 000 14 h 30",
    "zero": "a\u200bb\u200dc\ufeffd\u00ade",
}


def free_text(field: Schema, data: Any) -> bool:
    """Whether a field takes any text: no format, no list of values, no reference."""
    closed = {"format", "enum", "x-reference", "x-nomme", "x-fichier"} & set(field)
    return isinstance(data, str) and not closed and field.get("pattern", "\\S") == "\\S"


def changed(data: Any, schema: Schema, words: Iterator[str]) -> Any:
    """The data with the next words at the end of each text, Markdown ones apart."""
    if isinstance(data, dict):
        inner = schema.get("properties", {})
        return {k: changed(v, inner.get(k, {}), words) for k, v in data.items()}
    if isinstance(data, list):
        return [changed(item, schema.get("items", {}), words) for item in data]
    rich = field_is_rich(schema)
    return f"{data} {next(words)}" if free_text(schema, data) and not rich else data


def field_is_rich(field: Schema) -> bool:
    return field.get("contentMediaType") == "text/markdown"


def spoil(espace: Path, *strings: str) -> None:
    """End every plain text of a workspace with one of the strings, each in its turn."""
    workspace, words = Workspace(espace), cycle(strings)
    corpus = load(workspace, load_kinds(workspace))
    for path, source in corpus.sources.items():
        data = changed(source.data, corpus.kind_of[path].schema, words)
        text = json.dumps(data, ensure_ascii=False, default=float)
        (espace / path).write_text(text, encoding="utf-8")


def words_of(text: str) -> str:
    """Text without any space or joining mark that layout may add."""
    return re.sub(r"[\s\u00a0\u202f\u2003\u200b\ufeff\u00ad]+", "", text)


def read_back(path: Path) -> str:
    """The words of a DOCX, ODT or HTML file."""
    if path.suffix == ".html":
        body = path.read_text(encoding="utf-8").partition("<main")[2]
        return words_of(html.unescape(re.sub(r"<[^>]*>", "", body)))
    # The text, then the feet of its pages.
    parts = {".docx": r"word/(document|footer\d)\.xml", ".odt": r"(content|styles)\.xml"}
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(parts[path.suffix], n)]
        text = "".join(archive.read(name).decode() for name in names)
    return words_of(html.unescape(re.sub(r"<[^>]*>", "", text)))


def shown(espace: Path, lancer: Lancer, *strings: str) -> dict[str, dict[str, set[str]]]:
    """The names of the strings that each document shows in each format, once fields hold them."""
    spoil(espace, *strings)
    result = lancer("render", WHERE, "alidade", "-o", espace / "sortie", espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, dict[str, set[str]]] = {}
    for path in sorted((espace / "sortie").rglob("*.*")):
        if path.suffix in {".docx", ".odt", ".html"}:
            text = read_back(path)
            names = {name for name, words in NAUGHTY.items() if words_of(words) in text}
            found.setdefault(path.stem, {})[path.suffix] = names
    return found


def test_every_string_is_read_back_in_every_format(espace: Path, lancer: Lancer) -> None:
    documents = shown(espace, lancer, *NAUGHTY.values())
    assert {"fiche-prestataire", "convention", "rapport-final"} < set(documents)
    lost = {}
    for stem, said in documents.items():
        # A name of a table, that only ODT has, is no text: what two formats show is.
        due = set.union(*(one & other for one, other in combinations(said.values(), 2)))
        lost |= {(stem, suffix): due - names for suffix, names in said.items() if due - names}
    assert lost == {}
    assert set(NAUGHTY) == set.union(*(said[".html"] for said in documents.values()))


@pytest.mark.campagne
@pytest.mark.parametrize("name", sampled(NAUGHTY))
def test_every_document_shows_a_string_that_all_fields_hold(
    name: str, espace: Path, lancer: Lancer
) -> None:
    documents = shown(espace, lancer, NAUGHTY[name])
    assert len(documents) > 10
    assert [(d, s) for d, said in documents.items() for s, n in said.items() if name not in n] == []


def test_every_plain_text_of_the_demonstration_is_changed(espace: Path) -> None:
    """The change reaches the fields that documents print, at any depth."""
    workspace = Workspace(espace)
    corpus = load(workspace, load_kinds(workspace))
    found = 0
    for path, source in corpus.sources.items():
        schema = corpus.kind_of[path].schema
        data = changed(source.data, schema, repeat("XX"))
        plain = [d for _, d, f in leaves(data, schema) if free_text(f, d) and not field_is_rich(f)]
        assert {True} >= {text.endswith(" XX") for text in plain}
        found += len(plain)
    assert found > 300
