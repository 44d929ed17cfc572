"""The charter's fonts inside an ODT, cut to our letters, under the names that its styles use."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.engines.subsets import STYLES, subset
from dla_docs.formats.odt.odf import odf

MEDIA_TYPE = "application/x-font-ttf"
_UPRIGHT = ("regular", "bold")
"""The faces of the family of titles: nothing there is in italics."""


@dataclass(frozen=True)
class Face:
    """A face inside the file: whose it is, one of `STYLES`, the place of its bytes."""

    family: str
    style: str
    part: str
    content: bytes


def faces(charter: Charter) -> tuple[Face, ...]:
    """The faces to embed: four of the text's family, two of that of titles where it is another."""
    text, titles = (str(charter.values["polices"][key]) for key in ("texte", "titres"))
    wanted = [(text, style) for style in STYLES]
    wanted += [(titles, style) for style in _UPRIGHT] if titles != text else []
    cut = [(family, style, subset(family, style)) for family, style in wanted]
    return tuple(
        Face(family, style, f"Fonts/police{rank}.ttf", font)
        for rank, (family, style, font) in enumerate(cut, 1)
        if font
    )


def parts_of(embedded: tuple[Face, ...]) -> Mapping[str, bytes]:
    """The new parts of the archive."""
    return {face.part: face.content for face in embedded}


def declare(root: etree._Element, embedded: tuple[Face, ...]) -> None:
    """Each family of the styles told where its faces are.

    Its own name alone: LibreOffice would look for embedded fonts under the whole list of those
    that may replace it.
    """
    left = list(embedded)
    for declared in root.iter(odf("style", "font-face")):
        family = str(declared.get(odf("svg", "font-family"))).split(",")[0].strip("'")
        if family in {face.family for face in embedded}:
            declared.set(odf("svg", "font-family"), f"'{family}'")
            own = [face for face in left if face.family == family]
            # Said once, where the text and the titles are of one family.
            left = [face for face in left if face.family != family]
            if own:
                source = etree.SubElement(declared, odf("svg", "font-face-src"))
                for face in own:
                    _source(source, face)


def _source(source: etree._Element, face: Face) -> None:
    place = {
        odf("xlink", "href"): face.part,
        odf("xlink", "type"): "simple",
    }
    address = etree.SubElement(source, odf("svg", "font-face-uri"), place)
    etree.SubElement(address, odf("svg", "font-face-format"), {odf("svg", "string"): "truetype"})
