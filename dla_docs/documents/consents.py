"""Consents: what the structures of a dossier agreed to show, to whom, until when.

A consent is written only in `dossier.yaml`. In a collective dossier all structures must agree.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Consent = Mapping[str, Any]


def agreed(
    dossier: Mapping[str, Any], path: str, audience: frozenset[str], given: Iterable[Consent]
) -> bool:
    """Whether every structure agreed to show a datum to that audience.

    `path` is a part or `partie.champ`; a consent to a part opens what it holds. `given` are the
    consents that count.
    """
    structures, counted = dossier.get("structures") or [], tuple(given)
    return bool(structures) and all(
        any(
            consent.get("structure") == structure
            and f"{path}.".replace("-", "_").startswith(_opened(consent))
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
    return tuple(c for c in listed if c.get("date", "9999") <= day < c.get("retrait", "9999"))


def _opened(consent: Consent) -> str:
    return f"{consent.get('objet')}.".replace("-", "_")
