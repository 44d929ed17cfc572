"""Images that the data names: where they may be, and each looked at once a run."""

from pathlib import Path

import pytest

from dla_docs.engines.images import ImageFault
from dla_docs.load.texts import Images

LOGO = "logos/dla.svg"


def test_an_image_is_looked_at_once_a_run(espace: Path) -> None:
    images, data = Images(espace), espace / "dossiers"
    ratio = images.ratio(data, LOGO)
    (data / LOGO).unlink()
    assert images.ratio(data, LOGO) == ratio > 0
    with pytest.raises(ImageFault, match="n’existe pas"):
        Images(espace).ratio(data, LOGO)


def test_a_fault_is_told_the_same_each_time(espace: Path) -> None:
    images, data = Images(espace), espace / "dossiers"
    (data / LOGO).write_bytes(b"")
    for _ in range(2):
        with pytest.raises(ImageFault, match=r"est vide \(0 octet\)"):
            images.ratio(data, LOGO)


@pytest.mark.parametrize("target", ["../../dehors.svg", "https://exemple.fr/a.svg"])
def test_an_image_out_of_the_workspace_is_refused(espace: Path, target: str) -> None:
    (espace.parent / "dehors.svg").write_bytes((espace / "dossiers" / LOGO).read_bytes())
    with pytest.raises(ImageFault, match="hors de l’espace de travail"):
        Images(espace).ratio(espace / "dossiers", target)
