"""The layout: the charter (`charte.yaml`) and what each format is written with.

A workspace that has its own `templates/_mise-en-page/charte.yaml` changes every format: page
templates are filled with it, and the reference documents are built again from their parts.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

from dla_docs.charter.reference_documents import build_reference, fill
from dla_docs.disk.listing import walk
from dla_docs.disk.reading import TEMPLATE, Unreadable, is_folder, read
from dla_docs.engines.fonts import family_folder, family_names
from dla_docs.model.errors import TemplateError
from dla_docs.model.resources import first_existing, package_data
from dla_docs.model.schemas import load_kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

FOLDER = "_mise-en-page"
ABOVE_PICTURE = 40.0
"""Millimetres of a heading and a sentence, which a tall picture leaves on its page."""


@dataclass(frozen=True)
class Charter:
    """Charter values and layout files of a workspace; lengths in millimetres.

    `family`: the one of a document, whose colours stand for the common ones.
    """

    workspace: Workspace
    family: str = ""

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The values of `charte.yaml`, in the colours of the family: they are in `famille` too.

        Raises TemplateError when the file breaks its schema.
        """
        kind = load_kind("charte")
        source = read_checked(self._file("charte.yaml"), kind, self.workspace.roots)
        data: Mapping[str, Any] = source.data
        common = data["couleurs"]
        # A charter of before the families, or without this one: the common colours.
        plain = {"fonce": common["principale"], "moyen": common["accent"], "clair": common["fond"]}
        family = data.get("familles", {}).get(self.family) or {"nom": "DLA", **plain}
        own = {"principale": family["fonce"], "accent": family["fonce"], "fond": family["clair"]}
        return {**data, "couleurs": {**common, **own}, "famille": family}

    @cached_property
    def text_width(self) -> float:
        """Width of the text of a portrait page, in millimetres."""
        margins = self.values["marges"]
        page = self.values["page"]
        return float(page["largeur_mm"] - margins["gauche_mm"] - margins["droite_mm"])

    @property
    def landscape_width(self) -> float:
        """Width of the text of a landscape page, in millimetres."""
        page = self.values["page"]
        return self.text_width + float(page["hauteur_mm"] - page["largeur_mm"])

    @property
    def bottom_of_text(self) -> float:
        """Where the text of a page ends, in millimetres from its top edge."""
        return float(self.values["page"]["hauteur_mm"] - self.values["marges"]["bas_mm"])

    @property
    def foot_height(self) -> float:
        """Height of the foot of a page, above what its last line leaves under it."""
        margins = self.values["marges"]
        return float(margins["bas_mm"] - margins["pied_mm"])

    @property
    def picture_height(self) -> float:
        """Height of a picture of the text, at most, in millimetres: its title stays above it."""
        margins, page = self.values["marges"], self.values["page"]
        return float(page["hauteur_mm"] - margins["haut_mm"] - margins["bas_mm"]) - ABOVE_PICTURE

    @property
    def logo_height(self) -> float:
        """Height of a row of logos, at most, in millimetres."""
        return float(self.values["logos"]["hauteur_mm"])

    @property
    def logo_gap(self) -> float:
        """Space between two logos, in millimetres."""
        return float(self.values["logos"]["espace_mm"])

    @cached_property
    def families(self) -> tuple[str, ...]:
        """Font families of the text and headings. Raises TemplateError for one we do not have."""
        fonts = self.values["polices"]
        families = tuple(dict.fromkeys((str(fonts["texte"]), str(fonts["titres"]))))
        for family in families:
            if family_folder(family) is None:
                raise TemplateError(
                    f"{self._file('charte.yaml')} : la police « {family} » n’est pas fournie",
                    f"polices fournies : {', '.join(family_names())}",
                )
        return families

    @cached_property
    def digest(self) -> str:
        """One hash of every layout file in use, whichever folder it comes from.

        Line ends are not of it: git gives a checkout on Windows others than those it keeps.
        """
        files: dict[str, Path] = {}
        # The workspace's come last, and replace the package's of the same name.
        for folder in reversed(self.workspace.template_folders):
            base = folder / FOLDER
            files |= {name: base / name for name in self._layout(base)}
        digest = hashlib.sha256()
        for name, path in sorted(files.items()):
            content = self._read(path)
            # A NUL is how git tells a binary file, which it leaves as it is.
            same = content if b"\0" in content else content.replace(b"\r\n", b"\n")
            digest.update(f"{name}\0".encode() + hashlib.sha256(same).digest())
        return digest.hexdigest()

    def text(self, name: str) -> str:
        """A layout file with the charter's values in it. Raises TemplateError."""
        if name not in self._texts:
            self._texts[name] = self._filled(name)
        return self._texts[name]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {}

    def _filled(self, name: str) -> str:
        path = self._file(name)
        try:
            # Ends of lines are those of no system.
            text = StringIO(self._read(path).decode("utf-8"), None).read()
            return fill(text, self.values)
        except UnicodeDecodeError as error:
            raise TemplateError(f"{path} : le fichier n’est pas en UTF-8") from error
        except ValueError as error:
            raise TemplateError(f"{path} : {error}") from error

    def reference(self, format: str) -> bytes:
        """The bytes of the reference document of `docx`, `odt` or `pptx`, built once a family."""
        if format not in self._references:
            parts = package_data("templates") / FOLDER / "reference"
            self._references[format] = build_reference(format, self.values, parts)
        return self._references[format]

    @cached_property
    def _references(self) -> dict[str, bytes]:
        return {}

    def _file(self, name: str) -> Path:
        folders = self.workspace.template_folders
        path = first_existing(folders, f"{FOLDER}/{name}", self.workspace.roots)
        if path is None:
            raise TemplateError(f"le fichier {FOLDER}/{name} est introuvable")
        return path

    def _layout(self, folder: Path) -> list[str]:
        """The layout files of a folder, by name. Raises TemplateError."""
        try:
            roots = self.workspace.roots
            return walk(folder, roots).files if is_folder(folder, roots) else []
        except Unreadable as error:
            raise TemplateError(f"le dossier {folder} {error}") from error

    def _read(self, path: Path) -> bytes:
        """The bytes of a layout file. Raises TemplateError."""
        try:
            return read(path, self.workspace.roots, TEMPLATE)
        except Unreadable as error:
            raise TemplateError(f"{path} : le fichier de mise en page {error}") from error
