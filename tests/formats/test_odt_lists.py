"""The lists of an ODT: the last of their points is never alone on a page."""

from lxml import etree

from dla_docs.formats.odt.lists import part_lists
from dla_docs.formats.odt.odf import NAMES, Styles, odf

ITEM = '<text:list-item><text:p text:style-name="P1">point</text:p></text:list-item>'


def content(items: int) -> etree._Element:
    """A text with one list, and the style of its points."""
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in NAMES.items())
    return etree.fromstring(
        f"<office:document-content{spaces}><office:automatic-styles>"
        '<style:style style:name="P1"><style:paragraph-properties/></style:style>'
        "</office:automatic-styles><office:body><office:text>"
        f"<text:list>{ITEM * items}</text:list>"
        "</office:text></office:body></office:document-content>"
    )


def test_the_last_two_points_of_a_list_stay_together() -> None:
    root = content(3)
    styles = Styles.of(root[0])
    part_lists(root, styles)
    names = [str(p.get(odf("text", "style-name"))) for p in root.iter(odf("text", "p"))]
    kept = [styles.named[name][0].get(odf("fo", "keep-with-next")) for name in names]
    assert kept == [None, "always", "auto"]
