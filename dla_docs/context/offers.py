"""What a prestataire offers on a day: as it was received, or as it was negotiated since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dla_docs.load.yaml_reader import Source
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema
from dla_docs.model.values import Euros
from dla_docs.model.versions import standing


@dataclass(frozen=True)
class Offer:
    """What a prestataire offers on the day of a document, days and price with tax; None if absent.

    `ajustee_le` and `objet` tell the last version that was negotiated by then: when, and what
    changed; None for an offer as it was received, which is `recu_jours` and `recu_ttc`.
    """

    jours: int | Decimal | None
    total_ttc: Euros | None
    recu_jours: int | Decimal | None
    recu_ttc: Euros | None
    ajustee_le: date | None = None
    objet: str | None = None


def offer(data: Any, schema: Schema, day: date) -> Offer | None:
    """The offer of a file `proposition`, as it stands on a day; None without one."""
    if not isinstance(data, Mapping):
        return None
    place = standing(data, schema, "budget", day.isoformat())
    received, now = data.get("budget") or {}, at(data, place) or {}
    version = at(data, place[:-1]) if len(place) > 1 else {}
    return Offer(
        now.get("jours"),
        _price(now),
        received.get("jours"),
        _price(received),
        date.fromisoformat(version["date"]) if "date" in version else None,
        version.get("objet"),
    )


def _price(budget: Mapping[str, Any]) -> Euros | None:
    return Euros(budget["total_ttc"]) if "total_ttc" in budget else None


def unpayable(record: Source | None) -> bool:
    """Whether the record of a prestataire lacks what a payment needs (R-PRE-01)."""
    return record is None or any(not record.data.get(name) for name in ("siret", "adresse"))
