"""Whether the pictures of a received document are the logos that are due, by how they look.

What people paste is smaller, turned into JPEG, on a white ground: a look keeps the drawing alone.
"""

from collections.abc import Sequence

from dla_docs.engines.raster import look_at
from dla_docs.engines.svg import read_svg
from dla_docs.engines.typst import rasterise
from dla_docs.judge.cues import Cue
from dla_docs.judge.expected import Expected
from dla_docs.judge.points import State, Verdict
from dla_docs.model.errors import EngineError
from dla_docs.model.images import ImageFault, Look
from dla_docs.model.words import apart, number_of

_FAR = 36
"""Bits of 256 by which two looks of one logo may differ. Measured on the ten logos of the
demonstration: one turned into a JPEG of quality 70, 30 points high, differs from itself by 21 at
most; two of them, by 54 at least."""
_RATIO = 0.1
"""By how much the shapes of two looks of one logo may differ: 0.04 measured on the same ones."""
_HEIGHT = 20.0
"""Millimetres of a drawing that is looked at: ours are printed at half of it."""
MOST = 60
"""Pictures that are looked at."""

Looks = tuple[Look | None, ...]


def looks_of(
    received: Sequence[bytes], owed: Sequence[bytes], families: tuple[str, ...]
) -> tuple[Looks, Looks]:
    """The look of each picture received, and of each logo due; None for what has none.

    `families`: the fonts of the texts of our own.
    """
    return (
        tuple(_look(content, drawn=False) for content in received[:MOST]),
        tuple(_look(content, drawn=True, families=families) for content in owed),
    )


def _look(content: bytes, drawn: bool, families: tuple[str, ...] = ()) -> Look | None:
    """What a picture looks like. `drawn`: one of ours, which may be an SVG."""
    try:
        if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            return look_at(content)
        if not drawn:
            return None
        return look_at(rasterise(read_svg(content).content, "svg", _HEIGHT, families))
    except (ImageFault, EngineError):
        return None


def recognised(received: Looks, owed: Looks) -> frozenset[int]:
    """The ranks of the logos that are among the pictures of a document."""
    seen = [look for look in received if look is not None]
    return frozenset(
        rank
        for rank, logo in enumerate(owed)
        if logo is not None and any(_alike(logo, look) for look in seen)
    )


def _alike(one: Look, other: Look) -> bool:
    shape = abs(one.ratio / other.ratio - 1) <= _RATIO
    return shape and (one.bits ^ other.bits).bit_count() <= _FAR


def logo_verdict(
    cue: Cue, count: int, found: frozenset[int], expected: Expected, format: str
) -> Verdict:
    """What the pictures show of a point about logos. `count`: how many there are.

    In a PDF, a logo may be drawn: no picture there shows nothing.
    """
    wanted = [(n, logo) for n, logo in enumerate(expected.logos) if logo.group in cue.pictures]
    missing = [logo.owner for n, logo in wanted if n not in found]
    if wanted and not missing:
        return Verdict(
            cue.name, State.PRESENT, reason=number_of(len(wanted), "logo reconnu", "logos reconnus")
        )
    if not count and format != "pdf":
        return Verdict(cue.name, State.ABSENT)
    if not count:
        reason = "le PDF n’a pas d’image : les logos y sont peut-être dessinés"
        return Verdict(cue.name, State.DOUBTFUL, reason=reason)
    seen = number_of(len(wanted) - len(missing), "logo reconnu", "logos reconnus")
    told = f"{number_of(count, 'image')}, {seen} ; à chercher : {apart(missing)}"
    return Verdict(cue.name, State.DOUBTFUL, reason=told)
