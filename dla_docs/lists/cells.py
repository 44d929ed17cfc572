"""A cell read as the data that its column wants: days, numbers and codes as spreadsheets give them.

A spreadsheet keeps `01205871500033` as a number and loses its zero; a code that its key, or its
length, proves is given its zeros back, and that is told. Nothing that may mean two things is
guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, TypeGuard

from dla_docs.engines.worksheets import LONGEST, Value
from dla_docs.load.yaml_reader import ILLEGAL_IN_XML
from dla_docs.model.likeness import bare, did_you_mean, nearest_word, same_among
from dla_docs.model.readings import CIVILITIES, boolean, doubtful, number, plain_number, unknown
from dla_docs.model.schemas import Schema
from dla_docs.model.values import to_the_cent
from dla_docs.model.words import plain, quoted
from dla_docs.validate.formats import FORMATS

SHOWN = 60
"""Signs of a cell that are quoted, at most."""
_EPOCH, _LATE_EPOCH = date(1899, 12, 30), date(1904, 1, 1)
"""Day zero of Excel once its 29 February 1900 that never was is passed, and that of old Macs."""
_FIRST, _LAST = date(1950, 1, 1), date(2100, 12, 31)
"""Days that a bare number may stand for: sooner or later, it is something else."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?\s?E\s?\+\s?\d+", re.I)
"""A long number that a spreadsheet shows, and saves in CSV, without its last digits."""
_SIZES = {"siret": 14, "siren": 9}
"""Codes whose key proves the zeros that are put back."""
_MOST_ZEROS = 3
"""Zeros that a SIREN begins with at most: the register began at 005."""
CENT = Decimal("0.000001")
"""How far from a cent the binary fraction of an amount may be."""
MOST_EUROS = 1_000_000_000
"""No list of ours counts in milliards."""


