"""French typography only replaces ordinary spaces that are there."""

from collections.abc import Iterator

import pytest

from dla_docs.engines.pandoc import Pandoc
from dla_docs.tree.nodes import Nodes, nodes, text
from dla_docs.tree.typography import typography

FINE = "\u202f"
FIXED = "\u00a0"


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


def set_in_french(pandoc: Pandoc, markdown: str) -> str:
    blocks: Nodes = pandoc.read(markdown, [])[0]
    return text(typography(blocks)).strip()


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Bonjour !", "Bonjour~!"),
        ("Quoi ? Rien ; non.", "Quoi~? Rien~; non."),
        ("Objet : le bilan", "Objet_: le bilan"),
        ("« Faire avec » eux", "«~Faire avec~» eux"),
        ("« Il dit « oui » »", "«~Il dit «~oui~»~»"),
        ("« un » : deux", "«~un~»_: deux"),
        ("« Bonjour ! »", "«~Bonjour~!~»"),
        ("« 14 h 30 »", "«~14_h 30~»"),
        ("Vraiment ?!", "Vraiment~?!"),
        ("20 % de 3 600 €", "20_% de 3_600_€"),
        ("1 234 567,89 €", "1_234_567,89_€"),
        ("12 345 jours", "12_345_jours"),
        ("19 (au 31 décembre 2025)", "19 (au_31_décembre_2025)"),
        ("deux chargées de mission", "deux chargées de_mission"),
        ("9 600 € TTC – phase 1", "9_600_€_TTC_–_phase_1"),
        ("de 12 à 18 mois, 2,5 ETP", "de 12 à 18_mois, 2,5_ETP"),
        ("en 2 moissons, r2 jours", "en 2 moissons, r2 jours"),
        ("faites : 1 sur 2, assises sur 2 bancs", "faites_: 1_sur_2, assises sur 2 bancs"),
        ("Région, 11 000 € ; en 2026, 12 fiches", "Région,_11_000_€~; en 2026, 12 fiches"),
        ("n° 12 et N° 3", "n°_12 et N°_3"),
        ("(n° 12)", "(n°_12)"),
        ("en 2026 300 personnes", "en 2026 300 personnes"),
        ("de 10 à 12 000 €", "de 10 à 12_000_€"),
        ("**Objet** : le *bilan* !", "Objet_: le bilan~!"),
        ("« **gras** »", "«~gras~»"),
        ("[un lien](https://exemple.fr) : voir", "un lien_: voir"),
        ("Quoi\n? Rien", "Quoi~? Rien"),
        ("le 12 mars 2026 et le 1er avril", "le 12_mars_2026 et le 1er_avril"),
        ("en mars 2026, à 14 h", "en mars_2026, à_14_h"),
        ("au 04 65 71 05 90.", "au 04_65_71_05_90."),
        ("(a@exemple.fr, 06 39 98 05 11)", "(a@exemple.fr, 06_39_98_05_11)"),
        ("+33 6 39 98 05 12", "+33_6_39_98_05_12"),
        ("de 9 h 30 à 12 h", "de 9_h 30 à_12_h"),
        ("M. Kerbrat et Mme Montagut", "M._Kerbrat et Mme_Montagut"),
        ("code 05000 Gap", "code 05000_Gap"),
        ("SIRET 732 829 320 00074", "SIRET_732 829 320 00074"),
        ("Bâtiment B, axe 2, page d’accueil", "Bâtiment_B, axe_2, page d’accueil"),
        ("convention 2025-021-C1 : 2,00 points", "convention_2025-021-C1_: 2,00_points"),
        # As one word they would leave a narrow column.
        ("jusqu’au 31 décembre 2026", "jusqu’au 31_décembre_2026"),
        ("✓ juste", "✓\u2002juste"),
    ],
)
def test_a_space_becomes_unbreakable(pandoc: Pandoc, plain: str, expected: str) -> None:
    found = set_in_french(pandoc, plain)
    assert expected == found.replace(FINE, "~").replace(FIXED, "_")


@pytest.mark.parametrize(
    "plain",
    [
        "Bonjour!",
        "à 14:30",
        "https://exemple.fr/a?b=1;c:d",
        "06 39 98 05",
        "06 39 98 05 11 12",
        "IDCC 3016",
        "en 2025 2026",
        "du 1 au 15",
        "une phase A’ et un axe",
        "a = b",
        "un/deux",
    ],
)
def test_what_needs_nothing_is_left_alone(pandoc: Pandoc, plain: str) -> None:
    assert plain == set_in_french(pandoc, plain)


