"""Where a list is in a workbook, and what its columns are: by their titles, as people write them.

Accents, capitals, signs, order and plural do not count. Above the titles may stand whatever people
put there: the name of the list, a date, a logo.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dla_docs.engines.worksheets import Row, Worksheet
from dla_docs.lists.declared import Column, ListType
from dla_docs.model.errors import RequestError
from dla_docs.model.likeness import bare, nearest_word
from dla_docs.model.words import apart, plain, quoted

DEEPEST = 40
"""Rows among which the titles are looked for: a letterhead takes fewer."""
FEWEST = 2
"""Columns that a list has at least: one title alone may be a word of a sentence."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*")
"""What people add to a title: « (obligatoire) », a star."""
_BOTH = re.compile(r"(?<=\w)[.·•/-](?:[nrlt]?e|rice|trice|se)(?:[.·•-]?s)?\b", re.I)
"""What makes a word of two genders, written short, after its masculine."""


@dataclass(frozen=True)
class Head:
    """The titles of a list: in which sheet, on which row, and the column of each rank from 1.

    `titles`: as they are written. `strangers`: the ranks of those of no column; `twice`: the ranks
    of those that mean the column of another, with the rank of that one.
    """

    sheet: Worksheet
    row: int
    columns: Mapping[int, Column]
    titles: Mapping[int, str]
    strangers: tuple[int, ...]
    twice: tuple[tuple[int, int], ...]


def head_of(sheets: Sequence[Worksheet], declared: ListType, named: str = "") -> Head:
    """The titles of a list in the sheets of a file, hidden ones left out.

    `named`: the sheet that a person chooses. Raises RequestError where there is no list, or where
    there are several.
    """
    heads = [h for h in _heads(_looked_at(sheets, named), declared) if _is_one(h, declared)]
    if not heads:
        raise _none(sheets, declared, named)
    most = max(len(head.columns) for head in heads)
    best = [head for head in heads if len(head.columns) == most]
    places = list(dict.fromkeys(head.sheet.name for head in best))
    if len(places) > 1:
        raise RequestError(
            f"plusieurs feuilles tiennent une liste : {quoted(places)}",
            f"nommez celle qui compte : --feuille {shown(places[0])}",
        )
    if best[0].sheet.cut:
        raise RequestError(
            f"la liste a plus de {len(best[0].sheet.rows)} lignes : rien n’en est lu",
            "partagez-la en plusieurs fichiers",
        )
    return best[0]


def _looked_at(sheets: Sequence[Worksheet], named: str) -> list[Worksheet]:
    """The sheets that may hold the list. Raises RequestError for a name that none has."""
    if not named:
        return [sheet for sheet in sheets if not sheet.hidden]
    found = [sheet for sheet in sheets if bare(sheet.name) == bare(named)]
    if not found:
        known = apart(f"« {sheet.name} »" for sheet in sheets if sheet.name)
        raise RequestError(
            f"aucune feuille ne se nomme « {named} »",
            f"feuilles : {known}" if known else "un fichier .csv n’a pas de feuille",
        )
    return found


def shown(name: str) -> str:
    """A name as a command takes it."""
    return f'"{name}"' if re.search(r"[^\w-]", name) else name


def _heads(sheets: Sequence[Worksheet], declared: ListType) -> Iterator[Head]:
    known = _known(declared)
    for sheet in sheets:
        for number, row in sheet.rows[:DEEPEST]:
            yield _head(sheet, number, row, known)


def _is_one(head: Head, declared: ListType) -> bool:
    """Whether a row is that of the titles: it has some, and one is what names the rows."""
    named = {declared.column_of(path) for path in declared.named_by[:1]}
    return len(head.columns) >= FEWEST and not named.isdisjoint(head.columns.values())


def _none(sheets: Sequence[Worksheet], declared: ListType, named: str) -> RequestError:
    due = declared.column_of(declared.named_by[0])
    title = due.title if due else declared.title
    hidden = [sheet for sheet in sheets if sheet.hidden and not named]
    aside = " (les feuilles masquées ne sont pas lues)" if hidden else ""
    return RequestError(
        f"aucune ligne de titres n’est reconnue{aside} : "
        f"il faut au moins la colonne « {title} » et une autre",
        f"partez du modèle : dla export {declared.name} --modele",
    )


def _known(declared: ListType) -> dict[str, list[Column]]:
    """The columns that each title may mean, in the order of the declaration."""
    known: dict[str, list[Column]] = {}
    for column in declared.columns:
        for title in (column.title, *column.others):
            for form in dict.fromkeys((_form(title), _singular(_form(title)))):
                if column not in known.setdefault(form, []):
                    known[form].append(column)
    return known


def _form(title: str) -> str:
    """A title as it is compared; what is in brackets counts only where there is nothing else."""
    return bare(_ASIDE.sub(" ", _BOTH.sub("", plain(title)))) or bare(title)


def _singular(form: str) -> str:
    return "-".join(word.rstrip("sx") for word in form.split("-"))


def _head(sheet: Worksheet, number: int, row: Row, known: Mapping[str, list[Column]]) -> Head:
    """A row read as one of titles. What may be one of several columns waits for the others."""
    titles = {
        rank: plain(value)
        for rank, value in enumerate(row, 1)
        if isinstance(value, str) and plain(value)
    }
    meant = {rank: _meant(title, known) for rank, title in titles.items()}
    columns: dict[int, Column] = {}
    twice: list[tuple[int, int]] = []
    own = {rank: _own(titles[rank], those) for rank, those in meant.items()}
    # Its own title first, then the words that mean one column, then those that may mean several.
    for rank in sorted(meant, key=lambda rank: (not own[rank], len(meant[rank]), rank)):
        free = [c for c in (own[rank] or meant[rank]) if c not in columns.values()]
        if free:
            columns[rank] = free[0]
        elif meant[rank]:
            first = next(r for r, c in columns.items() if c in meant[rank])
            twice.append((rank, first))
    strangers = tuple(rank for rank, those in meant.items() if not those)
    return Head(sheet, number, dict(sorted(columns.items())), titles, strangers, tuple(twice))


def untitled(head: Head) -> dict[int, int]:
    """By rank, the columns without a title where rows say something all the same: how many do."""
    found: dict[int, int] = {}
    for number, row in head.sheet.rows:
        for rank, value in enumerate(row, 1) if number > head.row else ():
            if rank not in head.titles and not (isinstance(value, str) and not plain(value)):
                found[rank] = found.get(rank, 0) + 1
    return found


def near_title(title: str, declared: ListType) -> str:
    """The title of a column that an unknown one resembles; empty where there is none."""
    titled = {bare(column.title): column.title for column in declared.columns}
    return titled.get(nearest_word(_form(title), titled), "")


def _meant(title: str, known: Mapping[str, list[Column]]) -> list[Column]:
    forms = (bare(title), _form(title), _singular(_form(title)))
    return next((known[form] for form in forms if form in known), [])


def _own(title: str, columns: Sequence[Column]) -> list[Column]:
    """The column whose own title it is."""
    return [c for c in columns if _form(c.title) == _form(title)]
