"""The head of a document says a thing once."""

import pytest

from dla_docs.tree.divisions import HEAD, SUBTITLE, TITLE
from dla_docs.tree.head import settled
from dla_docs.tree.nodes import Nodes, div, para, string, text


def head(title: str, subtitle: str) -> Nodes:
    said = [
        div([para(string(words))], name) for name, words in ((TITLE, title), (SUBTITLE, subtitle))
    ]
    return [div(said, HEAD)]


@pytest.mark.parametrize(
    ("title", "subtitle", "kept"),
    [
        ("Bilan des Calades du Jabron", "Les Calades du Jabron", False),
        ("Bilan des Calades du Jabron", "Les Calades du Jabron – phase 1", True),
        ("Bilan de gestion", "Les Calades du Jabron", True),
        ("Bilan", "suite", True),
    ],
)
def test_a_subtitle_that_the_title_says_is_left_out(title: str, subtitle: str, kept: bool) -> None:
    assert kept == (subtitle in text(settled(head(title, subtitle), contents=False)))
