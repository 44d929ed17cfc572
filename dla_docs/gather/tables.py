"""The tables that a workspace may gather, as their files declare them: `schemas/tableaux/*.yaml`.

A path is read in the scope of a line and in what holds it (`diagnostic.date`); from a dossier, in
each of its ingénieries (`convention.montant.ttc`); in the element of the line (`element.date`); in
the file that a name leads to (`dossier.structures[]/structure.secteur`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dla_docs.disk.listing import names
from dla_docs.load.places import RESERVED, SERIES, SHELVES, TERRITORY, field_of, shelf_folder
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Every, Path, at
from dla_docs.model.schemas import Kind, Schema, field_at, holder, load_kind, nearest
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

ELEMENT = "element"
"""What paths call the element of the list of a table that has one line an element."""
SCOPE = "portee"
"""What paths call the scope of a line: its `reference` (AAAA-NNN), its `nom`, its `chemin`."""
_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
OF_SCOPE: Mapping[str, Schema] = {
    **dict.fromkeys(("reference", "nom", "chemin"), _TEXT),
    **dict.fromkeys(("dernier_jour", "conserve_jusqu_au"), _DAY),
}
"""What is known of a scope itself; of a dossier, its last day and until when it is kept."""
OPERATIONS = ("de", "premier", "dernier", "compte", "somme", "moyenne", "existe")
FOLDER = "tableaux"
NAME = re.compile(r"[a-z][a-z0-9_]*")
"""The name of a table, hence of its exports: a hyphen parts it from the audience they are for."""
MOST = 40
"""Tables of a workspace: ours are ten, and each is read at every dossier."""
EVERYONE = frozenset("operateur structure prestataire consultes comite financeurs public".split())

OPERATOR_ALONE = frozenset({"operateur"})
CONSENT = "x-ouvert-si"
BY_DEFAULT = ("operateur", "structure")
"""Who reads a field whose schema names nobody."""


@dataclass(frozen=True)
class Column:
    """A column: what it says, the path of its values, and what is done of them.

    `field` is the schema of what the path leads to. `audience`: who may read every value.
    `held_by`: who has it, where it is asked for and may lack. `due_with`: the column without which
    it is not asked for. `opened_by`: the yes or no that
    opens it to everyone on the lines where it is yes. `for_all`: a line without a value is of each.
    """

    id: str
    title: str
    description: str
    operation: str
    path: Path
    field: Schema
    audience: frozenset[str]
    held_by: str = ""
    opened_by: Path | None = None
    due_with: str = ""
    for_all: bool = False

    @property
    def unit(self) -> str:
        """The unit of its numbers, as the schemas name it; empty for what is counted."""
        return "" if self.operation == "compte" else str(self.field.get("x-unite", ""))

    @property
    def labels(self) -> Mapping[str, str]:
        """What each code of a closed list is called; empty where the values are no codes."""
        kept = self.operation in {"de", "premier", "dernier"}
        return self.field.get("x-libelles", {}) if kept else {}

    @property
    def target(self) -> str:
        """The folder or the list whose names its values are; empty where they are no names."""
        kept = self.operation in {"de", "premier", "dernier"}
        return str(self.field.get("x-reference", "")) if kept else ""


@dataclass(frozen=True)
class Table:
    """A table: one line a scope of its level, or an element of the list at `each` there.

    `anonymous`: its lines are about no structure and nobody, and all that it counts may be
    published.
    """

    name: str
    title: str
    description: str
    level: str
    each: Path | None
    columns: tuple[Column, ...]
    anonymous: bool = False

    def column(self, name: str) -> Column | None:
        """The column of that identifier; None where there is none."""
        return next((column for column in self.columns if column.id == name), None)


def load_tables(workspace: Workspace, kinds: Mapping[str, Kind]) -> dict[str, Table]:
    """Every table by name: the package's, completed or replaced by the workspace's, file by file.

    Raises TemplateError, with its place, for a file that breaks its schema or a path that leads
    nowhere.
    """
    folders = workspace.schema_folders
    places = (folder / FOLDER for folder in reversed(folders))
    named = ((n, place / n) for place in places for n in names(place, folders) if n[-5:] == ".yaml")
    kind = load_kind("tableau")
    files = sorted(dict(named).items())
    if len(files) > MOST:
        raise TemplateError(
            f"{files[MOST][1]} : plus de {MOST} tableaux", "gardez ceux qui servent"
        )
    for name, path in files:
        if not NAME.fullmatch(name[:-5]) or name[:-5] in RESERVED:
            raise TemplateError(
                f"{str(path)!r} : ce n’est pas un nom de tableau",
                "nommez le fichier de lettres sans accent, de chiffres et de « _ » : "
                "mes_conventions.yaml",
            )
    sources = ((name[:-5], read_checked(path, kind, folders)) for name, path in files)
    return {name: _Declaration(source, kinds).table(name) for name, source in sources}


@dataclass(frozen=True)
class _Declaration:
    """The file of a table, being read."""

    source: Source
    kinds: Mapping[str, Kind]
    each: Path | None = None

    def table(self, name: str) -> Table:
        data = self.source.data
        each = self.path(("pour_chaque",)) if "pour_chaque" in data else None
        inside = _Declaration(self.source, self.kinds, each)
        columns = tuple(inside.column(rank) for rank in range(len(data["colonnes"])))
        twice = [c.id for rank, c in enumerate(columns) if c.id in {k.id for k in columns[:rank]}]
        if twice:
            rank = max(r for r, c in enumerate(columns) if c.id == twice[0])
            raise self._error(("colonnes", rank, "id"), f"deux colonnes se nomment « {twice[0]} »")
        for rank, column in enumerate(columns):
            if column.due_with and column.due_with not in {one.id for one in columns}:
                place = ("colonnes", rank, "attendu_si")
                raise self._error(place, f"aucune colonne ne se nomme « {column.due_with} »")
        return Table(
            name,
            data["titre"],
            data["description"],
            data["ligne"],
            each,
            columns,
            data.get("anonyme", False),
        )

    def column(self, rank: int) -> Column:
        data = self.source.data["colonnes"][rank]
        operation = next(name for name in OPERATIONS if name in data)
        path = self.path(("colonnes", rank, operation))
        return Column(
            data["id"],
            data["titre"],
            data["description"],
            operation,
            path,
            _one_of(self._field(path) or {}),
            self._audience(path),
            data.get("aupres", ""),
            self._consent(path),
            data.get("attendu_si", ""),
            data.get("vide") == "tous",
        )

    def path(self, pointer: Pointer) -> Path:
        written = at(self.source.data, pointer)
        try:
            path = Path.parse(written)
        except ValueError as error:
            raise self._error(pointer, str(error)) from error
        if self._secret(path):
            raise self._error(pointer, f"« {written} » est un secret : aucun tableau ne le lit")
        if self._opens_a_mapping(path):
            raise self._error(
                pointer, f"« {written} » : « [] » ne s’écrit qu’après une liste ; nommez le champ"
            )
        if self._field(path) is None:
            raise self._error(
                pointer, f"« {written} » n’est pas une donnée que les schémas connaissent"
            )
        return path

    def _field(self, path: Path) -> Schema | None:
        """The schema of what a path leads to; None where a step of it leads nowhere."""
        if path.through is not None and not self._names(path.through, path.part):
            return None
        if path.part == SCOPE:
            return OF_SCOPE.get(str(path.steps[0])) if len(path.steps) == 1 else None
        located = self._located(path)
        return field_of(located, self.kinds) if located else None

    def _names(self, through: Path, part: str) -> bool:
        """Whether a path leads to names of things of a kind: a folder's, or a territory's list."""
        field = self._field(through)
        target = str((field or {}).get("x-reference", (field or {}).get("x-nom-dans", "")))
        # A proposition bears the name of its prestataire.
        return bool(target) and part in {SHELVES.get(target, target), *SERIES.values()}

    def _located(self, path: Path) -> Path | None:
        """The path from the kind of file that holds it: `element`, and lists of the territory."""
        if path.part == ELEMENT:
            return self.each.down(Every(), *path.steps) if self.each else None
        if path.through is not None and path.part not in self.kinds:
            return Path("territoire", (path.part, Every(), *path.steps))
        return path

    def _audience(self, path: Path) -> frozenset[str]:
        """Who may read what a path leads to: it, all that chooses it, all that it goes through."""
        if path.part == SCOPE:
            # The name of a folder or of a file tells the structure's.
            return EVERYONE if path.steps == ("reference",) else OPERATOR_ALONE
        located = self._located(path)
        own = readers(located, self.kinds) if located else EVERYONE
        # A name is said by the list that it is in.
        target = str(_one_of(self._field(path) or {}).get("x-reference", ""))
        if target and not shelf_folder(target):
            own &= readers(Path(TERRITORY, (target, Every())), self.kinds)
        return own if path.through is None else own & self._audience(path.through)

    def _opens_a_mapping(self, path: Path) -> bool:
        """Whether a step wants the elements of what is no list: of fields that differ in kind."""
        if path.through is not None and self._opens_a_mapping(path.through):
            return True
        schema = self._schema(path)
        pointer: Pointer = ()
        located = self._located(path)
        for step in located.steps if located else ():
            listed = "items" in field_at(schema, pointer)
            if isinstance(step, Every) and step.key and not listed:
                continue
            if not isinstance(step, str) and not listed and field_at(schema, pointer):
                return True
            pointer = (*pointer, 0 if isinstance(step, Every) else step)
        return False

    def _schema(self, path: Path) -> Schema:
        """The schema of the kind of file that a path is read in; empty where it is of none."""
        located = self._located(path)
        kind = self.kinds.get(SERIES.get(located.part, located.part)) if located else None
        return kind.schema if kind else {}

    def _consent(self, path: Path) -> Path | None:
        """The yes or no that opens a datum (`x-ouvert-si`), beside it in what its author wrote.

        None where a path is chosen or goes through a name: what it tells besides has no such yes.
        Our schemas alone say it: a workspace opens a field by `x-diffusion`, in full view.
        """
        located = self._located(path)
        chosen = any(isinstance(step, Every) and step.key for step in path.steps)
        if located is None or path.through is not None or chosen:
            return None
        pointer = tuple(0 if isinstance(step, Every) else step for step in located.steps)
        field = holder(schema := self._schema(path), pointer, CONSENT)
        beside = field_at(schema, field).get(CONSENT)
        if not beside:
            return None
        ours = load_kind(SERIES.get(located.part, located.part)).schema
        down = len(field) - (len(pointer) - len(path.steps)) - 1
        if field_at(ours, field).get(CONSENT) != beside or down < 0:
            return None
        return Path(path.part, (*path.steps[:down], str(beside)))

    def _secret(self, path: Path) -> bool:
        """Whether a path reads, or is chosen by, what no table may hold."""
        if path.through is not None and self._secret(path.through):
            return True
        located, schema = self._located(path), self._schema(path)
        read = read_by(located, schema) if located else ()
        return any(nearest(schema, one, "x-secret") for one in read)

    def _error(self, pointer: Pointer, message: str) -> TemplateError:
        place = self.source.place(pointer)
        return TemplateError(
            f"{self.source.path}:{place.line}:{place.column}: {message}",
            "écrivez partie.champ, comme convention.date",
        )


def readers(path: Path, kinds: Mapping[str, Kind]) -> frozenset[str]:
    """Who may read a datum of a kind of files: those to whom it and what chooses it are open."""
    schema = kinds[SERIES.get(path.part, path.part)].schema
    found = (nearest(schema, one, "x-diffusion") or BY_DEFAULT for one in read_by(path, schema))
    return EVERYONE.intersection(*found)


def read_by(path: Path, schema: Schema) -> Iterator[Pointer]:
    """What a path leads to, and what it chooses it by: dates of `[libelle=solde]` tell labels."""
    pointer: Pointer = ()
    for step in path.steps:
        chosen = isinstance(step, Every) and step.key
        # A mapping that is chosen by what it holds is itself what is read.
        if not (chosen and "items" not in field_at(schema, pointer)):
            pointer = (*pointer, 0 if isinstance(step, Every) else step)
        if chosen:
            yield (*pointer, str(chosen))
    yield pointer


def _one_of(field: Schema) -> Schema:
    """The schema of one value: of an element, where the path leads to a list."""
    return field.get("items", {}) if field.get("type") == "array" else field
