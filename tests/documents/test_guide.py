"""The guide of prestataires: what it says comes from the data and from the only declarations."""

import re

import pytest

from dla_docs.context.context import build_context
from dla_docs.context.declared_fields import declared
from dla_docs.context.views import TemplateFault
from dla_docs.documents.documents import documents
from dla_docs.flow import Examined
from dla_docs.model.resources import package_data
from dla_docs.tree.template import Templates

REFERENTIEL = package_data("templates") / "_dispositif" / "referentiel.md.j2"


@pytest.fixture(scope="module")
def guide(examen: Examined) -> str:
    """The Markdown of the guide of the demonstration, its escapes and line ends taken away."""
    kinds = {"guide-prestataires": examen.types["guide-prestataires"]}
    (document,) = documents(examen.corpus, kinds)
    given = (examen.findings, examen.rules, examen.day, examen.types)
    context = build_context(document, examen.corpus, *given)
    text = Templates(examen.corpus.workspace).fill(context).markdown
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).split())


def test_the_guide_says_the_parameters_that_the_territory_leaves(guide: str) -> None:
    # None of them is written in the territory of the demonstration: each is a default.
    assert "2 prestataires au moins, 4 en général au plus" in guide
    assert "Il décide dans les 10 jours" in guide
    assert "au plus tard 30 jours après avoir tout reçu" in guide


def test_the_guide_asks_for_what_the_forms_ask_for(guide: str, examen: Examined) -> None:
    rubrics = [section.titre for section in examen.types["rapport-final"].sections]
    points = declared(examen.corpus, "proposition.points.modalites")
    themes = declared(examen.corpus, "evaluation.beneficiaires[].notes")
    assert (len(rubrics), len(themes)) == (5, 6)
    wanted = [*rubrics, *(point.titre for point in points), *(t.titre.lower() for t in themes)]
    assert [words for words in wanted if words not in guide] == []


def test_each_person_of_the_territory_can_be_called(guide: str, examen: Examined) -> None:
    data = examen.corpus.territory.data
    people = [(one["nom"], one["email"]) for one in data["charges_mission"]]
    operators = [(one["telephone"], one["email"]) for one in data["operateurs"]]
    wanted = [word for pair in (*people, *operators) for word in pair]
    assert [word for word in wanted if word not in guide] == []


def test_each_form_of_support_has_its_sentence(examen: Examined) -> None:
    codes = {p.cle for p in declared(examen.corpus, "territoire.financeurs[].soutien[]")}
    text = REFERENTIEL.read_text(encoding="utf-8")
    written = re.findall(r"^  \('([a-z]+)', '", text.partition("set soutiens")[2], re.MULTILINE)
    assert (len(written), set(written)) == (6, codes)


@pytest.mark.parametrize("path", ["evaluation.rien", "", 3, "territoire.nom"])
def test_what_has_no_field_is_refused(path: object, examen: Examined) -> None:
    with pytest.raises(TemplateFault, match="prevus"):
        declared(examen.corpus, path)
