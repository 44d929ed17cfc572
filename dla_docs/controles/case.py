"""What a control receives and yields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dla_docs.findings import Pointer
from dla_docs.load import Corpus, Scope
from dla_docs.schemas import field_at
from dla_docs.source import Source


@dataclass(frozen=True)
class Breach:
    """What a control found: at which datum of which file, in which words, and what to do.

    What is only `late` is never worse than an alerte: a dossier under way has no error.
    """

    source: Source
    pointer: Pointer
    message: str
    hint: str
    late: bool = False


@dataclass(frozen=True)
class Case:
    """A scope that a rule is about, seen on a day.

    Faulty fields read as absent (see `validate.sound`): a control never meets a wrong type.
    """

    scope: Scope
    corpus: Corpus
    day: date

    def part(self, kind: str) -> Source | None:
        """The file of that kind here or in what holds this scope; None where there is none."""
        return self.scope.part(kind)

    def data(self, kind: str) -> Mapping[str, Any]:
        """What the file of that kind holds; empty where there is none."""
        source = self.part(kind)
        return source.data if source and isinstance(source.data, dict) else {}

    def parameter(self, name: str) -> Any:
        """A threshold or delay: the territory's, else the default its schema documents."""
        chosen = self.corpus.territory.data.get("parametres") or {}
        schema = self.corpus.kinds["territoire"].schema
        return chosen.get(name, field_at(schema, ("parametres", name)).get("default"))


Control = Callable[[Case], Iterator[Breach]]
