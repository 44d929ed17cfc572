"""`dla status`: where each dossier stands, and what comes next."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dla_docs.agenda.lacking import Lack, lacking_in
from dla_docs.cli import terminal
from dla_docs.cli.common import FIRST, Options, json_option, near
from dla_docs.flow import choose, examine, from_comites
from dla_docs.follow.orphans import Makes, Orphan, all_of, orphans
from dla_docs.follow.status import LABELS, Next, Progress, dossier_of, progress, with_comites
from dla_docs.model.findings import Severity
from dla_docs.model.words import number_of
from dla_docs.report import tabular
from dla_docs.report.lacks import lack_data, lacks_lines
from dla_docs.report.overview import overviews
from dla_docs.report.text import STATES
from dla_docs.report.veil import Sight, in_a_forge
from dla_docs.select import Choice, Request, State

COLUMNS = {
    "nom": "Dossier",
    "etat": "Étape",
    "erreurs": "Erreurs",
    "alertes": "Alertes",
    "suite": "Ensuite",
}


@click.command()
@click.argument("dossier", metavar="[DOSSIER]", required=False)
@json_option
@click.pass_obj
def status(options: Options, dossier: str | None, as_json: bool) -> None:
    """Dire où en est chaque dossier, et ce qui vient ensuite.

    L’étape se lit dans les fichiers présents et leurs dates, à la date du jour ou à celle de
    --date. Avec DOSSIER, dit aussi quels documents sont prêts, ce qui manque aux autres, et ce qui
    a été demandé et n’est pas venu.
    """
    choices: tuple[Choice, ...] = ()
    lacks: tuple[Lack, ...] = ()
    owed: dict[str, list[dict[str, Any]]] = {}
    makes = Makes()
    if dossier:
        examined = examine(options.find(), options.day, (dossier,))
        scope = dossier_of(dossier, examined.corpus)
        met = from_comites(options.find(), options.day, (scope.path,))
        standings = [with_comites(progress(scope, examined), met)]
        lacks = lacking_in(scope, examined.corpus, options.day)
        owed[scope.path] = [lack_data(lack, examined.corpus) for lack in lacks]
        choices = choose(Request((scope.path,)), examined)
        sight = Sight(examined, not in_a_forge(os.environ))
        choices = tuple(replace(one, reasons=tuple(sight.of(one.reasons))) for one in choices)
    else:
        units = tuple(overviews(options.find(), options.day))
        known = [obstacle for one in units for obstacle in one.told]
        standings = [with_comites(dossier, known) for one in units for dossier in one.standings]
        owed = {path: lacking for one in units for path, lacking in one.owed.items()}
        makes = all_of(one.makes for one in units)
    if as_json:
        documents = {"documents": [_document(c) for c in choices]} if dossier else {}
        terminal.data(
            [{**_data(o), "attendu": owed.get(o.scope.path, []), **documents} for o in standings]
        )
        return
    rows = [row for one in standings for row in _rows(one)]
    terminal.out(*tabular.table(rows, COLUMNS) if rows else ["Aucun."])
    if not rows:
        terminal.err(FIRST)
    if dossier:
        terminal.out(*_documents_lines(choices), *lacks_lines(lacks, examined.corpus))
    elif left := orphans(options.find(), makes):
        terminal.out(*_orphans_lines(left, options.find().documents))


def _data(one: Progress) -> dict[str, Any]:
    """A dossier, or an ingénierie, as `--json` gives it."""
    source = one.scope.part(one.scope.level)
    data = source.data if source else {}
    shared = {
        "titre": data.get("titre", data.get("intitule")),
        "etat": one.state,
        "suite": _next_data(one.next),
        "erreurs": one.count(Severity.ERREUR),
        "alertes": one.count(Severity.ALERTE),
    }
    if one.scope.level == "ingenierie":
        return {"ingenierie": one.scope.name, **shared}
    inside = [_data(inner) for inner in one.inside]
    return {
        "dossier": one.scope.name,
        "reference": one.scope.reference,
        **shared,
        "ingenieries": inside,
    }


def _next_data(step: Next | None) -> dict[str, str] | None:
    return {"commande": step.command, "fichier": step.path, "donnee": step.datum} if step else None


def _rows(one: Progress, indent: str = "") -> list[dict[str, Any]]:
    """A line for a dossier, then one for each of its ingénieries."""
    row = {
        "nom": f"{indent}{one.scope.name}",
        "etat": LABELS.get(one.state, one.state),
        "erreurs": one.count(Severity.ERREUR),
        "alertes": one.count(Severity.ALERTE),
        "suite": _next_text(one.next),
    }
    return [row, *(line for inner in one.inside for line in _rows(inner, "  "))]


def _next_text(step: Next | None) -> str | None:
    if step is None:
        return None
    if step.mends:
        return f"corriger : {step.command}"
    return step.command or f"renseigner {step.told} (fichier {step.path.rpartition('/')[2]})"


def _document(choice: Choice) -> dict[str, Any]:
    return {
        "chemin": choice.document.label,
        "etat": str(choice.state),
        "causes": [f"{f.path}:{f.line}:{f.column}: {f.told[0]}" for f in choice.reasons],
    }


def _documents_lines(choices: Sequence[Choice]) -> list[str]:
    """The documents that are begun, and what those that lack something lack."""
    lines = ["", "Documents"]
    for choice in choices:
        if choice.state is not State.NOT_BEGUN:
            lines.append(f"  {STATES[choice.state].ljust(9)}  {choice.document.label}")
            lines += [f"    {f.path}:{f.line}:{f.column}: {f.told[0]}" for f in choice.reasons]
    return [*lines, *(["  aucun n’est commencé"] if len(lines) == 2 else [])]


def _orphans_lines(left: Sequence[Orphan], output: Path) -> list[str]:
    """The documents that no file makes any more, and what removes them."""
    files = number_of(
        len(left),
        "document ne vient plus d’aucun fichier",
        "documents ne viennent plus d’aucun fichier",
    )
    lines = ["", f"{files} de dossiers/ (renommé, retiré ?)"]
    for orphan in left:
        altered = " (modifié à la main : à vous de le garder ou non)" if orphan.altered else ""
        lines.append(f"  {near(output / orphan.name)}{altered}")
    if not all(orphan.altered for orphan in left):
        lines.append("Pour les supprimer : dla clean")
    return lines