class Refused(Exception):
    """A cell that cannot be read: the French reason, and what to do."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason, self.hint = reason, hint


@dataclass(frozen=True)
class Read:
    """A value, None where the cell says nothing; `note`: how it was taken, to be looked at."""

    value: Any
    note: str = ""


def words_of(value: Value) -> str:
    """A value as a person would type it; a text on one line."""
    match value:
        case bool():
            return "oui" if value else "non"
        case int() | float():
            return plain_number(_decimal(value)) if isfinite(value) else str(value)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            return f"{int(value.total_seconds()) // 3600:02}:{value.seconds // 60 % 60:02}"
    text = plain(value)
    # Ours, in a CSV: no spreadsheet must take what follows for a formula.
    return text[1:] if re.match(r"'[=+@-]", text) else text


def read_value(value: Value, own: Schema, words: dict[str, str], late: bool = False) -> Read:
    """One value of a cell. `words`: more of them for a closed list. Raises Refused."""
    text = _clean(value)
    kinds = own.get("type", "string")
    if not text:
        return Read(None)
    if "boolean" in kinds:
        return _yes_or_no(text)
    if unknown(text):
        return Read(None, f"« {short(text)} » est lu comme une case vide")
    if "enum" in own:
        return Read(_among(text, own, words))
    if "number" in kinds or "integer" in kinds:
        return _number(value, text, own)
    if own.get("format") == "date":
        return _day(value, text, late)
    if own.get("format"):
        return _coded(text, own)
    if own.get("contentMediaType") == "text/markdown" and isinstance(value, str):
        return Read(value.replace("\r\n", "\n").strip())
    if isinstance(value, date):
        raise Refused(
            f"le tableur en a fait une date ({value.strftime('%d/%m/%Y')})",
            "mettez la cellule au format Texte, et saisissez-la à nouveau",
        )
    return Read(text)


def short(word: str) -> str:
    """A cell as it is quoted: the start of a long one is enough to know it."""
    return word if len(word) <= SHOWN else f"{word[:SHOWN]}…"


def parts_of(value: Value, own: Schema, listed: bool) -> Iterator[str]:
    """The texts of a cell that may hold several values, by the strongest sign that parts them.

    `listed`: each is of one element of a list, whose place an empty one keeps; a comma or a
    semicolon may then be a part of it. A whole that is a value of its closed list is one.
    """
    text = str(value) if isinstance(value, str) else words_of(value)
    closed = "enum" in own or "format" in own
    barred = "|" in text or "\n" in text
    if "enum" in own and not barred and same_among(text, *_labels(own, {})):
        yield plain(text)
        return
    signs = "|\n" if listed and not closed else "|\n;,"
    sign = next((sign for sign in signs if sign in text.strip()), "")
    parts = (
        [plain(re.sub(r"^\s*[-•*–]\s+", "", one)) for one in text.split(sign)] if sign else [text]
    )
    yield from parts if listed else (part for part in parts if plain(part))


def _clean(value: Value) -> str:
    text = words_of(value)
    if isinstance(value, str) and len(value) > LONGEST:
        raise Refused(f"la cellule a plus de {LONGEST} signes", "raccourcissez-la")
    if ILLEGAL_IN_XML.search(text):
        raise Refused("la cellule contient un signe de commande invisible", "retapez-la")
    return text


def _yes_or_no(text: str) -> Read:
    meant = boolean(text)
    if meant is None and unknown(text):
        return Read(None, f"« {short(text)} » est lu comme une case vide")
    if meant is None:
        raise Refused(f"« {short(text)} » n’est ni oui ni non", "écrivez oui ou non")
    return Read(meant)


def _labels(own: Schema, words: dict[str, str]) -> tuple[list[str], dict[str, list[str]]]:
    """The values of a closed list, and all the words for each."""
    values = [str(one) for one in own["enum"] if one is not None]
    labels = own.get("x-libelles", {})
    said = {
        one: [str(labels.get(one, one)), *CIVILITIES.get(one, ())]
        + [word for word, meant in words.items() if meant == one]
        for one in values
    }
    return values, said


def _among(text: str, own: Schema, words: dict[str, str]) -> str:
    values, said = _labels(own, words)
    if found := same_among(text, values, said):
        return found
    labels = {bare(said[one][0]): said[one][0] for one in values}
    near = labels.get(nearest_word(bare(text), labels), "")
    hint = did_you_mean(near) if near else f"écrivez {quoted(labels.values(), 'ou')}"
    raise Refused(f"« {short(text)} » n’est pas dans la liste", hint)


def _counts(value: Value) -> TypeGuard[int | float]:
    """Whether a value is a number: a file may hold what is none under the name of one."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _decimal(value: int | float) -> Decimal:
    # Through its shortest writing: 0.1 is no binary fraction.
    found = Decimal(str(value))
    return Decimal(int(found)) if found == found.to_integral() else found


def _number(value: Value, text: str, own: Schema) -> Read:
    whole, euros = own.get("type") == "integer", own.get("x-unite") == "euros"
    if _counts(value):
        found: Decimal | None = _decimal(value)
    elif both := None if whole else doubtful(text):
        said = f"{both[0]} ou {plain_number(both[1]).replace('.', ',')}"
        raise Refused(f"« {short(text)} » peut se lire de deux façons", f"écrivez {said}")
    else:
        found = number(text, whole)
    if found is None or (whole and found != found.to_integral()):
        due = "un nombre entier" if whole else "un nombre"
        raise Refused(f"« {short(text)} » n’est pas {due}", "gardez les seuls chiffres")
    if euros and abs(found) >= MOST_EUROS:
        raise Refused(f"« {short(text)} » est trop grand pour un montant", "vérifiez-le")
    if euros and found != (cents := to_the_cent(found)):
        if abs(found - cents) > CENT:
            raise Refused(f"« {short(text)} » a plus de deux décimales", f"écrivez {cents}")
        found = cents
    return Read(int(found) if found == found.to_integral() else found)


