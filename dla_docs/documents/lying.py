"""What is known of a document before it is made: the files that lie in its place, and its text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lying:
    """The recipe of each format that lies in its place as it was written (`formats/recipe.py`).

    `text`: the digest of what its template gave the last time, and `recipe` what it came to.
    """

    recipes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    recipe: str = ""

    def says(self, text: str, formats: Collection[str]) -> bool:
        """Whether the formats that lie there are those of a text."""
        written = all(self.recipes.get(name) == self.recipe for name in formats)
        return bool(self.text) and self.text == text and written
