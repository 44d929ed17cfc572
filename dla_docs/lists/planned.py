"""What a list would change of a workspace: each row beside what is known, and all that is wrong.

Nothing is written here. A row with a fault is left out, and told; the sound ones do not wait for
it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dla_docs.lists.compared import Difference, differences, title_of
from dla_docs.lists.declared import ListType
from dla_docs.lists.known import Files, Key, Known, Place, key_of
from dla_docs.lists.remarks import Remark
from dla_docs.lists.resembling import Resembling
from dla_docs.lists.rows import Record
from dla_docs.model.schemas import owed_keys
from dla_docs.model.words import apart, enumeration, folded, quoted, within


class State(StrEnum):
    """What becomes of a row."""

    NEW = "nouveau"
    CHANGED = "modifié"
    SAME = "identique"
    LEFT = "laissé"


@dataclass(frozen=True)
class Entry:
    """A row, what becomes of it, what it is the same as, and what it changes of it.

    `lacking`: the titles of what a new record owes and that the row does not give.
    """

    record: Record
    state: State
    known: Known | None = None
    differences: tuple[Difference, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A whole list once compared: its rows in order, and all that is said of it.

    `absent`: what is known and that the list does not name.
    """

    declared: ListType
    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]
    absent: tuple[Known, ...]

    def of(self, state: State) -> tuple[Entry, ...]:
        """The rows of which that becomes."""
        return tuple(entry for entry in self.entries if entry.state is state)

    @property
    def faulty(self) -> bool:
        """Whether something is wrong."""
        return any(remark.fault for remark in self.remarks)


def planned(rows: Iterable[Record], declared: ListType, files: Files) -> Plan:
    """Each row beside what is known; the same row twice counts once."""
    listed = list(rows)
    ground = _Ground(declared, files, _twins(listed, declared), Resembling(files.records, declared))
    entries: list[Entry] = []
    remarks: list[Remark] = [*_unread(files)]
    rows_of: dict[Place, int] = {}
    for record in listed:
        entry, told = _beside(record, ground, rows_of)
        entries.append(entry)
        remarks += (*record.remarks, *told)
    places = {entry.known.place for entry in entries if entry.known}
    absent = tuple(known for known in files.records if known.place not in places)
    return Plan(declared, tuple(entries), tuple(remarks), absent)


@dataclass(frozen=True)
class _Ground:
    """What each row is compared with; `twins`: by number, another row of the same thing."""

    declared: ListType
    files: Files
    twins: Mapping[int, Record]
    names: Resembling


def _beside(
    record: Record, ground: _Ground, rows_of: dict[Place, int]
) -> tuple[Entry, list[Remark]]:
    """What becomes of a row, and what is said of it. `rows_of`: the first row of each record."""
    declared, twin = ground.declared, ground.twins.get(record.row)
    if not record.data:
        return Entry(record, State.LEFT), []
    if twin and twin.row < record.row and _says_no_more(record, twin, declared):
        told = f"répète la ligne {twin.row}, et ne compte qu’une fois"
        return Entry(record, State.LEFT), [_note(record, told)]
    remarks = _twice(record, twin, declared) if twin else []
    known, conflict = _known_as(record, declared, ground.files)
    remarks += conflict
    if known and not twin and (row := rows_of.setdefault(known.place, record.row)) < record.row:
        told = f"c’est aussi {known.name} ({known.path}), comme la ligne {row}"
        remarks.append(_fault(record, told, "gardez une seule ligne"))
    faulty = record.faulty or any(remark.fault for remark in remarks)
    entry = _entry(record, known, declared, faulty)
    return entry, [*remarks, *_neighbours(entry, ground.names)]


def _entry(record: Record, known: Known | None, declared: ListType, faulty: bool) -> Entry:
    if faulty:
        return Entry(record, State.LEFT, known)
    if known is None:
        return Entry(record, State.NEW, lacking=tuple(_lacking(record, declared)))
    found = differences(known.data, record.data, declared, known.base)
    return Entry(record, State.CHANGED if found else State.SAME, known, found)


def _lacking(record: Record, declared: ListType) -> Iterator[str]:
    """The titles of what is owed at the top of a record and nowhere in the row."""
    filled = {key for key, field in declared.schema["properties"].items() if "x-depuis" in field}
    for key in owed_keys(declared.schema):
        # An identifier is made of the name.
        if key not in record.data and key not in filled and key != "id":
            yield within(title_of((key,), declared))


