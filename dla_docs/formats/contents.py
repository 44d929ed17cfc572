"""The contents of a document, already filled in: linked entries that ask nothing of the reader.

Page numbers are in the PDF only, where typst counts them. In DOCX and ODT they would be wrong until
the reader's program computes them again, and Word asks before it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from dla_docs.tree.divisions import CONTENTS
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    div,
    identifier,
    inner,
    level,
    nodes,
    string,
    text,
)

TITLE = "Sommaire"
DEPTH = 1
"""Levels of headings named: `page.typ` asks typst for the same."""
# For when Word is told to update it: \n no page numbers, \h links, \z no numbers on the web,
# \u headings by their level too.
_FIELD = f' TOC \\o "1-{DEPTH}" \\n \\h \\z \\u '


@dataclass(frozen=True)
class Entry:
    """A heading that the contents name."""

    level: int
    anchor: str
    words: str


def entries(blocks: Nodes) -> list[Entry]:
    """The headings of a document down to `DEPTH`, in reading order."""
    headers = [header for header in nodes(blocks, "Header") if level(header) <= DEPTH]
    return [Entry(level(h), identifier(h), text(inner(h))) for h in headers]


def docx_contents(listed: Sequence[Entry]) -> str:
    """A table of contents of Word: its field is complete, so nothing has to be updated.

    Empty without entries.
    """
    lines = [
        f'<w:hyperlink w:anchor={quoteattr(entry.anchor)} w:history="1"><w:r>'
        f'<w:t xml:space="preserve">{escape(entry.words)}</w:t></w:r></w:hyperlink>'
        for entry in listed
    ]
    if not lines:
        return ""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(_FIELD)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines[0] = begin + lines[0]
    # In the last entry, not after it: a paragraph of its own would be an empty one.
    lines[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>{line}</w:p>'
        for entry, line in zip(listed, lines, strict=True)
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
        f"{paragraphs}</w:sdtContent></w:sdt>"
    )


def odt_contents(listed: Sequence[Entry]) -> str:
    """A table of contents of Writer, filled in; its model has no page number either."""
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}" '
        f'text:style-name="Contents_20_{level}"><text:index-entry-link-start '
        'text:style-name="IndexLink"/><text:index-entry-text/><text:index-entry-link-end/>'
        "</text:table-of-content-entry-template>"
        for level in range(1, DEPTH + 1)
    )
    lines = "".join(
        f'<text:p text:style-name="Contents_20_{entry.level}"><text:a xlink:type="simple" '
        f'xlink:href={quoteattr("#" + entry.anchor)} text:style-name="IndexLink" '
        f'text:visited-style-name="IndexLink">{escape(entry.words)}</text:a></text:p>'
        for entry in listed
    )
    return (
        f'<text:table-of-content text:name="{TITLE}" text:protected="true">'
        f'<text:table-of-content-source text:outline-level="{DEPTH}">'
        f'<text:index-title-template text:style-name="Contents_20_Heading">{TITLE}'
        f"</text:index-title-template>{templates}</text:table-of-content-source>"
        f'<text:index-body><text:index-title text:name="Titre du sommaire">'
        f'<text:p text:style-name="Contents_20_Heading">{TITLE}</text:p></text:index-title>'
        f"{lines}</text:index-body></text:table-of-content>"
    )


def html_contents(listed: Sequence[Entry], depth: int) -> Node:
    """A list of links under a heading; `depth` is the heading's level."""
    items: list[Nodes] = []
    for entry in listed:
        link = {"t": "Link", "c": [attributes(), string(entry.words), [f"#{entry.anchor}", ""]]}
        item: Nodes = [{"t": "Plain", "c": [link]}]
        if entry.level == 1 or not items:
            items.append(item)
        elif len(items[-1]) == 1:
            items[-1].append({"t": "BulletList", "c": [item]})
        else:
            items[-1][1]["c"].append(item)
    heading = {"t": "Header", "c": [depth, attributes(CONTENTS), string(TITLE)]}
    return div([heading, {"t": "BulletList", "c": items}], CONTENTS)
