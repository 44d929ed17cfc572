"""ODT: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Callable, Mapping

from lxml import etree

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.contents import odt_contents
from dla_docs.formats.draft import PICTURE, picture
from dla_docs.formats.fitting import fit_of
from dla_docs.formats.funders import ABOVE, room_of_funders, with_cut, with_funders
from dla_docs.formats.notch import WRITER
from dla_docs.formats.odt import content, pages
from dla_docs.formats.odt.content import Told
from dla_docs.formats.odt.fonts import MEDIA_TYPE, faces, parts_of
from dla_docs.formats.odt.headings import hung, with_outline
from dla_docs.formats.odt.heads import arranged
from dla_docs.formats.odt.odf import odf
from dla_docs.formats.odt.pages import Pages
from dla_docs.formats.odt.tables import look_of
from dla_docs.formats.office import Markup, dress, tidy
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import Engines, alternative, prepared
from dla_docs.tree.divisions import HEAD
from dla_docs.tree.head import OF_ITS_OWN, model_of
from dla_docs.tree.nodes import Node, Nodes, attributes, each, is_div, nodes, rebuild
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import stressed

_TYPES = {"ttf": MEDIA_TYPE, "png": "image/png"}
"""What the list of parts calls those that are added, by the end of their name."""
_MARKUP = Markup(
    "opendocument",
    "<text:tab/>",
    lambda style: f'<text:p text:style-name="{style}"/>',
    lambda character: {"t": "Str", "c": character},
    odt_contents,
)


def write_odt(tree: Tree, properties: Properties, engines: Engines, filled: bool = False) -> bytes:
    """An OpenDocument text with its styles and pages; `filled`: it grows as one writes."""
    tree = prepared(tree, properties, engines.charter)
    covered = any(is_div(block, HEAD) and model_of(block) == OF_ITS_OWN for block in tree.blocks)
    # Answers that grow would run into funders at the foot of the first page.
    fit = fit_of(tree.blocks, tree.images, WRITER, movable=not filled)
    tree = with_funders(with_cut(tree, fit.cut), fit.at_end)
    room = room_of_funders(tree, engines.charter)
    dressed, media = dress(Tree(arranged(tree.blocks), tree.images), engines, _MARKUP)
    blocks = hung(dressed)
    written = engines.pandoc.write(
        each(blocks, "Table", _bold),
        properties.office(),
        Writing(
            "odt",
            properties.epoch,
            template=engines.charter.text("page.opendocument"),
            reference=engines.charter.reference("odt"),
            media=media,
            binary=True,
        ),
    )
    charter = engines.charter
    told = Told(
        [alternative(image) for image in nodes(blocks, "Image")],
        [look_of(table) for table in nodes(blocks, "Table")],
        (charter.text_width, charter.landscape_width),
        charter.bottom_of_text - room + ABOVE if room else 0.0,
        fit.notch,
    )
    # Nothing follows on a cover: what stands above is never pushed down.
    kept = 0.0 if covered else room
    embedded, alert = faces(charter), str(charter.values["couleurs"]["alerte"])
    looks = Pages(embedded, alert, covered, kept, fit.notch)
    drawn = {PICTURE: picture(charter)} if properties.draft else {}
    added = {**parts_of(embedded), **drawn}
    changes: dict[str, Callable[[bytes], bytes]] = {
        "content.xml": lambda part: content.finished(part, told),
        "styles.xml": lambda part: with_outline(pages.finished(part, properties, looks), dressed),
        "META-INF/manifest.xml": lambda part: _manifest(part, added),
    }
    return tidy(written, changes, added)


def _bold(table: Node) -> Nodes:
    """A table whose rows that stand out are bold; what it says of them goes no further."""
    stress = stressed(table)
    _, caption, columns, head, bodies, foot = table["c"]
    bold = [
        [
            *body[:3],
            [
                rebuild(row, blocks=_strong) if rank in stress else row
                for rank, row in enumerate(body[3])
            ],
        ]
        for body in bodies
    ]
    return [{"t": "Table", "c": [attributes(), caption, columns, head, bold, foot]}]


def _strong(blocks: Nodes) -> Nodes:
    return [
        {"t": b["t"], "c": [{"t": "Strong", "c": b["c"]}]} if b["t"] in {"Plain", "Para"} else b
        for b in blocks
    ]


def _manifest(part: bytes, added: Mapping[str, bytes]) -> bytes:
    """The list of parts, named as the validator and the specification want, with those added."""
    root = etree.fromstring(part.replace(b'media-type="application/xml"', b'media-type="text/xml"'))
    for path in added:
        entry = etree.SubElement(root, odf("manifest", "file-entry"))
        entry.set(odf("manifest", "full-path"), path)
        entry.set(odf("manifest", "media-type"), _TYPES[path.rpartition(".")[2]])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
