"""What a person types, read as the value that a field wants; else one sentence on what is wrong.

Days, numbers, yes and no are read as people write them (`model/readings.py`); a known value is
named by its number, its word, the beginning of a word, or what people call it. Nothing that may
mean two things is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dla_docs.create.asking.closed import Names, Refused, among, enumerated, named, short
from dla_docs.create.asking.points import choice_words, state_of
from dla_docs.create.asking.questions import ERASED, Form, Question, form_of, is_mapping
from dla_docs.load.received import RECEIVED
from dla_docs.load.yaml_reader import ILLEGAL_IN_XML, Source
from dla_docs.model.examples import example
from dla_docs.model.readings import boolean, doubtful, number, plain_number
from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.model.values import to_the_cent
from dla_docs.model.words import folded, number_of, plain, quoted
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.meanings import other_tax
from dla_docs.validate.validate import against_schema

_CELL = re.compile(r'[^\S\t]*+(?:"((?:[^"]|"")*+)"[^\S\t]*+(?=[;\t]|$)|([^;\t]*))')
"""A cell of a line: as people write it, or as a spreadsheet quotes one that holds « ; »."""
_LISTED = re.compile(r"[,;\t]")
_SLASHED = re.compile(r"(?<!\s)\s++/\s++")
_SPACED = re.compile(r"[\s;,]+")
_PATH = re.compile(r"[./\\]")
"""What every file name holds, or what leads to it: « non » and « ici » are no file."""
_WRITTEN = {
    "date": "« {} » n’est pas une date : écrivez-la comme 12 mars 2026, ou 12/03/2026",
    "heure": "« {} » n’est pas une heure : écrivez-la comme 14 h 30",
}
"""What is said of a day and of an hour, which people may write as they do everywhere."""
MOST_EUROS = 1_000_000_000
"""No accompaniment, and no structure that asks for one, counts in milliards."""
_TIGHT = ("number", "integer", "boolean")


def read_answer(text: str, question: Question, names: Names) -> Any:
    """The value that answers a question. Raises Refused.

    For a line, the mapping of its cells; for a column, the list of its values; for known parts
    and optional keys, those that are named.
    """
    match question.form:
        case Form.ROW:
            return read_row(text, question, names)
        case Form.COLUMN:
            return _column(text, question, names)
        case Form.KNOWN:
            ranks = chosen(text, {str(rank): "" for rank in range(len(question.places))})
            return tuple(question.places[int(rank)] for rank in ranks)
        case Form.ALSO:
            return chosen(text, titles_of(question))
        case Form.LIST:
            return read_list(text, question.field, names)
        case Form.TEXT:
            return _text(text, question.field)
        case _:
            key = str(next(iter(question.pointer[-1:]), ""))
            return _of_tax(read_value(text, question.field, names), text, key)


def titles_of(question: Question) -> dict[str, str]:
    """The keys that a question names, each with its title."""
    known = dict(fields(question.field))
    return {key: str(known[key].get("title", key)) for key in question.columns}


def chosen(text: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that a person picks: `1 3`, `2-4`, « tout », or their titles."""
    keys = list(titles)
    if folded(text) in {"tout", "tous", "toutes", "*"}:
        return tuple(keys)
    found: list[str] = []
    for word in re.split(r"[,;]" if re.search("[^\\W\\d]", text) else r"[\s,;]+", text.strip()):
        found += _picked(word.strip(), keys, titles)
    return tuple(dict.fromkeys(found))


