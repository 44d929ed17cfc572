"""`dla render`: the documents made."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near, wants_trace
from dla_docs.cli.guesses import document_advice
from dla_docs.confined import clock
from dla_docs.disk.reading import located
from dla_docs.documents.documents import BLANK, DRAFT
from dla_docs.documents.types import load_types
from dla_docs.flow import Examined, Outcome, choose, examine
from dla_docs.flow import render as render_documents
from dla_docs.model.errors import Defect, RequestError
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.likeness import same_among
from dla_docs.model.schemas import load_kinds
from dla_docs.model.words import number_of, quoted
from dla_docs.report import text
from dla_docs.report.veil import Sight, in_a_forge
from dla_docs.select import Choice, Request, State
from dla_docs.workshop import apart


@click.command()
@click.argument("dossiers", metavar="[DOSSIER]...", nargs=-1)
@click.option("-d", "--document", "types", multiple=True, metavar="TYPE", help="Type de document.")
@click.option(
    "-t",
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(list(FILE_FORMATS)),
    help="Format produit (par défaut : tous ceux du type).",
)
@click.option(
    "-o",
    "--output",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Où écrire (par défaut : documents/ dans l’espace de travail).",
)
@click.option(
    "--draft",
    is_flag=True,
    help="Produire aussi ce à quoi il manque quelque chose, marqué PROJET et « à compléter ».",
)
@click.option(
    "--vierge",
    "blank",
    is_flag=True,
    help="Produire les formulaires vierges de ce que d’autres remplissent.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Remplacer aussi les fichiers modifiés à la main.",
)
@click.pass_obj
def render(
    options: Options,
    dossiers: tuple[str, ...],
    types: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    draft: bool,
    blank: bool,
    force: bool,
) -> None:
    """Produire les documents.

    DOSSIER est un dossier, un couple dossier/ingénierie, un prestataire, le mot territoire ou un
    chemin. Sans lui, tous les documents commencés sont produits. Un document à qui il manque
    quelque chose est refusé, les autres sont écrits ; le code de sortie est alors 1.
    """
    if draft and blank:
        raise click.UsageError("--draft et --vierge ne vont pas ensemble.")
    examined = _examined(options, dossiers)
    variant = DRAFT if draft else BLANK if blank else ""
    request = Request(dossiers, types, formats, variant)
    choices = choose(request, examined)
    target = output or examined.corpus.workspace.documents
    if located(target).is_relative_to(examined.corpus.workspace.data):
        raise RequestError(f"{target} est parmi les données", "écrivez les documents ailleurs")
    # Each document has its own time from here on.
    clock.stop()
    rendering = render_documents(choices, request, examined, target, apart, force)
    outcomes = _render(choices, rendering, examined, target)
    absent = _say_not_begun(choices, request)
    if not outcomes and not absent:
        terminal.err("Rien à produire : aucun de ces documents n’est commencé.")
    if any(outcome.failure for outcome in outcomes):
        sys.exit(3)
    if absent or any(outcome.refused or outcome.kept for outcome in outcomes):
        sys.exit(1)


def _examined(options: Options, dossiers: tuple[str, ...]) -> Examined:
    """What the dossiers named are; a type of document named among them is asked for by `-d`."""
    workspace = options.find()
    try:
        return examine(workspace, options.day, dossiers)
    except RequestError as error:
        types = tuple(load_types(workspace, load_kinds(workspace)))
        if not (advice := document_advice(dossiers, types)):
            raise
        named = quoted(word for word in dossiers if same_among(word, types))
        raise RequestError(f"{named} est un type de document", f"écrivez : {advice}") from error


def _render(
    choices: tuple[Choice, ...], rendering: Iterator[Outcome], examined: Examined, target: Path
) -> list[Outcome]:
    """Run the rendering, with a progress bar on a terminal; paths out, refusals to stderr."""
    begun = sum(choice.state is not State.NOT_BEGUN for choice in choices)
    outcomes: list[Outcome] = []
    try:
        with terminal.progress(rendering, begun, "Documents") as bar:
            for outcome in bar:
                outcomes.append(outcome)
    finally:
        # What was written before a dead end is there, and must be told.
        for path in (path for outcome in outcomes for path in outcome.written):
            terminal.out(near(path))
    if any(outcome.kept for outcome in outcomes):
        terminal.err(*text.kept_lines(outcomes, near, target))
    if any(outcome.refused for outcome in outcomes):
        terminal.err(*text.refusals_lines(outcomes, Sight(examined, not in_a_forge(os.environ))))
    if any(outcome.failure for outcome in outcomes):
        terminal.err(*text.failures_lines(outcomes))
    for outcome in outcomes:
        if isinstance(outcome.failure, Defect) and wants_trace():
            raise outcome.failure
    if terminal.watched():
        count = sum(len(outcome.written) for outcome in outcomes)
        made = number_of(count, "fichier écrit", "fichiers écrits")
        terminal.err(f"{made} dans {near(target)}")
    return outcomes


def _one(choice: Choice) -> tuple[str, str]:
    return choice.document.type.name, choice.document.scope.path


def _say_not_begun(choices: tuple[Choice, ...], request: Request) -> bool:
    """Naming both one dossier and one type turns « not begun » into a refusal.

    Of a type made for each item of a list, those that are begun are what was asked for.
    """
    if not (request.scopes and request.types):
        return False
    made = {_one(choice) for choice in choices if choice.begun}
    absent = [c for c in choices if c.state is State.NOT_BEGUN and _one(c) not in made]
    for choice in absent:
        terminal.err(*text.not_begun_lines(choice))
    return bool(absent)
