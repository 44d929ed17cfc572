"""What a proposition copies of the order: told with where, and never its own words."""

from dla_docs.judge.copies import copies_of, repeated
from dla_docs.judge.expected import Expected
from dla_docs.judge.passages import Passage

ORDER = (
    "Le départ de la directrice approche et l’association raisonne encore en termes de "
    "remplacement alors que le poste a grandi avec elle sans jamais être redessiné ni partagé "
    "avec personne"
)
EXPECTED = Expected(order=ORDER, asked=ORDER, run=25, share=40)


def told(text: str, block: str = "rappel") -> list[str]:
    return list(copies_of([Passage(text, text, rank=9)], [block], EXPECTED))


def test_an_order_that_is_copied_is_told_where_it_is() -> None:
    (said,) = told(ORDER)
    assert "31 mots d’affilée, 100 % de suites" in said
    assert "paragraphe 9 : « Le départ de la directrice" in said


def test_its_own_words_copy_nothing() -> None:
    assert told("Vingt ans de maison tiennent dans une seule tête, qui s’en va bientôt.") == []


def test_without_a_recall_the_longest_run_alone_is_counted() -> None:
    assert "% de suites" not in told(ORDER, block="")[0]


def test_without_an_order_nothing_is_compared() -> None:
    assert list(copies_of([Passage(ORDER, ORDER)], ["rappel"], Expected())) == []


def test_a_report_made_of_the_proposition_is_told() -> None:
    done = Passage("Deux ateliers ont eu lieu.", "deux ateliers ont eu lieu.", page=2)
    offered = Expected(offer=ORDER, run=25)
    (said,) = repeated([Passage(ORDER, ORDER, page=1), done], offered)
    assert "86 % du rapport est repris mot pour mot de la proposition (page 1" in said
    assert list(repeated([done], offered)) == []
