"""What every command shares: the global options, and how paths are shortened."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from dla_docs.model.workspace import Workspace, find_workspace

F = TypeVar("F", bound=Callable[..., object])


FIRST = (
    'Ensuite : dla new structure "Nom de la structure", '
    'puis : dla new dossier "Intitulé" --structure nom-de-la-structure'
)
"""What to do where there is no dossier yet."""


@dataclass(frozen=True)
class Options:
    """The global options. `day` is the date of the command, read once."""

    workspace: Path | None
    day: date

    def find(self) -> Workspace:
        """The workspace meant. Raises WorkspaceError."""
        return find_workspace(Path.cwd(), self.workspace)


class Format(click.Choice[str]):
    """A format of file; the name of a program, or an extension with its point, is answered."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The format, or a French message."""
        if value in self.choices:
            return str(super().convert(value, param, ctx))
        from dla_docs.cli.guesses import format_advice

        if (meant := format_advice(str(value))) in self.choices:
            self.fail(f"« {value} » n’est pas le nom d’un format. Écrivez : -t {meant}", param, ctx)
        return str(super().convert(value, param, ctx))


def json_option(command: F) -> F:
    """The option that turns a list into JSON."""
    return click.option("--json", "as_json", is_flag=True, help="En JSON, pour un outil.")(command)


def near(path: Path) -> str:
    """A path as short as the person needs: relative when it is below the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def wants_trace() -> bool:
    """Whether a bug of ours must show its Python traceback: `DLA_TRACE=1`."""
    return bool(os.environ.get("DLA_TRACE"))
