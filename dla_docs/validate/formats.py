"""The `format`s of the schemas: identifiers and dates, checked by libraries made for it.

Each format carries the rule it stands for (R-ID-01 to 07, annexe A of the trade file), the
French words for what is expected, and values that pass and fail, run by the tests. What a person
wrote otherwise is read by `model/readings.py`, for the advice to give the very characters to type.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum import iban
from stdnum.fr import siren, siret, tva

from dla_docs.model.readings import (
    Reader,
    Reading,
    day,
    department,
    email,
    hour,
    identifier,
    site,
    telephone,
)

_SEEN = identifier()
"""How a format without a reader of its own is read: in capitals, without spaces."""


@dataclass(frozen=True)
class Format:
    """A registered format. `rule` is empty where only the schema speaks (S-FORMAT).

    `read`: what a text that fails was meant to be, where that can be told.
    """

    name: str
    test: Callable[[str], bool]
    expected: str
    rule: str = ""
    passing: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    read: Reader = _SEEN

    def meant(self, text: str) -> Reading:
        """What a text was meant to be: a right writing, or why there is none."""
        reading = self.read(text)
        right = bool(reading.written) and self.test(reading.written)
        return reading if right else Reading(why=reading.why)


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def is_siret(text: str) -> bool:
    """Luhn on 14 digits and on the first 9; La Poste: else the digits add up to a multiple of 5.

    Source: annexe A, [P27], [P28].
    """
    if not re.fullmatch(r"[0-9]{14}", text) or not siren.is_valid(text[:9]):
        return False
    if siret.is_valid(text):
        return True
    return text.startswith("356000000") and sum(map(int, text)) % 5 == 0


def _is_tva(text: str) -> bool:
    return bool(re.fullmatch(r"FR[0-9]{11}", text)) and bool(tva.is_valid(text))


def _is_siren(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{9}", text)) and bool(siren.is_valid(text))


def _is_iban(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", text)) and bool(iban.is_valid(text))


def _is_email(text: str) -> bool:
    try:
        # The product never touches the network: only the form is checked.
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _is_telephone(text: str) -> bool:
    """A number one may dial: the numbers kept for fiction, and overseas ones, are possible too."""
    if not re.fullmatch(r"(\+[1-9]|0[1-9])[0-9 .-]*[0-9]", text):
        return False
    if text.startswith("0") and sum(map(str.isdigit, text)) != 10:
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "FR"))
    except phonenumbers.NumberParseException:
        return False


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        return 1900 <= date.fromisoformat(text).year <= 2100
    except ValueError:
        return False


_DEPARTEMENT = r"0[1-9]|1[0-9]|2[1-9]|[3-8][0-9]|9[0-5]|2A|2B|97[1-8]|98[678]"

FORMATS = {
    f.name: f
    for f in (
        Format(
            "siren",
            _is_siren,
            "un SIREN : neuf chiffres dont le dernier est une clé",
            "R-ID-01",
            ("732829320", "356000000"),
            ("200034582", "73282932", "732 829 320"),
            identifier("siren", keyed=True, size=9),
        ),
        Format(
            "siret",
            is_siret,
            "un SIRET : quatorze chiffres dont le dernier est une clé",
            "R-ID-02",
            ("73282932000074", "20003452800014", "35600000009075", "35600000000048"),
            ("20003452800041", "35600000009076", "12345678900007", "732 829 320 00074", ""),
            identifier("siret", keyed=True, size=14),
        ),
        Format(
            "rna",
            _matches(r"W[0-9A-Z]{9}"),
            "un numéro RNA : W suivi de neuf caractères",
            "R-ID-03",
            ("W051000001",),
            ("051000001", "W05100001", "w051000001"),
            identifier("rna", size=10),
        ),
        Format(
            "ape",
            _matches(r"[0-9]{2}\.?[0-9]{2}[A-Z]"),
            "un code APE : quatre chiffres et une lettre, comme 94.99Z",
            "R-ID-04",
            ("94.99Z", "9499Z"),
            ("9499", "94.99z"),
            identifier("ape", "naf"),
        ),
        Format(
            "idcc",
            _matches(r"[0-9]{4}"),
            "un numéro de convention collective (IDCC) sur quatre chiffres",
            "R-ID-05",
            ("1518", "0016", "3248"),
            ("16", "15180"),
            identifier("idcc", pad=4),
        ),
        Format(
            "code-postal",
            _matches(r"[0-9]{5}"),
            "un code postal : cinq chiffres",
            "R-ID-06",
            ("01000", "05100"),
            ("1000", "2A004"),
            identifier(pad=5),
        ),
        Format(
            "insee",
            _matches(r"[0-9]{5}|2[AB][0-9]{3}"),
            "un code INSEE de commune : cinq chiffres, ou 2A, 2B et trois chiffres",
            "R-ID-06",
            ("05070", "2A004"),
            ("5070", "2C004"),
            identifier("insee", pad=5),
        ),
        Format(
            "departement",
            _matches(_DEPARTEMENT),
            "un code de département, comme 05, 2A ou 974",
            "R-ID-06",
            ("05", "2A", "974"),
            ("5", "20", "99"),
            department,
        ),
        Format(
            "tva",
            _is_tva,
            "un numéro de TVA intracommunautaire : FR, une clé de deux chiffres, le SIREN",
            "R-ID-07",
            ("FR44732829320",),
            ("FR45732829320", "44732829320"),
            identifier("tva", keyed=True),
        ),
        Format(
            "iban",
            _is_iban,
            "un IBAN : deux lettres, une clé juste, sans espace",
            "R-ID-07",
            ("FR7630006000011234567890189",),
            ("FR7630006000011234567890188", "FR76 3000 6000 0112 3456 7890 189"),
            identifier("iban", keyed=True),
        ),
        Format(
            "date",
            _is_date,
            "une date qui existe, de 1900 à 2100, écrite AAAA-MM-JJ",
            "",
            ("2026-01-02", "2024-02-29"),
            ("02/01/2026", "2026-02-30", "2026-1-2", "2225-05-19", "0001-01-01"),
            day,
        ),
        Format(
            "heure",
            _matches(r"([01][0-9]|2[0-3]):[0-5][0-9]"),
            "une heure écrite HH:MM, entre guillemets",
            "",
            ("17:00", "09:30"),
            ("17h", "25:00"),
            hour,
        ),
        Format(
            "email",
            _is_email,
            "une adresse électronique, comme contact@exemple.fr",
            "",
            ("contact@exemple.fr",),
            ("contact.exemple.fr", "a@b", "a b@exemple.fr"),
            email,
        ),
        Format(
            "telephone",
            _is_telephone,
            "un numéro de téléphone, comme 04 92 00 00 00",
            "",
            ("04 92 00 00 00", "+33 4 92 00 00 00", "0492000000", "06 39 98 05 11"),
            ("492000000", "04 92 00 00", "04 77 00 00 0"),
            telephone,
        ),
        Format(
            "uri",
            _matches(r"https?://[^\s<>\"]+"),
            "une adresse de site, qui commence par https://",
            "",
            ("https://www.exemple.fr",),
            ("www.exemple.fr",),
            site,
        ),
    )
}
