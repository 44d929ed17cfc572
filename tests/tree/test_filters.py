"""The filters that replace Jinja's own."""

import pytest

from dla_docs.context.views import TemplateFault
from dla_docs.tree.filters import FILTERS

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
