"""The XML of a received archive, read in bounds: no entity, nothing fetched, no endless tree."""

from collections.abc import Collection

from lxml import etree

from dla_docs.engines.archives import ArchiveFault, unpacked

MOST = 16_000_000
"""Bytes of the parts that are read, inflated: a report of a thousand pages has a tenth."""
PICTURES = 24_000_000
"""Bytes of the pictures that are read: logos are looked for among them."""


def parts_of(
    content: bytes, wanted: set[str], spare: Collection[str] = ()
) -> dict[str, etree._Element]:
    """The roots of some parts of an archive, those that are there. Raises ArchiveFault.

    `spare`: parts that are left out where they are no XML. LibreOffice 7.4 saves one file in twenty
    with the data of our fields empty (measured), and all its text whole.
    """
    parts = unpacked(content, wanted, MOST)
    found: dict[str, etree._Element] = {}
    for name, part in parts.items():
        try:
            found[name] = root_of(part)
        except ArchiveFault:
            if name not in spare:
                raise
    return found


def root_of(part: bytes) -> etree._Element:
    """The root of a part. Raises ArchiveFault for what is no XML that a word processor writes."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        # Neither program writes one: it would only declare entities.
        raise ArchiveFault("l’archive est abîmée")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ArchiveFault("l’archive est abîmée") from None


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: etree._Element, name: str) -> str:
    """An attribute by its local name: producers differ by namespace (strict and transitional)."""
    found = (value for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name)
    return str(next(found, ""))


def first_below(node: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name."""
    return next((child for child in node if local(child) == name), None)


def first(node: etree._Element, name: str) -> etree._Element | None:
    """The first element below, by its local name."""
    return next((below for below in node.iter() if local(below) == name), None)
