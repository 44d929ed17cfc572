"""Who represents a party on a day: the people of its record have dates, a convention lasts."""

from collections.abc import Iterable, Mapping
from typing import Any

from dla_docs.check.facts import Facts, full_name
from dla_docs.model.identity import names
from dla_docs.model.words import folded

Person = Mapping[str, Any]
ROLE = 5
"""Letters that tell a function whatever its gender: président, présidente ; gérant, gérante."""


def in_office(leader: Person, day: Any) -> bool:
    """Whether somebody who leads a structure did on a day, or ever if none is given."""
    # Bounds that every day is within, for a mandate without dates.
    return not day or leader.get("debut", "0001") <= day <= leader.get("fin", "9999")


def leaders(facts: Facts, party: str, name: str) -> list[Person]:
    """Who represents an operator, a structure or a prestataire, or did, as its record says."""
    if party == "beneficiaire":
        return list(facts.record("structures", name).get("dirigeants") or ())
    records = [o.value for o in facts.data("territoire.operateurs[]") if o.value.get("id") == name]
    if party == "prestataire":
        records = [facts.record("prestataires", name)]
    listed = [[*(r.get("anciens_representants") or ()), r.get("representant")] for r in records]
    # Those before come first: nothing dates who represents it now.
    return [one for ones in listed for one in ones if one]


def in_charge(former: Iterable[Person], now: Person | None, day: str) -> Person | None:
    """Who held a place on a day: one of those who left it since, else who holds it now."""
    return next((one for one in former if in_office(one, day)), now)


def representative(written: Person, known: Iterable[Person], day: str) -> Person:
    """Who represents a party on a day, `written` being who signed the convention for it.

    The same person while in office; then who has the same function, else the first in office. The
    same person where the record says nothing.
    """
    placed = [leader for leader in known if in_office(leader, day)]
    if not placed or any(names(full_name(written), leader) for leader in placed):
        return written
    alike = (leader for leader in placed if role(leader) == role(written))
    return next(alike, placed[0])


def role(person: Person) -> str:
    """A function as it is compared: its first word, whatever its gender."""
    return folded(str(person.get("fonction", "")))[:ROLE]


def signing(avenant: Person, denomination: str) -> Person | None:
    """Who an avenant says signs for a party; None where it leaves it to the record."""
    listed = avenant.get("representants") or ()
    own = (one for one in listed if folded(str(one.get("denomination"))) == folded(denomination))
    return next(own, None)