@pytest.mark.parametrize("plain", ["`a : b ! 1 000 €`", "`« x »`", "```\na : b !\n```"])
def test_code_is_left_alone(pandoc: Pandoc, plain: str) -> None:
    found = set_in_french(pandoc, plain)
    assert FINE not in found
    assert FIXED not in found


@pytest.mark.parametrize(
    "plain",
    [
        f"Objet{FIXED}: bilan",
        f"Quoi{FINE}?",
        f"«{FIXED}oui{FIXED}»",
        f"12{FIXED}345{FIXED}€",
        "Objet\\ : bilan",
    ],
)
def test_what_is_already_unbreakable_stays(pandoc: Pandoc, plain: str) -> None:
    found = set_in_french(pandoc, plain)
    assert plain.replace("\\ ", FIXED) == found


HARD = """\
« Bonjour ! », dit-elle : « il reste 1 234 567 € » ; non ?

- 20 % à 14 h 30 (n° 12) ; voir https://exemple.fr/?a=1 ou *Objet : suite*…
- `code : x` et « `y` » !

1. Le 1er janvier 2027 : « 04 92 00 00 00 »
"""


def test_text_is_unchanged_up_to_its_spaces(pandoc: Pandoc) -> None:
    before: Nodes = pandoc.read(HARD, [])[0]
    spaces = str.maketrans({FINE: " ", FIXED: " "})
    assert text(before).translate(spaces) == text(typography(before)).translate(spaces)


def test_it_never_adds_nor_removes_a_character(pandoc: Pandoc) -> None:
    before: Nodes = pandoc.read(HARD, [])[0]
    assert len(text(before)) == len(text(typography(before)))


def test_doing_it_twice_changes_nothing_more(pandoc: Pandoc) -> None:
    once = typography(pandoc.read(HARD, [])[0])
    assert once == typography(once)


def test_the_tree_given_is_not_changed(pandoc: Pandoc) -> None:
    before: Nodes = pandoc.read(HARD, [])[0]
    kept = str(before)
    typography(before)
    assert kept == str(before)


@pytest.mark.parametrize("plain", ["« a", "a »", ": a", "! a", "1 000", "«", "a :"])
def test_the_edges_of_a_paragraph_are_safe(pandoc: Pandoc, plain: str) -> None:
    found = set_in_french(pandoc, f"\\{plain}" if plain[0] in ":!" else plain)
    assert plain == found.replace(FINE, " ").replace(FIXED, " ")


def test_the_thin_space_of_thousands_is_widened(pandoc: Pandoc) -> None:
    assert f"12{FIXED}345{FIXED}€" == set_in_french(pandoc, f"12{FINE}345{FIXED}€")


@pytest.mark.parametrize(
    ("plain", "raised"),
    [
        ("Article 1er", ["er"]),
        ("la 1re sur 2, la 3e (2e tour)", ["re", "e", "e"]),
        ("les 1ers janvier", ["ers"]),
        ("le XXe siècle, François Ier, la Ve République", ["e", "er", "e"]),
        ("Ce matin, Le Ier n’est pas Ie, CIVIe2", ["er"]),
        ("1ère, 12e2, a2e, 0.5e, x@1er.fr, `1er`, 2en, 4erable", []),
    ],
)
def test_the_letters_of_an_ordinal_are_raised(
    pandoc: Pandoc, plain: str, raised: list[str]
) -> None:
    set_text = typography(pandoc.read(plain, [])[0])
    assert raised == [text(node["c"]) for node in nodes(set_text, "Superscript")]


@pytest.mark.parametrize("name", ["chiffres", "en-bref"])
def test_a_number_of_short_figures_stays_with_what_it_counts(pandoc: Pandoc, name: str) -> None:
    written = "3 en cours, 1 reportée et 2 Orientations"
    said = set_in_french(pandoc, f"::: {name}\n{written}\n:::\n")
    assert said.replace(FIXED, "_") == "3_en cours, 1_reportée et 2 Orientations"
    assert set_in_french(pandoc, written) == written
