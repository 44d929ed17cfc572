"""What every part names of an image: itself, and why a file is none."""

from dataclasses import dataclass


class ImageFault(Exception):
    """An image that cannot be used; the message is the French reason, after the file's name."""


@dataclass(frozen=True)
class Image:
    """A usable image: its bytes, its kind (`svg`, `png`, `jpeg`) and its size in pixels.

    It stands upright, without what its file tells of the camera, the place and the hand.
    `words`: the texts of a drawing, which need fonts.
    """

    content: bytes
    kind: str
    width: float
    height: float
    words: str = ""

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height


@dataclass(frozen=True)
class Look:
    """What an image looks like, whatever its size and format.

    `bits`: 256 of them, of its drawing without its margins, each whether a point is lighter than
    the next one. `ratio`: the width of the drawing over its height. `colours`: the per cent of
    what is drawn in each part of the circle of colours, then in grey. `empty`: whether it is a grey
    frame that waits for a logo.
    """

    bits: int
    ratio: float
    colours: tuple[int, ...] = ()
    empty: bool = False
