"""A division `tableau` that holds a list of lists becomes a real table."""

from collections.abc import Iterator

import pytest

from dla_docs.engines.pandoc import Pandoc
from dla_docs.model.errors import TemplateError
from dla_docs.tree.nodes import Node, Nodes, nodes, text
from dla_docs.tree.tables import groups, tables

HEAD = "- - Étape\n  - Jours\n"
ROWS = HEAD + "- - Lancement\n  - 1\n- - Atelier\n  - 2\n"


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


def built(pandoc: Pandoc, rows: str, options: str = 'largeurs="70,30"') -> Nodes:
    return tables(pandoc.read(f"::: {{.tableau {options}}}\n{rows}\n:::\n", [])[0])


def only(blocks: Nodes) -> Node:
    (table,) = nodes(blocks, "Table")
    return table


def rows_of(table: Node) -> tuple[list[list[str]], list[list[str]]]:
    """The words of the header rows and of the body rows."""
    _, _, _, head, bodies, _ = table["c"]

    def words(rows: list[list[list[list[Nodes]]]]) -> list[list[str]]:
        return [[text(cell[4]).strip() for cell in row[1]] for row in rows]

    return words(head[1]), words(bodies[0][3])


def test_a_list_of_lists_becomes_a_table(pandoc: Pandoc) -> None:
    head, body = rows_of(only(built(pandoc, ROWS)))
    assert head == [["Étape", "Jours"]]
    assert body == [["Lancement", "1"], ["Atelier", "2"]]


@pytest.mark.parametrize(("count", "expected"), [(0, 3), (1, 2), (2, 1)])
def test_header_rows_are_as_many_as_asked(pandoc: Pandoc, count: int, expected: int) -> None:
    table = only(built(pandoc, ROWS, f'largeurs="70,30" entete="{count}"'))
    head, body = rows_of(table)
    assert (count, expected) == (len(head), len(body))


@pytest.mark.parametrize(
    ("widths", "expected"), [("70,30", [0.7, 0.3]), ("2,6", [0.25, 0.75]), ("50,50", [0.5, 0.5])]
)
def test_widths_fill_the_line(pandoc: Pandoc, widths: str, expected: list[float]) -> None:
    columns = only(built(pandoc, ROWS, f'largeurs="{widths}"'))["c"][2]
    assert expected == [column[1]["c"] for column in columns]


def test_alignments_are_one_letter_a_column(pandoc: Pandoc) -> None:
    columns = only(built(pandoc, ROWS, 'largeurs="70,30" alignements="c,d"'))["c"][2]
    assert [column[0]["t"] for column in columns] == ["AlignCenter", "AlignRight"]


def test_columns_without_alignment_are_to_the_left(pandoc: Pandoc) -> None:
    columns = only(built(pandoc, ROWS, 'largeurs="70,30" alignements="d"'))["c"][2]
    assert [column[0]["t"] for column in columns] == ["AlignRight", "AlignLeft"]


def test_a_paragraph_before_the_list_is_the_caption(pandoc: Pandoc) -> None:
    table = only(built(pandoc, f"Calendrier de la mission\n\n{ROWS}"))
    assert text(table["c"][1][1]).strip() == "Calendrier de la mission"


@pytest.mark.parametrize("rows", [HEAD, "", "Légende seule\n"])
def test_a_table_without_rows_is_dropped(pandoc: Pandoc, rows: str) -> None:
    assert built(pandoc, rows) == []


def test_a_cell_may_be_empty(pandoc: Pandoc) -> None:
    _, body = rows_of(only(built(pandoc, HEAD + "- - Lancement\n  -\n")))
    assert body == [["Lancement", ""]]


def test_a_cell_may_hold_paragraphs(pandoc: Pandoc) -> None:
    table = only(built(pandoc, HEAD + "- - Un\n\n    deux\n  - 1\n"))
    assert [" ".join(w.split()) for w in rows_of(table)[1][0]] == ["Un deux", "1"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [(HEAD + "- - Lancement\n", "1 cases au lieu de 2 : « Lancement »"),
     (HEAD + "- - a\n  - b\n  - c\n", "3 cases au lieu de 2"),
     (HEAD + "- Lancement\n", "0 cases au lieu de 2 : « Lancement »")],
)  # fmt: skip
def test_a_row_of_another_size_is_told(pandoc: Pandoc, rows: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words):
        built(pandoc, rows)


def test_a_table_without_widths_is_told(pandoc: Pandoc) -> None:
    with pytest.raises(TemplateError, match="largeurs"):
        built(pandoc, ROWS, 'entete="1"')


@pytest.mark.parametrize("options", ['largeurs="70,trente"', 'largeurs="70,30" entete="oui"'])
def test_an_option_that_is_no_number_is_told(pandoc: Pandoc, options: str) -> None:
    with pytest.raises(TemplateError):
        built(pandoc, ROWS, options)


@pytest.mark.parametrize("options", ["x", "g,d,c", "droite"])
def test_an_unknown_alignment_is_told(pandoc: Pandoc, options: str) -> None:
    with pytest.raises(TemplateError):
        built(pandoc, ROWS, f'largeurs="70,30" alignements="{options}"')


def test_other_divisions_are_left_alone(pandoc: Pandoc) -> None:
    blocks = pandoc.read("::: encadre\n- - a\n:::\n", [])[0]
    assert blocks == tables(blocks)


def test_a_table_inside_a_division_is_built_too(pandoc: Pandoc) -> None:
    blocks = pandoc.read(f'::: encadre\n::: {{.tableau largeurs="1,1"}}\n{ROWS}\n:::\n:::\n', [])[0]
    assert only(tables(blocks))


def test_a_cell_marked_empty_holds_nothing(pandoc: Pandoc) -> None:
    table = only(built(pandoc, HEAD + "- - Total\n  - []{.vide}\n"))
    (row,) = table["c"][4][0][3]
    assert [bool(cell[4]) for cell in row[1]] == [True, False]


def test_a_bold_row_heads_the_rows_after_it_and_a_bold_name_does_not(pandoc: Pandoc) -> None:
    rows = "- - **Maîtrise**\n  - **10 %**\n- - Suivi\n  - 10 %\n"
    rows += (
        "- - **Réseau**, 2025\n  - []{.vide}\n- - **Avise**\n  - 4 %\n- - **Total**\n  - **14 %**\n"
    )
    assert groups(only(built(pandoc, HEAD + rows))) == [0, 2]
