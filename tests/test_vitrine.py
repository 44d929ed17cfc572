"""README.md shows what the project produces today."""

import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.planche.images import IMAGES
from tests.scenes import ROOT
from tests.vitrine.images import SHOWN, pictures

TOLERANCE = 1.5
"""Mean difference out of 255: a word moved by a line gives 3."""


def test_the_pictures_of_readme_are_fresh(tmp_path: Path) -> None:
    for name, drawn in pictures(tmp_path):
        kept = Image.open(IMAGES / f"{name}.png").convert("RGB")
        assert kept.size == drawn.size, f"{name} : make images"
        gaps = ImageStat.Stat(ImageChops.difference(kept, drawn.convert("RGB"))).mean
        assert max(gaps) <= TOLERANCE, f"{name} : make images"


def test_readme_shows_each_picture_with_words_for_who_does_not_see_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r'src="docs/images/([\w-]+)\.png"[^>]*?alt="([^"]{20,})"', readme))
    assert list(shown) == [one.cut.name for one in SHOWN]
