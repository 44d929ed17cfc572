"""The Markdown texts of the data: whatever is typed is read soon, and pandoc reads what we made."""

from collections.abc import Iterator

import pytest
from hypothesis import strategies as st

from dla_docs.engines.pandoc import Pandoc
from dla_docs.load.readable import readable
from dla_docs.load.text_remarks import remarks
from dla_docs.load.yaml_reader import ILLEGAL_IN_XML
from dla_docs.model.findings import Severity
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import repeated, texts, words

PIECES = (
    "- |* |1. |2) |a. |(@x) |> |>> |# |## |##a|    |\t|```|~~~|---|***|===|\\|!|[|]|(|)|<|>|[^1]|"
    "[^1]: |[a]: |[a](b)|![a](b.png)|![](c)|<b>|</b>|<!--|-->|&amp;|`a`|``|**a|*b*|__|~~c~~|$x$|"
    "::: x|:::|{.x}|+ 5 %|- 3 %|2025. |https://exemple.fr/_a_|a@exemple.fr|\\\\|\u2022|\u2013|\uf0b7"
).split("|")
bars = st.sampled_from(("|", "| a ", "|---", "|:-:", "|\n", "|---|---|\n", "| a | b |\n"))
pieces = (
    st.sampled_from(PIECES) | bars | words | st.sampled_from(("\n", "\n\n", "  \n", "\n  ", " "))
)
markdown = st.lists(pieces, max_size=30).map("".join)
typed = (markdown | texts | repeated).map(lambda text: ILLEGAL_IN_XML.sub("", text))
"""What the data may hold: control characters are refused before."""


@fuzzed(typed, 220)
def test_lecture_des_textes(case: str) -> None:
    told = remarks(case)
    lines = case.count("\n")
    assert all(0 <= remark.line <= lines and remark.message for remark in told)
    assert isinstance(readable(case), str)


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


@fuzzed(typed, 60)
def test_textes_lus_par_pandoc(case: str, pandoc: Pandoc) -> None:
    # What goes in too far is refused by check, and read by nobody.
    if all(remark.severity is not Severity.ERREUR for remark in remarks(case)):
        template, text = pandoc.read("", [readable(case)])
        assert template == []
        assert isinstance(text, list)
