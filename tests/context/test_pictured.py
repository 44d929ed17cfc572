"""What a picture concludes: mean notes, and where the first proposition parts from the second."""

from decimal import Decimal

from dla_docs.context.pictured import compared, means, widest_gaps

SCHEMA = {"properties": {"critere": {"x-libelles": {"budget": "budget", "duree": "durée"}}}}
FIRST = {"charge_mission": {"budget": Decimal("4.5"), "duree": Decimal(4)},
         "structure": {"budget": Decimal(5), "duree": Decimal(4)}}  # fmt: skip
SECOND = {"charge_mission": {"budget": Decimal(3), "duree": Decimal(4)}}


def test_each_side_counts_as_much_as_the_other() -> None:
    (budget, duree) = means(["budget", "duree"], [FIRST, SECOND])
    assert budget.moyennes == ("4,75", "3,00")
    assert duree.moyennes == ("4,00", "4,00")


def test_the_sentence_names_the_criterion_that_parts_the_two_first() -> None:
    told = compared(SCHEMA, [{"critere": "budget"}, {"critere": "duree"}], [FIRST, SECOND]).phrase
    assert told == "L’écart se fait d’abord sur un critère : budget (1,75 point)."


def test_close_notes_are_told_close_and_one_proposition_alone_says_nothing() -> None:
    assert widest_gaps(means(["duree"], [FIRST, SECOND]), {}) == (
        "Les notes sont proches sur tous les critères."
    )
    assert widest_gaps(means(["duree"], [FIRST]), {}) == ""


def test_a_criterion_that_nobody_noted_has_no_mean() -> None:
    (row,) = means(["autre"], [FIRST])
    assert row.moyennes == (None,)
