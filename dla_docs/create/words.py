"""What a person names in `dla new`: a kind of file, or what has its place inside one.

People look for a note, an avenant, a facture under its own name: where it is written is said.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dla_docs.create.new import example_command, level_of
from dla_docs.documents.types import DocumentType
from dla_docs.load.places import SERIES, SHELVES, template
from dla_docs.model.errors import RequestError
from dla_docs.model.likeness import did_you_mean, meant_among, same_among
from dla_docs.model.paths import Every, Path
from dla_docs.model.schemas import Kind, Schema, fields, refused_key

_OTHERWISE = {
    "structure": ("association", "beneficiaire", "organisme"),
    "prestataire": ("consultant", "consultante", "fiche-prestataire", "cabinet"),
    "ingenierie": ("mission", "accompagnement"),
    "cahier-des-charges": ("cdc", "commande"),
    "proposition": ("offre", "devis"),
    "comite": ("comite-appui", "comite-d-appui"),
    "reglement": ("paiement", "solde"),
    "evaluation": ("enquete", "enquetes", "satisfaction"),
    "activite": ("bilan", "bilan-annuel"),
}
"""Other words of the trade for the kinds of files."""

DEEPEST = 2
"""How many keys down a file a name is looked for: `reglement.versements[].facture`."""

Types = Callable[[], Mapping[str, DocumentType]]


@dataclass(frozen=True)
class Inside:
    """What has its place inside a file: the kind of that file, and the path down it."""

    kind: Kind
    path: Path


def known_kind(name: str, kinds: Mapping[str, Kind], types: Types, words: tuple[str, ...]) -> Kind:
    """A kind by its name, whatever its accents or case. Raises RequestError for another word.

    The error says in which file that is written, if it is written in one. `types` is only called
    for such a word; `words`: what comes after it, for the command to type.
    """
    # A plural may be a list inside a file: the name alone is taken for the kind.
    if name in kinds:
        return kinds[name]
    titled = {key: (kind.title, *_OTHERWISE.get(key, ())) for key, kind in kinds.items()}
    same = same_among(name, kinds)
    if same and len(same) == len(name):
        return kinds[same]
    if found := same or same_among(name, kinds, titled):
        command = _command(kinds[found], words)
        raise RequestError(f"« {name} » se crée sous un autre nom", f"écrivez : {command}")
    if inside := _inside(name, kinds, types()):
        raise _told(name, inside, words)
    hint = did_you_mean(meant_among(name, kinds, titled)) or f"parties connues : {', '.join(kinds)}"
    raise RequestError(f"« {name} » n’est pas une partie que dla connaît", hint)


def _told(name: str, inside: Inside, words: tuple[str, ...]) -> RequestError:
    """Where to write what has no file of its own."""
    where = f", à « {inside.path.general.inside} »" if inside.path.steps else ""
    made = f"ouvrez-le, ou créez-le : {_command(inside.kind, words)}"
    kind = inside.kind
    # One name for all of its kind in a folder of its own; elsewhere the file has that of its kind.
    own = kind.place in SHELVES or kind.place in SERIES
    file = template(kind) if own else f"{kind.name}.yaml"
    told = f"« {name} » n’est pas un fichier : cela s’écrit dans {file}{where}"
    return RequestError(told, made)


def _command(kind: Kind, words: tuple[str, ...]) -> str:
    """The command that makes a file of a kind, with the place that was given if it suits it."""
    if words and level_of(kind) and kind.name not in {"ingenierie", "proposition"}:
        return f"dla new {kind.name} {words[0]}"
    return example_command(kind)


def _inside(
    name: str, kinds: Mapping[str, Kind], types: Mapping[str, DocumentType]
) -> Inside | None:
    """Where a document, or a key, of that name is written."""
    titled = {key: (kind.titre, kind.identifiant) for key, kind in types.items()}
    if document := same_among(name, types, titled):
        return _of_document(types[document], kinds)
    keys = {str(inside.path): inside for kind in kinds.values() for inside in _keys(kind)}
    # The shallowest first: what a file is about, before what an element of it holds.
    named = (inside for inside in keys.values() if same_among(name, (_last(inside),)))
    return min(named, key=lambda inside: len(inside.path.steps), default=None)


def _last(inside: Inside) -> str:
    return next(step for step in reversed(inside.path.steps) if isinstance(step, str))


def _of_document(document: DocumentType, kinds: Mapping[str, Kind]) -> Inside | None:
    """The file that starts a document, and the list that gives one each, or its condition."""
    kind = kinds.get(document.donnees[0])
    paths = (p for p in (document.pour_chaque, document.condition) if p and kind)
    path = next((p for p in paths if kind and SERIES.get(p.part, p.part) == kind.name), None)
    return Inside(kind, path or Path(kind.name)) if kind else None


def _keys(kind: Kind) -> Iterator[Inside]:
    """The mappings and lists of a file, which a person may call by name."""

    def down(schema: Schema, path: Path, depth: int) -> Iterator[Inside]:
        for key, field in fields(schema):
            if refused_key(field) or field.get("type") not in ("object", "array"):
                continue
            here = path.down(key)
            yield Inside(kind, here)
            if depth < DEEPEST:
                inner = field.get("items") if field["type"] == "array" else field
                step = (Every(),) if field["type"] == "array" else ()
                if isinstance(inner, Mapping):
                    yield from down(inner, here.down(*step), depth + 1)

    yield from down(kind.schema, Path(kind.name), 1)
