"""What a document about all dossiers reads: the figures of its period, the lines of the tables.

A line shows the columns that all addressees may see; reading another raises, as a field does. What
someone wrote is shown further only where they agreed to be quoted (`x-ouvert-si` of its schema).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from dla_docs.context.views import DISCLOSURE, Lens, TemplateFault, part_view, scalar
from dla_docs.documents.documents import Document
from dla_docs.gather.figures import Figure, figures
from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.parts import DEPARTMENTS, OPERATORS, Part, Period
from dla_docs.gather.tables import EVERYONE, Column, Table, readers
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import TERRITORY, shelf_folder
from dla_docs.load.references import parameter, titled
from dla_docs.model.days import days_after
from dla_docs.model.departements import departement_named
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import Every, Path, at

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
        agreed = key in self._line.agreed
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


class Closed:
    """What a part of a figure is called, for whom may not read it: whatever reads it raises.

    The part itself is counted: how many prestataires were chosen, not which.
    """

    __slots__ = ("_why",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, why: str) -> None:
        self._why = why

    def _refuse(self, *_: Any) -> NoReturn:
        raise TemplateFault(self._why)

    __str__ = __bool__ = __eq__ = __lt__ = __iter__ = _refuse


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
    told = figures(gathered, period, Titles(lens.corpus).of)
    return {
        "chiffres": {name: _open(figure, gathered, lens) for name, figure in told.items()},
        "tableaux": tables,
        "activites": tuple(_activities(document, lens, period.start, period.end)),
        "activites_passees": tuple(_activities(document, lens, ALWAYS.start, _eve(period.start))),
        "non_lus": _lacking(gathered),
    }


def _lacking(gathered: Gathered) -> dict[str, Any]:
    """What is not wholly counted: by numbers, for readers who may know no name."""
    others = sum(not numbers for numbers in gathered.unread.values())
    return {"dossiers": gathered.lacking, "autres": others} if gathered.unread else {}


def _open(figure: Figure, gathered: Gathered, lens: Lens) -> Figure:
    """A figure of which no part is called by what its readers may not see."""
    counting = gathered.countings[figure.id]

    def parts(name: str, told: tuple[Part, ...]) -> tuple[Part, ...]:
        column = counting.table.column(name) if told else None
        closed = lens.audience - _readers(column, lens) if column else frozenset()
        if not closed:
            return told
        why = Closed(
            f"chiffre « {figure.id} » : « {counting.table.name}.{name} » n’est pas destiné à ce "
            f"public : {', '.join(sorted(closed))} ({DISCLOSURE})"
        )
        # The order of the names would tell them to whoever knows the list.
        ranked = sorted(told, key=lambda part: (part.valeur is None, -(part.valeur or 0)))
        return tuple(replace(p, libelle=why, code=why) if p.code else p for p in ranked)

    return replace(
        figure,
        lignes=parts(counting.by, figure.lignes),
        operateurs=parts(OPERATORS, figure.operateurs),
        departements=parts(DEPARTMENTS, figure.departements),
    )


def _readers(column: Column, lens: Lens) -> frozenset[str]:
    """Who may read how much there is of each value of a column.

    Of a closed list or of départements, whoever reads the whole; of names in a list of the
    territory, who may read that list; of anything else, who may read the column on every line.
    """
    if column.labels or column.field.get("format") == "departement":
        return EVERYONE
    listed = column.target and not shelf_folder(column.target)
    named = readers(Path(TERRITORY, (column.target, Every())), lens.corpus.kinds)
    return column.audience | (named if listed else frozenset())


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


def _eve(day: str) -> str:
    """The day before a day; the first of all has none."""
    return "" if day == ALWAYS.start else days_after(date.fromisoformat(day), -1).isoformat()


def _activities(document: Document, lens: Lens, start: str, end: str) -> Iterator[Any]:
    """The own data of each year from one day to another, oldest first.

    Of their lists, what is dated of another day is not there: a bilan tells nothing of its future.
    """
    within = replace(lens, within=(start, end))
    for _, source in sorted(document.scope.series.get("activite", {}).items()):
        year = at(source.data, ("annee",))
        told = f"{year:04d}" if isinstance(year, int) else ""
        if told and start[:4] <= told <= end[:4]:
            yield part_view(within, source, "activite")


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
