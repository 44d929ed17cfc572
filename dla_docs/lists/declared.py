"""The lists that a workspace imports, as their files declare them: `schemas/listes/*.yaml`.

One declaration serves the model to download, the list exported in its columns, and the reading of
a workbook: a column says the titles that it is known by, and the datum where its values go.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from dla_docs.disk.listing import names
from dla_docs.load.listing import Listing
from dla_docs.load.places import SHELVES, TERRITORY, path_of, shelf_folder
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import RequestError, TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.likeness import did_you_mean, nearest_word, same_among
from dla_docs.model.paths import Every, Path, Step
from dla_docs.model.schemas import Kind, Schema, load_kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

FOLDER = "listes"


class Reading(StrEnum):
    """What is made of the cells of a column."""

    VALUE = ""
    PERSON = "personne"
    ADDRESS = "adresse"
    BEFORE = "devant"


# `eq=False`: compared and hashed by identity, for a schema is made of dicts.
@dataclass(frozen=True, eq=False)
class Column:
    """A column: its title, other titles that mean it, and where its values go in the data of a row.

    `field` is the schema there. `words`: other words for the values of a closed list. `implies`:
    what a value tells besides, by path.
    """

    title: str
    others: tuple[str, ...]
    path: Path
    field: Schema
    reading: Reading
    words: Mapping[str, str]
    implies: Mapping[Path, bool]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its way in the data of a row."""
        return self.path.steps

    @property
    def several(self) -> bool:
        """Whether a cell may hold several values: those of a list, or one an element of a list."""
        return self.field.get("type") == "array" or self.listed

    @property
    def listed(self) -> bool:
        """Whether its values are of the elements of a list."""
        return any(isinstance(step, Every) for step in self.steps)

    @property
    def value(self) -> Schema:
        """The schema of one value."""
        items: Schema = self.field.get("items", {})
        return items if self.field.get("type") == "array" else self.field

    @property
    def in_model(self) -> bool:
        """Whether a model asks for it: what is read from one cell goes into several is not."""
        return self.reading is Reading.VALUE


@dataclass(frozen=True, eq=False)
class ListType:
    """A list: what a row describes, how two rows are known for the same, its columns.

    `held_by`: the key of the file whose list holds the rows; empty where each row is a file.
    `file`: that file, from the root; empty where each row is one, or where it is to be chosen.
    `keys`: what tells the elements of a list that a row holds, by the name of that list.
    """

    name: str
    title: str
    description: str
    kind: Kind
    held_by: str
    file: str
    named_by: tuple[Path, ...]
    identities: tuple[tuple[Path, ...], ...]
    keys: Mapping[str, tuple[str, ...]]
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> Schema:
        """The schema of a row."""
        row: Schema = self.kind.schema
        return row["properties"][self.held_by]["items"] if self.held_by else row

    @cached_property
    def lenient(self) -> Kind:
        """A kind whose schema is that of a row, but for what it owes: a list may lack columns."""
        return Kind(self.name, "", _lenient(self.schema))

    def column_of(self, path: Path) -> Column | None:
        """The column whose values go to a path."""
        return next((c for c in self.columns if c.path == path and c.in_model), None)


def _lenient(schema: Any) -> Any:
    """A schema of data in which nothing is owed; conditions stay as they are."""
    if not isinstance(schema, Mapping):
        return schema
    inner = {key: value for key, value in schema.items() if key not in {"required", "minItems"}}
    if "properties" in inner:
        inner["properties"] = {key: _lenient(one) for key, one in schema["properties"].items()}
    if "items" in inner:
        inner["items"] = _lenient(schema["items"])
    return inner


def load_list(workspace: Workspace, kinds: Mapping[str, Kind], word: str) -> ListType:
    """The list that a word names: the package's, or the workspace's. Raises RequestError.

    Raises TemplateError, with its place, for a declaration that is faulty.
    """
    found = _files(workspace)
    name = same_among(word, found)
    if not name:
        raise RequestError(f"« {word} » n’est pas une liste", f"listes : {', '.join(found)}")
    source = read_checked(found[name], load_kind("liste"), workspace.schema_folders)
    return _Declaration(source, kinds).list_type(name)


