"""How the figures are counted: `schemas/chiffres.yaml`, one record a figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dla_docs.disk.reading import is_taken
from dla_docs.gather.tables import Table
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.schemas import load_kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

FILE = "chiffres.yaml"
MOST = 200
"""Figures of a workspace: ours are sixty."""


@dataclass(frozen=True)
class Counting:
    """How a figure is counted; each name is a column of its table, empty where it does without.

    Of the lines that are the same by `last_of`, only the last by its date counts.
    `evident`: the title says enough of how.
    """

    id: str
    title: str
    method: str
    table: Table
    date: str = ""
    when: Mapping[str, Any] = field(default_factory=dict)
    operation: str = "compte"
    column: str = ""
    by: str = ""
    last_of: tuple[str, ...] = ()
    evident: bool = False


def figure_names(workspace: Workspace) -> tuple[str, ...]:
    """The identifiers of every figure, without what they count."""
    folders = workspace.schema_folders
    kind = load_kind("chiffre")
    files = (folder / FILE for folder in folders if is_taken(folder / FILE))
    return tuple(dict.fromkeys(n for file in files for n in read_checked(file, kind, folders).data))


def load_countings(workspace: Workspace, tables: Mapping[str, Table]) -> dict[str, Counting]:
    """Every figure by identifier: the package's, completed or replaced by the workspace's.

    Raises TemplateError, with its place, for one that breaks its schema or names a table or a
    column that is not there.
    """
    kind = load_kind("chiffre")
    known: dict[str, Counting] = {}
    folders = workspace.schema_folders
    for folder in reversed(folders):
        if is_taken(folder / FILE):
            source = read_checked(folder / FILE, kind, folders)
            known |= {name: _counting(name, source, tables) for name in source.data}
    if len(known) > MOST:
        raise TemplateError(f"{FILE} : plus de {MOST} chiffres", "gardez ceux qui servent")
    return known


def _counting(name: str, source: Source, tables: Mapping[str, Table]) -> Counting:
    data = source.data[name]

    def refuse(key: str, what: str) -> TemplateError:
        place = source.place((name, key))
        known = ", ".join(tables)
        return TemplateError(
            f"{source.path}:{place.line}:{place.column}: {what}",
            f"les tableaux sont : {known} ; dla export TABLEAU en écrit les colonnes",
        )

    table = tables.get(data["tableau"])
    if table is None:
        raise refuse("tableau", f"aucun tableau ne se nomme « {data['tableau']} »")
    operation = next((key for key in ("somme", "moyenne") if key in data), "compte")
    named = {key: data[key] for key in ("date", operation, "par") if key in data}
    several = [(key, column) for key in ("si", "dernier_par") for column in data.get(key, ())]
    for key, column in (*named.items(), *several):
        if table.column(column) is None:
            raise refuse(key, f"« {column} » n’est pas une colonne de {table.name}")
    return Counting(
        name,
        data["titre"],
        data["methode"],
        table,
        data.get("date", ""),
        data.get("si", {}),
        operation,
        data.get(operation, ""),
        data.get("par", ""),
        tuple(data.get("dernier_par", ())),
        data.get("evident", False),
    )
