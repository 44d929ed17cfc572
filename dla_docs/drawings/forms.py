"""Every form of drawing: how it is drawn, and told to who does not see it."""

from collections.abc import Callable
from dataclasses import dataclass

from dla_docs.drawings.bars import draw_bars, draw_targets, tell_bars, tell_targets
from dla_docs.drawings.calendar import draw_calendar, tell_calendar
from dla_docs.drawings.facts import Facts
from dla_docs.drawings.ink import Palette
from dla_docs.drawings.parties import draw_parties, tell_parties
from dla_docs.drawings.results import draw_results, tell_results
from dla_docs.drawings.series import (
    draw_before_after,
    draw_grouped,
    tell_before_after,
    tell_grouped,
)
from dla_docs.drawings.stacked import draw_stacked, tell_stacked
from dla_docs.drawings.steps import draw_steps, tell_steps
from dla_docs.drawings.timeline import draw_timeline, tell_timeline
from dla_docs.model.images import Image


@dataclass(frozen=True)
class Form:
    """A form: its drawing, on a width in pixels, and its alternative text.

    `roles` are those of its columns when a template names none.
    """

    draw: Callable[[Facts, Palette, float], Image]
    tell: Callable[[Facts], str]
    roles: tuple[str, ...] = ()


BARS = "barres"
"""The form of a chart that names none."""

FORMS = {
    BARS: Form(draw_bars, tell_bars, ("libelle", "valeur")),
    "groupees": Form(draw_grouped, tell_grouped),
    "avant-apres": Form(draw_before_after, tell_before_after, ("libelle", "valeur", "valeur")),
    "empilee": Form(draw_stacked, tell_stacked, ("libelle", "valeur")),
    "cible": Form(draw_targets, tell_targets, ("libelle", "detail", "realise", "cible")),
    "resultats": Form(draw_results, tell_results),
    "frise": Form(draw_timeline, tell_timeline),
    "calendrier": Form(draw_calendar, tell_calendar),
    "parties": Form(draw_parties, tell_parties, ("libelle", "noms", "verbe")),
    "etapes": Form(draw_steps, tell_steps, ("libelle", "", "")),
}
