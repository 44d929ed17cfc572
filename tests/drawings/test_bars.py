"""Bars: as long as their values, labels that hold; on a target, what was done of it."""

import itertools

import pytest
from lxml import etree

from dla_docs.drawings.bars import draw_bars, draw_targets, tell_bars, tell_targets
from dla_docs.drawings.facts import Facts
from dla_docs.drawings.ink import MM, Palette

COLOURS = Palette(
    "#0B4F5F", "#4F8D9B", "#E5F0F2", "#1B1D21", "#53575E", "#B3B8BF", "#B00047", ("S",)
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: tuple[str, str], width: float = 640) -> etree._Element:
    facts = Facts("barres", "Jours", ("libelle", "valeur"), ("", ""), rows, {})
    return etree.fromstring(draw_bars(facts, COLOURS, width).content)


def widths(picture: etree._Element) -> list[float]:
    return [float(rect.get("width", "")) for rect in picture.iter(f"{SVG}rect")]


def test_bars_are_as_long_as_their_values() -> None:
    ten, five, nought = widths(drawn(("A", "10"), ("B", "5 €"), ("C", "0")))
    assert five == pytest.approx(ten / 2, abs=0.1)
    assert nought == 0


def test_equal_zeros_are_drawn() -> None:
    assert widths(drawn(("A", "0"), ("B", "0"))) == [0, 0]


def test_long_labels_are_cut_in_lines_before_the_bars() -> None:
    words = "Accompagnement à la transformation anticonstitutionnellement-prolongée " * 2
    picture = drawn((words + "W" * 80, "10"))
    left = float(next(picture.iter(f"{SVG}rect")).get("x", ""))
    labels = [line for line in picture.iter(f"{SVG}text") if line.get("x") == "0.0"]
    assert len(labels) > 4
    assert all(0.45 * 12.7 * len(line.text or "") < left for line in labels if "W" not in str(line))


def test_rows_do_not_overlap() -> None:
    picture = drawn(*(("Un libellé assez long pour prendre plusieurs lignes " * 2, "3"),) * 4)
    lines = [t for t in picture.iter(f"{SVG}text") if t.get("x") == "0.0"]
    heights = [float(line.get("y", "")) for line in lines]
    assert all(after - before > 13 for before, after in itertools.pairwise(heights))
    assert heights[-1] < float(picture.get("height", ""))


def test_labels_of_several_lines_are_further_apart_than_their_lines() -> None:
    picture = drawn(*(("Un libellé assez long pour prendre deux lignes ici", "3"),) * 3)
    texts = [t for t in picture.iter(f"{SVG}text") if t.get("x") == "0.0"]
    assert len(texts) == 6
    gaps = [float(b.get("y", "")) - float(a.get("y", "")) for a, b in itertools.pairwise(texts)]
    within, between = gaps[0::2], gaps[1::2]
    assert min(between) - max(within) == pytest.approx(2.4 * MM, abs=0.3)


def test_labels_are_text_whatever_they_hold() -> None:
    picture = drawn(('<script> & "co"', "1"))
    assert '<script> & "co"' in ["".join(t.itertext()) for t in picture.iter(f"{SVG}text")]


def test_what_was_done_is_drawn_on_its_target_and_written() -> None:
    roles = ("libelle", "detail", "realise", "cible")
    facts = Facts(
        "cible", "Objectifs", roles, ("",) * 4, (("Forums", "personnes", "30", "60"),), {}
    )
    goal, done = widths(etree.fromstring(draw_targets(facts, COLOURS, 560).content))
    assert done == pytest.approx(goal / 2, abs=0.1)
    assert "Forums, 30 sur 60" in tell_targets(facts)


def test_bars_without_a_table_tell_each_value() -> None:
    rows = (("Méthode", "25"), ("Budget", "10"))
    alone = Facts("barres", "Poids", ("libelle", "valeur"), ("", ""), rows, {"dessin-seul": "oui"})
    assert tell_bars(alone).endswith("Poids. Méthode, 25\u202f; Budget, 10.")
