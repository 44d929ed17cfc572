"""The recipe of a document's files: one hash of what they are made of and of what makes them.

Two files of a format with one recipe have the same bytes, so that the second need not be made. It
holds more than the empreinte, which is of what is printed: our code, as it is in this checkout, and
every library that may change a byte.
"""

import hashlib

from dla_docs.formats.properties import Properties
from dla_docs.model.program import program


def recipe_of(properties: Properties) -> str:
    """The recipe of a document whose properties tell its empreinte, which is of its words."""
    # Whole: what a foot or a colour says is in no empreinte.
    return hashlib.sha256(f"{properties!r}\0{program()}".encode()).hexdigest()
