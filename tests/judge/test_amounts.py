"""Days, rates and totals counted again, in tables, in lines of a PDF, in sentences."""

from collections.abc import Sequence
from decimal import Decimal

from dla_docs.judge.amounts import Price, price_of
from dla_docs.judge.days import days_done
from dla_docs.judge.passages import passages_of
from dla_docs.reading.blocks import Cell, Grid, Read, Words

HEAD = ["Poste", "Jours", "Prix jour HT", "Montant HT"]


def table(*rows: Sequence[str]) -> Read:
    held = tuple(tuple(Cell((Words(cell, page=2),)) for cell in row) for row in rows)
    return Read("docx", (Grid(held, 1, 2),), pages=3)


def price(read: Read) -> Price:
    return price_of(passages_of(read))


def lines(*texts: str) -> Read:
    words = tuple(Words(text, page=2, rank=rank) for rank, text in enumerate(texts, 1))
    return Read("pdf", words, pages=2)


def plain(faults: Sequence[str]) -> list[str]:
    return [fault.replace("\u202f", " ").replace("\xa0", " ") for fault in faults]


def test_a_row_that_does_not_multiply_is_told_where_it_is() -> None:
    found = price(table(HEAD, ["Ateliers", "4", "800 €", "3 000 €"]))
    assert plain(found.faults) == [
        "page 2, tableau 1, ligne 2 : 4 × 800 € font 3 200 €, le document dit 3 000 €"
    ]


def test_what_is_right_is_silent_and_read() -> None:
    rows = (
        HEAD, ["Ateliers", "4 jours", "800 €", "3 200,00 €"], ["Trajets", "", "", "150 €"],
        ["Total HT", "", "", "3 350 €"], ["TVA 20 %", "", "", "670 €"],
        ["Total TTC", "", "", "4 020 €"],
    )  # fmt: skip
    found = price(table(*rows))
    assert found.faults == ()
    assert {key: value for key, value, _ in found.data} == {
        "jours": 4, "taux_jour_ht": 800, "frais_ht": 150, "total_ht": 3350, "total_ttc": 4020,
        "taux_tva": 20,
    }  # fmt: skip


def test_a_total_that_does_not_sum_is_told_by_its_name() -> None:
    found = price(table(HEAD, ["A", "1", "800", "800"], ["B", "1", "800", "800"],
                        ["Total HT", "", "", "1 700 €"]))  # fmt: skip
    assert (
        "« Total HT » : les montants font 1 600 €, le document dit 1 700 €"
        in plain(found.faults)[0]
    )


def test_a_total_with_taxes_is_the_sum_of_both() -> None:
    found = price(table(HEAD, ["A", "2", "500", "1 000 €"], ["Total HT", "", "", "1 000 €"],
                        ["TVA 20 %", "", "", "200 €"],
                        ["Total TTC", "", "", "1 300 €"]))  # fmt: skip
    assert "1 200 €, le document dit 1 300 €" in plain(found.faults)[0]


def test_the_thousands_of_a_line_without_cells_are_found_again() -> None:
    found = price(lines("Poste Jours Prix Montant", "Ateliers 4 800 € 3 200 €", "Total HT 3 200 €"))
    assert found.faults == ()
    assert ("jours", Decimal(4)) in [(key, value) for key, value, _ in found.data]


def test_a_wrong_line_without_cells_is_quoted() -> None:
    found = price(lines("Ateliers 4 800 3 000", "Total HT 3 000 €"))
    assert plain(found.faults) == [
        "page 2, « Ateliers 4 800 3 000 » : 4 × 800 € font 3 200 €, le document dit 3 000 €"
    ]


def test_a_sentence_that_multiplies_is_counted_again() -> None:
    right = price(Read("docx", (Words("Six jours à 700 € HT, soit 4 200 € HT.", rank=4),)))
    wrong = price(Read("docx", (Words("6 jours à 700 € HT, soit 4 000 € HT.", rank=4),)))
    assert right.faults == ()
    assert "paragraphe 4 : 6 × 700 € font 4 200 €" in plain(wrong.faults)[0]


