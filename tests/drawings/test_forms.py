"""Every form: drawn within its width, with words that hold what a table would, the same twice."""

import re
from dataclasses import astuple

import pytest
from lxml import etree

from dla_docs.drawings.facts import Facts
from dla_docs.drawings.forms import FORMS
from dla_docs.drawings.ink import Palette

COLOURS = Palette(
    "#0B4F5F", "#4F8D9B", "#E5F0F2", "#1B1D21", "#53575E", "#B3B8BF", "#B00047", ("S",)
)
SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 567.0
LONG = "Préparer un dialogue de gestion coordonné entre les deux départements"


def facts(form: str, roles: str, *rows: tuple[str, ...], **options: str) -> Facts:
    names = tuple(f"Nom {rank}" for rank, _ in enumerate(rows[0]))
    return Facts(form, "Le titre", tuple(roles.split(",")), names, rows, options)


SAMPLES = {
    "barres": facts("barres", "libelle,valeur", (LONG, "12 jours"), ("B", "0 jour")),
    "groupees": facts(
        "groupees", "libelle,detail,valeur,valeur,valeur", (LONG, "poids 20", "4,75", "3", "5")
    ),
    "avant-apres": facts("avant-apres", "libelle,valeur,valeur", (LONG, "10", "12")),
    "empilee": facts(
        "empilee", "libelle,valeur", *((f"{LONG} {n}", f"{n} 000 €") for n in "12345")
    ),
    "cible": facts("cible", "libelle,detail,realise,cible", (LONG, LONG, "120", "60")),
    "resultats": facts("resultats", "libelle,valeur,valeur", (LONG, "8 200 €", "−18 700 €")),
    "frise": facts(
        "frise", "groupe,libelle,debut,fin,etat",
        ("Par le DLA", LONG, "1er mars 2026", "30 novembre 2026", "reportée"),
        ("Par le DLA", LONG, "", "30 novembre 2026", "en cours"),
        jour="6 octobre 2026", jalons="2 mars 2026, 3 mars 2026, 30 novembre 2026",
    ),
    "calendrier": facts(
        "calendrier", "numero,jour",
        ("1", "30 juin 2026"), ("2", "1er juillet 2026"), ("3", "à fixer"),
    ),
    "parties": facts(
        "parties", "libelle,noms,verbe", ("Le DLA", "Un|Deux", "accompagne"),
        ("Les bénéficiaires", LONG, "accompagne"), ("Le prestataire", "A", "le DLA paie 10 902 €"),
    ),
    "etapes": facts("etapes", "libelle", ("Accueil",), ("Mission",), actif="1"),
}  # fmt: skip


def test_every_form_has_a_sample() -> None:
    assert set(SAMPLES) == set(FORMS)


@pytest.mark.parametrize("form", SAMPLES)
def test_a_drawing_stays_within_its_width(form: str) -> None:
    picture = etree.fromstring(FORMS[form].draw(SAMPLES[form], COLOURS, WIDTH).content)
    for rect in picture.iter(f"{SVG}rect"):
        assert float(rect.get("x", "")) + float(rect.get("width", "")) <= WIDTH + 0.1
    for words in picture.iter(f"{SVG}text"):
        assert 0 <= float(words.get("x", "")) <= WIDTH
        assert float(words.get("font-size", "")) >= 8.5 * 96 / 72 - 0.01


def test_parties_stand_one_below_the_other_on_a_telephone() -> None:
    narrow = etree.fromstring(FORMS["parties"].draw(SAMPLES["parties"], COLOURS, 348.0).content)
    boxes = [rect for rect in narrow.iter(f"{SVG}rect") if rect.get("stroke")]
    assert len({box.get("x") for box in boxes}) == 1
    assert len({box.get("y") for box in boxes}) == 3
    assert "le DLA paie 10 902 €" in "".join(narrow.itertext())


@pytest.mark.parametrize("form", SAMPLES)
def test_a_drawing_is_the_same_twice_in_colours_of_its_family(form: str) -> None:
    first, second = (FORMS[form].draw(SAMPLES[form], COLOURS, WIDTH) for _ in range(2))
    assert first == second
    used = set(re.findall("#[0-9A-F]{6}", first.content.decode()))
    assert used <= {*astuple(COLOURS)[:-1], "#FFFFFF"}


@pytest.mark.parametrize("form", SAMPLES)
def test_words_tell_the_title_and_end_as_a_sentence(form: str) -> None:
    told = FORMS[form].tell(SAMPLES[form])
    assert "Le titre" in told
    assert told.endswith(".")


def test_the_fourth_part_and_those_after_are_one() -> None:
    told = FORMS["empilee"].tell(SAMPLES["empilee"])
    assert told.endswith("Autres, 9\u202f000\u00a0€.") or told.endswith(
        "Autres, 9\u00a0000\u00a0€."
    )


def test_two_close_days_stand_at_two_heights() -> None:
    picture = etree.fromstring(
        FORMS["calendrier"].draw(SAMPLES["calendrier"], COLOURS, WIDTH).content
    )
    heights = [circle.get("cy") for circle in picture.iter(f"{SVG}circle")]
    assert len(heights) == len(set(heights)) == 2


def test_a_wide_gap_of_two_notes_is_written() -> None:
    told = facts(
        "groupees", "libelle,valeur,valeur", ("A", "4,75", "3"), ("B", "4", "4"), ecart="1"
    )
    assert FORMS["groupees"].draw(told, COLOURS, WIDTH).words.count("écart de 1,75") == 1


def test_the_notes_that_a_mean_is_of_are_drawn_beside_it_and_told() -> None:
    roles = "libelle,valeur,valeur,note,note"
    told = facts("groupees", roles, ("A", "4,75", "3", "4,5", "3"), **{"dessin-seul": "en-grand"})
    assert FORMS["groupees"].tell(told).endswith("A, Nom 1 4,75 (Nom 3 4,5) et Nom 2 3 (Nom 4 3).")
    assert ">4,5<" in FORMS["groupees"].draw(told, COLOURS, WIDTH).content.decode()


def test_the_results_of_one_structure_have_the_whole_width() -> None:
    row = (LONG, "8 200 €", "11 500 €")
    ends, heights = [], []
    for rows, legend in (((row,), ""), ((row, row), "Même échelle.")):
        sample = facts("resultats", "libelle,valeur,valeur", *rows, legende=legend)
        drawing = FORMS["resultats"].draw(sample, COLOURS, WIDTH)
        picture = etree.fromstring(drawing.content)
        ends.append(float(str(picture.findall(f".//{SVG}path")[0].get("d")).split("h")[1]))
        heights.append(drawing.height)
    assert ends[0] == WIDTH > 2 * ends[1]
    assert heights[0] < heights[1]
