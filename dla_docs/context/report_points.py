"""What a final report owes, point by point: as it was read in a file, or as our own data show it.

The control of the report and that of the balance read the same ([seed 002]).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dla_docs.check.reports import RUBRICS, came_as_a_file
from dla_docs.context.grounds import Grounds
from dla_docs.context.points import ABSENT, FOUND, Block, blocks
from dla_docs.documents.documents import Document
from dla_docs.documents.logos import Logo, logo_fault, logo_owners, owed_logos, provisional
from dla_docs.model.paths import at
from dla_docs.model.schemas import field_at

FUNDERS = frozenset({"financeurs"})
OURS = frozenset({"dla", "operateur"})
"""The sets of logos that the two points of the cover are about ([seed 002])."""


def report_blocks(grounds: Grounds) -> tuple[Block, ...]:
    """Each point of the report, with its state on the day of the control."""
    schema = grounds.facts.corpus.kinds["rapport-final"].schema
    source = grounds.facts.file("rapport-final")
    data = source.data if source and isinstance(source.data, dict) else {}
    found = (
        at(data, ("points",)) or {} if came_as_a_file(grounds.facts) else _written(grounds, data)
    )
    return blocks(field_at(schema, ("points",)), found)


def _written(grounds: Grounds, data: Mapping[str, Any]) -> dict[str, Any]:
    """The states of a report that is made here: its cover is ours, its rubrics are data."""
    cover = {
        "logos": _state(list(_cover_faults(grounds, OURS))),
        "financeurs": _state(list(_cover_faults(grounds, FUNDERS))),
        # Printed to the letter, or the report is refused (R-PUB-02).
        "mention": {"etat": FOUND},
    }
    body = {key: _state([] if data.get(key) else ["pas encore écrite"]) for key in RUBRICS}
    plan = data.get("plan_actions") or ()
    undated = [] if plan else ["rien n’est préconisé"]
    undated += [f"« {one.get('preconisation')} »" for one in plan if not one.get("echeance")]
    return {"garde": cover, "corps": {**body, "echeancier": _state(undated)}}


def _state(faults: Collection[str]) -> dict[str, str]:
    return {"etat": ABSENT, "note": " ; ".join(faults)} if faults else {"etat": FOUND}


def cover_logos(grounds: Grounds) -> tuple[Logo, ...]:
    """The logos that our own report owes on the day of the control; none without such a report."""
    owner = _as_report(grounds)
    return owed_logos(owner, grounds.facts.corpus, grounds.facts.day) if owner else ()


def cover_owners(grounds: Grounds) -> tuple[str, ...]:
    """Whose logos these are: two operators may share one file."""
    owner = _as_report(grounds)
    return logo_owners(owner, grounds.facts.corpus, grounds.facts.day) if owner else ()


def _as_report(grounds: Grounds) -> Document | None:
    return replace(grounds.document, type=grounds.report) if grounds.report else None


def _cover_faults(grounds: Grounds, sets: Collection[str]) -> Iterator[str]:
    """Why logos of some sets cannot be shown, or are those that `dla init` puts in their place."""
    owed = [logo for logo in cover_logos(grounds) if logo.ensemble in sets]
    if not owed:
        yield "aucun logo n’est connu"
    for logo in owed:
        corpus = grounds.facts.corpus
        fault = logo_fault(logo, corpus)
        if fault or provisional(logo, corpus):
            yield f"le logo de « {logo.owner} » {fault or 'est encore provisoire'}"
