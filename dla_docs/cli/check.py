"""`dla check`: what is missing or contradictory."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from dla_docs.check.examined import Examined
from dla_docs.check.standing import same_fault
from dla_docs.cli import terminal
from dla_docs.cli.common import Options
from dla_docs.cli.elsewhere import cluster_option, hired
from dla_docs.disk.reading import exists, located
from dla_docs.edit.mend import Mended, mend
from dla_docs.load.names import find_scope
from dla_docs.load.places import DOSSIER, SHELVES
from dla_docs.model.errors import AmbiguousError, RequestError
from dla_docs.model.findings import Finding, Severity, in_order
from dla_docs.model.workspace import Workspace
from dla_docs.report import machines, text
from dla_docs.report.mended import mended_lines, refused_lines
from dla_docs.report.veil import Sight, in_a_forge
from dla_docs.sweep import Crew, survey

FICHES = "dossiers/prestataires"
PASSES = 9
"""Times that what is mended is checked again: a key, then what it holds, then what names it."""
FOR_FORGES = frozenset({"github", "gitlab", "sarif"})
"""The formats that a forge reads, and shows to whoever reads the repository."""


@click.command()
@click.argument("chemins", metavar="[CHEMIN]...", nargs=-1)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]),
    default="text",
    show_default=True,
    help="Forme des constats.",
)
@click.option(
    "--montrer",
    "values",
    is_flag=True,
    help="Montrer les données, même dans un format ou un journal de forge.",
)
@click.option(
    "--fix",
    "mending",
    is_flag=True,
    help="Écrire dans les fichiers ce qui est certain, et rien d’autre.",
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
    help="Examiner aussi ce qui n’a pas changé depuis la dernière fois.",
)
@cluster_option
@click.option("--dry-run", "look", is_flag=True, help="Avec --fix : montrer sans rien écrire.")
@click.pass_obj
def check(
    options: Options,
    chemins: tuple[str, ...],
    shape: str,
    values: bool,
    mending: bool,
    jobs: int | None,
    fresh: bool,
    cluster: str | None,
    look: bool,
) -> None:
    """Dire ce qui manque ou se contredit dans les dossiers.

    CHEMIN (un dossier, un fichier, une fiche) limite ce qui est montré et compté ; les règles
    voient toujours tout l’espace de travail. Ce qui, ailleurs, bloque les documents d’un dossier
    ou d’une fiche, ou touche ses structures, est montré et compté avec lui. Sort avec le
    code 1 s’il reste une erreur.

    --fix écrit ce que le conseil donne quand aucune autre lecture n’est possible : un nom de clé,
    une date, un montant, un SIRET. Chaque changement est dit, le reste du fichier ne bouge pas.
    """
    if look and not mending:
        raise click.UsageError("--dry-run ne sert qu’avec --fix.")
    workspace = options.find()
    dossiers = _dossiers(chemins, workspace)
    crew = Crew(jobs, hired(cluster, workspace))
    again = partial(survey, workspace, options.day, dossiers, crew, fresh)
    examined = again()
    prefixes = [_prefix(chemin, examined) for chemin in chemins]
    seen = values or (shape not in FOR_FORGES and not in_a_forge(os.environ))
    if mending:
        lines, examined = _mended(examined, again, prefixes, seen, not look)
        # What a tool reads is the findings alone.
        (terminal.out if shape == "text" else terminal.err)(*lines)
    shown = _own(examined, prefixes)
    outside = _outside(examined, prefixes) if prefixes else []
    sight = Sight(examined, seen)
    _show(sight.of(shown), sight.of(outside), examined, shape, prefixes)
    if not sight.values and (shown or outside):
        terminal.err(text.UNSEEN)
    if any(finding.severity is Severity.ERREUR for finding in (*shown, *outside)):
        sys.exit(1)


def _own(examined: Examined, prefixes: list[str]) -> list[Finding]:
    """The findings that lie in what is asked about."""
    return [f for f in examined.findings if not prefixes or _under(f.path, prefixes)]


def _mended(
    examined: Examined,
    again: Callable[[], Examined],
    prefixes: list[str],
    seen: bool,
    write: bool,
) -> tuple[list[str], Examined]:
    """What is told of the faults mended, and what is found once they are.

    A fault may hide another: what is mended is checked again, until nothing more is.
    """
    written: list[Mended] = []
    for _ in range(PASSES):
        found = _own(examined, prefixes)
        results = _mended_once(found, examined, write)
        done = [mended for mended in results if not mended.refused[0]]
        refused = [mended for mended in results if mended.refused[0]]
        written += done
        if not (done and write):
            break
        examined = again()
    lines = mended_lines(written, Sight(examined, seen), write)
    return [*lines, *refused_lines(refused)], examined


def _mended_once(found: list[Finding], examined: Examined, write: bool) -> list[Mended]:
    """Each fault that has a cure, file by file."""
    corpus = examined.corpus
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.cure and finding.path in corpus.kind_of:
            by_file.setdefault(finding.path, []).append(finding)
    return [
        mended
        for path, findings in by_file.items()
        for mended in mend(
            corpus.workspace, path, findings, corpus.kind_of[path].schema, write=write
        )
    ]


def _outside(examined: Examined, prefixes: list[str]) -> list[Finding]:
    """The findings that lie elsewhere and matter to what is asked about: see `Obstacle`."""
    outside: list[Finding] = []
    for obstacle in examined.obstacles:
        met = obstacle.finding
        if not _under(obstacle.place, prefixes) or _under(met.path, prefixes):
            continue
        if not any(same_fault(met, known) for known in outside):
            outside.append(next((f for f in examined.findings if same_fault(met, f)), met))
    return list(in_order(outside))


def _show(
    own: list[Finding],
    outside: list[Finding],
    examined: Examined,
    shape: str,
    prefixes: list[str],
) -> None:
    shown = [*own, *outside]
    if shape == "json":
        terminal.data([text.finding_data(finding, examined) for finding in shown])
    elif shape == "gitlab":
        terminal.data(machines.gitlab(shown, examined), ascii_only=True)
    elif shape == "sarif":
        terminal.data(machines.sarif(shown, examined), ascii_only=True)
    elif shape == "github":
        terminal.commands([*machines.github(shown, examined), text.summary(shown)])
    else:
        terminal.out(*text.findings_lines(own, examined, outside))
        if prefixes and all(prefix.startswith(FICHES) for prefix in prefixes):
            kinds = examined.corpus.kind_of.items()
            fiches = [p for p, k in kinds if k.name == "prestataire" and _under(p, prefixes)]
            terminal.out(text.fiches_text(own, fiches))


def _dossiers(chemins: tuple[str, ...], workspace: Workspace) -> tuple[str, ...]:
    """The dossiers that paths lie in, when all do: what is told of a dossier is found in it."""
    dossiers: list[str] = []
    for chemin in chemins:
        # Where the person stands first, as a shell completes names.
        for base in (Path.cwd(), workspace.root, workspace.data):
            path = located(base / chemin)
            if exists(path, (path,)):
                inside = path.is_relative_to(workspace.data) and path != workspace.data
                first = path.relative_to(workspace.data).parts[0] if inside else ""
                if DOSSIER.fullmatch(first):
                    dossiers.append(first)
                break
    return tuple(dossiers) if len(dossiers) == len(chemins) else ()


def _prefix(name: str, examined: Examined) -> str:
    """The path of a file, a folder or a named scope, relative to the workspace.

    Raises RequestError when it is none of them.
    """
    workspace = examined.corpus.workspace
    for base in (Path.cwd(), workspace.root, workspace.data):
        path = located(base / name)
        if exists(path, (workspace.root,), hidden=True):
            return workspace.relative(path)
    try:
        scope = find_scope(name, examined.corpus.listing)
    except AmbiguousError:
        raise
    except RequestError as error:
        raise RequestError(f"le chemin « {name} » n’existe pas", error.hint) from error
    suffix = ".yaml" if scope.level in {*SHELVES.values(), "territoire"} else ""
    return f"dossiers/{scope.path}{suffix}"


def _under(path: str, prefixes: list[str]) -> bool:
    return any(prefix in {".", path} or path.startswith(f"{prefix}/") for prefix in prefixes)
