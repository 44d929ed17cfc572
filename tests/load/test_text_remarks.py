"""What is told of a text before it is sent."""

import time

import pytest

from dla_docs.load.text_remarks import remarks, unformatted
from dla_docs.model.findings import Severity


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Avant.\n<!-- à vérifier --> Après.", 1, "commentaire"),
        ("Du <b>gras</b>", 0, "balise « <b> »"),
        ("| a |\n|---|\n| b | c |", 2, "2 cases, et son en-tête 1"),
        ("Voici :\n\n| a | b |\n| c | d |", 2, "ligne de tirets"),
        ("1. a\n\n3. b", 2, "« 3. » deviendra « 2. »"),
        ("Une phrase.\n\n    Un alinéa.", 2, "quatre espaces"),
        ("Voir le [plan](plan.pdf).", 0, "n’en garde que les mots"),
        ("##Titre", 0, "« # »"),
        ("Le ~~premier~~ second choix", 0, "« ~~ »"),
        ("- 3 %", 0, "nombre négatif"),
        ("| a" * 9 + " |\n" + "|---" * 9 + "|", 0, "9 colonnes"),
        ("Un ==mot== à voir", 0, "« ==mot== »"),
        ("Une surface de 40 m^2^", 0, "« ^2^ »"),
        ("Le H~2~O", 0, "« ~2~ »"),
        ("![Le plan](plan.png){width=5cm}", 0, "« {width=5cm} »"),
        ("::: note\nÀ lire.\n:::", 0, "« ::: note »"),
        ("Fin.\n\n\\newpage\n\nSuite.", 2, "« \\newpage »"),
        ("Voir [le site] (https://exemple.fr).", 0, "« [le site] (https:// »"),
        ("Voir (le site)[https://exemple.fr].", 0, "« (le site)[https:// »"),
        ("!(Le plan)[plan.png]", 0, "« !(Le plan)[plan.png] »"),
        ("![[plan.png]]", 0, "« ![[plan.png]] »"),
        ("Voici :\n\n-un bilan\n-deux ateliers", 2, "« -un bilan -deux ateliers »"),
        ("1.un bilan\n2.deux ateliers", 0, "« 1.un bilan 2.deux ateliers »"),
        ("Un\n\ntexte[^2].", 2, "« [^2] » appelle une note"),
        ("Un texte.\n\n[^2]: Une note.", 2, "rien n’appelle la note « [^2] »"),
        ("Un\n\n**mot jamais fermé.", 2, "« ** »"),
        ("Un ** mot ** écarté", 0, "« ** »"),
    ],
)
def test_what_would_not_be_printed_as_typed_is_told_at_its_line(
    text: str, line: int, words: str
) -> None:
    first = remarks(text)[0]
    assert (first.line, first.severity) == (line, Severity.ALERTE)
    assert words in first.message


def test_bold_words_in_a_text_without_layout_are_told() -> None:
    (told,) = unformatted("2 ** 3, puis 2**10.\nLes **feuilles** d’heures")
    assert (told.line, told.severity) == (1, Severity.ALERTE)
    assert "« **feuilles** » gardera ses « ** »" in told.message


@pytest.mark.parametrize(
    "text",
    [
        "Un prix < 3 000 € et > 2 000 €.",
        "Écrire `<b>` et `<!-- -->`.\n\n```\n<br>\n```",
        "| a | b |\n|---|---|\n| c | d |",
        "1. a\n2. b\n\nPuis :\n\n1. c\n1. d\n1. e",
        "- a\n\n    suite de a",
        "Voir [le site](https://exemple.fr) et <lise@exemple.fr>.",
        "- 3 jours de présence\n- 3 % de marge au plus",
        "Le n° 12 et #12",
        "- **Le bilan**, *pour lui*, et __elle__ : ***vite***\n" * 50,
        "*obligatoire\n" * 50 + "un_nom_de_fichier 3*4*5",
        "Un appel[^1], **gras** et **encore**, 2**10, \\*\\*.\n\n[^1]: Sa **note** : a == b.",
        "Un écart de -3 %\n-4 % ensuite ; C++ et C++ ; vers 18 h ~ 19 h ; A~B",
        "Le fichier {nom} et [celui-ci](https://exemple.fr) (https://exemple.fr) : \\o/",
    ],
)
def test_a_right_text_is_told_nothing_of(text: str) -> None:
    assert remarks(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        ">" * 300 + " a",
        "- " * 40 + "a",
        "a. " * 40 + "a",
        "(ii) " * 40 + "a",
        "[^1]: " + "> - " * 20 + "a",
        "> " * 5 + " " * 20 + "> " * 3 + " " * 10 + "- a",
        "[" * 40 + "a" + "]" * 40,
        "*_" * 40 + "a" + "_*" * 40,
        "*a **b " * 40 + "x" + " c** d*" * 40,
        "***a** " * 40 + "x" + " c*" * 40,
        "*a __b " * 40 + "x" + " __ *" * 40,
    ],
)
def test_what_is_nested_beyond_reason_is_an_error(text: str) -> None:
    (told,) = remarks(f"Avant.\n\n{text}")
    assert (told.line, told.severity) == (2, Severity.ERREUR)


@pytest.mark.parametrize("unit", ["![", "[a](", "<a ", "<!--", "| a ", "> a\n", "1. a\n"])
def test_a_hostile_text_is_looked_at_at_once(unit: str) -> None:
    start = time.process_time()
    remarks(unit * 20_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("link", ["<mailto:a.b@exemple.fr>", "<https://exemple.fr/bilan>"])
def test_an_address_between_angle_brackets_is_no_tag(link: str) -> None:
    assert remarks(f"Écrire à {link}.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "mot " * 60_000,
        "![" * 60_000,
        "[a](b" * 3_000,
        "<http://" * 5_000,
        "&" * 20_000,
        "[^a]: " * 3_000,
        ("[" * 2_000 + "\n\n") * 20,
    ],
)
def test_a_text_that_pandoc_would_not_read_in_time_is_an_error(text: str) -> None:
    start = time.process_time()
    (remark,) = remarks(text)
    assert remark.severity is Severity.ERREUR
    assert time.process_time() - start < 3


def test_a_list_of_two_hundred_links_is_read() -> None:
    line = "- [Le guide des associations](https://exemple.fr/guide/{}) : il dit ceci & cela\n"
    assert remarks("".join(line.format(n) for n in range(200))) == ()


def test_remarks_of_one_kind_are_bounded() -> None:
    assert len(remarks("[a](b.pdf)\n\n##Titre\n\n" * 1_000)) <= 100


@pytest.mark.parametrize(
    "text", ["[a](" + "b" * 190_000, "~" * 190_000 + "`", "<a:" + "b" * 190_000]
)
def test_a_sign_that_nothing_closes_is_looked_for_once(text: str) -> None:
    start = time.process_time()
    remarks(text)
    assert time.process_time() - start < 2


def test_marks_that_may_nest_are_counted_in_one_reading() -> None:
    start = time.process_time()
    for unit in ("*a ", "a* ", "*_", "_*a", "***a", "a. ", "[^a]:", "* "):
        remarks(unit * (60_000 // len(unit)))
    assert time.process_time() - start < 6
