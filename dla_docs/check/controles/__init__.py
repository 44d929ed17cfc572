"""The rules that no schema can say: one short function each, named after its code.

One module a step of the trade. A control receives a `Case`: a scope that holds one of the files
its record names in `quand`; it yields what is wrong.
"""

from types import ModuleType

from dla_docs.check.controles import (
    accueil,
    choix,
    coherence,
    convention,
    coordination,
    diagnostic,
    parcours,
    realisation,
    suivi,
)
from dla_docs.check.controles.case import Breach, Case, Control

__all__ = ["Breach", "Case", "Control", "control"]

_STEPS: tuple[ModuleType, ...] = (
    accueil,
    diagnostic,
    parcours,
    coordination,
    choix,
    convention,
    realisation,
    suivi,
    coherence,
)


def control(code: str) -> Control | None:
    """The control of a rule: the function named after its code, if there is one."""
    name = code.lower().replace("-", "_")
    found: Control | None = next((getattr(m, name) for m in _STEPS if hasattr(m, name)), None)
    return found
