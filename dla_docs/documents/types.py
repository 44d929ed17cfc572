"""Document types: one folder of `templates/` each, whose manifest declares what it is and owes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dla_docs.load.scopes import SERIES
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Kind, Schema, field_at, load_schema
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

MANIFEST = "document.yaml"
ITEM = "element"
"""What paths of a manifest call the item of `pour_chaque`."""


@dataclass(frozen=True)
class Section:
    """An owed section: its printed title, the source of the duty, the data it is made of.

    `consigne` is the line of guidance of the blank form.
    """

    id: str
    titre: str
    source: str
    regle: str
    champs: tuple[str, ...]
    consigne: str = ""


@dataclass(frozen=True)
class Mention:
    """A sentence owed to the letter on the cover."""

    texte: str
    regle: str
    source: str


@dataclass(frozen=True)
class DocumentType:
    """What a manifest declares; see `schemas/document.schema.json` for each field's meaning."""

    name: str
    identifiant: str
    titre: str
    sujet: str
    etape: str
    auteur: str
    destinataires: tuple[str, ...]
    formats: tuple[str, ...]
    portee: str
    donnees: tuple[str, ...]
    dates: tuple[str, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...] = ()
    pour_chaque: str = ""
    cle: str = ""
    numerotation: str = "sections"
    logos: tuple[str, ...] = ()
    logos_regle: str = ""
    logos_source: str = ""
    signatures: str = ""
    sommaire: bool = False
    condition: str = ""
    value: str = ""
    vierge: bool = False
    facultatif: tuple[str, ...] = ()


def load_types(workspace: Workspace, kinds: Mapping[str, Kind]) -> dict[str, DocumentType]:
    """Every document type by folder name; folders that begin with `_` hold shared pieces.

    Raises TemplateError, with its place, for a manifest that breaks its schema or names a part or
    a field that no schema of the data knows.
    """
    folders = workspace.template_folders
    schema = load_schema(workspace.schema_folders, "document.schema.json")
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        for manifest in folder.glob(f"[!_]*/{MANIFEST}"):
            found[manifest.parent.name] = manifest
    sources = {name: read_checked(path, schema) for name, path in found.items()}
    for source in sources.values():
        _check_paths(source, kinds)
    types = [_type(name, source.data) for name, source in sources.items()]
    return {kind.name: kind for kind in sorted(types, key=lambda k: (k.identifiant, k.name))}


def _check_paths(manifest: Source, kinds: Mapping[str, Kind]) -> None:
    """Every part and path of a manifest must be one that the schemas of the data know."""
    data = manifest.data
    paths: list[tuple[Pointer, str]] = [
        ((key, rank), kind)
        for key in ("donnees", "facultatif")
        for rank, kind in enumerate(data.get(key, ()))
    ]
    named = ("sujet", "pour_chaque", "signatures")
    paths += [((key,), data[key]) for key in named if key in data]
    paths += [(("date",), path) for path in _texts(data["date"])]
    if "si" in data:
        paths.append((("si", "champ"), data["si"]["champ"]))
    paths += [
        (("sections", rank, "champs", place), path)
        for rank, section in enumerate(data["sections"])
        for place, path in enumerate(section.get("champs", ()))
    ]
    for pointer, path in paths:
        field = _field(path, data.get("pour_chaque", ""), kinds)
        if not field or (pointer == ("date",) and field.get("format") != "date"):
            place = manifest.place(pointer)
            wanted = "une date" if pointer == ("date",) else "une partie ou un champ"
            raise TemplateError(
                f"{manifest.path}:{place.line}:{place.column}: "
                f"« {path} » n’est pas {wanted} que les schémas connaissent",
                "écrivez partie.champ, comme convention.date",
            )


def _texts(written: Any) -> tuple[str, ...]:
    """One path or several."""
    return (written,) if isinstance(written, str) else tuple(written)


def _field(path: str, each: str, kinds: Mapping[str, Kind]) -> Schema:
    """The schema of a path; `element` is what `pour_chaque` names, one by one."""
    first, *steps = path.replace("[]", ".0").split(".")
    pointer = tuple(int(step) if step.isdigit() else step for step in steps)
    if first == ITEM:
        listed = _field(each, "", kinds)
        return field_at(listed if each in SERIES else listed.get("items", {}), pointer)
    kind = kinds.get(SERIES.get(first, first))
    return field_at(kind.schema, pointer) if kind else {}


def _type(name: str, data: Mapping[str, Any]) -> DocumentType:
    logos = data.get("logos", {})
    return DocumentType(
        name=name,
        identifiant=data["identifiant"],
        titre=data["titre"],
        sujet=data["sujet"],
        etape=data["etape"],
        auteur=data["auteur"],
        destinataires=tuple(data["destinataires"]),
        formats=tuple(data["formats"]),
        portee=data["portee"],
        donnees=tuple(data["donnees"]),
        dates=_texts(data["date"]),
        sections=tuple(
            Section(
                s["id"],
                s["titre"],
                s["source"],
                s.get("regle", ""),
                tuple(s.get("champs", ())),
                s.get("consigne", ""),
            )
            for s in data["sections"]
        ),
        mentions=tuple(Mention(**mention) for mention in data.get("mentions", ())),
        pour_chaque=data.get("pour_chaque", ""),
        cle=data.get("cle", ""),
        numerotation=data.get("numerotation", "sections"),
        logos=tuple(logos.get("ensembles", ())),
        logos_regle=logos.get("regle", ""),
        logos_source=logos.get("source", ""),
        signatures=data.get("signatures", ""),
        sommaire=data.get("sommaire", False),
        condition=data.get("si", {}).get("champ", ""),
        value=str(data.get("si", {}).get("vaut", "")),
        vierge=data.get("vierge", False),
        facultatif=tuple(data.get("facultatif", ())),
    )