def held_in(declared: ListType, word: str, listing: Listing) -> ListType:
    """A list whose rows are in a file of a folder, once the file is chosen; another is as it is.

    Raises RequestError for a word that names no file of that folder, or that nothing asks for.
    """
    chosen = bool(declared.held_by) and not declared.file
    if not (word or chosen):
        return declared
    if not chosen:
        raise RequestError(f"« {declared.name} » ne se range pas dans une fiche", "ôtez --dans")
    known = listing.shelf(declared.kind.place)
    folder = shelf_folder(declared.kind.place)
    name = same_among(word.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml"), known)
    if not name:
        near = (
            did_you_mean(nearest_word(word, known)) or f"connues : {', '.join(known) or 'aucune'}"
        )
        told = (
            f"« {word} » n’est pas une fiche de {folder}" if word else f"quelle fiche de {folder} ?"
        )
        raise RequestError(told, near if word else f"nommez-la par --dans ; {near}")
    return replace(declared, file=str(path_of(declared.kind, name)))


def list_names(workspace: Workspace) -> tuple[str, ...]:
    """The names of the lists that there are."""
    return tuple(_files(workspace))


def _files(workspace: Workspace) -> dict[str, FilePath]:
    """The declarations by name: the package's, replaced by the workspace's file by file."""
    folders = workspace.schema_folders
    places = [folder / FOLDER for folder in reversed(folders)]
    named = ((n, p / n) for p in places for n in names(p, folders) if n.endswith(".yaml"))
    return {name[:-5]: path for name, path in sorted(dict(named).items())}


@dataclass(frozen=True)
class _Declaration:
    """The file of a list, being read."""

    source: Source
    kinds: Mapping[str, Kind]

    def list_type(self, name: str) -> ListType:
        """The list that it declares. Raises TemplateError."""
        data = self.source.data
        row = Path.parse(data["ligne"])
        kind = self.kinds.get(row.part)
        placed = kind is not None and (
            kind.place in SHELVES or (row.steps and kind.name == TERRITORY)
        )
        if kind is None or not placed or row.of_schema(kind.schema) is None:
            raise self._error(
                ("ligne",),
                f"« {data['ligne']} » n’est ni une fiche (prestataire), "
                "ni une liste d’un fichier (territoire.annuaire[])",
            )
        columns = tuple(self._column(rank, row) for rank in range(len(data["colonnes"])))
        declared = ListType(
            name,
            data["titre"],
            data["description"],
            kind,
            str(row.steps[0]) if row.steps else "",
            str(path_of(kind)) if kind.name == TERRITORY else "",
            tuple(Path.parse(f"ligne.{field}") for field in data["nom"]),
            tuple(tuple(Path.parse(f"ligne.{f}") for f in one) for one in data["identite"]),
            {key: tuple(fields) for key, fields in data.get("cles", {}).items()},
            columns,
        )
        for column in columns:
            if column.listed and not self._told_apart(column, declared):
                told = f"rien, dans « cles », ne dit de quel élément est « {column.title} »"
                raise self._error(("colonnes",), told)
        for path in (*declared.named_by, *(p for one in declared.identities for p in one)):
            if declared.column_of(path) is None:
                raise self._error(
                    ("identite",), f"« {path.inside} » n’est le champ d’aucune colonne"
                )
        return declared

    def _told_apart(self, column: Column, declared: ListType) -> bool:
        """Whether what tells the elements of a list is a column too."""
        name = str(column.steps[0])
        first = next(iter(declared.keys.get(name, ())), "")
        return any(c.steps == (name, Every(), first) for c in declared.columns)

    def _column(self, rank: int, row: Path) -> Column:
        data = self.source.data["colonnes"][rank]
        path = self._path(data["champ"], row, ("colonnes", rank, "champ"))
        implies = {
            self._path(field, row, ("colonnes", rank, "entraine")): value
            for field, value in data.get("entraine", {}).items()
        }
        return Column(
            data["titre"],
            tuple(data.get("synonymes", ())),
            path,
            self._field(path, row) or {},
            Reading(data.get("lecture", "")),
            data.get("valeurs", {}),
            implies,
        )

    def _path(self, written: str, row: Path, pointer: Pointer) -> Path:
        """The path of a datum in a row. Raises TemplateError where no schema knows it."""
        try:
            path = Path.parse(f"ligne.{written}")
        except ValueError as error:
            raise self._error(pointer, str(error)) from error
        if self._field(path, row) is None or path.through or sum(map(_every, path.steps)) > 1:
            raise self._error(
                pointer, f"« {written} » n’est pas une donnée que les schémas connaissent"
            )
        return path

    def _field(self, path: Path, row: Path) -> Schema | None:
        return row.down(*path.steps).of_schema(self.kinds[row.part].schema)

    def _error(self, pointer: Pointer, message: str) -> TemplateError:
        place = self.source.place(pointer)
        return TemplateError(
            f"{self.source.path}:{place.line}:{place.column}: {message}",
            "écrivez le champ depuis la ligne, comme adresse.commune ou dirigeants[].nom",
        )


def _every(step: Step) -> bool:
    return isinstance(step, Every)
