"""The lines of a PDF, page by page: the one module that knows PDFium."""

from collections.abc import Iterator

import pypdfium2

_JOINED = "\ufffe"
"""What PDFium puts where a word is cut at the end of a line."""
MOST = 2_000_000
"""Signs of text that are read, at most: a page of ours has three thousand."""


def lines_of(content: bytes) -> Iterator[tuple[int, str]]:
    """Each line with its page, from 1; none where the pages are pictures, as a scan's are."""
    document = pypdfium2.PdfDocument(content)
    left = MOST
    try:
        for number in range(len(document)):
            page = document[number]
            held = page.get_textpage()
            text = held.get_text_bounded().replace(_JOINED, "")
            held.close()
            page.close()
            left -= len(text)
            if left < 0:
                return
            for line in text.splitlines():
                if words := " ".join(line.split()):
                    yield number + 1, words
    finally:
        document.close()
