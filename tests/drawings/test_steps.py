"""A way in steps: an arrow each, the reader's in strong colour, words for who does not see it."""

import pytest
from lxml import etree

from dla_docs.drawings.facts import Facts
from dla_docs.drawings.ink import Palette
from dla_docs.drawings.steps import draw_steps, tell_steps
from dla_docs.model.errors import TemplateError

COLOURS = Palette(
    "#0B4F5F", "#4F8D9B", "#E5F0F2", "#1B1D21", "#53575E", "#B3B8BF", "#B00047", ("S",)
)
SVG = "{http://www.w3.org/2000/svg}"


def way(**options: str) -> Facts:
    rows = (("Accueil",), ("Suivi & fin",))
    return Facts("etapes", "La démarche", ("libelle",), ("Étape",), rows, options)


def test_the_words_tell_the_steps() -> None:
    told = " ".join(tell_steps(way(retour="1", pourquoi="besoin")).split())
    assert told.startswith("Schéma en 2 étapes qui se suivent : La démarche. 1. Accueil, 2. Suivi")
    assert "ramener à l’étape 1 (besoin)" in told


def test_the_step_of_the_reader_is_in_strong_colour() -> None:
    picture = etree.fromstring(draw_steps(way(actif="2"), COLOURS, 560).content)
    assert [path.get("fill") for path in picture.findall(f"{SVG}path")] == ["#E5F0F2", "#0B4F5F"]


@pytest.mark.parametrize("option", [{"actif": "3"}, {"retour": "x"}])
def test_a_rank_that_no_step_has_is_refused(option: dict[str, str]) -> None:
    with pytest.raises(TemplateError, match="n’est le numéro d’aucune"):
        tell_steps(way(**option))


def test_on_a_telephone_steps_are_one_below_the_other_and_read() -> None:
    picture = etree.fromstring(draw_steps(way(), COLOURS, 160).content)
    words = [word for word in picture.iter(f"{SVG}text") if word.text not in {"1", "2"}]
    assert len({word.get("x") for word in words}) == 1
    assert float(words[0].get("y")) < float(words[1].get("y"))
    assert all(float(word.get("font-size")) >= 13 for word in words)
