"""What a name in the data leads to: a record, a text, an ingénierie; a finding where nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES, shelf_folder, slug
from dla_docs.load.received import RECEIVED, received_faults
from dla_docs.load.references import names, titled
from dla_docs.load.texts import markup_faults, text_faults
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer
from dla_docs.model.likeness import bare, did_you_mean, meant_among
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind, Schema, fields, leaves, marked


def reference_faults(source: Source, kind: Kind, corpus: Corpus) -> Iterator[Finding]:
    """A finding (S-REF) for each name, text, image or received file that leads nowhere."""
    if kind.place == "propositions":
        yield from _reference(source, (), PurePosixPath(source.path).stem, "prestataires", corpus)
    for pointer, data, field in marked(source.data, kind.marks):
        if isinstance(data, str):
            yield from _lost(source, pointer, data, field, corpus)
        if "x-unique" in field and isinstance(data, list):
            yield from _repeated(source, pointer, data, field)
        if _is_markdown(data, field):
            yield from text_faults(corpus.workspace.root, source, pointer, data)
            yield from corpus.listing.images.faults(source, pointer, data)
    if any("<" in line or "**" in line for line in source.lines):
        for pointer, data, field in leaves(source.data, kind.schema):
            if isinstance(data, str) and not _is_markdown(data, field):
                yield from markup_faults(source, pointer, data)


def _lost(
    source: Source, pointer: Pointer, name: str, field: Schema, corpus: Corpus
) -> Iterator[Finding]:
    """What is wrong with one name, by what its field says that it leads to."""
    if "x-reference" in field:
        yield from _reference(source, pointer, name, field["x-reference"], corpus)
    if "x-nomme" in field:
        yield from _named(source, pointer, name, field["x-nomme"], corpus)
    root = corpus.workspace.root
    if field.get("x-fichier") == RECEIVED:
        yield from received_faults(root, source, pointer, name, field.get("x-regle", ""))


def picture_alerts(corpus: Corpus) -> Iterator[Finding]:
    """An alerte for each image of a text that says nothing, or that names no file."""
    for path, source in corpus.sources.items():
        for pointer, data, field in marked(source.data, corpus.kind_of[path].marks):
            if _is_markdown(data, field):
                yield from corpus.listing.images.alerts(source, pointer, data)


def _is_markdown(data: Any, field: Schema) -> bool:
    is_text = isinstance(data, str) or (isinstance(data, dict) and "fichier" in data)
    return field.get("contentMediaType") == "text/markdown" and is_text


def _reference(
    source: Source, pointer: Pointer, name: str, target: str, corpus: Corpus
) -> Iterator[Finding]:
    """What is wrong with a name; a list that the territory lacks is its fault, told there."""
    shelf = shelf_folder(target)
    if shelf:
        unknown = name not in corpus.listing.shelf(target)
    else:
        listed = isinstance(at(corpus.territory.data, (target,)), list)
        unknown = listed and name not in names(corpus, target)
    if not unknown:
        return
    known = names(corpus, target)
    where = shelf or f"{target} de territoire.yaml"
    near = meant_among(name, known, titled(corpus, target))
    alike = bool(near) and bare(name) == bare(near)
    hint = f"écrivez {near}" if alike else did_you_mean(near)
    made = f' ; ou créez sa fiche : dla new {SHELVES[target]} "{name}"' if target in SHELVES else ""
    hint = hint or f"noms connus : {_list(known)}{made}"
    if stray := shelf and _misnamed(corpus, shelf, name):
        hint, alike = f"renommez {stray} en {name}.yaml", False
    elif near and shelf and _renamed(corpus, target, name, near):
        hint = f"renommez {shelf}{near}.yaml en {name}.yaml, ou corrigez les mentions"
        alike = False
    # A proposition is named by its file, which has no place in it.
    cure = source.mended(pointer, near) if alike and pointer else None
    told = source.finding("S-REF", f"« {name} » n’existe pas dans {where}", pointer, hint=hint)
    yield replace(told, cure=cure)


def _misnamed(corpus: Corpus, shelf: str, name: str) -> str:
    """The file of a folder that would have a name, were it written as names are; else empty."""
    strays = (path for path in corpus.listing.strays if path.startswith(shelf))
    return next((path for path in strays if slug(PurePosixPath(path).stem) == name), "")


def _renamed(corpus: Corpus, target: str, name: str, near: str) -> bool:
    """Whether several mentions agree on a name that a file should have, and none on its own."""
    named = [link for links in corpus.links.values() for link in links]
    return named.count((target, name)) > 1 and (target, near) not in named


def _named(
    source: Source, pointer: Pointer, name: str, what: str, corpus: Corpus
) -> Iterator[Finding]:
    """What is wrong with a name that is no record's: an ingénierie here, or a datum to show."""
    if what == "ingenieries":
        unit = corpus.listing.unit_of(source.path)
        here = corpus.listing.level("ingenierie")
        known, where = [s.name for s in here if s.unit == unit], "ingenieries/"
    else:
        known = list(corpus.kinds)
        known += [f"{k.name}.{key}" for k in corpus.kinds.values() for key, _ in fields(k.schema)]
        where = "les données"
    if name.replace("_", "-") not in {one.replace("_", "-") for one in known}:
        hint = did_you_mean(meant_among(name, known)) or f"noms connus : {_list((*known,))}"
        yield source.finding("S-REF", f"« {name} » n’existe pas dans {where}", pointer, hint=hint)


def _repeated(
    source: Source, pointer: Pointer, items: list[Any], field: Schema
) -> Iterator[Finding]:
    """An element (S-DOUBLON) that repeats what tells the elements of a list apart."""
    key, seen = field["x-unique"], set[str]()
    for rank, item in enumerate(items):
        name = item.get(key) if isinstance(item, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            title = field.get("title", pointer[-1])
            message = f"{title} : deux éléments portent « {key}: {name} »"
            hint = "donnez à chacun le sien, ou retirez celui qui est en double"
            yield source.finding("S-DOUBLON", message, (*pointer, rank, key), hint=hint)
        seen.add(name)


def _list(known: tuple[str, ...]) -> str:
    return ", ".join(known[:8]) + ("…" if len(known) > 8 else "") if known else "aucun"
