"""The names of OpenDocument."""

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    "style": f"{_ODF}style:1.0",
    "text": f"{_ODF}text:1.0",
    "table": f"{_ODF}table:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "office": f"{_ODF}office:1.0",
    "manifest": f"{_ODF}manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def odf(space: str, local: str) -> str:
    """A qualified name as lxml writes it."""
    return f"{{{NAMES[space]}}}{local}"
