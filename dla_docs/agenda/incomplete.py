"""What a proposition that came still lacks, in words that its author understands."""

from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.model.words import folded, within

ABSENT, TO_READ = "absent", "a_verifier"
_BUDGET = ("modalites", "budget")
"""The point whose note says where the amounts disagree."""
_ELIDED = {*"aeiouyh"}
"""The first letters before which « de » is « d’ »."""


def lacks_of_offer(offer: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    """Each point that is absent, the CV of each person, the amounts that disagree.

    A point that nobody has read yet is no lack: only the DLA can say. `schema`: of propositions.
    """
    for block, inner in fields(field_at(schema, ("points",))):
        for key, point in fields(inner):
            if at(offer, ("points", block, key, "etat")) == ABSENT:
                yield within(str(point.get("title", key)))
    for person in offer.get("intervenants") or ():
        if isinstance(person, dict) and not person.get("cv"):
            name = f"{person.get('prenom', '')} {person.get('nom', '')}".strip()
            yield f"le CV d’{name}" if folded(name)[:1] in _ELIDED else f"le CV de {name}"
    budget = at(offer, ("points", *_BUDGET))
    if isinstance(budget, dict) and budget.get("etat") == TO_READ and budget.get("note"):
        note = str(budget["note"]).rstrip(". ")
        yield f"un budget dont les montants s’accordent ({note[:1].lower()}{note[1:]})"
