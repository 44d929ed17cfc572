"""What `dla receive` says of a file: what it is, what it says, what must be looked at."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dla_docs.model.accounts import unbanked
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import NO_BREAK, long_date, printed
from dla_docs.model.words import enumeration, number_of
from dla_docs.reading.blocks import Words
from dla_docs.receive.compare import Entry, State, waits
from dla_docs.receive.given import Origin
from dla_docs.receive.receive import Result
from dla_docs.report.judged import checked_lines, is_absent, point_lines
from dla_docs.report.tabular import table

WIDTH = 70
"""Signs of a value or of a text that are shown on a line."""
FEW = 6
"""How many texts, or labels, are told before the count of the others."""
_HEADS = {
    State.NEW: "À écrire",
    State.DOUBT: "À vérifier",
    State.OTHER: "Différent de ce qui est connu",
    State.FAULT: "Impossible à lire",
}
"""What is said above the values of each state; those that are known already are counted."""


def received_lines(path: Path, result: Result, day: date) -> Iterator[str]:
    """All that a file says, in the order in which a person decides. `day`: when it came."""
    if result.failure:
        yield f"{path}{NO_BREAK}: {result.failure}."
        yield f"  Conseil{NO_BREAK}: {result.hint}."
        return
    assert result.type is not None and result.target is not None, "it was understood"
    target = result.target
    yield f"{path}{NO_BREAK}: {result.type.titre}"
    sure = "reconnu par son empreinte" if result.sure else "reconnu par ses titres, à vérifier"
    if result.judgement:
        sure = "fait autrement que notre formulaire, lu point par point"
    who = f"envoyé par {target.sender}" if target.sender else "réponse"
    yield f"  {sure} ; {who}, pour {_place(result)}"
    if target.called and target.called.late(day) and target.called.edits(day):
        yield f"  Reçu après la date limite{NO_BREAK}: {_late(target.called.limit)}."
    if result.read.revised:
        yield "  Le suivi des modifications y est resté : ce qui est ajouté est lu."
    if result.judgement:
        yield from point_lines(result.judgement.points, target.schema)
    for state, head in _HEADS.items():
        entries = [e for e in result.entries if e.state is state and not _is_point(e)]
        if entries:
            yield f"  {head}{NO_BREAK}:"
            for entry in entries:
                yield from _entry_lines(entry, field_at(target.schema, entry.place))
    if not result.judgement:
        yield from checked_lines(result.entries)
    yield from _rest(result)


def _late(limit: str) -> str:
    told = long_date(date.fromisoformat(limit))
    return f"le {told} ; s’il est arrivé avant, dites le jour par --date"


def _is_point(entry: Entry) -> bool:
    """Whether a new value is of a point of a checklist: those are said together."""
    return entry.state is State.NEW and entry.place[:1] == ("points",)


def _place(result: Result) -> str:
    assert result.target is not None
    base = ".".join(str(s + 1) if isinstance(s, int) else s for s in result.target.base)
    return f"{result.target.path}{f' ({base})' if base else ''}"


def _entry_lines(entry: Entry, own: Schema) -> Iterator[str]:
    """A value, with what it is beside, then where it was read. `own`: the schema of the datum."""
    at = where(entry.origin)
    if entry.value is None and entry.state is not State.FAULT:
        yield f"    {entry.name}{NO_BREAK}: à retirer ({short(entry.former)})"
        return
    if entry.state is State.FAULT:
        yield f"    {entry.name}{NO_BREAK}: {entry.fault}{at}"
        return
    yield f"    {entry.name}{NO_BREAK}: {short(entry.value, own)}{at}"
    if entry.state is State.OTHER:
        yield f"      connu{NO_BREAK}: {short(entry.former, own)}"
    if entry.origin.doubt:
        yield f"      {entry.origin.doubt}"


def where(origin: Origin) -> str:
    """Where a value was read, in the words of who wrote it."""
    parts = [f"page {origin.page}"] if origin.page else []
    if origin.row:
        named = f"tableau {origin.table}" if origin.table.isdecimal() else "tableau"
        parts.append(f"{named}, ligne {origin.row}")
    elif origin.label:
        parts.append(f"«{NO_BREAK}{origin.label}{NO_BREAK}»")
    return f"  [{', '.join(parts)}]" if parts else ""


def _rest(result: Result) -> Iterator[str]:
    """What is known already, what contradicts itself, what lacks, what has no place."""
    same = [entry for entry in result.entries if entry.state is State.SAME]
    if same:
        yield f"  Déjà connu{NO_BREAK}: {number_of(len(same), 'valeur')}."
    for fault in result.answers.faults:
        yield f"  Se contredit{NO_BREAK}: {fault}."
    for remark in result.answers.remarks:
        yield f"  À regarder{NO_BREAK}: {remark}."
    if result.reply.lost:
        yield f"  Libellés disparus{NO_BREAK}: {number_of(len(result.reply.lost), 'question')}."
    if result.answers.unanswered:
        yield f"  Sans réponse{NO_BREAK}: {few(result.answers.unanswered)}."
    for given in result.answers.left:
        said = short(given.said)
        yield f"  Lu, sans place dans les données{NO_BREAK}: {said}{where(given.origin)}"
    yield from _more(result.reply.more)


def _more(texts: Sequence[Words]) -> Iterator[str]:
    for words in texts[:FEW]:
        yield f"  Texte en plus{NO_BREAK}: «{NO_BREAK}{short(words.text)}{NO_BREAK}»"
    if len(texts) > FEW:
        others = number_of(len(texts) - FEW, "autre texte", "autres textes")
        yield f"  et {others}, dans le fichier."


def few(labels: Sequence[str]) -> str:
    """Some labels, then how many more."""
    shown = list(labels[:FEW])
    if len(labels) > FEW:
        shown.append(number_of(len(labels) - FEW, "autre", "autres"))
    return enumeration(shown)


def short(value: Any, own: Schema | None = None) -> str:
    """A value on one line, cut where it is long; a number reads as one, where a rank does not."""
    if own and own.get("type") == "number" and type(value) is int:
        value = Decimal(value)
    text = unbanked(" ".join(_words(value).split()))
    return text if len(text) <= WIDTH else f"{text[:WIDTH].rstrip()}…"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}{NO_BREAK}: {_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " ; ".join(map(_words, value))
    if isinstance(value, bool | Decimal):
        return printed(value)
    return str(value)


def matrix_lines(results: Sequence[Result], accepted: frozenset[str]) -> Iterator[str]:
    """Of several files: who sent what, and how it stands once what is accepted is written."""
    if len(results) < 2:
        return
    rows = [_row(result, accepted) for result in results]
    columns = {"qui": "De", "quoi": "Document", "fichier": "Fichier", "etat": "État"}
    yield ""
    yield from table(rows, columns)


def _row(result: Result, accepted: frozenset[str]) -> dict[str, str]:
    """A file on one line."""
    name = result.path.name
    if result.failure or result.type is None or result.target is None:
        return {"fichier": name, "quoi": "–", "qui": "–", "etat": "non lu"}
    who, state = result.target.sender or "–", _state(result, accepted)
    return {"fichier": name, "quoi": result.type.titre, "qui": who, "etat": state}


def _state(result: Result, accepted: frozenset[str]) -> str:
    """How a file stands: what lacks, what contradicts itself, what must be looked at."""
    held = sum(waits(entry, accepted) for entry in result.entries)
    gone = sum(is_absent(entry) for entry in result.entries)
    wrong = len(result.answers.faults)
    words = [
        number_of(gone, "point absent", "points absents") if gone else "",
        number_of(wrong, "contradiction") if wrong else "",
        f"{held} à vérifier" if held else "",
    ]
    return ", ".join(filter(None, words)) or "en ordre"


def closing_lines(
    results: Sequence[Result], written: bool, accepted: frozenset[str]
) -> Iterator[str]:
    """What to do next."""
    entries = [entry for result in results for entry in result.entries]
    new = [entry for entry in entries if entry.state is State.NEW]
    waiting = [e for e in entries if waits(e, accepted) and e.state is not State.FAULT]
    if new and not written:
        yield f"Rien n’est écrit. Pour écrire {number_of(len(new), 'valeur')}{NO_BREAK}: --write"
    if waiting:
        yield (
            "Ce qui diffère ou doit être vérifié n’est écrit que si vous le dites"
            f"{NO_BREAK}: --accept {waiting[0].name}, ou --accept tout"
        )
