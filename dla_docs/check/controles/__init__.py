"""The rules that no record can say: what needs judgement, or several files at once.

One module a step of the trade. A function marked `@rule("R-…")` receives the facts of a scope
that holds one of the files its record names in `quand`; it yields relations.
"""

from dla_docs.check.controles import (
    amounts,
    avenants,
    bilan,
    choix,
    comite,
    commande,
    convention,
    coordination,
    copies,
    decisions,
    diagnostic,
    diffusion,
    echeanciers,
    grille,
    mandats,
    paiement,
    parcours,
    parties,
    precedents,
    presences,
    realisation,
    retards,
    signataires,
    suivi,
)
from dla_docs.check.controles.registry import collect

__all__ = ["CONTROLS"]

CONTROLS = collect(
    (
        diagnostic,
        parcours,
        commande,
        comite,
        coordination,
        grille,
        choix,
        convention,
        copies,
        avenants,
        echeanciers,
        mandats,
        realisation,
        decisions,
        retards,
        suivi,
        bilan,
        paiement,
        amounts,
        parties,
        precedents,
        signataires,
        presences,
        diffusion,
    )
)
"""The functions of each rule, by its code."""
