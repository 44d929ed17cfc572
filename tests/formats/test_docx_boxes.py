"""Boxes of a Word document, with little to say."""

from dla_docs.charter.charter import Charter
from dla_docs.formats.docx.boxes import Look, brief
from dla_docs.model.workspace import Workspace
from dla_docs.tree.divisions import BRIEF
from dla_docs.tree.nodes import div, para, string, text
from tests.scenes import ROOT


def test_a_brief_without_facts_says_its_sentence() -> None:
    look = Look.of(Charter(Workspace(ROOT), "contrat"))
    assert "Rien encore." in text(brief(div([para(string("Rien encore."))], BRIEF), look))
