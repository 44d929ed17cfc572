"""SVG: a drawing that carries all it shows, of a known size, whose words can be printed."""

import base64
import re
from collections.abc import Iterator

from lxml import etree

from dla_docs.engines.fonts import name_of, unprintable
from dla_docs.engines.svg_bounds import refuse_endless, refuse_unreadable
from dla_docs.model.images import Image, ImageFault

NAMESPACE = "http://www.w3.org/2000/svg"
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "q": 96 / 101.6,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}
"""Pixels a unit, 96 an inch; `em` and `ex` of the text of a browser, 16 pixels."""
_LENGTH = re.compile(
    r"\s*+\+?(\d++(?:\.\d*+)?(?:[eE][-+]?\d++)?|\.\d++(?:[eE][-+]?\d++)?)\s*+([a-zA-Z]*+)\s*+"
)
_LARGEST = 1e6
"""Pixels, past any drawing: the bound is there for what is not a size (inf, nan)."""
# An SVG of metadata alone is well formed, and would print as a blank logo.
_DRAWN = frozenset(
    {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image", "text", "use"}
)
_ADDRESS = re.compile(
    r"url\(\s*+['\"]?\s*+([^'\")\s]*+)|@import\s++['\"]?\s*+(?!url)([^'\";\s]*+)", re.I
)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g);base64,(.*)", re.I | re.S)


def read_svg(content: bytes) -> Image:
    """Read an SVG and give its root a size in numbers: `100%` corrupts DOCX and ODT (measured).

    Raises ImageFault for one that would not come out as it was drawn.
    """
    root = _root(content)
    if any(isinstance(node, etree._Entity) for node in root.iter()):
        raise ImageFault("est un SVG qui dépend d’une entité extérieure")
    around = (*root.itersiblings(preceding=True), *root.iter())
    if any(_leads_out(node) for node in around):
        raise ImageFault("est un SVG qui va chercher un autre fichier : incorporez-le")
    if not any(_name(node) in _DRAWN for node in root.iter("*")):
        raise ImageFault("est un SVG qui ne dessine rien")
    refuse_endless(root)
    _refuse_web_text(root)
    words = _words(root)
    # By the fonts that complete every charter: those of one more would say yes too often.
    if missing := sorted(unprintable(words, ())):
        raise ImageFault(
            f"écrit « {missing[0]} » ({name_of(missing[0])}), que nos polices n’ont pas : "
            "convertissez ses textes en tracés"
        )
    _settle_pictures(root)
    width, height = _size(root)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    return Image(etree.tostring(root), "svg", width, height, words)


