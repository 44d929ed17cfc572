"""Whether the pictures of a received document are the logos that are due, by how they look.

What people paste is smaller, turned into JPEG, on a white ground: a look keeps the drawing alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dla_docs.engines.raster import look_at
from dla_docs.engines.svg import read_svg
from dla_docs.engines.typst import rasterise
from dla_docs.judge.cues import Cue
from dla_docs.judge.expected import Expected
from dla_docs.judge.verdict import State, Verdict
from dla_docs.model.errors import EngineError
from dla_docs.model.images import ImageFault, Look
from dla_docs.model.words import apart, number_of

_FAR = 36
"""Bits of 256 by which two looks of one logo may differ. Measured on the ten logos of the
demonstration: one turned into a JPEG of quality 70, 30 points high, differs from itself by 21 at
most; two of them, by 54 at least."""
_RATIO = 0.1
"""By how much the shapes of two looks of one logo may differ: 0.04 measured on the same ones."""
_LIKE, _LIKE_RATIO, _LIKE_COLOURS = 53, 0.15, 45
"""Where a picture is of another drawing of a logo, an older one as often: nearer than two logos are
from one another (54 bits), of one shape, of the same colours for half of it (per cent)."""
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


def resembling(received: Looks, owed: Looks) -> frozenset[int]:
    """The ranks of the logos of which some picture may be another drawing."""
    seen = [look for look in received if look is not None and not look.empty]
    return frozenset(
        rank
        for rank, logo in enumerate(owed)
        if logo is not None and any(_near(logo, look) for look in seen)
    )


def empties(received: Looks) -> int:
    """How many pictures are grey frames, where logos are still to be put."""
    return sum(look is not None and look.empty for look in received)


def _near(one: Look, other: Look) -> bool:
    shape = abs(one.ratio / other.ratio - 1) <= _LIKE_RATIO
    common = sum(map(min, one.colours, other.colours))
    close = (one.bits ^ other.bits).bit_count() <= _LIKE
    return shape and close and common >= _LIKE_COLOURS


def _alike(one: Look, other: Look) -> bool:
    shape = abs(one.ratio / other.ratio - 1) <= _RATIO
    return shape and (one.bits ^ other.bits).bit_count() <= _FAR


@dataclass(frozen=True)
class Seen:
    """What the pictures of a document are: how many, the logos that are there by their ranks.

    `like`: those of which there may be another drawing; `empty`: how many are frames of logos.
    """

    count: int
    found: frozenset[int] = frozenset()
    like: frozenset[int] = frozenset()
    empty: int = 0


def seen_in(received: Sequence[bytes], owed: Sequence[bytes], families: tuple[str, ...]) -> Seen:
    """What the pictures of a document are."""
    looks, logos = looks_of(received, owed, families)
    found = recognised(looks, logos)
    return Seen(len(received), found, resembling(looks, logos) - found, empties(looks))


def logo_verdict(cue: Cue, seen: Seen, expected: Expected, drawn: bool) -> Verdict:
    """What the pictures show of a point about logos.

    `drawn`: whether a logo may be drawn, as in a PDF: then no picture shows nothing.
    """
    wanted = [(n, logo) for n, logo in enumerate(expected.logos) if logo.group in cue.pictures]
    missing = [logo.owner for n, logo in wanted if n not in seen.found]
    if wanted and not missing:
        return Verdict(
            cue.name, State.PRESENT, reason=number_of(len(wanted), "logo reconnu", "logos reconnus")
        )
    if not seen.count and not drawn:
        return Verdict(cue.name, State.ABSENT)
    if not seen.count:
        reason = "le PDF n’a pas d’image : les logos y sont peut-être dessinés"
        return Verdict(cue.name, State.DOUBTFUL, reason=reason)
    known = number_of(len(wanted) - len(missing), "logo reconnu", "logos reconnus")
    told = [f"{number_of(seen.count, 'image')}, {known}"]
    if seen.empty:
        frames = number_of(seen.empty, "cadre gris sans logo", "cadres gris sans logo")
        told.append(f"{frames} : demandez les vrais logos")
    like = [logo.owner for n, logo in wanted if n in seen.like]
    if like:
        told.append(f"d’un autre dessin, à comparer : {apart(like)}")
    if rest := [owner for owner in missing if owner not in like]:
        told.append(f"à chercher : {apart(rest)}")
    return Verdict(cue.name, State.DOUBTFUL, reason=" ; ".join(told))
