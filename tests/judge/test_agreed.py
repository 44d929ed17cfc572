"""What a document says otherwise than what was asked of it, or agreed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dla_docs.judge.agreed import beside, reported
from dla_docs.judge.amounts import Price
from dla_docs.judge.days import days_done
from dla_docs.judge.expected import Expected, Terms
from dla_docs.judge.passages import Passage
from dla_docs.model.words import folded

TERMS = Terms(
    source="la convention", least_days=Decimal(5), most_days=Decimal(5), prices=(Decimal(3250),),
    start=date(2025, 4, 22), end=date(2025, 7, 11),
    due=(("Note à mi-parcours", date(2025, 5, 23)), ("Rapport final", date(2025, 7, 4))),
)  # fmt: skip
EXPECTED = Expected(
    each={"structure": (("L’Aubépine du Buëch", ("aubepine du buech",)),)},
    terms=TERMS, last=date(2025, 4, 25),
)  # fmt: skip


def line(text: str, row: int = 0) -> Passage:
    cells = tuple(text.split("|")) if row else ()
    return Passage(text, folded(text.replace("|", " : ")), 2, 7, False, int(row > 0), row, cells)


def offered(*texts: str, doubt: str = "") -> list[str]:
    return plain(beside([line(text) for text in texts], EXPECTED, Price(doubt=doubt)))


def plain(told: object) -> list[str]:
    said: Sequence[str] = list(told)  # type: ignore[call-overload]
    return [one.replace("\u202f", " ").replace("\xa0", " ") for one in said]


def test_the_name_of_another_structure_is_told() -> None:
    (told,) = offered("L’Aubépine de la Durance est un chantier reconnu.")
    assert "« L’Aubépine de la Durance », jamais « L’Aubépine du Buëch »" in told


def test_a_structure_that_is_named_once_is_named() -> None:
    assert offered("L’Aubépine s’agrandit.", "L’Aubépine du Buëch a vingt-trois salariés.") == []


def test_another_limit_than_that_of_the_call_is_told() -> None:
    (told,) = offered("L’Aubépine du Buëch, date limite de remise : lundi 28 avril 2025 à 12 h")
    assert "le 28 avril 2025, le cahier des charges le 25 avril 2025" in told


def test_a_price_that_says_no_tax_is_told() -> None:
    (told,) = offered("L’Aubépine du Buëch", doubt="le document ne dit pas s’il est HT")
    assert "demandez si le prix est hors taxes ou TTC" in told


def test_a_report_is_held_against_the_convention() -> None:
    rows = ["Date|Objet|Jours", "15 avril 2025|Lancement|3", "3 juin 2025|Envoi de la note à "
            "mi-parcours|1", "24 juin 2025|Conseil|2,5"]  # fmt: skip
    found = [line("Aubépine du Buëch, mission du 15 avril au 25 juillet 2025")]
    found += [line(text, rank) for rank, text in enumerate(rows, 1)]
    found.append(line("6,5 jours à 650 €, soit 4 225 €"))
    done, _ = days_done(found)
    told = plain(reported(found, EXPECTED, done, (date(2025, 7, 18), found[0])))
    assert [words for words in (
        "compte 6,5 jours, la convention en prévoit 5",
        "mission du 15 avril 2025 au 25 juillet 2025",
        "le 15 avril 2025 (ligne 2)",
        "« Note à mi-parcours » le 3 juin, la convention dit le 23 mai 2025",
        "daté du 18 juillet 2025, attendu le 4 juillet 2025",
        "4 225 €, la convention dit 3 250 €",
    ) if words not in " ".join(told)] == []  # fmt: skip


def test_a_deliverable_that_is_only_spoken_of_has_no_day() -> None:
    found = [line("Aubépine du Buëch : 13 mai 2025, la note à mi-parcours est préparée, séance 1")]
    assert plain(reported(found, EXPECTED, None, None)) == []
