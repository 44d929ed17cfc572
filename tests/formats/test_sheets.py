"""XLSX: what a sheet is made of, and that its cells are what they say."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from dla_docs.charter.charter import Charter
from dla_docs.engines.pandoc import Pandoc
from dla_docs.formats import WRITERS, Engines, Properties
from dla_docs.formats.sheets.cells import number_cell, typed
from dla_docs.formats.sheets.letters import width_of
from dla_docs.formats.sheets.names import Names
from dla_docs.formats.sheets.sentences import parts_of
from dla_docs.formats.sheets.told import funders_said
from dla_docs.model.workspace import Workspace
from dla_docs.tree.charts import charts
from dla_docs.tree.divisions import LOGOS, MENTION
from dla_docs.tree.fingerprint import Signature, signature_in
from dla_docs.tree.nodes import div
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import tables
from dla_docs.tree.typography import typography
from tests.scenes import ROOT

MARK = Signature("a" * 64, f"2026-001-{'longue-' * 30}/grille-analyse").mark()
PROPERTIES = Properties(
    "Grille – Phase 1", "Le Mélézin", "2026-001", "Grille", date(2026, 3, 2), MARK
)
DAY = datetime.combine(PROPERTIES.date, time())
NOTES = """# Notes {#notes}

Chaque critère est noté de 0 à 5.

::: {.tableau largeurs="50,30,20" alignements="g,d,d"}
- - Critère
  - Montant
  - Part
- - =1+1
  - 1 234,50 €
  - 12 %
- - **Total**
  - –
  - '012'
:::

Le total est sur 100.
"""
CHART = """# Jours

::: {.graphique titre="Jours d’intervention" unite="jour"}
- - Étape
  - Jours
- - Diagnostic
  - 1500,5
- - Restitution
  - 2
:::
"""
GROUPED = """::: {.graphique forme="groupees" titre="Moyennes" feuille="Notes" largeurs="60,40"
colonnes="-valeur,-valeur,libelle,"}
- - Alidade
  - Lisière
  - Critère
  - Poids
- - 4,75
  - 4,00
  - Méthode
  - 20
