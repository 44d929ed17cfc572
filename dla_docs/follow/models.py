"""The lists that a person fills in a spreadsheet: their models, empty or with what is known."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from dla_docs.charter.charter import Charter
from dla_docs.follow.exports import FOLDER
from dla_docs.lists.declared import held_in, list_names, load_list
from dla_docs.lists.known import read_files
from dla_docs.lists.model import model_csv, model_xlsx
from dla_docs.load.listing import list_workspace
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace

EMPTY, FILLED = "modele", "liste"
"""What begins the name of a model, and that of one that holds what is known."""


@dataclass(frozen=True)
class Models:
    """The files of a list, by name; `unread`: the files of the workspace that are not in it."""

    files: dict[str, bytes]
    unread: tuple[str, ...]


def models(
    workspace: Workspace,
    words: Collection[str],
    formats: Collection[str],
    day: date,
    filled: bool = False,
    inside: str = "",
) -> Iterator[Models]:
    """Each list that words name, in some formats. `day` is printed in workbooks.

    `filled`: with what is known, in the file that `inside` chooses where there are several.

    Raises RequestError for a word that names none, TemplateError for a declaration that is faulty.
    """
    listing = list_workspace(workspace, load_kinds(workspace))
    named = [load_list(workspace, listing.kinds, word) for word in dict.fromkeys(words)]
    declared = [held_in(one, inside, listing) for one in named] if filled else named
    for one in declared:
        files = read_files(workspace, listing, one) if filled else None
        known = files.records if files else ()
        stem = f"{FILLED if filled else EMPTY}-{one.name}"
        made: dict[str, bytes] = {}
        for name in formats:
            if name == "xlsx":
                colours = Charter(workspace).values["couleurs"]
                made[f"{stem}.xlsx"] = model_xlsx(one, known, day, colours)
            else:
                made[f"{stem}.csv"] = model_csv(one, known)
        yield Models(made, files.unread if files else ())


def is_model(name: str, workspace: Workspace) -> bool:
    """Whether a file of an output folder is the model of a list that is there."""
    folder, _, file = name.partition("/")
    begun, dash, listed = file.rpartition(".")[0].partition("-")
    return (
        folder == FOLDER
        and bool(dash)
        and begun in (EMPTY, FILLED)
        and listed in list_names(workspace)
    )