def _day(value: Value, text: str, late: bool) -> Read:
    if _counts(value):
        zero = _LATE_EPOCH if late else _EPOCH
        found = zero + timedelta(days=int(value)) if 0 < value < 100_000 else date.min
        if _FIRST <= found <= _LAST:
            shown = found.strftime("%d/%m/%Y")
            return Read(found.isoformat(), f"le nombre {text} est lu comme le {shown}")
    reading = FORMATS["date"].meant(text)
    if not reading.written:
        raise Refused(f"« {short(text)} » n’est pas une date", reading.why or "écrivez 12/03/2026")
    return Read(
        reading.written, f"« {text} » est lu comme {reading.doubt}" if reading.doubt else ""
    )


def _coded(text: str, own: Schema) -> Read:
    """A code: as it is where it is right, else as it was meant, with its lost zeros."""
    form = FORMATS.get(own["format"])
    if form is None or (form.test(text) and form.name != "telephone"):
        return Read(text)
    if _ROUNDED.fullmatch(text):
        raise Refused(
            f"« {text} » a perdu ses derniers chiffres dans le tableur",
            "mettez la colonne au format Texte, et saisissez ce numéro à nouveau",
        )
    size = _SIZES.get(form.name, 0)
    digits = re.sub(r"\D", "", text)
    padded = digits.zfill(size)
    fits = size and 0 < size - len(digits) <= _MOST_ZEROS and not re.search(r"[^\W\d_]", text)
    written = padded if fits and form.test(padded) else form.meant(text).written
    if not written:
        raise Refused(f"« {short(text)} » n’est pas {form.expected}", form.meant(text).why)
    found = re.sub(r"\D", "", written)
    zeros = len(found) - len(digits)
    if zeros > 0 and found == "0" * zeros + digits:
        many = "le zéro de tête remis" if zeros == 1 else "les zéros de tête remis"
        return Read(written, f"« {text} » est lu {written}, {many}")
    return Read(written)


_CIVILITY = re.compile(r"(?P<madame>mme|madame|mlle|mademoiselle)|m|mr|monsieur", re.I)


def person(text: str) -> dict[str, str]:
    """A civilité, a first name and a name in one cell. Raises Refused where nothing parts them."""
    if _SEVERAL.search(text):
        raise Refused(f"« {short(plain(text))} » n’est pas une seule personne", "gardez-en une")
    words = plain(text).split()
    told: dict[str, str] = {}
    if words and (met := _CIVILITY.fullmatch(words[0].rstrip("."))):
        told["civilite"] = "madame" if met["madame"] else "monsieur"
        words = words[1:]
    capitals = [word for word in words if len(word) > 1 and word == word.upper()]
    others = [word for word in words if word not in capitals]
    if capitals and others:
        return {**told, "prenom": " ".join(others), "nom": " ".join(capitals)}
    if len(words) == 2:
        return {**told, "prenom": words[0], "nom": words[1]}
    raise Refused(
        f"rien ne dit, dans « {short(text)} », où finit le prénom",
        "mettez le prénom et le nom dans deux colonnes, ou le nom en capitales",
    )


_SEVERAL = re.compile(r"[/;,&|\n@\d]|\bet\b", re.I)
"""What a name has not: it parts two people, or is of an address."""
_POSTAL = re.compile(r"(?P<voie>.*?)\b(?P<code>\d{5}|\d{2} \d{3}) (?P<commune>\D{2,})")
_LONGEST_ADDRESS = 500
"""Signs of an address at most: five lines of an envelope have two hundred."""


def address(text: str) -> dict[str, str]:
    """A street, a postcode and a town in one cell; a street alone where there is no postcode.

    Raises Refused.
    """
    line = plain(text)
    if len(line) > _LONGEST_ADDRESS:
        raise Refused("cette adresse est trop longue", "gardez la voie, le code postal, la commune")
    met = _POSTAL.fullmatch(line)
    if not met:
        return {"voie": line}
    found = {"voie": met["voie"], "code_postal": met["code"].replace(" ", "")}
    told = {**found, "commune": met["commune"]}
    return {key: word.strip(" ,;–-") for key, word in told.items() if word.strip(" ,;–-")}
