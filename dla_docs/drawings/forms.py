"""Every form of drawing: how it is drawn, and told to who does not see it."""

from collections.abc import Callable
from dataclasses import dataclass

from dla_docs.drawings.bars import REACHED, TARGET, draw_bars, draw_targets, tell_bars, tell_targets
from dla_docs.drawings.calendar import dots_of, draw_calendar, tell_calendar
from dla_docs.drawings.facts import VALUE, Facts, is_amount, is_length
from dla_docs.drawings.ink import Palette
from dla_docs.drawings.parties import draw_parties, tell_parties
from dla_docs.drawings.results import draw_results, tell_results
from dla_docs.drawings.series import (
    MOST,
    draw_before_after,
    draw_grouped,
    tell_before_after,
    tell_grouped,
)
from dla_docs.drawings.stacked import draw_stacked, parts_of, tell_stacked
from dla_docs.drawings.steps import draw_steps, tell_steps
from dla_docs.drawings.timeline import draw_timeline, groups_of, tell_timeline
from dla_docs.model.images import Image


@dataclass(frozen=True)
class Form:
    """A form: its drawing, on a width in pixels, and its alternative text.

    `roles` are those of its columns when a template names none; `narrow`, whether it is drawn on
    the width of a telephone as well; `fits`, whether facts can be drawn:
    what is still to fill in, or too much to be told apart, leaves the table alone.
    """

    draw: Callable[[Facts, Palette, float], Image]
    tell: Callable[[Facts], str]
    roles: tuple[str, ...] = ()
    narrow: bool = False
    fits: Callable[[Facts], bool] = lambda facts: True


def _numbers(*roles: str) -> Callable[[Facts], bool]:
    """Whether there are rows, and a length in each column of some roles."""

    def fits(facts: Facts) -> bool:
        columns = [said for role in roles for _, said in facts.series(role)]
        return bool(facts.shown) and all(is_length(word) for said in columns for word in said)

    return fits


def _few(facts: Facts) -> bool:
    return _numbers(VALUE)(facts) and len(facts.series()) <= MOST


def _some_part(facts: Facts) -> bool:
    return _numbers(VALUE)(facts) and len(parts_of(facts)) > 1


def _some_result(facts: Facts) -> bool:
    said = [word for _, column in facts.series() for word in column if word]
    return bool(said) and all(is_amount(word) for word in said)


def _some_days(facts: Facts) -> bool:
    return len(dots_of(facts)) > 1


BARS = "barres"
"""The form of a chart that names none."""

FORMS = {
    BARS: Form(draw_bars, tell_bars, ("libelle", "valeur"), narrow=True),
    "groupees": Form(draw_grouped, tell_grouped, narrow=True, fits=_few),
    "avant-apres": Form(
        *(draw_before_after, tell_before_after, ("libelle", "valeur", "valeur")),
        narrow=True,
        fits=_few,
    ),
    "empilee": Form(
        draw_stacked, tell_stacked, ("libelle", "valeur"), narrow=True, fits=_some_part
    ),
    "cible": Form(
        *(draw_targets, tell_targets, ("libelle", "detail", "realise", "cible")),
        narrow=True,
        fits=_numbers(REACHED, TARGET),
    ),
    "resultats": Form(draw_results, tell_results, fits=_some_result),
    "frise": Form(draw_timeline, tell_timeline, fits=lambda facts: bool(groups_of(facts))),
    "calendrier": Form(draw_calendar, tell_calendar, fits=_some_days),
    "parties": Form(draw_parties, tell_parties, ("libelle", "noms", "verbe"), narrow=True),
    "etapes": Form(draw_steps, tell_steps, ("libelle", "", ""), narrow=True),
}
