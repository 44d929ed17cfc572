"""The flat tables of a workspace, gathered from its dossiers and written for an audience."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from dla_docs.charter.charter import Charter
from dla_docs.check.examined import prepare
from dla_docs.formats.flat import dictionary_csv, table_csv
from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.exported import table_xlsx
from dla_docs.gather.exported import OPERATOR, Exported, Noted, exported, is_open
from dla_docs.gather.gather import Declared, declared, gather, pieces
from dla_docs.gather.tables import Table
from dla_docs.model.errors import RequestError
from dla_docs.model.likeness import did_you_mean, nearest_word, same_among
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace

FOLDER = "exports"
"""Where exports are written, in documents/: no dossier may have that name."""
FORMATS = ("csv", "xlsx")
AUDIENCES = (OPERATOR, "financeurs", "public")
"""To whom a table may go."""
DICTIONARY = "-colonnes"
"""What ends the name of a dictionary of columns."""


def is_made(name: str, tables: Collection[str]) -> bool:
    """Whether a file of an output folder is the export of a table that is there."""
    folder, slash, file = name.partition("/")
    stem = file.rpartition(".")[0].removesuffix(DICTIONARY)
    kinds = {t if a == OPERATOR else f"{t}-{a}" for t in tables for a in AUDIENCES}
    return bool(slash) and folder == FOLDER and stem in kinds


@dataclass(frozen=True)
class Export:
    """The files of a table, by name, and what they hold; `unread`: what could not be read.

    No file where no column is open to the audience; `others`: those that some are open to.
    """

    files: dict[str, bytes]
    exported: Exported
    others: tuple[str, ...]
    unread: tuple[str, ...]


def tables_of(workspace: Workspace) -> dict[str, Table]:
    """The tables that a workspace may export, by name. Raises TemplateError."""
    return dict(declared(workspace, load_kinds(workspace)).tables)


def meant(words: Collection[str], tables: Collection[str]) -> tuple[str, ...]:
    """The tables that words name, in the singular or without accents too. Raises RequestError."""
    found = {word: same_among(word, tables) for word in words}
    for word, name in found.items():
        if not name:
            near = did_you_mean(nearest_word(word, tables)) or f"tableaux : {', '.join(tables)}"
            raise RequestError(f"« {word} » n’est pas un tableau", near)
    return tuple(dict.fromkeys(found.values()))


def exports(
    workspace: Workspace, names: tuple[str, ...], audience: str, formats: tuple[str, ...], day: date
) -> Iterator[Export]:
    """Each table asked for, in some formats; units are read one at a time, for all of them at once.

    `day` is printed in workbooks. Raises TemplateError for a table that is faulty.
    """
    ground = prepare(workspace)
    every = declared(workspace, ground.library.listing.kinds)
    what = Declared({name: every.tables[name] for name in names})
    noted = Noted()
    gathered = gather(noted.passing(pieces(ground.library, what)), what)
    for name in names:
        table = exported(gathered, name, audience, noted.names(every.tables[name]))
        files = {
            file: content
            for format in (formats if table.columns else ())
            for file, content in _written(table, format, workspace, day)
        }
        columns = every.tables[name].columns
        others = tuple(a for a in AUDIENCES if any(is_open(column, a) for column in columns))
        yield Export(files, table, others, tuple(gathered.unread))


def _written(
    table: Exported, format: str, workspace: Workspace, day: date
) -> Iterator[tuple[str, bytes]]:
    """The files of a table in a format; those that are not for the operator say for whom."""
    name = table.table.name
    stem = name if table.audience == OPERATOR else f"{name}-{table.audience}"
    if format == "xlsx":
        properties = Properties(table.table.title, "", "", table.table.description, day)
        yield f"{stem}.xlsx", table_xlsx(table, properties, Charter(workspace).values["couleurs"])
    else:
        yield f"{stem}.csv", table_csv(table)
        yield f"{stem}{DICTIONARY}.csv", dictionary_csv(table)
