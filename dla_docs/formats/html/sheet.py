"""Words of a document inside its style sheet, where pages are printed."""


def quoted(words: str) -> str:
    """What a text is between the quotes of a style sheet: nothing of it can end them or the sheet.

    A sign that is neither a letter nor a figure of English becomes its number, and a space ends it:
    a space too, for of two that follow one another only one is written in the page.
    """
    return "".join(sign if _plain(sign) else f"\\{ord(sign):x} " for sign in words)


def _plain(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
