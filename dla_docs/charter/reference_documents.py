"""Build reference.docx, .odt and .pptx from the readable parts and the charter."""

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path

from dla_docs.disk.listing import walk
from dla_docs.disk.reading import read_ours
from dla_docs.model import paths
from dla_docs.model.file_formats import FILE_FORMATS

_TOKEN = re.compile(r"\{\{ *([\w.]+) *\}\}")
_TWIPS_PER_MM = 1440 / 25.4
"""A twip, Word's unit, is a twentieth of a point: 1440 an inch."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can hold: any would do, if it is always the same."""


def fill(text: str, charter: Mapping[str, object]) -> str:
    """Replace each ``{{ dotted.path }}`` by its value in the charter or in `derived`.

    Raises ValueError, in French, for one that neither holds.
    """
    values = {**charter, **derived(charter)}

    def value(match: re.Match[str]) -> str:
        datum = paths.Path.parse(f"charte.{match[1]}").first(values)
        if not isinstance(datum, str | int | float | Decimal):
            raise ValueError(f"valeur absente de la charte : {match[1]}")
        return str(datum)

    return _TOKEN.sub(value, text)


def derived(charter: Mapping[str, object]) -> dict[str, object]:
    """The charter in the units that formats ask for: twips, half-points, RRGGBB, font lists."""
    page, margins = _numbers(charter, "page"), _numbers(charter, "marges")
    sides = margins["gauche_mm"] + margins["droite_mm"]
    millimetres = {
        group: _numbers(charter, group)
        for group in ("page", "marges", "logos", "fiche", "signatures")
    }
    millimetres["texte"] = {
        "largeur_mm": page["largeur_mm"] - sides,
        "hauteur_mm": page["hauteur_mm"] - margins["haut_mm"] - margins["bas_mm"],
        "largeur_paysage_mm": page["hauteur_mm"] - sides,
        # What the foot of a page leaves to who sends: 60 mm are for the document and the page.
        "emetteur_mm": page["largeur_mm"] - sides - 60,
        "emetteur_paysage_mm": page["hauteur_mm"] - sides - 60,
        "hauteur_entete_mm": margins["haut_mm"] - margins["entete_mm"],
        "hauteur_pied_mm": margins["bas_mm"] - margins["pied_mm"],
    }
    return {
        "texte": millimetres["texte"],
        "twips": {group: _twips(values) for group, values in millimetres.items()},
        "demi_points": {key: round(2 * pt) for key, pt in _numbers(charter, "tailles").items()},
        "hex": {
            key: str(rgb)[1:].upper()
            for group in ("couleurs", "famille")
            for key, rgb in _mapping(charter, group).items()
            if key != "nom"
        },
        "familles": _families(_mapping(charter, "polices")),
    }


def build_reference(format: str, charter: Mapping[str, object], parts: Path) -> bytes:
    """Zip the parts found under `parts/<format>`: same charter and parts, same bytes.

    Raises ValueError for a value that the charter lacks.
    """
    folder = parts / format
    first = FILE_FORMATS[format].first_part
    # `_rels/.rels` is a part that every reader asks for.
    names = sorted(walk(folder, (folder,), skipped=lambda name: False).files)
    # A reader knows an archive by its first part; ODF demands that it be `mimetype`.
    names.sort(key=lambda name: name != first)
    buffer = io.BytesIO()
    # Stored, not deflated: compressed bytes depend on the zlib of the machine.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            # Unix, on Windows too.
            entry.create_system = 3
            text = StringIO(read_ours(folder / name).decode("utf-8"), None).read()
            # Compared byte by byte: the line end that git keeps would make another type of it.
            content = text.strip() if name == "mimetype" else fill(text, charter)
            archive.writestr(entry, content.encode("utf-8"))
    return buffer.getvalue()


def _mapping(charter: Mapping[str, object], group: str) -> dict[str, object]:
    values = charter.get(group)
    if not isinstance(values, Mapping):
        raise ValueError(f"valeur absente de la charte : {group}")
    # `x-…` keys are the user's own.
    return {str(key): value for key, value in values.items() if not str(key).startswith("x-")}


def _numbers(charter: Mapping[str, object], group: str) -> dict[str, float]:
    return {key: float(str(value)) for key, value in _mapping(charter, group).items()}


def _twips(values: Mapping[str, float]) -> dict[str, int]:
    return {key.removesuffix("_mm"): round(mm * _TWIPS_PER_MM) for key, mm in values.items()}


def _families(fonts: Mapping[str, object]) -> dict[str, str]:
    names = fonts.get("substituts")
    others = [str(name) for name in names] if isinstance(names, list) else []
    # A family of its own for titles is one with serifs: ours is.
    titles = others if fonts["titres"] == fonts["texte"] else ["Garamond", "Georgia"]
    return {
        "alternatives": ",".join(others),
        "odt_texte": ", ".join(f"'{name}'" for name in [fonts["texte"], *others]),
        "odt_titres": ", ".join(f"'{name}'" for name in [fonts["titres"], *titles]),
        "css_texte": ", ".join(f'"{name}"' for name in [fonts["texte"], *others]),
        "css_titres": ", ".join(f'"{name}"' for name in [fonts["titres"], *titles]),
    }
