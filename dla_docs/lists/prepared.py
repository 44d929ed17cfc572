"""The files that a list makes and changes, as bytes: nothing is written before all are known.

A new record is the file that `dla new` writes, with the values of its row; in a file that is there,
the lines concerned alone are changed (`edit/`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from dla_docs.create.new import Draft, draft, drafted
from dla_docs.documents.types import DocumentType
from dla_docs.edit.changes import Append, Edit
from dla_docs.edit.edit import changed
from dla_docs.lists.known import Files
from dla_docs.lists.planned import Entry, Plan, State
from dla_docs.lists.remarks import Remark
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import slug
from dla_docs.model.errors import DlaError, EditError, RequestError
from dla_docs.model.paths import at
from dla_docs.model.schemas import owed_keys


@dataclass(frozen=True)
class Prepared:
    """A plan, and the files it comes to: `made`, and `changed` from what they were.

    `places`: the file of each row that makes or changes one.
    """

    plan: Plan
    made: Mapping[str, bytes]
    changed: Mapping[str, tuple[bytes, bytes]]
    places: Mapping[int, str]


def prepared(
    plan: Plan, files: Files, corpus: Corpus, types: Collection[DocumentType], day: date
) -> Prepared:
    """The files of a plan; a row whose file cannot be made is left out, and told."""
    work = _Work(plan, files, corpus, types, day)
    for entry in plan.entries:
        try:
            work.take(entry)
        except (RequestError, EditError) as error:
            work.refuse(entry, error)
    changes = {
        path: (files.contents[path], text.encode())
        for path, text in work.texts.items()
        if text.encode() != files.contents[path]
    }
    entries = tuple(
        replace(e, state=State.LEFT) if e.record.row in work.refused else e for e in plan.entries
    )
    told = replace(plan, entries=entries, remarks=(*plan.remarks, *work.refused.values()))
    return Prepared(told, work.made, changes, work.places)


class _Work:
    """The files in the making."""

    def __init__(
        self,
        plan: Plan,
        files: Files,
        corpus: Corpus,
        types: Collection[DocumentType],
        day: date,
    ) -> None:
        self._declared, self._files = plan.declared, files
        self._corpus, self._types, self._day = corpus, types, day
        self.made: dict[str, bytes] = {}
        self.texts: dict[str, str] = {}
        self.places: dict[int, str] = {}
        self.refused: dict[int, Remark] = {}
        self._ids = {str(known.data.get("id")) for known in files.records if known.base}

    def take(self, entry: Entry) -> None:
        """Make or change the file of a row. Raises RequestError and EditError."""
        if entry.state is State.CHANGED and entry.known:
            self._change(entry, entry.known.path, [d.edit for d in entry.differences])
        elif entry.state is State.NEW and self._declared.held_by:
            path = self._declared.file
            if path not in self._files.contents or path in self._files.unread:
                raise RequestError(f"{path} est fautif", f"corrigez-le d’abord : dla check {path}")
            self._change(entry, path, [Append((self._declared.held_by,), self._element(entry))])
        elif entry.state is State.NEW:
            made = self._named(draft(
                self._declared.kind, (entry.record.name,), entry.record.data,
                self._corpus, self._types, self._day,
            ))  # fmt: skip
            self.made[str(made.path)] = drafted(made, self._corpus)
            self.places[entry.record.row] = str(made.path)

    def refuse(self, entry: Entry, error: DlaError) -> None:
        """Note why a row makes no file."""
        record = entry.record
        self.refused[record.row] = Remark(record.row, 0, record.name, "", error.message, error.hint)

    def _change(self, entry: Entry, path: str, edits: list[Edit]) -> None:
        text = self.texts.get(path) or self._files.contents[path].decode()
        self.texts[path] = changed(text, edits, self._declared.kind.schema)
        self.places[entry.record.row] = path

    def _named(self, made: Draft) -> Draft:
        """A draft under a name that no other file has."""
        taken = {*self.made, *self._corpus.listing.kind_of, *self._corpus.listing.strays}
        if str(made.path) in self._files.unread:
            raise RequestError(
                f"{made.path} porte déjà ce nom, et est fautif",
                f"corrigez-le d’abord : dla check {made.path}",
            )
        if str(made.path) not in taken:
            return made
        town = at(made.values, ("adresse", "commune"))
        for word in self._suffixes(town):
            path = PurePosixPath(made.path).with_stem(f"{made.path.stem}-{word}")
            if str(path) not in taken:
                return replace(made, path=path)
        raise RequestError(f"{made.path} existe déjà", "distinguez les deux noms")

    def _suffixes(self, town: Any) -> Iterator[str]:
        if isinstance(town, str) and slug(town):
            yield slug(town)
        yield from map(str, range(2, 10))

    def _element(self, entry: Entry) -> dict[str, Any]:
        """The element of a new row: its identifier, its data, what it owes left blank."""
        data = entry.record.data
        owed = dict.fromkeys(owed_keys(self._declared.schema))
        if "id" not in owed:
            return {**owed, **data}
        words = [str(v) for path in self._declared.named_by if (v := path.first(data))]
        names = [
            slug(words[0]),
            slug(" ".join(words)),
            *(f"{slug(words[0])}-{n}" for n in range(2, 99)),
        ]
        name = next((n for n in names if n and n not in self._ids), "")
        if not name:
            raise RequestError(
                f"« {entry.record.name} » ne contient aucune lettre dont faire un identifiant"
            )
        self._ids.add(name)
        return {**owed, **data, "id": name}
