"""`dla mail`: messages ready to send, as drafts."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near, wants_trace
from dla_docs.cli.outcomes import force_option, place_for
from dla_docs.confined import clock
from dla_docs.flow import Examined, examine
from dla_docs.load.places import TERRITORY
from dla_docs.messages.mail import Written, write_messages
from dla_docs.messages.notes import Noted, note
from dla_docs.messages.plan import Planned, plan
from dla_docs.messages.types import MessageType, load_messages
from dla_docs.model.errors import Defect, RequestError
from dla_docs.model.findings import Finding
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.words import number_of
from dla_docs.report import tabular, text
from dla_docs.report.veil import Sight, in_a_forge
from dla_docs.select import State, mission_of
from dla_docs.workshop import apart


@click.command()
@click.argument("type_", metavar="[TYPE]", default="")
@click.argument("mission", metavar="[DOSSIER/INGENIERIE]", default="")
@click.option("--pour", "only", metavar="NOM", default="", help="À ce seul destinataire.")
@click.option(
    "--sans",
    "without",
    metavar="DOCUMENT",
    multiple=True,
    help="Ne pas joindre ce type de document.",
)
@click.option(
    "--note",
    "noting",
    is_flag=True,
    help="Noter dans les données que ces messages sont partis, au jour de la commande.",
)
@click.option(
    "-o",
    "--output",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Où écrire (par défaut : messages/, avec les documents de la mission).",
)
@force_option
@click.pass_obj
def mail(
    options: Options,
    type_: str,
    mission: str,
    only: str,
    without: tuple[str, ...],
    noting: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Écrire des messages prêts à envoyer, un par destinataire.

    TYPE est appel, refus, convention, relance, enquete, restitution ou un autre ; sans lui, ils
    sont énumérés. Chaque message est un fichier .eml, que la messagerie ouvre en brouillon, avec
    ses pièces jointes. dla n’envoie rien : relisez, puis envoyez.

    Le message est daté du jour, ou de --date. Ce qui manque est dit, et rien n’est écrit pour ce
    destinataire ; le code de sortie est alors 1. --note écrit dans les fichiers du dossier ce qui
    est parti, et quand : dla status et les relances suivantes le savent.
    """
    names = (mission, TERRITORY) if mission else (TERRITORY,)
    examined = examine(options.find(), options.day, names)
    corpus = examined.corpus
    kinds = load_messages(corpus.workspace, corpus.kinds, examined.types)
    if not type_:
        rows = [{"nom": kind.name, "titre": kind.title} for kind in kinds.values()]
        terminal.out(*tabular.table(rows, {"nom": "Message", "titre": "Ce qu’il porte"}))
        return
    kind = _kind(type_, kinds)
    if not mission:
        raise click.UsageError(f"nommez un dossier : dla mail {kind.name} 2026-001")
    _refuse_unknown(without, examined)
    scope = mission_of(mission, corpus, f"mail {kind.name}")
    target = place_for(output, corpus.workspace)
    asked = _Asked(kind, scope.path, only, without, target, force, output is not None)
    planned = asked.planned(examined)
    if not planned:
        terminal.err(f"Rien à écrire. {kind.empty}")
        return
    # Each document has its own time from here on.
    clock.stop()
    outcomes = _told(asked.written(planned, examined), examined, target, len(planned))
    noted = _noted(outcomes, examined) if noting else []
    lettered = frozenset(o.planned.key for o in outcomes if o.done and o.planned.lettered)
    if lettered and any(not (one.former or one.refused[0]) for one in noted):
        # Their letters bear the day they leave, which the data have only now.
        asked.again(lettered, examine(options.find(), options.day, names))
    _leave(outcomes, noted)


@dataclass(frozen=True)
class _Asked:
    """What a person asks: which messages of which mission, and where they go."""

    kind: MessageType
    place: str
    only: str
    without: tuple[str, ...]
    target: Path
    force: bool
    flat: bool

    def planned(self, examined: Examined) -> tuple[Planned, ...]:
        scope = examined.corpus.scopes[self.place]
        return plan(self.kind, scope, examined, self.only, self.without)

    def written(self, planned: Sequence[Planned], examined: Examined) -> Iterator[Written]:
        return write_messages(planned, examined, self.target, apart, self.force, self.flat)

    def again(self, keys: frozenset[str], examined: Examined) -> None:
        """Write some messages once more, over what was just written."""
        planned = [one for one in self.planned(examined) if one.key in keys]
        for one in self.written(planned, examined):
            terminal.err(*_refusal_lines(one, Sight(examined, not in_a_forge(os.environ)), set()))


