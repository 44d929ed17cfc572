"""Who is convened to an instance: those that a convocation names, else all who sit in it that day.

The directory of members (`territoire.annuaire`) is kept once, with the terms of each.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import Code

COMITE, COPIL = "comite_appui", "pilotage_departemental"
"""The instances that are convened, as the terms of the directory name them."""


@dataclass(frozen=True)
class Convened:
    """One who is convened: an organisation, its family, who stands for it."""

    organisme: str
    famille: Code
    nom: str | None = None
    fonction: str | None = None


def sits(member: Mapping[str, Any], instance: str, day: str) -> bool:
    """Whether a member of the directory has a term in an instance on a day, AAAA-MM-JJ."""
    return any(
        term.get("instance") == instance
        and term.get("debut", "") <= day <= term.get("fin", "9999-12-31")
        for term in member.get("mandats") or ()
    )


def convened(
    directory: Iterable[Mapping[str, Any]],
    named: Collection[str],
    instance: str,
    day: str,
    places: Collection[str],
) -> Iterator[Mapping[str, Any]]:
    """The members convened, in the order of the directory.

    `named`: those the convocation names; none means all who sit that day. `places`: the
    départements it is about; none means all, as for a member who names none.
    """
    for member in directory:
        here = set(member.get("departements") or places)
        near = not places or not here.isdisjoint(places)
        if member.get("id") in named if named else near and sits(member, instance, day):
            yield member


def printed(member: Mapping[str, Any], schema: Schema) -> Convened:
    """A member as documents print it; `schema` is that of an element of the directory."""
    family = str(member.get("famille", ""))
    labels = field_at(schema, ("famille",)).get("x-libelles", {})
    code = Code(family, str(labels.get(family, family)))
    return Convened(str(member.get("organisme")), code, member.get("nom"), member.get("fonction"))
