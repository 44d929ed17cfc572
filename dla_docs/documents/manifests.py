"""Reads the manifests: one folder of `templates/` for each type, with its `document.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dla_docs.disk.listing import names
from dla_docs.disk.reading import is_taken
from dla_docs.documents.returned import returned
from dla_docs.documents.types import ITEM, DocumentType, InKit, Mention, Section, each_of
from dla_docs.load.places import field_of
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import Kind, Schema, load_kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

MANIFEST = "document.yaml"
FAMILY_OF_STEP = {
    **dict.fromkeys(("accueil", "diagnostic", "parcours"), "diagnostic"),
    "coordination": "contrat",
    "suivi": "restitution",
    "transverse": "bilan",
}
"""The family (colour and tab) of a type that says none."""
OWNERS = {"ingenieries": "ingenierie"}
"""The level (`portee`) of what each `x-nomme` names."""


def load_types(workspace: Workspace, kinds: Mapping[str, Kind]) -> dict[str, DocumentType]:
    """Every document type by folder name; folders that begin with `_` hold shared pieces.

    Raises TemplateError, with its place, for a manifest that breaks its schema or names a part or
    a field that no schema of the data knows.
    """
    folders = workspace.template_folders
    kind = load_kind("document")
    types: dict[str, DocumentType] = {}
    # The workspace's folder comes first, hence last here: its manifests replace the package's.
    for folder in reversed(folders):
        for name in names(folder, folders):
            path = folder / name / MANIFEST
            if name.startswith(("_", ".")) or not is_taken(path):
                continue
            own = _type(name, read_checked(path, kind, workspace.roots), kinds)
            types[name] = bound(own, types[name]) if name in types else own
    # D01 to D26: the order of an accompaniment.
    ordered = sorted(types.values(), key=lambda k: (k.identifiant, k.name))
    return {kind.name: kind for kind in ordered}


def bound(own: DocumentType, model: DocumentType) -> DocumentType:
    """A type of the workspace with what the package's of that name owes: nobody is freed of it.

    Mentions, sets of logos, signatures, and the sections that a rule or a source asks for.
    """
    kept = {mention.texte for mention in own.mentions}
    owed = tuple(mention for mention in model.mentions if mention.texte not in kept)
    return replace(
        own,
        mentions=(*own.mentions, *owed),
        logos=tuple(dict.fromkeys((*own.logos, *model.logos))),
        logos_regle=own.logos_regle or model.logos_regle,
        logos_source=own.logos_source or model.logos_source,
        signatures=own.signatures or model.signatures,
        sections=_with_owed(own.sections, model.sections),
        kit=own.kit or model.kit,
        retour=own.retour or model.retour,
    )


def _with_owed(own: tuple[Section, ...], model: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections of the workspace, and those owed that it left out, after those before them.

    One that the package owes too is owed in the same cases.
    """
    known = {section.id: section.unless for section in model}
    sections = [replace(one, unless=known.get(one.id, one.unless)) for one in own]
    for rank, section in enumerate(model):
        names = [one.id for one in sections]
        sourced = section.regle or not section.source.startswith("[inferred]")
        if section.id not in names and sourced:
            before = [names.index(one.id) for one in model[:rank] if one.id in names]
            sections.insert(max(before, default=-1) + 1, section)
    return tuple(sections)


def _type(name: str, source: Source, kinds: Mapping[str, Kind]) -> DocumentType:
    manifest = _Manifest(source, kinds)
    each = manifest.path("pour_chaque") if "pour_chaque" in source.data else None
    return replace(manifest, each=each).type(name)


