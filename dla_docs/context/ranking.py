"""The propositions of a consultation in order: their notes, by evaluator, and their totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from dla_docs.context.offers import Offer
from dla_docs.model.values import Moyenne

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Rank:
    """A proposition in the analysis. `notes`: by evaluator, by criterion, each on its own scale.

    Totals are out of what the weights of the criteria make together: 100, 70. `totaux` are by
    evaluator, `total` is their mean: each side counts as much as the other.
    """

    prestataire: Any
    rang: int
    total: Decimal
    totaux: Mapping[str, Decimal]
    notes: Mapping[str, Mapping[str, Decimal]]
    budget: Any
    offre: Offer | None = None


def mean_notes(listed: list[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The mean note of each criterion, where several evaluators of one side noted."""
    keys = dict.fromkeys(k for notes in listed for k in notes if not k.startswith("x-"))
    given = {key: [Decimal(n[key]) for n in listed if key in n] for key in keys}
    return {key: _even(sum(values, Decimal(0)) / len(values)) for key, values in given.items()}


def as_printed(total: Fraction | int) -> Decimal:
    """A total as the grille prints it: ranks follow from what is read there.

    Equal on paper is equal. A fraction until then: a note out of 3 has no end in decimals, and a
    half is rounded up.
    """
    exact = Decimal(total.numerator) / total.denominator
    return Moyenne(exact.quantize(_TENTH, ROUND_HALF_UP))


def _even(note: Decimal) -> Decimal:
    """A note that prints with one decimal, as the others of its column; a finer one as it is."""
    return Moyenne(note) if note == note.quantize(_TENTH) else note
