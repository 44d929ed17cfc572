"""What people write, read as what it means: a day, an hour, an amount, an identifier.

Nothing here makes a datum right: the schemas decide. A reading serves the advice that goes with a
refusal, so that it gives the very characters to type. What may mean two things is not guessed.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dla_docs.model.departements import departement_named
from dla_docs.model.values import MONTHS, long_date
from dla_docs.model.words import folded, plain


@dataclass(frozen=True)
class Reading:
    """What a text means, as it is to be written; else why it means nothing, if that can be said.

    `doubt`: what it was taken for, where a person must confirm it.
    """

    written: str = ""
    why: str = ""
    doubt: str = ""


Reader = Callable[[str], Reading]

_UNKNOWN = frozenset(
    "a definir|a completer|a preciser|a venir|a voir|en cours|en attente|inconnu|inconnue|neant|"
    "aucun|aucune|nc|n/c|na|n/a|nsp|ras|tbd|todo|x|xx|xxx|?|??|???|-|--|–|—|…|...".split("|")
)
"""What people put where they do not know yet, folded."""

LEFT_EMPTY = "laissez la clé vide tant que vous ne le savez pas"

_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_WEEKDAY = re.compile(rf"^({'|'.join(f'{d[:3]}(?:{d[3:]})?' for d in _WEEKDAYS)})[., ]+")
_HOUR_AFTER = re.compile(
    r"([t ]|,? a )\d{1,2} ?[:h]( ?\d{2})?(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:er)?[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?[-/. ]*([a-z]{3,})[-/., ]*(\d{4}|\d{2})")
_YEARLESS = re.compile(r"(\d{1,2})(?:er)?[-/. ]*(?:([a-z]{3,})\.?|/ ?\d{1,2})")
_DAYLESS = re.compile(r"(?:\d{4}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{4}|([a-z]{3,})\.? \d{4})")
_COMPACT = re.compile(r"\d{8}")


def unknown(text: str) -> bool:
    """Whether a text says that its author does not know yet: « à définir », « NC », « ? »."""
    return folded(text) in _UNKNOWN


def day(text: str) -> Reading:
    """A day written as people do, `12/01/2026` or « mardi 3 mars 2026 », day before month.

    The American order is never guessed: `01/13/2026` means nothing. A year of two digits is of
    this century up to 49, of the last one from 50 on, and is to be confirmed.
    """
    words = folded(text).removeprefix("le ").strip(" .")
    named = _WEEKDAY.match(words)
    words = _HOUR_AFTER.sub("", words[named.end() if named else 0 :]).strip(" ,.")
    parts = _day_month_year(words)
    if parts is None:
        return Reading(why=_what_lacks(words))
    number, month, year = parts
    if not 1 <= month <= 12:
        return Reading(
            why=f"il n’y a pas de mois {month} : écrivez l’année, le mois puis le jour, "
            "comme 2026-03-12 pour le 12 mars 2026"
        )
    if not 1900 <= year <= 2100:
        return Reading(why=f"vérifiez l’année : {year} n’est pas entre 1900 et 2100")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= number <= last:
        return Reading(why=f"il n’y a que {last} jours en {MONTHS[month - 1]} {year}")
    found = date(year, month, number)
    if named and not _WEEKDAYS[found.weekday()].startswith(named[1]):
        return Reading(
            why=f"le {long_date(found)} est un {_WEEKDAYS[found.weekday()]} : vérifiez le jour, "
            f"puis écrivez la date comme {found.isoformat()}"
        )
    short = re.search(r"\d{4}", words) is None
    return Reading(found.isoformat(), doubt=f"le {long_date(found)}" if short else "")


def _day_month_year(words: str) -> tuple[int, int, int] | None:
    """The three numbers of a date, in that order, whatever they are worth."""
    if match := _YEAR_FIRST.fullmatch(words):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _DAY_FIRST.fullmatch(words):
        return int(match[1]), int(match[2]), _year(match[3])
    if (match := _IN_WORDS.fullmatch(words)) and (month := _month(match[2])):
        return int(match[1]), month, _year(match[3])
    if _COMPACT.fullmatch(words):
        year_first = 1900 <= int(words[:4]) <= 2100
        sizes = (words[6:], words[4:6], words[:4]) if year_first else ()
        one, two, three = sizes or (words[:2], words[2:4], words[4:])
        return int(one), int(two), int(three)
    return None


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _month(word: str) -> int:
    """The rank of a month, whole or cut short; 0 where none or several begin so."""
    begun = [i for i, name in enumerate(MONTHS, 1) if folded(name).startswith(word)]
    return begun[0] if len(begun) == 1 else 0


def _what_lacks(words: str) -> str:
    if words in _UNKNOWN:
        return LEFT_EMPTY
    if re.fullmatch(r"(19|20)\d\d", words):
        return "ajoutez le mois et le jour : une date s’écrit AAAA-MM-JJ"
    if (match := _DAYLESS.fullmatch(words)) and (not match[1] or _month(match[1])):
        return "ajoutez le jour : une date s’écrit AAAA-MM-JJ"
    if (match := _YEARLESS.fullmatch(words)) and (not match[2] or _month(match[2])):
        return "ajoutez l’année : une date s’écrit AAAA-MM-JJ"
    return ""


_HOUR = re.compile(
    r"(\d{1,2})\s*+(?:[:h.]|heures?)\s*+(\d{2})?(?::\d{2})?\s*+(?:min|mn|m)?|(\d{1,2})"
)


def hour(text: str) -> Reading:
    """`17h`, `9 h 30`, « midi » as `17:00`, `09:30`, `12:00`."""
    words = folded(text).removeprefix("a ")
    words = {"midi": "12:00", "minuit": "00:00"}.get(words, words)
    match = _HOUR.fullmatch(words)
    if not match:
        return Reading(why=LEFT_EMPTY if words in _UNKNOWN else "")
    hours, minutes = int(match[1] or match[3]), int(match[2] or 0)
    if hours > 23 or minutes > 59:
        return Reading(why="une journée va de 00:00 à 23:59")
    return Reading(f"{hours:02}:{minutes:02}")


_GROUPED = r"\d{1,3}(?:[ '.]\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+"
_NUMBER = re.compile(rf"(?P<whole>{_GROUPED})?(?:[.,](?P<cents>\d+))?")
_UNIT = re.compile(
    r"(?P<kilo>k|m)?(?:€|eur|euros?|%|pour ?cent|pts?|points?|j|jours?|h|heures?|mois|ans?|etp)?"
    r"(?: ?(?:/|par) ?(?:jours?|j|heures?|h|an|mois))?[ .]*(?:ttc|ht|net|nets)?"
)


def number(text: str, whole: bool = False) -> Decimal | None:
    """`−18 700 €`, `(18 700)`, `1.234,56`, `18,7 k€`, `20 %` as a number; None where it is none.

    A sign is never lost: a number in brackets is negative, as accountants write it. `whole`: what
    is due is counted by whole numbers, so that a lone point before three digits parts thousands.
    """
    # Folded, every dash that a word processor puts for a minus is the plain one.
    words = re.sub(r"^(?:eur|€)\s*(?=[\d(+-])", "", folded(text)).rstrip(" ,;.")
    negative = words.startswith("-") or words.endswith("-")
    body = words.strip("+- ")
    if bracketed := re.fullmatch(r"\((.[^)\n]*+)\)(.*)", body):
        negative, body = True, f"{bracketed[1].strip('- ')} {bracketed[2].strip()}".strip()
    digits = re.match(r"[\d ,.']*\d", body)
    if digits is None:
        return None
    unit = body[digits.end() :].strip()
    found, scale = _digits(digits[0], whole, "€" in unit or "eur" in unit), _scale(unit)
    if found is None or scale is None:
        return None
    value = found * scale
    return -value if negative else value


_LONE = re.compile(r"\d{1,3}[.,]\d{3}")
"""What may be thousands or thousandths."""


def doubtful(text: str) -> tuple[int, Decimal] | None:
    """`3,600` as thousands, and as thousandths: nothing in it says which. None where one is sure.

    No thousands begin with a zero.
    """
    digits = text.strip()
    if not _LONE.fullmatch(digits) or digits.startswith("0"):
        return None
    return int(re.sub("[.,]", "", digits)), Decimal(digits.replace(",", "."))


def _digits(text: str, whole: bool, euros: bool) -> Decimal | None:
    """A number without sign nor unit. With both a comma and a point, the last one is decimal."""
    text = text.replace("'", " ")
    if "," in text and "." in text:
        thousands = "." if text.rfind(",") > text.rfind(".") else ","
        text = text.replace(thousands, " ")
    elif _LONE.fullmatch(text) and (whole or euros or "." in text):
        if not (whole or (euros and "." in text)):
            return None
        text = re.sub("[.,]", " ", text)
    match = _NUMBER.fullmatch(text)
    if not match or not text:
        return None
    units = re.sub(r"[ .,]", "", match["whole"] or "0")
    # A number starts with no useless zero: it would be read as a text.
    return Decimal(f"{int(units)}.{match['cents']}" if match["cents"] else f"{int(units)}")


def _scale(unit: str) -> int | None:
    """What a unit multiplies by: a thousand for `k€`; None for words that are no unit."""
    match = _UNIT.fullmatch(unit)
    if not match:
        return None
    # « m » alone is no unit of ours: « 3 m » may be months.
    if match["kilo"] == "m" and "€" not in unit and "eur" not in unit:
        return None
    return {"k": 1_000, "m": 1_000_000, None: 1}[match["kilo"]]


def plain_number(value: Decimal) -> str:
    """A number as YAML wants it: `-18700`, `1234.5`, without exponent nor useless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


