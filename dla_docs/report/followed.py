"""The structures to follow after their accompaniment: as text for people, as data for tools."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dla_docs.follow.sample import Due, Sample
from dla_docs.model.values import NARROW, NO_BREAK, number
from dla_docs.model.words import number_of

Row = Mapping[str, Any]

SAMPLE = {
    "dossier": "Dossier",
    "structure": "Structure",
    "de": "Du",
    "jusqu_au": "Au",
    "fenetre": "Période",
    "etat": "Suivi",
}
"""The columns of the structures to follow."""


def sample_data(found: Sample) -> Row:
    """The structures to follow, and what the rate of the territory asks."""
    return {
        "jour": found.jour.isoformat(),
        "taux": found.taux,
        "accompagnees": len(found.dues),
        "demandees": found.asked,
        "suivies": found.done,
        "prevues": found.planned,
        "structures": [_due(due, found) for due in found.dues],
    }


def _due(due: Due, found: Sample) -> Row:
    days = {key: getattr(due, key) for key in ("diagnostic", "de", "jusqu_au", "prevu", "fait")}
    over = found.jour > due.jusqu_au
    left = "prevu" if due.prevu else "non_fait" if over else "a_prevoir"
    return {
        "dossier": due.dossier,
        "structure": due.structure,
        **{key: day.isoformat() if day else None for key, day in days.items()},
        "fenetre": "passee" if over else "ouverte",
        "etat": "fait" if due.fait else left,
    }


def sample_rows(found: Sample) -> list[Row]:
    """The same structures, as people read them."""
    windows = {"ouverte": "ouverte", "passee": "passée"}
    rows = [_due(due, found) for due in found.dues]
    states = {"fait": "fait le {fait}", "prevu": "prévu le {prevu}"}
    states |= {"a_prevoir": "à prévoir", "non_fait": "non fait"}
    return [
        {**r, "fenetre": windows[r["fenetre"]], "etat": states[r["etat"]].format(**r)} for r in rows
    ]


def sample_text(found: Sample) -> str:
    """What the rate asks: « 20 % de 3 structures, soit 1 à suivre ; 1 suivie, 0 prévue »."""
    if not found.dues:
        return "Aucune structure n’est encore à suivre."
    names = [due.structure for due in found.dues]
    twice = sorted({name for name in names if names.count(name) > 1})
    told = (
        f" Une structure de plusieurs dossiers compte une fois par accompagnement, chacun a son "
        f"suivi{NO_BREAK}: {', '.join(twice)}."
    )
    return (
        f"Échantillon{NO_BREAK}: {number(Decimal(found.taux))}{NO_BREAK}% de "
        f"{number_of(len(found.dues), 'structure')}, soit {found.asked} à suivre{NARROW}; "
        f"{number_of(found.done, 'suivie')}, {number_of(found.planned, 'prévue')}."
        f"{told if twice else ''}"
    )