def _twins(rows: list[Record], declared: ListType) -> dict[int, Record]:
    """By its number, each row that is of the same thing as another: the first other one."""
    firsts: dict[tuple[int, Key], Record] = {}
    found: dict[int, Record] = {}
    for record in rows:
        for rank, identity in enumerate(declared.identities):
            key = key_of(record.data, identity)
            if not key:
                continue
            first = firsts.setdefault((rank, key), record)
            if first is not record:
                found.setdefault(record.row, first)
                found.setdefault(first.row, record)
    return found


def _says_no_more(record: Record, first: Record, declared: ListType) -> bool:
    """Whether a row says nothing that another does not."""
    found = differences(first.data, record.data, declared, ())
    return all(folded(str(one.former)) == folded(str(one.value)) for one in found)


def _twice(record: Record, other: Record, declared: ListType) -> list[Remark]:
    """What is said of a row that another contradicts, unless it says no more than it."""
    if _says_no_more(other, record, declared) and other.row > record.row:
        return []
    return [
        _fault(
            record,
            f"{_same(record.data, other.data, declared)} que la ligne {other.row}, "
            "qui ne dit pas la même chose",
            "gardez une seule ligne",
        )
    ]


def _same(one: Mapping[str, Any], other: Mapping[str, Any], declared: ListType) -> str:
    """`même SIRET`: by what two rows are the same."""
    for identity in declared.identities:
        if (key := key_of(one, identity)) and key == key_of(other, identity):
            return f"même {_titles(identity, declared)}"
    return "même nom"


def _titles(identity: tuple[Any, ...], declared: ListType) -> str:
    columns = (declared.column_of(path) for path in identity)
    return enumeration(within(column.title) for column in columns if column)


def _known_as(
    record: Record, declared: ListType, files: Files
) -> tuple[Known | None, list[Remark]]:
    """What a row is the same as, by the first identity that tells; and what makes that doubtful."""
    for rank, identity in enumerate(declared.identities):
        key = key_of(record.data, identity)
        met = files.alike(rank, key) if key else ()
        if len(met) > 1:
            where = apart(f"{known.name} ({known.path})" for known in met)
            told = f"plusieurs fiches ont ce même {_titles(identity, declared)}, {where}"
            return None, [_fault(record, told, "corrigez-les d’abord")]
        if met:
            return met[0], _otherwise(record, met[0], rank, declared)
    return None, []


def _otherwise(record: Record, known: Known, rank: int, declared: ListType) -> list[Remark]:
    """What is said where two things are the same by an identity, and not by a surer one."""
    by = _titles(declared.identities[rank], declared)
    for surer in declared.identities[:rank]:
        one, other = key_of(record.data, surer), key_of(known.data, surer)
        if one and other and not _same_company(one, other):
            title = _titles(surer, declared)
            return [
                _fault(
                    record,
                    f"même {by} que {known.path}, qui a un autre {title} ({other[0]})",
                    f"si c’est la même, corrigez {title} dans le fichier ; sinon, changez le nom",
                )
            ]
    return []


def _same_company(one: Key, other: Key) -> bool:
    """Whether two codes are of one company: its SIRET begins with its SIREN, and moves with it."""
    return len(one[0]) == len(other[0]) == 14 and one[0][:9] == other[0][:9]


def _neighbours(entry: Entry, names: Resembling) -> list[Remark]:
    """What is said of a new record whose name resembles that of others: they may be the same."""
    met = names.names(entry.record.data) if entry.state is State.NEW else []
    told = f"nouveau, à côté de {quoted(met[:NEAR])}"
    return [_note(entry.record, told, "si c’est le même, écrivez le même nom")] if met else []


NEAR = 3
"""Names that are given of those that one resembles: a question that lists more is not read."""


def _unread(files: Files) -> Iterator[Remark]:
    for path in files.unread:
        yield Remark(
            0,
            0,
            "",
            "",
            f"{path} est fautif, et n’est pas comparé",
            f"dla check {path}",
            fault=False,
        )


def _fault(record: Record, told: str, hint: str = "") -> Remark:
    return Remark(record.row, 0, record.name, "", told, hint)


def _note(record: Record, told: str, hint: str = "") -> Remark:
    return Remark(record.row, 0, record.name, "", told, hint, fault=False)
