"""What a table asks, in Word: to be on one page, or room above it."""

from lxml import etree

from dla_docs.formats.docx.tables import settle_tables
from dla_docs.formats.docx.wordml import NAMES, W

ROW = "<w:tr><w:tc><w:p><w:r><w:t>Critère</w:t></w:r></w:p></w:tc></w:tr>"
TABLE = (
    f'<w:document xmlns:w="{W}"><w:body><w:tbl><w:tblPr><w:tblStyle w:val="{{}}"/></w:tblPr>'
    f"{ROW * 9}</w:tbl></w:body></w:document>"
)


def held(style: str) -> tuple[str, int]:
    """The style of a settled table of nine rows, and how many stay with the next one."""
    root = etree.fromstring(TABLE.format(style))
    settle_tables(root, 150, 237, "EEEEEE", "000000")
    (named,) = root.xpath("//w:tblStyle/@w:val", namespaces=NAMES)
    return named, len(root.findall(".//w:keepNext", NAMES))


def test_a_table_that_asks_for_it_is_kept_whole_whatever_its_rows() -> None:
    assert held("TableDenseEntiere") == ("TableDense", 8)
    assert held("TableDense")[1] < 8


def test_a_bold_row_stays_with_those_that_it_heads() -> None:
    bold = ROW.replace("<w:r>", '<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr>')
    rows = f"{ROW * 5}{bold}{ROW * 4}{bold}"
    root = etree.fromstring(TABLE.replace(ROW * 9, rows).format("Table"))
    settle_tables(root, 150, 237, "EEEEEE", "000000")
    kept = [row.find(".//w:keepNext", NAMES) is not None for row in root.iter(f"{{{W}}}tr")]
    assert [rank for rank, keeps in enumerate(kept) if keeps] == [0, 5, 9]


def test_key_figures_have_room_above_them() -> None:
    figure = TABLE.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Chiffre"/></w:pPr>', 1)
    root = etree.fromstring(figure.replace("<w:tbl>", "<w:p/><w:tbl>").format("Table"))
    settle_tables(root, 150, 237, "EEEEEE", "000000")
    assert root.xpath("//w:body/w:p/w:pPr/w:spacing/@w:after", namespaces=NAMES) == ["160"]


def test_a_drawing_stays_when_its_whole_table_goes_to_the_next_page() -> None:
    drawn = '<w:p><w:pPr><w:pStyle w:val="Dessin"/></w:pPr></w:p><w:tbl>'
    for style, expected in (("TableDenseEntiere", "DessinSeul"), ("TableDense", "Dessin")):
        root = etree.fromstring(TABLE.replace("<w:tbl>", drawn).format(style))
        settle_tables(root, 150, 237, "EEEEEE", "000000")
        assert root.xpath("//w:body/w:p/w:pPr/w:pStyle/@w:val", namespaces=NAMES) == [expected]


def test_such_a_drawing_is_in_the_paragraph_of_its_caption() -> None:
    title = '<w:pPr><w:pStyle w:val="TitreGraphique"/></w:pPr><w:r><w:t>Dates</w:t></w:r>'
    caption = f"<w:p>{title}</w:p>"
    drawn = '<w:p><w:pPr><w:pStyle w:val="Dessin"/></w:pPr><w:r><w:drawing/></w:r></w:p><w:tbl>'
    root = etree.fromstring(TABLE.replace("<w:tbl>", caption + drawn).format("TableEntiere"))
    settle_tables(root, 150, 237, "EEEEEE", "000000")
    (joined,) = root.findall("w:body/w:p", NAMES)
    assert [run[0].tag.rpartition("}")[2] for run in joined.findall("w:r", NAMES)] == [
        "t",
        "br",
        "drawing",
    ]
    assert joined.xpath("w:pPr/w:keepNext/@w:val", namespaces=NAMES) == ["0"]