def _noted(outcomes: Sequence[Written], examined: Examined) -> list[Noted]:
    """Note in the data the messages that were written, and say so."""
    done = [one.planned for one in outcomes if one.done]
    noted = [*note(done, examined.corpus, examined.day)]
    terminal.out(*_noted_lines(noted))
    return noted


def _kind(name: str, kinds: dict[str, MessageType]) -> MessageType:
    if name in kinds:
        return kinds[name]
    hint = did_you_mean(nearest_word(name, kinds)) or f"messages connus : {', '.join(kinds)}"
    raise RequestError(f"le message « {name} » n’existe pas", hint)


def _refuse_unknown(without: Sequence[str], examined: Examined) -> None:
    for name in without:
        if name not in examined.types:
            near_one = did_you_mean(nearest_word(name, examined.types))
            hint = near_one or "dla list documents énumère les types"
            raise RequestError(f"le type de document « {name} » n’existe pas", hint)


def _told(making: Iterator[Written], examined: Examined, target: Path, count: int) -> list[Written]:
    """Run the writing, with a progress bar on a terminal; paths out, refusals to stderr."""
    outcomes: list[Written] = []
    try:
        with terminal.progress(making, count, "Messages") as bar:
            outcomes += bar
    finally:
        terminal.out(*(near(one.path) for one in outcomes if one.path))
    kept = [file for one in outcomes for file in one.kept]
    terminal.err(*text.kept_lines(kept, near, target))
    sight = Sight(examined, not in_a_forge(os.environ))
    shown: set[Finding] = set()
    for one in outcomes:
        terminal.err(*_refusal_lines(one, sight, shown))
        if isinstance(one.failure, Defect) and wants_trace():
            raise one.failure
    return outcomes


def _refusal_lines(one: Written, sight: Sight, shown: set[Finding]) -> Iterator[str]:
    """Why a message was not written, and what to do. `shown`: what was told already, once."""
    if one.done or one.kept:
        return
    yield f"Refusé : {one.planned.file}"
    for message, hint in one.refused:
        yield from (f"  {message}", f"  Conseil : {hint}")
    for choice in one.unready:
        if choice.state is State.NOT_BEGUN:
            yield from (f"  {line}" if line else "" for line in text.not_begun_lines(choice))
            continue
        yield f"  {choice.document.type.titre}, à joindre, n’est pas prêt :"
        yield from _findings(choice.reasons, sight, shown)
    yield from _findings(one.faults, sight, shown)
    if one.failure:
        yield from (f"  {one.failure.message}", f"  Conseil : {one.failure.hint}")
    yield ""


def _findings(findings: Sequence[Finding], sight: Sight, shown: set[Finding]) -> Iterator[str]:
    """Some findings, each once a command: what was shown above is counted."""
    seen = sight.of(findings)
    new = [finding for finding in seen if finding not in shown]
    shown.update(new)
    for finding in new:
        yield from text.finding_lines(finding, sight.examined.corpus)
    if seen and not new:
        yield "  (déjà dit ci-dessus)"


def _noted_lines(noted: Sequence[Noted]) -> Iterator[str]:
    """What was written in the data, file by file; what could not be goes with it, and why."""
    for one in noted:
        message, hint = one.refused
        state = "Non noté" if message else "Déjà noté" if one.former else "Noté"
        yield f"{state} : {one.path} ({one.told})"
        if message:
            yield from (f"  {message}", f"  Conseil : {hint}")


def _leave(outcomes: Sequence[Written], noted: Sequence[Noted]) -> None:
    if terminal.watched():
        count = sum(one.done for one in outcomes)
        made = number_of(count, "message écrit", "messages écrits")
        terminal.err(f"{made} : relisez-les, puis envoyez-les ; dla n’a rien envoyé")
    if any(one.failure for one in outcomes):
        sys.exit(3)
    if any(not one.done for one in outcomes) or any(one.refused[0] for one in noted):
        sys.exit(1)