def test_half_a_day_in_letters_is_counted() -> None:
    read = Read("docx", (Words("Cinq jours et demi à 720 € la journée, soit 3 960 €.", rank=4),))
    assert price(read).faults == ()


def test_who_owes_no_tax_has_a_rate_of_zero() -> None:
    words = Words("TVA non applicable, article 293 B du CGI", rank=9)
    assert [(key, value) for key, value, _ in price(Read("docx", (words,))).data] == [
        ("taux_tva", 0)
    ]


def test_a_table_of_dates_is_no_budget() -> None:
    assert price(table(["Étape", "Date"], ["Atelier", "12"], ["Bilan", "14"])) == Price()


def test_the_days_of_a_calendar_are_summed() -> None:
    rows = (["Date", "Objet", "Durée"], ["26/05/2025", "Lancement", "0,5"],
            ["17/06/2025", "Atelier", "1"], ["Total", "", "2"])  # fmt: skip
    done, faults = days_done(passages_of(table(*rows)))
    assert done is not None and done[0] == Decimal("1.5")
    assert "les durées font 1,5 jours, le document dit 2" in faults[0]


def test_the_cell_of_a_row_of_costs_may_take_three_columns() -> None:
    rows = (HEAD, ["A", "1", "680 €", "680 €"], ["Trajets", "", "", "180 €"],
            ["TOTAL", "", "", "1 040 €"])  # fmt: skip
    (fault,) = plain(price(table(*rows)).faults)
    assert "les montants font 860 €, le document dit 1 040 €" in fault


def test_the_days_of_each_are_at_a_price_of_their_own() -> None:
    head = ["Temps", "M. Corbara (840 €)", "I. Keita (780 €)", "Jours", "Hors taxes"]
    rows = (head, ["S’accorder", "1,5", "1", "2,5", "2 040 €"], ["Compter ensemble", "0,5", "2",
            "2,5", "1 890 €"], ["Ensemble", "2", "3", "5", "3 930 €"])  # fmt: skip
    found = price(table(*rows))
    assert ("jours", Decimal(5)) in [(key, value) for key, value, _ in found.data]
    assert plain(found.faults) == [
        "page 2, tableau 1, ligne 3 : 0,5 × 840 € + 2 × 780 € font 1 980 €, le document dit 1 890 €"
    ]


def test_a_price_of_a_day_said_beside_the_table_is_that_of_its_rows() -> None:
    held = table(["Phase", "Jours", "Montant HT"], ["A", "1,5", "1 170 €"], ["B", "1", "780 €"])
    said = Words("Prix de journée : 780 € HT, frais compris.", page=2, rank=9)
    found = price(Read("docx", (*held.blocks, said), pages=3))
    assert ("taux_jour_ht", Decimal(780)) in [(key, value) for key, value, _ in found.data]


def test_a_total_is_known_by_what_it_sums_whatever_its_name() -> None:
    rows = (["Temps", "Jours", "Hors taxes"], ["A", "1", "840 €"], ["B", "2", "1 600 €"],
            ["Le tout", "3", "2 440 €"], ["TVA 20 %", "", "488 €"],
            ["Ce que vous paierez", "", "2 928 €"])  # fmt: skip
    data = {key: value for key, value, _ in price(table(*rows)).data}
    assert (data["total_ht"], data["total_ttc"]) == (2440, 2928)


def test_an_address_is_no_row_of_a_budget() -> None:
    assert (
        price(lines("Coopérative, 12 rue Neuve, 05000 Gap 1", "SIRET 012 771 940 00012")) == Price()
    )


def test_the_days_of_several_people_are_summed() -> None:
    rows = (["Jour", "Objet", "CM", "JS"], ["26/05/2025", "Lancement", "0,5", "0,5"],
            ["11/07/2025", "Note", "0,5", ""], ["Total", "2 jours", "1", "0,5"])  # fmt: skip
    done, faults = days_done(passages_of(table(*rows)))
    assert done is not None and done[0] == Decimal("1.5")
    assert "les durées font 1,5 jours, le document dit 2" in plain(faults)[0]