CIVILITIES = {"madame": ("Mme", "Mme."), "monsieur": ("M.", "M", "Mr")}
"""How else a civilité is written."""


def boolean(text: str) -> bool | None:
    """`oui`, `vrai`, `x`, `no` as true or false; None for another word."""
    word = folded(text).strip(" .!")
    if word in {"oui", "vrai", "true", "yes", "y", "o", "ok", "x", "1", "on"}:
        return True
    return False if word in {"non", "faux", "false", "no", "n", "0", "off"} else None


def tight(text: str) -> str:
    """An identifier in one piece: capitals, without what people put between its groups."""
    return re.sub(r"[\s._/–—-]", "", plain(text)).upper()


def identifier(*labels: str, size: int = 0, pad: int = 0, keyed: bool = False) -> Reader:
    """A reader of identifiers written in groups, after their name or in small letters.

    `labels`: names that may come first (`SIRET`). `size`: how many characters are due, told when
    there are others. `pad`: the size up to which a lost zero is put back. `keyed`: a key computed
    from the others ends or begins it, so that one wrong digit shows.
    """
    named = (
        re.compile(rf"(?:{'|'.join(labels)})\s*+(?:n°|no\b)?\s*+:?\s*+", re.I) if labels else None
    )

    def read(text: str) -> Reading:
        if unknown(text):
            return Reading(why=LEFT_EMPTY)
        label = named.match(plain(text)) if named else None
        word = tight(plain(text)[label.end() if label else 0 :])
        if word.isdigit() and len(word) == pad - 1:
            word = f"0{word}"
        if size and len(word) != size:
            return Reading(word, why=f"il compte {len(word)} caractères au lieu de {size}")
        why = "vérifiez chaque signe : la clé n’est pas juste" if keyed and word.isalnum() else ""
        return Reading(word, why)

    return read