@dataclass(frozen=True)
class _Manifest:
    """A manifest being read, each path of which must be one that the schemas of the data know.

    `each` is its `pour_chaque`, which paths that begin with `element` need.
    """

    source: Source
    kinds: Mapping[str, Kind]
    each: Path | None = None

    def type(self, name: str) -> DocumentType:
        """The type it declares. Raises TemplateError for a path that leads nowhere."""
        data = self.source.data
        logos = data.get("logos", {})
        return DocumentType(
            name=name,
            identifiant=data["identifiant"],
            titre=data["titre"],
            sujet=self.path("sujet"),
            etape=data["etape"],
            auteur=data["auteur"],
            destinataires=tuple(data["destinataires"]),
            formats=tuple(data["formats"]),
            portee=data["portee"],
            donnees=self._parts("donnees"),
            dates=self._dates(),
            sections=tuple(self._section(rank) for rank in range(len(data["sections"]))),
            mentions=tuple(Mention(**mention) for mention in data.get("mentions", ())),
            pour_chaque=self.each,
            cle=self.path("cle", within=f"{ITEM}.") if "cle" in data else None,
            numerotation=data.get("numerotation", "sections"),
            logos=tuple(logos.get("ensembles", ())),
            logos_regle=logos.get("regle", ""),
            logos_source=logos.get("source", ""),
            signatures=self.path("signatures") if "signatures" in data else None,
            sommaire=data.get("sommaire", False),
            condition=self.path("si", "champ") if "si" in data else None,
            value=str(data.get("si", {}).get("vaut", "")),
            unless=self.path("si", "sauf") if "sauf" in data.get("si", {}) else None,
            vierge=data.get("vierge", False),
            rassemble=data.get("rassemble", False),
            centimes=data.get("centimes", False),
            forme=data.get("forme", ""),
            famille=data.get("famille", FAMILY_OF_STEP[data["etape"]]),
            tete=data.get("tete", "court"),
            facultatif=self._parts("facultatif"),
            sans=tuple(self.path("sans", rank) for rank in range(len(data.get("sans", ())))),
            owner=self._owner(),
            public=self.path("public") if "public" in data else None,
            publie=self.path("publie") if "publie" in data else None,
            recu=self.path("recu") if "recu" in data else None,
            kit=self._kit(),
            retour=returned(data.get("retour")),
        )

    def _owner(self) -> str:
        item = self._field(each_of(self.each)) if self.each else None
        named = (item or {}).get("properties", {}).items()
        level = self.source.data["portee"]
        return next((key for key, field in named if OWNERS.get(field.get("x-nomme")) == level), "")

    def _kit(self) -> InKit | None:
        """How it is in the kit. Raises TemplateError for a format or a form that it has not."""
        data = self.source.data.get("kit")
        if not data:
            return None
        for rank, format in enumerate(formats := data.get("formats", ())):
            if format not in self.source.data["formats"]:
                told = f"« {format} » n’est pas un format de ce type"
                raise self._error(("kit", "formats", rank), told, "prenez-en un de « formats: »")
        variant = data.get("variante", "")
        if variant and not self.source.data.get("vierge"):
            told = "ce type n’a pas de formulaire vierge"
            raise self._error(
                ("kit", "variante"), told, "ajoutez « vierge: true », ou retirez ce mot"
            )
        return InKit(
            quand=data["quand"],
            envoi=data.get("envoi", ""),
            variante=variant,
            formats=tuple(formats),
            seul=data.get("seul", False),
            appel=data.get("appel", False),
        )

    def _section(self, rank: int) -> Section:
        data = self.source.data["sections"][rank]
        places = range(len(data.get("champs", ())))
        return Section(
            id=data["id"],
            titre=data["titre"],
            source=data["source"],
            regle=data.get("regle", ""),
            champs=tuple(self.path("sections", rank, "champs", place) for place in places),
            consigne=data.get("consigne", ""),
            unless=self.path("sections", rank, "sauf") if "sauf" in data else None,
        )

    def _parts(self, key: str) -> tuple[str, ...]:
        for rank, part in enumerate(parts := self.source.data.get(key, ())):
            if part not in self.kinds:
                raise self._fault((key, rank), part, "une partie")
        return tuple(parts)

    def _dates(self) -> tuple[Path, ...]:
        written = self.source.data["date"]
        ranks = range(len(written)) if isinstance(written, list) else ()
        pointers: list[Pointer] = [("date", rank) for rank in ranks] or [("date",)]
        paths = tuple(self.path(*pointer) for pointer in pointers)
        for pointer, path in zip(pointers, paths, strict=True):
            if (self._field(path) or {}).get("format") != "date":
                raise self._fault(pointer, path, "une date")
        return paths

    def path(self, *pointer: str | int, within: str = "") -> Path:
        """The path written at a place, `within` another. Raises TemplateError where it is none."""
        text = f"{within}{at(self.source.data, pointer)}"
        try:
            path = Path.parse(text)
        except ValueError as error:
            raise self._error(pointer, str(error)) from error
        if self._field(path) is None:
            raise self._fault(pointer, path, "une partie ou un champ")
        return path

    def _field(self, path: Path) -> Schema | None:
        """The schema of what a path names; `element` is what `pour_chaque` names, one by one."""
        if path.part == ITEM and self.each:
            path = each_of(self.each).down(*path.steps)
        return field_of(path, self.kinds)

    def _fault(self, pointer: Pointer, written: object, wanted: str) -> TemplateError:
        known = f"« {written} » n’est pas {wanted} que les schémas connaissent"
        return self._error(pointer, known)

    def _error(
        self,
        pointer: Pointer,
        message: str,
        hint: str = "écrivez partie.champ, comme convention.date",
    ) -> TemplateError:
        place = self.source.place(pointer)
        return TemplateError(f"{self.source.path}:{place.line}:{place.column}: {message}", hint)
