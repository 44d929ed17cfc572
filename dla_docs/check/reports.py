"""A report that came as a file: what is owed in it, and what its reading has found ([seed 002])."""

from collections.abc import Iterator, Mapping

from dla_docs.check.facts import Facts, inside
from dla_docs.check.ledger import Datum
from dla_docs.model.schemas import field_at, fields

RUBRICS = ("rappel", "calendrier", "travail", "plan_actions", "annexes")
"""The five rubrics of a report written here ([seed 002])."""


def came_as_a_file(facts: Facts) -> bool:
    """Whether the report is a file that was received, its rubrics being not all written here."""
    named = facts.value("rapport-final.fichier")
    return bool(named) and not all(facts.value(f"rapport-final.{key}") for key in RUBRICS)


def forms_owed(facts: Facts) -> Mapping[str, str]:
    """The forms in which a report is handed over, and what they are called.

    On paper too ([seed 002]), unless the territory gave it up.
    """
    paper = {"papier": "papier"} if facts.parameter("rapport_papier") is not False else {}
    return {"numerique": "numérique", **paper}


def owed_points(facts: Facts) -> Iterator[tuple[str, str, Datum]]:
    """Each point owed in a received report: its block, its title, its state, None if not read."""
    source = facts.file("rapport-final")
    if source is None:
        return
    held = Datum(source, (), source.data)
    declared = field_at(facts.corpus.kinds["rapport-final"].schema, ("points",))
    for block, inner in fields(declared):
        for key, point in fields(inner):
            state = inside(held, "points", block, key, "etat")
            yield block, str(point["title"]), state