:::
"""

TWO = f"{NOTES}\n{CHART}"


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


def written(pandoc: Pandoc, text: str, properties: Properties = PROPERTIES) -> bytes:
    blocks = typography(charts(tables(pandoc.read(text, [])[0])))
    engines = Engines(Charter(Workspace(ROOT)), pandoc)
    return WRITERS["xlsx"](Tree(blocks, ()), properties, engines)


def read(content: bytes) -> Book:
    return openpyxl.load_workbook(io.BytesIO(content))


def values(book: Book, sheet: str) -> list[list[object]]:
    lines = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [[value for value in line if value is not None] for line in lines if any(line)]


@pytest.mark.parametrize(
    ("words", "value", "format"),
    [
        ("3,5", Decimal("3.5"), "#,##0.0"),
        ("1\u202f234,50\u00a0€", Decimal("1234.50"), '#,##0.00"\u00a0€"'),
        ("12\u00a0%", Decimal("0.12"), '#,##0"\u00a0"%'),
        ("-4", Decimal(-4), "#,##0"),
        ("12,5\u00a0jours", Decimal("12.5"), '#,##0.0"\u00a0jours"'),
        ("2026", Decimal(2026), "0"),
    ],
)
def test_a_number_as_french_prints_it_is_a_number(words: str, value: Decimal, format: str) -> None:
    cell = typed(words, right=True)
    assert (cell.value, cell.format) == (value, format)


@pytest.mark.parametrize("words", ["04000", "1er", "3 sur 5", "–", "=2", "1234567890123456", ""])
def test_what_is_no_number_stays_a_text(words: str) -> None:
    assert typed(words, right=True).value is None


def test_a_number_in_a_column_on_the_left_is_a_code() -> None:
    assert typed("2026", right=False).value is None


@pytest.mark.parametrize(
    ("words", "day"),
    [("1er\u00a0janvier 2027", date(2027, 1, 1)), ("12\u00a0mars 2026", date(2026, 3, 12))],
)
def test_a_printed_day_is_a_day(words: str, day: date) -> None:
    cell = typed(words, right=False)
    assert cell.value == day and ('d"er"' in cell.format) == (day.day == 1)


def test_names_of_sheets_are_short_distinct_and_without_forbidden_signs() -> None:
    names = Names()
    given = [
        names.give(w) for w in ("1.\u00a0Notes : DLA/structure", "notes dla structure", "history")
    ]
    assert given == ["Notes DLA structure", "notes dla structure (2)", "history (2)"]
    assert len(names.give("Un titre de section bien plus long que trente et un signes")) <= 31


def test_a_table_without_name_is_a_sheet_named_by_its_heading(pandoc: Pandoc) -> None:
    names = read(written(pandoc, TWO)).sheetnames
    assert names == ["Sommaire", "Notes", "Jours d’intervention"]


def test_named_tables_alone_are_sheets_where_there_are_some(pandoc: Pandoc) -> None:
    other = NOTES.replace(".tableau ", '.tableau feuille="Barème" ').replace("{#notes}", "")
    assert read(written(pandoc, NOTES + "\n" + other)).sheetnames == ["Barème"]


def test_tables_that_name_the_same_sheet_are_one_under_the_other(pandoc: Pandoc) -> None:
    shelved = NOTES.replace(".tableau ", '.tableau feuille="Barème" ')
    book = read(
        written(pandoc, shelved + "\n" + shelved.replace("# Notes {#notes}", "# Autres notes"))
    )
    assert book.sheetnames == ["Barème"]
    lines = values(book, "Barème")
    assert lines.index(["Notes"]) < lines.index(["Autres notes"])


def test_no_cell_is_merged_with_others(pandoc: Pandoc) -> None:
    long = (
        "::: {.tableau feuille=Notes largeurs='30,70'}\n- - Nom\n  - Avis\n- - A\n  - "
        + "phrase " * 40
        + "\n:::"
    )
    book = read(written(pandoc, f"{GROUPED}\n\n# Avis\n\n{long}\n"))
    assert len(book["Notes"]["A"]) > 5
    assert all(not sheet.merged_cells.ranges for sheet in book)


def test_a_sheet_has_no_grid(pandoc: Pandoc) -> None:
    assert not any(sheet.sheet_view.showGridLines for sheet in read(written(pandoc, NOTES)))


def test_grouped_bars_are_drawn_from_the_table_printed_and_named_in_their_order(
    pandoc: Pandoc,
) -> None:
    book = read(written(pandoc, GROUPED))
    assert len(book["Notes"]._charts) == 1
    lines = values(book, "Notes")
    assert ["Critère", "Alidade", "Lisière", "Poids"] in lines
    assert lines[-1][0].split() == ["■", "Alidade", "□", "Lisière"]  # type: ignore[attr-defined]


def test_a_workbook_of_one_sheet_has_its_head_above_its_tables(pandoc: Pandoc) -> None:
    verdict = "::: verdict\nAlidade retenue\n\n**Dans Enée** : tout.\n:::\n"
    lines = values(read(written(pandoc, f"{verdict}\n{NOTES}")), "Notes")
    assert lines[:2] == [["Grille – Phase 1"], ["2026-001 – 2\u00a0mars 2026 – Le Mélézin"]]
    assert lines[2:4] == [["En bref", "Alidade retenue"], ["Dans Enée", "tout."]]


def test_what_has_no_sense_in_a_workbook_is_on_pages_alone(pandoc: Pandoc) -> None:
    text = NOTES.replace("Le total", "::: hors-classeur\nNommés en annexe.\n:::\n\nLe total")
    lines = values(read(written(pandoc, text)), "Notes")
    assert ["Le total est sur 100."] in lines and "annexe" not in str(lines)


def test_a_sentence_begun_in_bold_that_a_table_says_again_is_not_kept(pandoc: Pandoc) -> None:
    again = '::: {.tableau largeurs="100"}\nParts\n\n- - Part\n- - Un\n- - Deux\n:::\n'
    text = NOTES.replace("Le total est sur 100.", f"**Parts** : un et deux.\n\n{again}")
    book = read(written(pandoc, text))
    said = [line for sheet in book.sheetnames for line in values(book, sheet)]
    assert "un et deux" not in str(said) and ["Deux"] in said


def test_cells_are_what_they_say_and_no_formula(pandoc: Pandoc) -> None:
    book = read(written(pandoc, TWO))
    rows = [[c for c in row] for row in book["Notes"].iter_rows(min_row=7, max_row=8)]
    assert [cell.value for cell in rows[0]] == ["=1+1", 1234.5, 0.12]
    assert [cell.data_type for cell in rows[0]] == ["s", "n", "n"]
    assert rows[0][0].quotePrefix and rows[1][0].font.b


def test_sentences_around_a_table_stay_around_it(pandoc: Pandoc) -> None:
    lines = values(read(written(pandoc, TWO)), "Notes")
    assert lines[2] == ["Chaque critère est noté de 0 à 5."]
    assert lines[-1] == ["Le total est sur 100."]


def test_a_remark_on_a_row_stays_under_the_table_of_that_row(pandoc: Pandoc) -> None:
    shelved = NOTES.replace(".tableau ", '.tableau feuille="Barème" ')
    first, second = shelved, shelved.replace("# Notes {#notes}\n", "")
    text = f"{first.replace('Le total', '**Critère.** Le total')}\n{second}"
    found = [row[0] for row in values(read(written(pandoc, text)), "Barème")]
    said, next_one = found.index("Critère. Le total est sur 100."), found.index("Critère", 8)
    assert said < next_one
    assert found.index("Chaque critère est noté de 0 à 5.", said) > said


def test_a_sentence_is_one_cell_and_a_long_one_goes_on_below(pandoc: Pandoc) -> None:
    long = f"Chaque critère {'est noté avec soin et ' * 12}relu."
    page = read(written(pandoc, NOTES.replace("Le total est sur 100.", long)))["Notes"]
    first = [row[0] for row in page.iter_rows()]
    assert NOTES.split("\n")[2] in [cell.value for cell in first]
    rank = next(
        n
        for n, cell in enumerate(first)
        if str(cell.value).startswith("Chaque critère est noté avec")
    )
    assert " ".join(str(cell.value) for cell in first[rank:]) == long
    assert not any(cell.alignment.wrap_text for cell in first[rank:])


def test_no_line_of_a_sentence_is_wider_than_its_band() -> None:
    long = f"Chaque critère {'est noté avec soin et ' * 12}relu."
    assert all(width_of(line) < 60 for line in parts_of(long, 60))
    assert " ".join(parts_of(long, 60)) == long


def test_a_sentence_that_names_every_row_of_a_small_table_leaves_it_alone(pandoc: Pandoc) -> None:
    said = NOTES.replace("Chaque critère est noté de 0 à 5.", "Le total, puis =1+1.")
    assert ["Le total, puis =1+1."] not in values(read(written(pandoc, said)), "Notes")


def test_the_rules_of_every_table_of_a_sheet_end_at_one_edge(pandoc: Pandoc) -> None:
    options = "{.tableau feuille=Notes largeurs='40,60'}"
    narrow = f"# Autre\n\n::: {options}\n- - Nom\n  - Avis\n- - A\n  - B\n:::\n"
    wide = NOTES.replace(".tableau ", '.tableau feuille="Notes" ')
    page = read(written(pandoc, f"{wide}\n{narrow}"))["Notes"]
    row = next(row for row in page.iter_rows() if row[0].value == "Nom")
    assert row[2].value is None and row[2].border.bottom.style == "medium"


def test_a_label_of_the_first_sheet_begins_where_its_links_do(pandoc: Pandoc) -> None:
    page = read(written(pandoc, TWO))["Sommaire"]
    found = {c.value: c.alignment for c in page["A"] if c.value in {"Référence", "Notes"}}
    assert {(a.horizontal, a.indent, a.vertical) for a in found.values()} == {("left", 1, "center")}


def test_a_chart_is_a_sheet_with_native_bars_and_words(pandoc: Pandoc) -> None:
    content = written(pandoc, CHART)
    book = read(content)
    assert values(book, "Jours d’intervention")[-2:] == [["Diagnostic", 1500.5], ["Restitution", 2]]
    assert len(book["Jours d’intervention"]._charts) == 1
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert "Graphique en barres\u00a0: Jours d’intervention." in drawing


def test_the_first_sheet_says_what_the_document_is_and_leads_to_the_others(pandoc: Pandoc) -> None:
    book = read(written(pandoc, TWO))
    assert ["Date du document", DAY] in values(book, "Sommaire")
    assert ["Référence", "2026-001"] in values(book, "Sommaire")
    links = [cell.hyperlink.location for row in book["Sommaire"] for cell in row if cell.hyperlink]
    assert links[0] == "'Notes'!A1"


def test_the_first_sheet_says_the_verdict_and_the_brief_without_links_into_the_page(
    pandoc: Pandoc,
) -> None:
    verdict = "::: verdict\nAlidade est retenue\n:::\n"
    brief = "::: en-bref\nDiagnostic\n:   [partagé](#chiffre9)\n:::\n"
    book = read(written(pandoc, f"{verdict}\n{brief}\n{TWO}"))
    assert ["En bref", "Alidade est retenue"] in values(book, "Sommaire")
    assert ["Diagnostic", "partagé"] in values(book, "Sommaire")
    links = [cell.hyperlink.location for row in book["Sommaire"] for cell in row if cell.hyperlink]
    assert links[0] == "'Notes'!A1"


def test_a_header_stays_in_sight_and_comes_again_on_each_page(pandoc: Pandoc) -> None:
    sheet = read(written(pandoc, TWO))["Notes"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A7", "$6:$6")
    assert (sheet.page_setup.paperSize, sheet.page_setup.scale) == (9, 82)


def test_the_way_back_to_the_first_sheet_is_not_printed(pandoc: Pandoc) -> None:
    sheet = read(written(pandoc, TWO))["Notes"]
    assert sheet["A1"].hyperlink.location == "'Sommaire'!A1"
    assert "$A$2:" in sheet.print_area


def test_a_sentence_for_the_workbook_alone_stands_before_its_table(pandoc: Pandoc) -> None:
    text = NOTES.replace(
        "::: {.tableau", "::: en-classeur\nHautes-Alpes (05).\n:::\n\n::: {.tableau", 1
    )
    assert ["Hautes-Alpes (05)."] in values(read(written(pandoc, text)), "Notes")


def test_a_workbook_holds_its_empreinte_whatever_its_length(pandoc: Pandoc) -> None:
    found = signature_in(written(pandoc, NOTES))
    assert found is not None and found.mark() == MARK and len(MARK) > 255


def test_a_workbook_is_in_french_and_of_its_day(pandoc: Pandoc) -> None:
    properties = read(written(pandoc, NOTES)).properties
    assert (properties.language, properties.creator) == ("fr-FR", "Le Mélézin")
    assert properties.created == properties.modified == DAY


def test_a_draft_is_marked_on_each_sheet_and_page(pandoc: Pandoc) -> None:
    book = read(written(pandoc, TWO, replace(PROPERTIES, draft=True)))
    assert [
        str(sheet[place].value)[:6] for sheet, place in zip(book, ("A1", "A2", "A2"), strict=True)
    ] == ["PROJET"] * 3
    assert all("PROJET" in sheet.oddHeader.left.text for sheet in book)


def test_the_head_of_a_printed_sheet_says_the_period_and_the_department(pandoc: Pandoc) -> None:
    title = "Contrôle des données d’Enée – Année 2026, Hautes-Alpes"
    book = read(written(pandoc, NOTES, replace(PROPERTIES, title=title, reference="2026-001")))
    assert book["Notes"].oddHeader.left.text == title
    whole = replace(PROPERTIES, title="Grille – 2026-001 – Phase 1")
    assert read(written(pandoc, NOTES, whole))["Notes"].oddHeader.left.text == "Grille – Phase 1"


def test_a_total_stands_out_and_no_rule_parts_the_cells_of_a_row(pandoc: Pandoc) -> None:
    text = NOTES.replace(".tableau ", '.tableau total="oui" ')
    page = read(written(pandoc, text))["Notes"]
    total = next(cell for row in page.iter_rows() for cell in row if cell.value == "Total")
    above = page.cell(total.row - 1, total.column)
    assert total.font.b and total.fill.fgColor.rgb != above.fill.fgColor.rgb
    assert [cell.border.left.style for cell in (total, above)] == [None, None]
    assert above.border.bottom.style == "thin"


def test_the_same_document_gives_the_same_bytes(pandoc: Pandoc) -> None:
    assert written(pandoc, TWO) == written(pandoc, TWO)


def test_the_name_of_a_sheet_is_in_no_other_format(pandoc: Pandoc) -> None:
    text = NOTES.replace(".tableau ", '.tableau feuille="Barème" ')
    blocks = tables(pandoc.read(text, [])[0])
    page = WRITERS["html"](Tree(blocks, ()), PROPERTIES, Engines(Charter(Workspace(ROOT)), pandoc))
    assert "Barème" not in page.decode()


def test_a_number_longer_than_excel_keeps_is_written_as_it_reads() -> None:
    cell = number_cell("12345678901234567", Decimal("12345678901234567"))
    assert (cell.words, cell.value) == ("12345678901234567", None)


def test_a_long_title_stands_on_one_line_over_empty_cells(pandoc: Pandoc) -> None:
    long = "Grille d’analyse des propositions – Phase 1 – conduite de la période de transition"
    columns = NOTES.replace("::: {", "Une phrase, qui fait une feuille large.\n\n::: {")
    wide = columns.replace("Critère\n", f"{'Critère ' * 9}\n").replace("=1+1", "mot " * 30)
    page = read(written(pandoc, wide, replace(PROPERTIES, title=long)))["Notes"]
    assert page["A1"].value == long and page["B1"].value is None
    assert not page["A1"].alignment.wrap_text and 13 <= page["A1"].font.sz <= 18


def test_the_letters_of_an_ordinal_are_raised_and_still_read(pandoc: Pandoc) -> None:
    content = written(pandoc, NOTES.replace("**Total**", "1re – Alidade"))
    assert ["1re – Alidade", "–", "'012'"] in values(read(content), "Notes")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared = archive.read("xl/sharedStrings.xml").decode()
    assert shared.count('<vertAlign val="superscript"/>') == 1


def test_numbers_are_french_whatever_the_language_of_the_program(pandoc: Pandoc) -> None:
    page = read(written(pandoc, NOTES))["Notes"]
    formats = {cell.number_format for row in page.iter_rows() for cell in row if cell.value == 0.12}
    assert formats == {'[$-40C]#,##0"\u00a0"%'}


def test_the_labels_of_bars_have_room_for_a_line_each(pandoc: Pandoc) -> None:
    text = CHART.replace("Diagnostic", "Travail avec la structure, selon les prestataires")
    with zipfile.ZipFile(io.BytesIO(written(pandoc, text))) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    place = float(chart.partition('<c:x val="')[2].partition('"')[0])
    assert 0.35 < place <= 0.5


def test_a_share_that_ends_a_label_is_a_column_and_a_unit_is_not_in_its_cell(
    pandoc: Pandoc,
) -> None:
    text = CHART.replace("- Diagnostic", "- Diagnostic – 75 %").replace("Restitution", "Bilan")
    page = read(written(pandoc, text))["Jours d’intervention"]
    lines = [[c.value for c in row] for row in page.iter_rows() if row[0].value == "Diagnostic"]
    assert lines == [["Diagnostic", 1500.5, 0.75]]
    assert "jour" not in next(
        c.number_format for row in page.iter_rows() for c in row if c.value == 2
    )


def test_columns_beside_each_other_have_fonts_that_libreoffice_tells_apart(pandoc: Pandoc) -> None:
    page = read(written(pandoc, NOTES))["Notes"]
    row = next(row for row in page.iter_rows() if row[1].value == 1234.5)
    assert [cell.font.family for cell in row[1:3]] == [None, 2]


def test_what_a_logo_says_whole_of_who_pays_is_not_said_twice() -> None:
    picture = {"t": "Image", "c": [["", [], []], [{"t": "Str", "c": "Cofinancé"}], ["x.svg", ""]]}

    def funded(who: str) -> list[str]:
        thanks = div(
            [{"t": "Para", "c": [{"t": "Str", "c": f"Avec le soutien de {who}"}]}], MENTION
        )
        return list(funders_said([thanks, div([{"t": "Para", "c": [picture]}], LOGOS)]))

    assert funded("Cofinancé") == ["Cofinancé"]
    assert funded("l’État") == ["Avec le soutien de l’État", "Cofinancé"]