def _root(content: bytes) -> etree._Element:
    refuse_unreadable(content)
    # Files come from anyone: no entity that reads a file, no address, no tree without end.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise ImageFault("n’est ni un SVG lisible, ni un PNG, ni un JPEG") from None
    if _name(root) != "svg":
        raise ImageFault("n’est ni un SVG lisible, ni un PNG, ni un JPEG")
    if etree.QName(root).namespace != NAMESPACE:
        raise ImageFault(f'est un SVG sans xmlns="{NAMESPACE}", qu’aucun programme ne montre')
    return root


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in pixels: those it gives, completed from its `viewBox`.

    One without a `viewBox` is given that of its size. Raises ImageFault when it is unknown.
    """
    box = _view_box(root)
    width, height = _length(root.get("width")), _length(root.get("height"))
    if box is None:
        if not (width and height):
            raise ImageFault(
                "est un SVG dont la taille est inconnue : donnez-lui un « viewBox », "
                "ou une largeur et une hauteur"
            )
        root.set("viewBox", f"0 0 {width:g} {height:g}")
        return width, height
    ratio = box[2] / box[3]
    if width and height:
        return width, height
    if width or height:
        return width or height * ratio, height or width / ratio
    return box[2], box[3]


def _view_box(root: etree._Element) -> list[float] | None:
    """The four numbers of `viewBox`; None without one. Raises ImageFault for what is none."""
    written = root.get("viewBox")
    if written is None:
        return None
    try:
        box = [float(n) for n in re.split(r"[\s,]+", written.strip())]
    except ValueError:
        box = []
    if len(box) != 4 or not all(0 < side < _LARGEST for side in box[2:]):
        raise ImageFault("est un SVG sans « viewBox » lisible, dont la taille est inconnue")
    return box


def _length(written: str | None) -> float:
    """A length in pixels; 0 for one that depends on the page, or that cannot be read."""
    found = _LENGTH.fullmatch(written or "")
    if not found or found[2].lower() not in _PIXELS:
        return 0.0
    pixels = float(found[1]) * _PIXELS[found[2].lower()]
    return pixels if pixels < _LARGEST else 0.0


def _leads_out(node: etree._Element) -> bool:
    """Whether an element is drawn from something outside its own file; a link to follow is not."""
    if isinstance(node, etree._ProcessingInstruction):
        return node.target == "xml-stylesheet"
    name = _name(node)
    if not name:
        return False
    named = [str(v) for k, v in node.attrib.items() if etree.QName(k).localname == "href"]
    styled = [*map(str, node.attrib.values()), (node.text or "") if name == "style" else ""]
    asked = [a or b for text in styled for a, b in _ADDRESS.findall(text)]
    return any(
        not target.strip().startswith(("#", "data:"))
        for target in (*(named if name != "a" else ()), *asked)
        if target.strip()
    )


def _words(root: etree._Element) -> str:
    """The words that a drawing writes."""
    return " ".join("".join(map(str, t.itertext())) for t in root.iter(f"{{{NAMESPACE}}}text"))


def _refuse_web_text(root: etree._Element) -> None:
    """Raise ImageFault for words in HTML: only browsers show them, the PDF would leave a blank."""
    for node in root.iter(f"{{{NAMESPACE}}}foreignObject"):
        words = "".join(map(str, node.itertext())).split()
        if words and words != list(_instead(node)):
            raise ImageFault(
                f"écrit « {' '.join(words)[:40]} » en HTML (« foreignObject »), que seuls les "
                "navigateurs montrent : convertissez ses textes en tracés, ou exportez-le en PNG"
            )


def _instead(node: etree._Element) -> Iterator[str]:
    """The words that a drawing gives to programs that do not show HTML."""
    parent = node.getparent()
    if parent is not None and _name(parent) == "switch":
        for other in node.itersiblings("*"):
            yield from "".join(map(str, other.itertext())).split()


_LEAST = 64_000
"""Points that a picture inside a drawing counts for at least: a thousand of them at most."""


def _settle_pictures(root: etree._Element) -> None:
    """The pictures inside a drawing, upright and plain as those of the texts are.

    All together, they have as many points as one picture may have.
    """
    total = 0
    for node in root.iter(f"{{{NAMESPACE}}}image"):
        for key, value in node.attrib.items():
            if etree.QName(key).localname != "href":
                continue
            found = _PICTURE.match(str(value).strip())
            if not found:
                raise ImageFault("est un SVG qui contient une image qui n’est ni PNG, ni JPEG")
            # Here: 60 ms (measured), for a drawing of another kind than most.
            from dla_docs.engines.raster import MAX_PIXELS, points_of, read_raster

            try:
                content = base64.b64decode(found[1])
                total += max(_LEAST, points_of(content))
                picture = read_raster(content) if total <= MAX_PIXELS else None
            except (ImageFault, ValueError):
                raise ImageFault("est un SVG qui contient une image abîmée") from None
            if picture is None:
                raise ImageFault(
                    f"est un SVG dont les images ont plus de {MAX_PIXELS // 1_000_000} millions de "
                    "points en tout : réduisez-les"
                )
            coded = base64.b64encode(picture.content).decode()
            node.set(str(key), f"data:image/{picture.kind};base64,{coded}")
