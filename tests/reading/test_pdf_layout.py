"""Where the lines of a PDF stand says its titles, its paragraphs and its tables."""

from functools import cache

import typst

from dla_docs.reading.blocks import Grid, Read, Words
from dla_docs.reading.read import read_file

SOURCE = r"""
#set page(paper: "a4")
#set text(font: "Libertinus Serif", size: 11pt, lang: "fr")
#text(18pt)[Notre manière]

Nous travaillerons une fois ici, une fois là, jamais avec une seule des deux associations, et chaque
séance se termine par une phrase que les deux bureaux signent.

#table(columns: (4cm, 7cm, 4cm), [Temps], [Ce qui s’y fait], [Quand],
  [S’accorder], [Installation du comité, puis une journée auprès de chacune des équipes],
  [mars 2026], [Compter], [Lecture croisée des comptes], [avril 2026])

*Conditions*

Prix ferme.
"""


@cache
def read() -> Read:
    return read_file(typst.compile(SOURCE.encode()))


def test_a_row_holds_its_cells_and_the_lines_of_each() -> None:
    (grid,) = [block for block in read().laid if isinstance(block, Grid)]
    rows = [[cell.text for cell in row] for row in grid.rows]
    assert rows[0] == ["Temps", "Ce qui s’y fait", "Quand"]
    assert rows[1][0] == "S’accorder" and rows[1][1].endswith("chacune des équipes")
    assert rows[1][2] == "mars 2026" and len(rows) == 3


def test_a_title_is_larger_or_bold_and_a_paragraph_is_whole() -> None:
    words = [block for block in read().laid if isinstance(block, Words)]
    assert [one.text for one in words if one.strong] == ["Notre manière", "Conditions"]
    assert any(one.text.endswith("les deux bureaux signent.") for one in words)


def test_a_page_of_rules_has_no_drawing() -> None:
    assert not read_file(typst.compile(b'#set page(paper: "a4")\nRien que du texte.')).drawn
