"""Small files as programs write them, from the paragraphs of their text."""

import zipfile
from io import BytesIO

import pikepdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style")
)
LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def archive(parts: dict[str, str | bytes]) -> bytes:
    """An archive of some parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as held:
        for name, part in parts.items():
            held.writestr(name, part)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with that body; `comments` and `footnotes` are other parts."""
    text = f"<w:document {W} {W14}><w:body>{body}</w:body></w:document>"
    others = {f"word/{name}.xml": f"<w:x {W}>{part}</w:x>" for name, part in parts.items()}
    return archive({"word/document.xml": text, **others})


def paragraph(text: str, about: str = "") -> str:
    """A paragraph of Word."""
    return f"<w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str) -> bytes:
    """A document of LibreOffice with that body."""
    held = f"<office:body><office:text>{body}</office:text></office:body>"
    return archive({"content.xml": f"<office:document {ODF} {LOEXT}>{held}</office:document>"})


def blank_pdf(pages: int) -> bytes:
    """A PDF of empty pages."""
    made = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(made)
    return made.getvalue()
