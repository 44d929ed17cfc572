"""`dla render`: the documents made."""

from collections.abc import Generator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Format, Options
from dla_docs.cli.elsewhere import cluster_option, hired
from dla_docs.cli.guesses import document_advice
from dla_docs.cli.outcomes import Told, force_option, leave, place_for, tell
from dla_docs.confined import clock
from dla_docs.documents.documents import BLANK, DRAFT
from dla_docs.documents.manifests import load_types
from dla_docs.flow import Examined, TakenUp, choose, examine, take_up
from dla_docs.flow import render as render_documents
from dla_docs.load.places import TERRITORY
from dla_docs.model.errors import RequestError
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.likeness import same_among
from dla_docs.model.schemas import load_kinds
from dla_docs.model.words import quoted
from dla_docs.model.workspace import Workspace
from dla_docs.report import text
from dla_docs.select import Choice, Request, State
from dla_docs.workshop import apart

A_DOCUMENT = 120.0
"""Seconds that a document adds to the time of a command: more than it may take by itself."""


@click.command()
@click.argument("dossiers", metavar="[DOSSIER]...", nargs=-1)
@click.option("-d", "--document", "types", multiple=True, metavar="TYPE", help="Type de document.")
@click.option(
    "-t",
    "--to",
    "formats",
    multiple=True,
    type=Format(list(FILE_FORMATS)),
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
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Combien de processus travaillent ensemble (par défaut : un par cœur, huit au plus).",
)
@click.option(
    "--fresh",
    is_flag=True,
    help="Refaire aussi les documents qui sont déjà là, tels qu’ils seraient refaits.",
)
@cluster_option
@force_option
@click.pass_obj
def render(
    options: Options,
    dossiers: tuple[str, ...],
    types: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    draft: bool,
    blank: bool,
    jobs: int | None,
    fresh: bool,
    cluster: str | None,
    force: bool,
) -> None:
    """Produire les documents.

    DOSSIER est un dossier, un couple dossier/ingénierie, un prestataire, le mot territoire ou un
    chemin. Sans lui, tous les documents commencés sont produits. Un document à qui il manque
    quelque chose est refusé, les autres sont écrits ; le code de sortie est alors 1. De même quand
    un fichier fautif empêche un bilan de tout compter : il est écrit, et le dit.
    """
    if draft and blank:
        raise click.UsageError("--draft et --vierge ne vont pas ensemble.")
    variant = DRAFT if draft else BLANK if blank else ""
    request = Request(dossiers, types, formats, variant)
    workspace = options.find()
    target = place_for(output, workspace)
    # Before anything is read: what makes documents starts while it is.
    making = partial(apart, jobs=jobs, hire=hired(cluster, workspace, "dla_docs.make:ready"))
    if dossiers or blank:
        rounds = _at_once(TakenUp(_examined(workspace, options.day, dossiers)))
    else:
        rounds = take_up(workspace, options.day, request, target, fresh)
    told, absent, received = Told(), False, False
    choices: tuple[Choice, ...] = ()
    with closing(rounds):
        for taken in rounds:
            choices = choose(request, taken.examined)
            # Each document has a time of its own, far under this.
            clock.allow(A_DOCUMENT * len(choices))
            on = (choices, request, taken.examined, target, making, force)
            rendering = render_documents(*on, fresh=fresh, given=taken.before)
            told += tell(choices, rendering, taken.examined, target, taken.lying)
            absent |= _say_not_begun(choices, request)
            received |= _say_received(choices, request)
    if not (told.documents or told.same or absent or received):
        _say_nothing(choices if types else ())
    leave(told, target, absent)


def _at_once(taken: TakenUp) -> Generator[TakenUp]:
    yield taken


def _say_nothing(choices: tuple[Choice, ...]) -> None:
    """Nothing is begun: of a type of the territory, one place alone starts it, which is told."""
    terminal.err("Rien à produire : aucun de ces documents n’est commencé.")
    for choice in {c.document.type.name: c for c in reversed(choices)}.values():
        if choice.document.type.portee == TERRITORY:
            terminal.err("", *text.not_begun_lines(choice))


def _examined(workspace: Workspace, day: date, dossiers: tuple[str, ...]) -> Examined:
    """What the dossiers named are; a type of document named among them is asked for by `-d`."""
    try:
        return examine(workspace, day, dossiers)
    except RequestError as error:
        types = tuple(load_types(workspace, load_kinds(workspace)))
        if not (advice := document_advice(dossiers, types)):
            raise
        named = quoted(word for word in dossiers if same_among(word, types))
        raise RequestError(f"{named} est un type de document", f"écrivez : {advice}") from error


def _one(choice: Choice) -> tuple[str, str]:
    return choice.document.type.name, choice.document.scope.path


def _say_received(choices: tuple[Choice, ...], request: Request) -> bool:
    """Say which of the documents asked for by their type came as a file, and which file."""
    received = [c.document for c in choices if request.types and c.state is State.RECEIVED]
    for document in received:
        name = document.first(document.type.recu) if document.type.recu else ""
        terminal.err(f"{document.label} : reçu en fichier ({name}), rien n’est produit à sa place.")
    return bool(received)


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
