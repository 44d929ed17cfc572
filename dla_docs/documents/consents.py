"""Consents: what the structures of a dossier agreed to show, to whom, until when.

A consent is written only in `dossier.yaml`. In a collective dossier all structures must agree.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dla_docs.model.paths import Path

Consent = Mapping[str, Any]


def agreed(
    dossier: Mapping[str, Any], path: str, audience: frozenset[str], given: Iterable[Consent]
) -> bool:
    """Whether every structure agreed to show the data at a path to that audience.

    A consent to a part opens what it holds. `given` are the consents that count.
    """
    structures, counted, shown = dossier.get("structures") or [], tuple(given), _named(path)
    return bool(structures) and all(
        any(
            consent.get("structure") == structure
            and _named(consent.get("objet")).holds(shown)
            and audience <= set(consent.get("portee") or ())
            for consent in counted
        )
        for structure in structures
    )


def standing(dossier: Mapping[str, Any], day: str) -> tuple[Consent, ...]:
    """The consents that open a document of that day (AAAA-MM-JJ): given by then, never withdrawn.

    A consent withdrawn since closes older documents too: they are not printed again.
    """
    return tuple(c for c in given_by(dossier, day) if "retrait" not in c)


def given_by(dossier: Mapping[str, Any], day: str) -> tuple[Consent, ...]:
    """The consents that were valid on that day, whatever became of them."""
    listed = dossier.get("consentements") or []
    # 9999: a consent without a date opens nothing, one that is not withdrawn never ends.
    inside = (c for c in listed if c.get("date", "9999") <= day < c.get("retrait", "9999"))
    return tuple(c for c in inside if day <= c.get("jusqu_au", "9999"))


def _named(objet: object) -> Path:
    """What a consent or a template names; templates write `rapport_final`, data `rapport-final`."""
    return Path.parse(str(objet).replace("-", "_"))
