"""The one verdict of the control of a proposition: what it holds, and when it came."""

from datetime import date

import pytest

from dla_docs.context.disclosed import Constat
from dla_docs.context.points import Point
from dla_docs.context.proposition_control import PropositionControl

COPIE = Constat("R-PRO-03", "alerte", "Copie", "la commande est recopiée", ("R-PRO-03",), "")
TARD = "pli retardé par une grève"


@pytest.mark.parametrize(
    ("etats", "jour", "admise", "constats", "verdict"),
    [
        (("present", None), 27, "", (), "complète"),
        (("absent", "a_verifier"), 27, "", (COPIE,), "à compléter"),
        (("present", "a_verifier"), 27, "", (), "à lire jusqu’au bout"),
        (("present",), 27, "", (COPIE,), "à revoir"),
        (("present",), 30, TARD, (), "complète, reçue hors délai et admise"),
        (("present",), 30, "", (), "complète, reçue hors délai et non classée"),
    ],
)
def test_a_proposition_has_one_verdict(
    etats: tuple[str | None, ...],
    jour: int,
    admise: str,
    constats: tuple[Constat, ...],
    verdict: str,
) -> None:
    blocs = (("Garde", tuple(Point("date", "Date", "", etat) for etat in etats)),)
    recue, limite = date(2026, 3, jour), date(2026, 3, 27)
    control = PropositionControl(blocs, recue, limite, admise, constats, comparee=True)
    assert control.verdict == f"Proposition {verdict}"


def test_a_proposition_that_nothing_compared_with_the_order_is_still_to_read() -> None:
    blocs = (("Garde", (Point("date", "Date", "", "present"),)),)
    recue = date(2026, 3, 27)
    control = PropositionControl(blocs, recue, recue, "", (), comparee=False)
    assert (control.verdict, control.complete) == ("Proposition à lire jusqu’au bout", False)
