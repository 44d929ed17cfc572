"""What `dla list` shows: one object a thing, as JSON gives it, and rows in aligned columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dla_docs.check.examined import Examined
from dla_docs.load.corpus import Corpus
from dla_docs.load.scopes import Scope
from dla_docs.model.paths import at
from dla_docs.model.words import visible
from dla_docs.select import Choice

Row = Mapping[str, Any]


def types_data(examined: Examined) -> list[Row]:
    """One object a document type."""
    return [
        {
            "type": kind.name,
            "identifiant": kind.identifiant,
            "titre": kind.titre,
            "etape": kind.etape,
            "portee": kind.portee,
            "destinataires": list(kind.destinataires),
            "formats": list(kind.formats),
        }
        for kind in examined.types.values()
    ]


def documents_data(choices: Iterable[Choice], examined: Examined) -> list[Row]:
    """One object a document: its type, where it goes and its state."""
    types = {row["type"]: row for row in types_data(examined)}
    return [
        {
            **types[choice.document.type.name],
            "chemin": choice.document.label,
            "etat": str(choice.state),
        }
        for choice in choices
    ]


def dossiers_data(corpus: Corpus) -> list[Row]:
    """One object a dossier, with its ingénieries."""
    inside: dict[str, list[str]] = {}
    for scope in corpus.listing.level("ingenierie"):
        inside.setdefault(scope.unit, []).append(scope.name)
    dossiers = (corpus.scopes.get(s.path, s) for s in corpus.listing.level("dossier"))
    return [_dossier(scope, inside.get(scope.path, [])) for scope in dossiers]


def prestataires_data(corpus: Corpus) -> list[Row]:
    """One object a prestataire: who it is, and the three keys it is searched by."""
    rows: list[Row] = []
    for scope in corpus.level("prestataire"):
        data = scope.parts["prestataire"].data
        row = {"prestataire": scope.name, "raison_sociale": data.get("raison_sociale")}
        row["siret"] = data.get("siret")
        keys = ("competences", "secteurs", "zones")
        rows.append({**row, **{key: data.get(key) or [] for key in keys}})
    return rows


def rules_data(examined: Examined) -> list[Row]:
    """One object a rule."""
    return [
        {
            "code": rule.code,
            "titre": rule.titre,
            "gravite": str(rule.gravite),
            "source": rule.source,
            "par": rule.par,
            "bloque": list(rule.bloque),
        }
        for rule in examined.rules.values()
    ]


def table(rows: Sequence[Row], columns: Mapping[str, str]) -> list[str]:
    """Some fields of the rows in aligned columns, under their French names."""
    cells = [list(columns.values()), *([_cell(row[key]) for key in columns] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    return [
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _dossier(scope: Scope, inside: list[str]) -> Row:
    source = scope.part("dossier")
    data = source.data if source else {}
    return {
        "dossier": scope.name,
        "reference": scope.reference,
        "titre": data.get("titre"),
        "type": data.get("type"),
        "date": at(data, ("demande", "date")),
        "structures": data.get("structures") or [],
        "operateurs": data.get("operateurs") or [],
        "ingenieries": inside,
    }


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    # As it will be shown: columns are aligned on that.
    return "–" if value is None else visible(str(value))
