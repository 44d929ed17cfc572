"""`dla watch`: at each save, what is found and the documents concerned."""

import os
from datetime import datetime
from functools import partial

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.confined import clock
from dla_docs.model.errors import DlaError
from dla_docs.model.words import number_of
from dla_docs.report import text
from dla_docs.report.veil import Sight, in_a_forge
from dla_docs.watch.changes import changes
from dla_docs.watch.seen import Seen, look, look_again, remake
from dla_docs.workshop import apart

SHOWN = 5
"""New findings told one by one, at most: beyond, `dla check` tells them all."""


@click.command()
@click.option(
    "--sans-documents",
    "findings_only",
    is_flag=True,
    help="Ne pas refaire les documents déjà produits.",
)
@click.pass_obj
def watch(options: Options, findings_only: bool) -> None:
    """Suivre ce qui s’enregistre : dire ce qui manque, et refaire les documents concernés.

    À chaque enregistrement, une ligne dit l’état de l’espace de travail, après ce qui vient
    d’apparaître. Les documents des dossiers touchés qui sont déjà dans documents/ sont refaits,
    dans les formats où ils s’y trouvent. Rien n’est dit d’un enregistrement qui ne change rien.
    Ctrl-C termine.
    """
    workspace = options.find()
    # It lasts as long as the person wants.
    clock.stop()
    seen = look(workspace, options.day)
    _say(seen)
    for saved in changes(workspace.root):
        try:
            before, seen = seen, look_again(workspace.root, seen, saved, options.day)
            if seen.new or seen.gone:
                _say(seen)
            if not findings_only:
                _say_made(seen, saved)
        except DlaError as error:
            # A schema or a template half written: the next save may mend it.
            terminal.err(f"Erreur : {error.message}", *_advice(error))
            seen = before


def _say(seen: Seen) -> None:
    """What has just appeared, then the state in one line."""
    sight = Sight(seen.examined, not in_a_forge(os.environ))
    for finding in sight.of(seen.new[:SHOWN]):
        terminal.out(*text.finding_lines(finding, seen.examined.corpus))
    others = len(seen.new) - SHOWN
    if others > 0:
        told = number_of(others, "autre constat nouveau", "autres constats nouveaux")
        terminal.out(f"{told} : dla check les dit", "")
    gone = f" ({number_of(seen.gone, 'de moins', 'de moins')})" if seen.gone else ""
    terminal.out(f"{_now()}  {text.summary(seen.findings)}{gone}")


def _say_made(seen: Seen, saved: frozenset[str]) -> None:
    """The files made again, and what is no more made."""
    outcomes = list(remake(seen, saved, partial(apart, jobs=1)))
    written = [path for one in outcomes for path in one.written if path not in one.same]
    if written:
        terminal.out(*(f"{_now()}  refait : {near(path)}" for path in written))
    if any(outcome.failure for outcome in outcomes):
        terminal.err(*text.failures_lines(outcomes))


def _advice(error: DlaError) -> list[str]:
    return [f"Conseil : {error.hint}"] if error.hint else []


def _now() -> str:
    """The time of day, by the clock of the person."""
    return datetime.now().strftime("%H:%M:%S")  # noqa: DTZ005
