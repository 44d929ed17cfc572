"""What is told of a list read in a workbook: its columns, what is wrong, what it would change."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from dla_docs.lists.compared import Difference
from dla_docs.lists.declared import ListType
from dla_docs.lists.planned import Entry, State
from dla_docs.lists.prepared import Prepared
from dla_docs.lists.remarks import Remark, letters
from dla_docs.lists.titles import Head, near_title, untitled
from dla_docs.lists.write import Written
from dla_docs.model.likeness import bare, did_you_mean
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import long_date
from dla_docs.model.words import number_of

MOST = 200
"""Remarks told of each sort, at most: who has more of them has them all in one column."""
TOGETHER = 4
"""Cells of a column from which the same remark is told once: fewer are named one by one."""
_MORE = "… et {} de plus, du même genre sans doute"


def list_lines(done: Prepared, head: Head, file: str) -> Iterator[str]:
    """The whole account of a list, in the words of the workbook."""
    plan = done.plan
    sheet = f", feuille « {head.sheet.name} »" if head.sheet.name else ""
    yield f"{plan.declared.title} : {file}{sheet}, {number_of(len(plan.entries), 'ligne')}."
    yield from _columns(head, plan.declared)
    faults = [remark for remark in plan.remarks if remark.fault]
    notes = [remark for remark in plan.remarks if not remark.fault]
    yield from _remarks(f"À corriger ({len(faults)})", faults)
    yield from _remarks(f"À regarder ({len(notes)})", notes)
    if made := plan.of(State.NEW):
        yield from ("", f"Nouveaux ({len(made)}) :")
        for entry in made:
            yield from _new(entry, done)
    if changes := plan.of(State.CHANGED):
        yield from ("", f"Modifiés ({len(changes)}) :")
        for entry in changes:
            yield f"  ligne {entry.record.row}, {entry.record.name} : {_place(entry, done)}"
            yield from (f"    {line}" for line in _differences(entry, plan.declared))
    if same := plan.of(State.SAME):
        yield from ("", f"Identiques : {len(same)}")
    if plan.absent:
        yield from ("", f"Absents de la liste, laissés tels quels : {len(plan.absent)}")


def end_lines(done: Prepared, written: Iterable[Written] | None) -> Iterator[str]:
    """What was written, what was not, or how to write it. `written`: None where it is not asked."""
    left = len({remark.row for remark in done.plan.remarks if remark.fault and remark.row})
    waiting = f" {number_of(left, 'ligne reste', 'lignes restent')} à corriger." if left else ""
    if written is None:
        count = number_of(len(done.places), "ligne est à écrire", "lignes sont à écrire")
        wanted = f"{count} : ajoutez --write" if done.places else "rien n’est à écrire"
        yield f"Rien n’est écrit ; {wanted}.{waiting}"
        return
    files = [one for one in written if not one.failure]
    made, changed = (sum(one.made is sort for one in files) for sort in (True, False))
    said = [number_of(made, "fichier créé", "fichiers créés")] if made else []
    said += [number_of(changed, "fichier modifié", "fichiers modifiés")] if changed else []
    yield f"{', '.join(said) or 'Rien n’est écrit'}.{waiting}"
    if files:
        yield "Ensuite : dla check, qui dit ce qui manque encore."


def _columns(head: Head, declared: ListType) -> Iterator[str]:
    """How each column is taken, and those that are not."""
    other = [
        f"{letters(rank)} « {head.titles[rank]} » pour {column.title}"
        for rank, column in head.columns.items()
        if bare(head.titles[rank]) != bare(column.title)
    ]
    yield f"Colonnes lues : {len(head.columns)}." + (
        f" Sous un autre titre : {' ; '.join(other)}." if other else ""
    )
    for rank in head.strangers:
        near = near_title(head.titles[rank], declared)
        asked = f" {did_you_mean(near)}" if near else ""
        yield f"Colonne laissée de côté : {letters(rank)} « {head.titles[rank]} ».{asked}"
    for rank, count in untitled(head).items():
        rows = number_of(count, "ligne dit", "lignes disent")
        yield f"Colonne laissée de côté : {letters(rank)}, sans titre, où {rows} quelque chose."


def _remarks(title: str, remarks: list[Remark]) -> Iterator[str]:
    if not remarks:
        return
    yield from ("", f"{title} :")
    alike = _alike(sorted(remarks, key=lambda one: (one.row, one.rank)))
    for same in alike[:MOST]:
        remark = same[0]
        where = (
            (f"{remark.place} à {same[-1].place} ({number_of(len(same), 'cellule')})",)
            if len(same) > 1
            else (remark.place, remark.name)
        )
        place = ", ".join(word for word in (*where, remark.title) if word)
        yield f"  {place} : {remark.told}" if place else f"  {remark.told}"
        if remark.hint:
            yield f"    Conseil : {remark.hint}"
    if len(alike) > MOST:
        yield f"  {_MORE.format(sum(map(len, alike[MOST:])))}"


def _alike(remarks: list[Remark]) -> list[list[Remark]]:
    """The remarks, those of many cells of a column that say the same put together."""
    found: dict[tuple[int, str, str], list[Remark]] = {}
    for remark in remarks:
        found.setdefault((remark.rank, remark.told, remark.hint), []).append(remark)
    told: list[list[Remark]] = []
    for same in found.values():
        together = same[0].rank and len(same) >= TOGETHER
        told += [same] if together else [[remark] for remark in same]
    return sorted(told, key=lambda same: (same[0].row, same[0].rank))


def _new(entry: Entry, done: Prepared) -> Iterator[str]:
    yield f"  ligne {entry.record.row}, {entry.record.name} : {_place(entry, done)}"
    if entry.lacking:
        yield f"    à compléter ensuite : {', '.join(entry.lacking)}"


def _place(entry: Entry, done: Prepared) -> str:
    """The file of a row; of an element of a list, the name that tells it there too."""
    return entry.known.path if entry.known else done.places.get(entry.record.row, "")


def _differences(entry: Entry, declared: ListType) -> Iterator[str]:
    for one in entry.differences:
        field = field_at(declared.schema, one.pointer)
        if isinstance(one.former, list) and isinstance(one.value, list):
            yield f"{one.title} : {_exchanged(one, field)}"
        else:
            yield f"{one.title} : {_said(one.former, field)} → {_said(one.value, field)}"


def _exchanged(one: Difference, field: Schema) -> str:
    """What goes out of a list and what comes in: of a long list, it is all that is to be seen."""
    out = [item for item in one.former if item not in one.value]
    new = [item for item in one.value if item not in one.former]
    told = [f"retire {_said(out, field)}"] if out else []
    told += [f"ajoute {_said(new, field)}"] if new else []
    return " ; ".join(told) or f"dans l’ordre {_said(one.value, field)}"


def _said(value: Any, field: Schema) -> str:
    """A value as people say it; « (vide) » for none."""
    match value:
        case None:
            return "(vide)"
        case bool():
            return "oui" if value else "non"
        case list():
            return " | ".join(_said(one, field_at(field, (0,))) for one in value) or "(vide)"
        case dict():
            inner = ((key, one) for key, one in value.items() if one is not None)
            return ", ".join(_said(one, field_at(field, (key,))) for key, one in inner)
        case Decimal():
            return f"{value:f}".replace(".", ",")
    if field.get("format") == "date":
        return long_date(date.fromisoformat(value)) if _is_day(value) else str(value)
    return str(field.get("x-libelles", {}).get(value, value))


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False
