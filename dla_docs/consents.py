"""Consents: what the structures of a dossier agreed to show, to whom, until when.

A consent is written only in `dossier.yaml`. In a collective dossier all structures must agree.
"""

from collections.abc import Mapping
from typing import Any


def agreed(
    dossier: Mapping[str, Any], path: str, audience: frozenset[str], by: str | None = None
) -> bool:
    """Whether every structure agreed to show a datum to that audience.

    `path` is a part or `partie.champ`; a consent to a part opens what it holds. `by` is the day
    (AAAA-MM-JJ) on which the agreement had to be there; without it, one not withdrawn counts.
    """
    structures = dossier.get("structures") or []
    given = [c for c in dossier.get("consentements") or [] if _stands(c, by)]
    return bool(structures) and all(
        any(
            consent.get("structure") == structure
            and f"{path}.".replace("-", "_").startswith(_opened(consent))
            and audience <= set(consent.get("portee") or ())
            for consent in given
        )
        for structure in structures
    )


def _opened(consent: Mapping[str, Any]) -> str:
    return f"{consent.get('objet')}.".replace("-", "_")


def _stands(consent: Mapping[str, Any], by: str | None) -> bool:
    withdrawn = consent.get("retrait")
    if by is None:
        return not withdrawn
    return consent.get("date", "9999") <= by and (not withdrawn or withdrawn > by)
