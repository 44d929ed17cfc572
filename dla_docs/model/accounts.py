"""Bank accounts: what is never said of the data, whoever asks and wherever it goes."""

import re

_GAP = "[ \u00a0\u202f.-]"
_GROUP = rf"(?:{_GAP}(?=[A-Za-z]{{0,4}}[0-9])[A-Za-z0-9]{{1,34}})"
_NUMBERS = re.compile(
    # An IBAN, in one piece or by groups, each of which has a figure; then a RIB, or its figures.
    rf"(?<![A-Za-z0-9])(?:[A-Za-z]{{2}}[0-9]{{2}}[A-Za-z0-9]{{0,34}}{_GROUP}{{0,9}}"
    rf"|[0-9]{{5}}{_GAP}?[0-9]{{5}}{_GAP}?[A-Za-z0-9]{{11}}{_GAP}?[0-9]{{2}}"
    rf"|[0-9](?:{_GAP}?[0-9]){{19,33}})"
)
LEAST, FIGURES = 15, 10
"""The signs of the shortest IBAN (Norway), and figures enough for it to be no word."""

_KEYED = re.compile(r"\b(?:iban|bic|rib|swift)\w{0,20}[\"']?\s{0,9}:\s{0,9}(?=\S)", re.I)


def unbanked(text: str) -> str:
    """A text without the account numbers it holds; as long as it was, so that carets hold.

    A number is known by its form: it may be written where no schema asks for one.
    """
    shown, begun = [], 0
    while found := _NUMBERS.search(text, begun):
        signs = [sign for sign in found[0] if sign.isalnum()]
        is_account = len(signs) >= LEAST and sum(map(str.isdigit, signs)) >= FIGURES
        # What looks like the head of one may be followed by one.
        end = found.end() if is_account else found.start() + 1
        kept = text[begun : found.start()]
        shown.append(kept + "•" * len(found[0]) if is_account else text[begun:end])
        begun = end
    return "".join(shown) + text[begun:]


def unbanked_line(line: str) -> str:
    """A line of a file, whose value is hidden too where its key says that it is an account."""
    if keyed := _KEYED.search(line):
        return line[: keyed.end()] + "•" * len(line[keyed.end() :])
    return unbanked(line)