def telephone(text: str) -> Reading:
    """`+33 (0)4 92…`, `04/92/…`, nine digits: the number one would dial from France."""
    if unknown(text):
        return Reading(why=LEFT_EMPTY)
    words = re.sub(r"^(tel|telephone|portable|mobile|fixe)[ .:]*", "", folded(text))
    words = re.sub(r"^00", "+", words.strip(" .:"))
    if re.search(r"[^\d+() ./_-]", words):
        numbers = re.findall(r"\+?\d[\d .-]{7,}\d", words)
        return Reading(why="gardez un seul numéro, sans autre mot" if numbers else "")
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", words))
    if words.startswith("+33") and len(digits) == 12 and digits[2] == "0":
        digits = f"33{digits[3:]}"
    if words.startswith("+"):
        return Reading(f"+{digits}")
    if len(digits) == 9 and not digits.startswith("0"):
        digits = f"0{digits}"
    if len(digits) != 10:
        return Reading(why=f"il compte {len(digits)} chiffres au lieu de 10")
    return Reading(" ".join(digits[i : i + 2] for i in range(0, 10, 2)))


_PART = r"[^\s<>,;:()\[\]«»\"@]"
# From the start of a word alone: from each letter, a long one would take for ever.
_ADDRESSES = re.compile(rf"(?<!{_PART[:-1]}]){_PART}++@{_PART}[^\s<>,;:()\[\]«»\"]*+")


def email(text: str) -> Reading:
    """An address without what comes with it when it is pasted: `mailto:`, `<…>`, « (at) »."""
    if unknown(text):
        return Reading(why=LEFT_EMPTY)
    words = re.sub(
        r"(?<!\s)\s*[\[(]\s*(?:at|arobase|a)\s*[\])]\s*| (?:at|arobase) ", "@", plain(text)
    )
    words = re.sub(r"(?<!\s)\s*[\[(]\s*(?:dot|point)\s*[\])]\s*", ".", words)
    found = _ADDRESSES.findall(words)
    if len(found) > 1:
        return Reading(why="gardez une seule adresse")
    if found:
        return Reading(found[0].rstrip("."))
    return Reading(re.sub(r"(?<!\s)\s*@\s*", "@", words).strip() if "@" in words else "")


def site(text: str) -> Reading:
    """The address of a site, with the `https://` that people leave out."""
    if unknown(text):
        return Reading(why=LEFT_EMPTY)
    words = re.sub(r"^(?:https?)?:?/+", "", plain(text).strip("<>«» "), flags=re.I)
    scheme = "http" if re.match(r"http:", plain(text), re.I) else "https"
    return Reading(
        f"{scheme}://{words}" if re.fullmatch(r"[^\s/.]+(\.[^\s/.]+)+(/\S*)?", words) else ""
    )


def department(text: str) -> Reading:
    """`5`, `2a`, `05 – Hautes-Alpes`, `Hautes-Alpes` as `05`, `2A`, `05`."""
    if named := departement_named(plain(text)):
        return Reading(named.code)
    found = re.findall(r"\b(97\d|98\d|2[abAB]|\d{1,2})\b", plain(text))
    return Reading(found[0].upper().zfill(2) if len(found) == 1 else "")
