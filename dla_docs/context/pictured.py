"""What a picture concludes: the sentence above its drawing, and the numbers that it alone shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import number
from dla_docs.model.words import apart

_WORTH = Decimal("0.5")
"""The difference of two mean notes, of five, that is worth a word."""
_MOST = 2
"""Criteria that a sentence names, at most."""
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Mean:
    """The mean notes of a criterion, one a proposition in their order, as they are printed."""

    critere: str
    moyennes: tuple[str | None, ...]
    valeurs: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Comparison:
    """Propositions side by side: their mean notes, and the sentence that they come to."""

    moyennes: tuple[Mean, ...]
    phrase: str


def compared(
    schema: Schema,
    weighed: Sequence[Mapping[str, Any]],
    noted: Sequence[Mapping[str, Mapping[str, Decimal]]],
) -> Comparison:
    """The propositions by the criteria of a cahier des charges, whose `schema` names them."""
    names = dict(field_at(schema, ("critere",)).get("x-libelles", {}))
    names |= {one["critere"]: one["intitule"] for one in weighed if "intitule" in one}
    rows = means([str(one["critere"]) for one in weighed if "critere" in one], noted)
    return Comparison(rows, widest_gaps(rows, names))


def means(
    criteria: Sequence[str], noted: Sequence[Mapping[str, Mapping[str, Decimal]]]
) -> tuple[Mean, ...]:
    """The mean of the evaluators for each criterion: each side counts as much as the other.

    `noted`: by proposition, by evaluator, by criterion.
    """
    rows = []
    for criterion in criteria:
        values = tuple(
            _mean([notes[criterion] for notes in one.values() if criterion in notes])
            for one in noted
        )
        said = tuple(None if value is None else number(value, 2) for value in values)
        rows.append(Mean(criterion, said, values))
    return tuple(rows)


def widest_gaps(rows: Sequence[Mean], names: Mapping[str, str]) -> str:
    """Where the first proposition parts from the second, as a sentence; empty with a single one."""
    gaps = [
        (row.valeurs[0] - row.valeurs[1], names.get(row.critere, row.critere))
        for row in rows
        if len(row.valeurs) > 1 and row.valeurs[0] is not None and row.valeurs[1] is not None
    ]
    if not gaps:
        return ""
    wide = sorted((gap for gap in gaps if gap[0] >= _WORTH), key=lambda gap: -gap[0])[:_MOST]
    if not wide:
        return "Les notes sont proches sur tous les critères."
    told = [f"{name} ({number(gap, 2)} point{'s' if gap >= 2 else ''})" for gap, name in wide]
    which = "un critère" if len(wide) == 1 else "deux critères"
    return f"L’écart se fait d’abord sur {which} : {apart(told)}."


def _mean(notes: Sequence[Decimal]) -> Decimal | None:
    if not notes:
        return None
    return (sum(notes, Decimal(0)) / len(notes)).quantize(_HUNDREDTH, ROUND_HALF_UP)
