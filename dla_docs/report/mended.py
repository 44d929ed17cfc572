"""What `dla check --fix` has written, as people read it: the file, the line, before and after."""

from collections.abc import Iterable, Sequence

from dla_docs.edit.changes import named
from dla_docs.edit.mend import Mended
from dla_docs.model.accounts import unbanked
from dla_docs.model.words import number_of
from dla_docs.report.veil import Sight

LONGEST = 60
"""Signs of a value that are shown: with the place, about one line of a terminal."""


def mended_lines(written: Sequence[Mended], sight: Sight, really: bool) -> list[str]:
    """One line for each change, then their count. `really`: written, and not only to be."""
    word = "Écrit" if really else "À écrire"
    lines = [f"{word} : {_place(mended)}{_told(mended, sight)}" for mended in written]
    if not written:
        return ["Rien n’est à corriger de façon certaine.", ""]
    count = number_of(len(written), "correction écrite", "corrections écrites")
    return [*lines, f"{count}." if really else "Rien n’a été écrit (--dry-run).", ""]


def refused_lines(refused: Iterable[Mended]) -> list[str]:
    """What could not be written, and what to do."""
    lines: list[str] = []
    for mended in refused:
        message, hint = mended.refused
        lines.append(f"Pas écrit : {_place(mended)}{message}")
        lines += [f"  Conseil : {hint}"] if hint else []
    return [*lines, ""] if lines else []


def _place(mended: Mended) -> str:
    return f"{mended.finding.path}:{mended.finding.line}: "


def _told(mended: Mended, sight: Sight) -> str:
    """The datum, and its writings where they may be seen."""
    cure = mended.finding.cure
    if cure and cure.key:
        return f"{_short(mended.before)} → {_short(mended.after)}"
    datum = named(cure.steps) if cure else ""
    if sight.one(mended.finding).veiled:
        return datum
    return f"{datum} : {_short(mended.before)} → {_short(mended.after)}"


def _short(text: str) -> str:
    shown = unbanked(text.strip())
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
