"""What is a title, a cover, a table of contents, in documents that mark none of them."""

from dla_docs.judge.cues import contracts
from dla_docs.judge.parts import parts_of
from dla_docs.judge.passages import passages_of
from dla_docs.reading.blocks import Read, Role, Words

LONG = (
    "Nous écoutons chacun, puis nous réunissons tout le monde, et nous écrivons ce qui est décidé "
    "en séance, avec les mots de ceux qui sont là, sans rien laisser pour plus tard ni rien perdre."
)


def word(*texts: str, sheet: int = 1, strong: bool = False) -> list[Words]:
    return [Words(text, rank=n, sheet=sheet, strong=strong) for n, text in enumerate(texts, 1)]


def titles(*blocks: Words) -> list[str]:
    return [one.text for one in passages_of(Read("docx", blocks)) if one.title]


def test_a_bold_line_numbered_by_hand_is_a_title() -> None:
    bold = word("II - COMMENT JE TRAVAILLE", "Étape 1 : lancement", "Pourquoi cela ?", strong=True)
    assert titles(*bold, *word(LONG)) == [one.text for one in bold]


def test_the_items_of_a_numbered_list_are_no_titles() -> None:
    assert titles(*word("2. Objectifs", "1. Analyser", "2. Décrire", "3. Formuler", LONG)) == []
    assert titles(*word("1. Rappel", LONG, "2. Méthode", LONG)) == ["1. Rappel", "2. Méthode"]


def test_a_table_of_contents_holds_nothing() -> None:
    found = word("Sommaire", "1. Rappel de la commande … 3", "Annexes 5", "1. Rappel", LONG)
    assert titles(*found) == ["1. Rappel"]


def test_a_cover_follows_the_letter_that_goes_before_it() -> None:
    letter = word("Objet : votre consultation", "Monsieur,", LONG)
    cover = word("Alidade", "22 avril 2025", sheet=2)
    found = passages_of(Read("docx", (*letter, *cover, *word("Méthode", LONG, sheet=3))))
    assert [one.text for one in found if one.cover][-1] == "22 avril 2025"


def test_the_head_of_a_page_says_who_wrote_and_no_comment_does() -> None:
    edges = (Words("Cabinet, 12 rue Neuve, 05000 Gap"),)
    remark = Words("On était à 820 pour eux ?", Role.MARGIN)
    found = passages_of(Read("docx", (*word("Méthode", LONG), remark), edges=edges))
    assert [one.text for one in found if one.around] == ["Cabinet, 12 rue Neuve, 05000 Gap"]
    assert remark.text not in [one.text for one in found]


def test_what_presents_people_is_their_part_whatever_its_title() -> None:
    person = (
        "Paul Ossola, 33 ans, salarié du cabinet, ingénieur agronome, spécialiste des milieux "
        "naturels, dix ans d’expérience."
    )
    found = passages_of(Read("docx", tuple(word("7/ Ceux d’ici", person, "6/ Méthode", LONG))))
    parts = parts_of(found, contracts()["proposition"])
    assert parts.blocks[1] == "intervenants"
