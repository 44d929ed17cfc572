"""The filters that replace Jinja's own."""

import re

import pytest

from dla_docs.context.views import TemplateFault
from dla_docs.model.values import Euros, Riche
from dla_docs.tree.filters import FILTERS, Printer

ordered = FILTERS["sort"]


def test_what_lacks_the_field_comes_last() -> None:
    rows = [{"rang": None, "nom": "a"}, {"rang": 2, "nom": "b"}, {"rang": 1, "nom": "c"}]
    assert [row["nom"] for row in ordered(rows, attribute="rang")] == ["c", "b", "a"]


def test_texts_are_ordered_whatever_their_case_unless_it_is_asked() -> None:
    assert ordered(["b", "A", "c"]) == ["A", "b", "c"]
    assert ordered(["b", "A", "c"], True, True) == ["c", "b", "A"]


def test_values_that_do_not_compare_are_the_fault_of_the_template() -> None:
    with pytest.raises(TemplateFault, match="ne se rangent pas"):
        ordered([1, "a"])


def test_nothing_of_the_program_orders_anything() -> None:
    with pytest.raises(TemplateFault, match="__class__"):
        ordered([1, 2], attribute="__class__")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["le sport", "la culture"], "le sport et la culture"),
        (["insertion et emploi", "culture"], "insertion et emploi ; culture"),
        (["enfance, jeunesse", "culture", "sport"], "enfance, jeunesse ; culture ; sport"),
        (["insertion et emploi"], "insertion et emploi"),
        (["Les Étés", "Sète"], "Les Étés et Sète"),
    ],
)
def test_items_that_hold_a_word_of_enumeration_are_parted_by_semicolons(
    values: list[str], said: str
) -> None:
    assert said == FILTERS["enumere"](values).replace("\\", "")


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Tout change. **Que faire ?**", ("Tout change.", "Que faire ?")),
        ("Que faire ?", ("", "Que faire ?")),
        ("Tout change.\n\nQue faire ?", ("Tout change.\n\nQue faire ?", "")),
        ("**Que faire ?** Rien.", ("**Que faire ?** Rien.", "")),
    ],
)
def test_the_question_of_a_text_is_its_last_words_in_bold_or_all_of_it(
    text: str, parted: tuple[str, str]
) -> None:
    assert FILTERS["question"](Riche(text, ".")) == parted


@pytest.mark.parametrize(
    ("amount", "paid", "round"),
    [("3400", "3400,00", "3400"), ("1083.3", "1083,30", "1083,30"), ("-3400", "−3400,00", "−3400")],
)
def test_cents_are_where_one_pays(amount: str, paid: str, round: str) -> None:
    def shown(printer: Printer) -> str:
        return re.sub(r"[\\\s€]", "", printer(Euros(amount)))

    printer = Printer()
    assert paid == shown(printer)
    printer.cents = False
    assert round == shown(printer)