def _picked(word: str, keys: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    ranks = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", word)
    if ranks:
        first, last = int(ranks[1]), int(ranks[2] or ranks[1])
        if not 1 <= first <= last <= len(keys):
            raise Refused(f"« {short(word)} » : répondez par un numéro de 1 à {len(keys)}")
        return list(keys[first - 1 : last])
    return [among(word, {key: (title,) for key, title in titles.items()})] if word else []


def read_row(text: str, question: Question, names: Names) -> Any:
    """The cells of a line, by key. Raises Refused, with the name of the cell.

    « - » alone takes out an element that was there.

    The first cell alone is one answer, and the others are asked in their turn; « ; » alone passes
    a cell. A line of numbers, or of words of one list, is parted by spaces too; where all cells
    are alike, one answers for all.
    """
    if text.strip() == "-" and question.proposed and isinstance(question.pointer[-1], int):
        return ERASED
    columns = [(key, field_at(question.field, (key,))) for key in question.columns]
    parts = _parts(text, [own for _, own in columns])
    if len(parts) > len(columns):
        raise Refused(f"il y a {len(parts)} valeurs, et {len(columns)} sont attendues")
    _counted(text, [own for _, own in columns])
    if len(parts) == 1 and len(columns) > 1 and alike([own for _, own in columns]):
        parts = parts * len(columns)
    read: dict[str, Any] = {}
    wrong: dict[str, Refused] = {}
    for (key, own), part in zip(columns, parts, strict=False):
        try:
            read[key] = _of_tax(read_cell(part, own, names), part, key) if part else None
        except Refused as refused:
            told = f"{own.get('title', key)} : {refused}"
            wrong[key] = Refused(told, refused.target, refused.word)
    if wrong:
        raise _of_line(wrong, read)
    if all(cell is None for cell in read.values()):
        raise Refused("la ligne est vide")
    return read


def _of_line(wrong: Mapping[str, Refused], read: Mapping[str, Any]) -> Refused:
    """What is said of a line: its first fault, and what is kept where it has no other."""
    key, refused = next(iter(wrong.items()))
    if len(wrong) == 1 and any(cell is not None for cell in read.values()):
        refused.cell, refused.kept = key, dict(read)
    return refused


def _of_tax(value: Any, text: str, key: str) -> Any:
    """A value that is not said with the other tax. Raises Refused, as `dla check` tells it."""
    if told := other_tax(text, (key,)):
        raise Refused(told)
    return value


def _counted(text: str, columns: Sequence[Schema]) -> None:
    """Raises Refused for a line of numbers that has too few of them, or too many."""
    words = text.split()
    numbers = all(own.get("type") in ("number", "integer") for own in columns)
    if numbers and 1 < len(words) != len(columns) and not re.search(r"[;\t]", text):
        lack = len(columns) - len(words)
        gap = f"il en manque {lack}" if lack > 0 else f"il y en a {-lack} de trop"
        raise Refused(
            f"{gap} : {number_of(len(columns), 'valeur')} attendues, {len(words)} lues ; "
            "« ; » seul passe une valeur"
        )


def _parts(text: str, columns: Sequence[Schema]) -> list[str]:
    """The texts of the cells; the last one keeps its own « ; »."""
    words = [word for word in _SPACED.split(text.strip()) if word]
    if tight(columns) and not re.search(r"[;\t]", text) and len(words) in (1, len(columns)):
        return words
    return split_cells(text.strip(), len(columns))


def tight(columns: Sequence[Schema]) -> bool:
    """Whether spaces part the cells of a line: none holds one, as an amount or a text may."""
    return all(
        (own.get("type") in _TIGHT or "enum" in own or is_mapping(own))
        and own.get("x-unite") != "euros"
        for own in columns
    )


def split_cells(text: str, most: int) -> list[str]:
    """The texts between « ; » or tabs; the last of them keeps those that are too many."""
    parts: list[str] = []
    place = 0
    while len(parts) < most - 1 and (cell := _CELL.match(text, place)):
        quoted_cell = cell[1]
        parts.append(plain(cell[2] if quoted_cell is None else quoted_cell.replace('""', '"')))
        place = cell.end()
        if place >= len(text):
            return parts
        place += 1
    rest = _CELL.fullmatch(text, place)
    whole = rest[1].replace('""', '"') if rest and rest[1] is not None else text[place:]
    return [*parts, plain(whole)]


def alike(columns: Sequence[Schema]) -> bool:
    """Whether every cell is a point of a checklist, or takes the same known values."""
    closed = all("enum" in own or is_mapping(own) for own in columns)
    first = columns[0].get("enum")
    return closed and all(own.get("enum") == first for own in columns)


def read_cell(text: str, own: Schema, names: Names) -> Any:
    """The value of one cell: a word, a list of words, or a point of a checklist. Raises Refused.

    « - » takes out what was there.
    """
    if is_mapping(own):
        return _point(text, own, names)
    if text == "-":
        return ERASED
    return (
        read_list(text, own, names) if form_of(own) is Form.LIST else read_value(text, own, names)
    )


def _point(text: str, own: Schema, names: Names) -> dict[str, Any]:
    """A point of a checklist: `4` is its page, hence it is there; « absent » says it is not.

    What follows is a remark; a remark alone says nothing of the point. Raises Refused.
    """
    known = dict(fields(own))
    if (said := state_of(text, known["etat"])) is None:
        states = quoted(choice_words(known["etat"]), "ou")
        raise Refused(
            f"« {short(text)} » ne dit pas si le point y est : répondez par sa page, "
            f"ou par {states}"
        )
    cells = {"page": said.page, "note": said.note}
    read = {key: read_value(word, known[key], names) for key, word in cells.items() if word}
    return {"etat": said.state, **read}


def _column(text: str, question: Question, names: Names) -> list[Any]:
    own = field_at(question.field, (question.columns[0],))
    words = [word for word in re.split(r"[;\t]" if ";" in text else r"\s+", text.strip()) if word]
    if len(words) != len(question.ranks):
        raise Refused(f"il y a {len(words)} valeurs, et {len(question.ranks)} sont attendues")
    return [read_value(word, own, names) for word in words]


def read_list(text: str, own: Schema, names: Names) -> list[Any]:
    """A list: one element a line; known names also on one line, parted by commas or spaces.

    In a cell, words are parted by « / ». Raises Refused.
    """
    if folded(text) in {"-", "aucun", "aucune"} and "minItems" not in own:
        return []
    inner = own.get("items", {})
    lines = [line for line in text.splitlines() if plain(line)]
    if "enum" in inner or "x-reference" in inner or "format" in inner:
        parted = _SPACED if re.fullmatch(r"[\d\s,;]+", text) else _LISTED
        lines = [word for line in lines for word in parted.split(line) if word.strip()]
    elif len(lines) == 1:
        lines = _SLASHED.split(lines[0])
    read = [read_value(re.sub(r"^[-•*–]\s+", "", line.strip()), inner, names) for line in lines]
    return list(_checked(read, own))


def read_value(text: str, own: Schema, names: Names) -> Any:
    """One short value. Raises Refused."""
    word = plain(_clean(text))
    kinds = own.get("type", "string")
    if "enum" in own and "boolean" not in kinds:
        return enumerated(word, own)
    if target := own.get("x-reference"):
        return named(word, target, names(target))
    if kinds == "boolean":
        if (meant := boolean(word)) is None:
            raise Refused("répondez par oui ou par non")
        return meant
    if "number" in kinds or "integer" in kinds:
        return _checked(_number(word, own), own)
    if own.get("x-fichier") == RECEIVED and not _PATH.search(word):
        raise Refused(
            f"« {short(word)} » n’est pas le chemin d’un fichier, comme recus/document.pdf"
        )
    if (form := FORMATS.get(own.get("format", ""))) and not form.test(word):
        reading = form.meant(word)
        if not reading.written:
            due = _WRITTEN.get(form.name, f"« {short(word)} » n’est pas {form.expected}")
            why = f" ({reading.why})" if reading.why else ""
            raise Refused(due.format(short(word)) + why)
        word = reading.written
    return _checked(word, own)


def _number(word: str, own: Schema) -> int | Decimal:
    whole = own.get("type") == "integer"
    both = None if whole else doubtful(word)
    if both:
        thousands, units = both
        said = f"{plain_number(Decimal(thousands))} ou {plain_number(units).replace('.', ',')}"
        raise Refused(f"« {short(word)} » peut se lire de deux façons : écrivez {said}")
    value = number(word, whole)
    if value is None or (whole and value != value.to_integral()):
        due = "un nombre entier" if whole else "un nombre"
        raise Refused(f"« {short(word)} » n’est pas {due}")
    if own.get("x-unite") == "euros" and to_the_cent(value) != value:
        raise Refused(f"« {short(word)} » a plus de deux décimales : un montant s’écrit au centime")
    if own.get("x-unite") == "euros" and abs(value) >= MOST_EUROS:
        raise Refused(f"« {short(word)} » est trop grand pour un montant : vérifiez-le")
    return int(value) if value == value.to_integral() and "." not in str(value) else value


def _text(text: str, own: Schema) -> Any:
    """A long text, or the file that holds it: « fichier : travail-realise.md »."""
    named = re.fullmatch(r"fichier[^\S\n]*+:([^\n]++)", text.strip())
    name = named[1].strip() if named else ""
    return _checked({"fichier": name} if name.endswith(".md") else _clean(text), own)


def _clean(text: str) -> str:
    """A text without the signs that no document can hold. Raises Refused where they are."""
    if ILLEGAL_IN_XML.search(text) or re.search("[\x7f-\x84\x86-\x9f]", text):
        raise Refused("la réponse contient un signe de commande invisible : retapez-la")
    return text


def _checked(value: Any, own: Schema) -> Any:
    """A value that its own schema admits. Raises Refused with the sentence of `dla check`."""
    for fault in against_schema(Source("", value), own):
        title = f"{own.get('title', '')} : "
        shown = f", par exemple {example(own)}" if fault.hint and example(own) else ""
        raise Refused(fault.message.removeprefix(title) + shown)
    return value
