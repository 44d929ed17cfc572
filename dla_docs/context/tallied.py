"""What a document about all dossiers reads: the figures of its period, the lines of the tables.

A line shows the columns that all addressees may see; reading another raises, as a field does. What
someone wrote is shown further only where they agreed to be quoted (`ouvert_si` of its column).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.context.views import DISCLOSURE, Lens, TemplateFault, part_view, scalar
from dla_docs.documents.documents import Document
from dla_docs.gather.figures import Period, figures
from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.tables import Column, Table
from dla_docs.load.corpus import Corpus
from dla_docs.load.references import parameter, titled
from dla_docs.model.departements import departement_named
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import Path, at

QUOTED = "R-CNF-04"
"""The rule that a template breaks by printing what its author did not agree to see quoted."""
ALWAYS = Period("0000", "9999")
"""The period of a document that has none, such as a register."""


class Row:
    """A line of a table, read by its columns: `ligne.accueil`."""

    __slots__ = ("_audience", "_line", "_table")

    def __init__(self, table: Table, line: Line, audience: frozenset[str]) -> None:
        self._table, self._line, self._audience = table, line, audience

    def __getitem__(self, key: str) -> Any:
        column = self._table.column(key) if isinstance(key, str) else None
        if column is None:
            near = did_you_mean(nearest_word(str(key), [c.id for c in self._table.columns]))
            also = f" ({near})" if near else ""
            raise TemplateFault(f"« {key} » n’est pas une colonne de {self._table.name}{also}")
        closed = self._audience - column.audience
        agreed = column.opened_by and self._line.values.get(column.opened_by) is True
        if closed and not agreed:
            raise TemplateFault(
                f"« {self._table.name}.{key} » n’est pas destiné à ce public : "
                f"{', '.join(sorted(closed))} ({QUOTED if column.opened_by else DISCLOSURE})"
            )
        value = self._line.values[key]
        if isinstance(value, tuple):
            return tuple(shown(one, column) for one in value)
        return shown(value, column)

    def __str__(self) -> str:
        raise TemplateFault(f"une ligne de {self._table.name} ne s’imprime pas : nommez la colonne")

    def __iter__(self) -> Iterator[str]:
        raise TemplateFault(f"une ligne de {self._table.name} se lit par ses colonnes")


def tallied(document: Document, lens: Lens, gathered: Gathered) -> dict[str, Any]:
    """The names that the template of such a document finds besides the others.

    `chiffres` by identifier, `tableaux` by name, the `activites` of the years of the period, those
    of the years before it, and what is not wholly counted (`non_lus`, empty without any): the
    numbers of the `dossiers`, and how many `autres` files are of none.
    """
    period = period_of(document, lens.corpus)
    tables = {
        name: tuple(Row(table, line, lens.audience) for line in gathered.lines.get(name, ()))
        for name, table in gathered.tables.items()
    }
    return {
        "chiffres": figures(gathered, period, Titles(lens.corpus).of),
        "tableaux": tables,
        "activites": tuple(_activities(document, lens, period.start, period.end)),
        "activites_passees": tuple(_activities(document, lens, ALWAYS.start, period.start, False)),
        "non_lus": _lacking(gathered),
    }


def _lacking(gathered: Gathered) -> dict[str, Any]:
    """What is not wholly counted: by numbers, for readers who may know no name."""
    others = sum(not numbers for numbers in gathered.unread.values())
    return {"dossiers": gathered.lacking, "autres": others} if gathered.unread else {}


def period_of(document: Document, corpus: Corpus) -> Period:
    """The days that a document counts: those of its period, and none after it is drawn up."""
    source, located = document.locate(Path("element"))
    data = at(source.data, located.pointer) if source and document.item else None
    if not isinstance(data, dict):
        return ALWAYS
    end, drawn = str(data.get("fin", ALWAYS.end)), data.get("etabli_le")
    hidden = parameter(corpus, "anonymat_minimum") if data.get("publication") else 0
    return Period(
        str(data.get("debut", ALWAYS.start)),
        min(end, str(drawn)) if drawn else end,
        str(data.get("operateur", "")),
        str(data.get("departement", "")),
        int(hidden),
    )


def _activities(
    document: Document, lens: Lens, start: str, end: str, last: bool = True
) -> Iterator[Any]:
    """The own data of each year from one day to another, oldest first; `last`: with its year."""
    for _, source in sorted(document.scope.series.get("activite", {}).items()):
        year = at(source.data, ("annee",))
        told = f"{year:04d}" if isinstance(year, int) else ""
        if told and start[:4] <= told <= end[:4] and (last or told < end[:4]):
            yield part_view(lens, source, "activite")


class Titles:
    """What the values of the columns are called: names of the territory, départements."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def of(self, column: Column, value: str) -> str:
        """What a value of a column is called; itself where nothing says."""
        if column.field.get("format") == "departement":
            found = departement_named(value)
            return found.name if found else value
        target = column.target
        if target and target not in self._known:
            self._known[target] = titled(self._corpus, target)
        return next(iter(self._known.get(target, {}).get(value, ())), value)


def shown(value: Any, column: Column) -> Any:
    """A value as a template prints it: a date, a code with its label, an amount."""
    if value is None or isinstance(value, bool):
        return value
    if column.operation in {"compte", "existe"}:
        return value
    return scalar(value, column.field)
