"""A row of a workbook as the data of one record, each datum with the cell it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dla_docs.engines.worksheets import Row, Value
from dla_docs.lists.cells import (
    Read,
    Refused,
    address,
    parts_of,
    person,
    read_value,
    short,
    words_of,
)
from dla_docs.lists.declared import Column, ListType, Reading
from dla_docs.lists.known import name_of
from dla_docs.lists.remarks import Remark
from dla_docs.lists.titles import Head
from dla_docs.lists.together import Given, together
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import field_at
from dla_docs.model.words import folded, number_of, plain
from dla_docs.validate.fast import breaks
from dla_docs.validate.validate import against_schema

TOTALS = frozenset({"total", "totaux", "total general", "sous-total", "moyenne", "nombre"})
"""How people call the last row of a list, which is of nobody, folded."""


@dataclass(frozen=True)
class Record:
    """A row once read: its number, its name, its data, what is said of its cells.

    `cells`: the rank of the column that each datum comes from, by its place in the data.
    """

    row: int
    name: str
    data: Mapping[str, Any]
    cells: Mapping[Pointer, int]
    remarks: tuple[Remark, ...]

    @property
    def faulty(self) -> bool:
        """Whether something in it forbids that it is written."""
        return any(remark.fault for remark in self.remarks)


def records(head: Head, declared: ListType) -> Iterator[Record]:
    """The rows under the titles of a list, in order; those of no column of ours are left out."""
    for number, row in head.sheet.rows:
        # A list of several pages has its titles again on each.
        if number > head.row and not _is_head(row, head):
            record = _Row(number, row, head, declared).record()
            if folded(record.name) in TOTALS:
                told = "cette ligne est un total, elle n’est pas lue"
                remark = Remark(number, 0, record.name, "", told, fault=False)
                record = Record(number, "", {}, {}, (remark,))
            if record.data or record.remarks:
                yield record


def _is_head(row: Row, head: Head) -> bool:
    told = (plain(v) if isinstance(v, str) else "" for v in row)
    return {rank: words for rank, words in enumerate(told, 1) if words} == head.titles


@dataclass
class _Row:
    """A row being read: what its cells give so far, by path."""

    number: int
    row: Row
    head: Head
    declared: ListType
    remarks: list[Remark] = field(default_factory=list)
    given: dict[Path, Given] = field(default_factory=dict)

    def record(self) -> Record:
        """The data of the row, checked as a whole."""
        told = {rank: column for rank, column in self.head.columns.items() if self._says(rank)}
        told |= self._in_place_of_empty(told)
        # What is said in a column of its own comes before what is found in a larger cell.
        for rank, column in sorted(told.items(), key=lambda item: not item[1].in_model):
            try:
                self._read(rank, column)
            except Refused as refused:
                self._remark(rank, refused.reason, refused.hint)
        for column in told.values():
            for path, value in column.implies.items():
                self.given.setdefault(path, Given(value, 0))
        whole = together(self.given, self.declared)
        for said in whole.said:
            self._remark(*said)
        self._owes_a_name(whole.data, told)
        self._checked(whole.data, whole.cells)
        name = name_of(whole.data, self.declared)
        remarks = tuple(replace(remark, name=name) for remark in self.remarks)
        return Record(self.number, name, whole.data, whole.cells, remarks)

    def _says(self, rank: int) -> bool:
        flaw = self.head.sheet.flaws.get((self.number, rank))
        if flaw:
            self._remark(rank, flaw, "ouvrez puis enregistrez le classeur, ou saisissez la valeur")
        return not flaw and rank <= len(self.row) and words_of(self.row[rank - 1]) != ""

    def _remark(self, rank: int, told: str, hint: str = "", fault: bool = True) -> None:
        column = self.head.columns.get(rank)
        title = column.title if column else self.head.titles.get(rank, "")
        self.remarks.append(Remark(self.number, rank, "", title, told, hint, fault))

    def _read(self, rank: int, column: Column) -> None:
        """Put the values of a cell in their place. Raises Refused."""
        value = self.row[rank - 1]
        if column.reading in (Reading.PERSON, Reading.ADDRESS):
            read = person if column.reading is Reading.PERSON else address
            found = read(words_of(value))
            if column.reading is Reading.ADDRESS and not self._coded(column, found):
                told = "aucun code postal n’y est lu, tout est pris pour la voie"
                self._remark(rank, told, "mettez-le dans une colonne « Code postal »", fault=False)
            for key, word in found.items():
                path = column.path.down(key)
                own = field_at(column.field, (key,))
                self._put(path, column, rank, [self._one(word, column, own, rank)])
        elif column.reading is Reading.BEFORE:
            self._before(value, column, rank)
        elif column.several:
            self._put(column.path, column, rank, self._several(value, column, rank))
        else:
            self._put(column.path, column, rank, [self._one(value, column, column.value, rank)])

    def _coded(self, column: Column, found: Mapping[str, str]) -> bool:
        """Whether the postcode of an address is there, in its cell or in a column of its own."""
        own = column.path.down("code_postal")
        return "code_postal" in found or any(c.path == own for c in self.head.columns.values())

    def _one(self, value: Value, column: Column, own: Mapping[str, Any], rank: int) -> Any:
        read: Read = read_value(value, own, dict(column.words), self.head.sheet.late)
        if read.note:
            self._remark(rank, read.note, fault=False)
        return read.value

    def _several(self, value: Value, column: Column, rank: int) -> list[Any]:
        """The values of a cell; a number or a day is one."""
        if not isinstance(value, str):
            return [self._one(value, column, column.value, rank)]
        parts = list(parts_of(value, column.value, column.listed))
        read = [self._one(part, column, column.value, rank) for part in parts]
        parted = len(parts) > 1 and "," in value and not {"|", "\n", ";"} & set(value.strip())
        if parted and "enum" not in column.value and "format" not in column.value:
            many = number_of(len(parts), "valeur")
            self._remark(
                rank,
                f"« {short(plain(value))} » est lu comme {many}, parties par des virgules",
                "finissez la cellule par « | » si c’en est une seule",
                fault=False,
            )
        kept = read if column.listed else [v for v in dict.fromkeys(read) if v is not None]
        if any(v is not None for v in kept):
            return kept
        self._remark(rank, f"« {short(plain(value))} » est lu comme une case vide", fault=False)
        return []

    def _put(self, path: Path, column: Column, rank: int, values: list[Any]) -> None:
        if not values or values == [None]:
            return
        whole = values if column.several else values[0]
        if self.given.setdefault(path, Given(whole, rank)).value != whole:
            told = ", ".join(words_of(value) for value in values if value is not None)
            self._remark(
                rank,
                f"« {short(told)} » n’est pas retenu, une autre colonne le dit déjà",
                fault=False,
            )

    def _before(self, value: Value, column: Column, rank: int) -> None:
        """Put a word before that of the column of the same datum, whichever was read first."""
        word = self._one(value, column, column.value, rank)
        own = self.given.get(column.path, Given("", rank))
        self.given[column.path] = Given(f"{word or ''} {own.value}".strip(), own.rank)

    def _in_place_of_empty(self, told: Mapping[int, Column]) -> dict[int, Column]:
        """The second columns of a datum whose first says nothing; what else they say is told."""
        found: dict[int, Column] = {}
        for rank, first in self.head.twice:
            if not self._says(rank):
                continue
            if first not in told:
                found[rank] = self.head.columns[first]
                continue
            one, other = words_of(self.row[rank - 1]), words_of(self.row[first - 1])
            if one != other:
                self._remark(
                    rank,
                    f"« {short(one)} » n’est pas retenu, la colonne "
                    f"« {self.head.titles[first]} » dit déjà cette donnée",
                    fault=False,
                )
        return found

    def _owes_a_name(self, data: Mapping[str, Any], told: Mapping[int, Column]) -> None:
        due = self.declared.named_by[0]
        column = self.declared.column_of(due)
        # Said wrongly, it is told already.
        wrong = any(
            remark.fault and remark.title == column.title for remark in self.remarks if column
        )
        if column and due.first(data) is None and (data or told) and not wrong:
            rank = next((r for r, c in self.head.columns.items() if c is column), 0)
            self._remark(rank, "cette ligne n’a pas de nom", f"écrivez « {column.title} »")

    def _checked(self, data: Mapping[str, Any], cells: Mapping[Pointer, int]) -> None:
        """Tell what the schema refuses of the data that the row gives."""
        lenient = self.declared.lenient
        if not data or not breaks(data, lenient):
            return
        for finding in against_schema(Source("", data), lenient.schema):
            places = [p for p in cells if p[: len(finding.pointer)] == finding.pointer]
            places += [p for p in cells if finding.pointer[: len(p)] == p]
            if places and not finding.condition and at(data, finding.pointer) is not None:
                self._remark(cells[places[0]], finding.message, finding.hint)
