"""Stage 4, select: which documents a request means, and in which state each one is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dla_docs.check.standing import Choice, State
from dla_docs.documents.documents import BLANK, DRAFT, Document, blank_forms
from dla_docs.documents.kit import kit_documents
from dla_docs.documents.types import DocumentType
from dla_docs.load.corpus import Corpus
from dla_docs.load.names import find_scope, scopes_of
from dla_docs.load.places import TERRITORY
from dla_docs.load.scopes import Scope
from dla_docs.model.errors import AmbiguousError, RequestError
from dla_docs.model.likeness import did_you_mean, meant_among
from dla_docs.model.paths import at
from dla_docs.model.words import enumeration

__all__ = ["Choice", "Request", "State", "select"]


@dataclass(frozen=True)
class Request:
    """What a person asks: scopes by name or path, types, formats; empty means all.

    `variant`: `projet` also renders what lacks something, `vierge` renders blank forms instead.
    """

    scopes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    variant: str = ""


def select(
    request: Request,
    corpus: Corpus,
    types: Mapping[str, DocumentType],
    known: tuple[Choice, ...],
) -> tuple[Choice, ...]:
    """The documents a request means, in order of place and type, each with its state.

    `known`: every document of the corpus, with the state that all commands say of it.

    Raises RequestError for a scope, type or format that does not exist.
    """
    _check_formats(request, types)
    wanted = {scope.path for scope in scopes_of(request.scopes, corpus.listing)}
    chosen = {
        name: types[name]
        for name in request.types or _outside_kits(types)
        if _known(name, types) and _offers(types[name], request.formats)
    }
    if request.variant == BLANK:
        _check_blank(request, types)
        forms = blank_forms(corpus, chosen)
        # A blank form needs its scope alone: what it lacks is what others will write.
        return tuple(Choice(d, State.READY) for d in forms if _meant(d, wanted))
    meant = (c for c in known if c.document.type.name in chosen and _meant(c.document, wanted))
    choices = tuple(map(_draft, meant) if request.variant == DRAFT else meant)
    if wanted and request.types and not choices:
        raise RequestError(
            f"aucun document de ce type n’existe pour {enumeration(request.scopes)}",
            "dla list documents dit où vit chaque type (portée)",
        )
    return choices


def _outside_kits(types: Mapping[str, DocumentType]) -> list[str]:
    """The types that are of use by themselves: what only tells of a kit is made with it."""
    return [name for name, kind in types.items() if not (kind.kit and kind.kit.seul)]


def select_kit(
    scope: Scope, corpus: Corpus, types: Mapping[str, DocumentType], known: tuple[Choice, ...]
) -> tuple[Choice, ...]:
    """The documents of the kit of a mission or of the territory, each with its state."""
    states = {choice.document.label: choice for choice in known}
    return tuple(
        # A blank form is always ready; what is rendered as it is keeps its state.
        Choice(one, State.READY) if one.variant else replace(states[one.label], document=one)
        for one in kit_documents(scope, corpus, types)
    )


def kit_scope(name: str, corpus: Corpus) -> Scope:
    """The mission that a person names, or the only one of the dossier named; else the territory.

    Raises RequestError for a name that is not that of one mission.
    """
    if not name:
        return corpus.scopes[TERRITORY]
    return mission_of(name, corpus, "kit", "sans nom, dla kit fait celui du territoire")


def mission_of(name: str, corpus: Corpus, command: str, more: str = "") -> Scope:
    """The mission that a person names, or the only one of the dossier named.

    `command`: what they typed after « dla »; `more`: what else they may do. Raises RequestError for
    a name that is not that of one mission.
    """
    scope = find_scope(name, corpus.listing)
    if scope.level not in {"dossier", "ingenierie"}:
        also = f" ; {more}" if more else ""
        raise RequestError(
            f"« {name} » n’est ni une mission ni un dossier",
            f"nommez une mission : dla {command} 2026-001/mission{also}",
        )
    missions = [
        s for s in corpus.level("ingenierie") if scope.path in {h.path for h in s.lineage()}
    ]
    welcome = corpus.scopes[scope.path].part("accueil")
    if not missions and welcome and at(welcome.data, ("decision",)) == "reorienter":
        raise RequestError(
            f"« {name} » n’a pas de mission : son accueil l’a réorienté",
            "si l’accompagnement reprend, changez d’abord « decision » dans accueil.yaml",
        )
    if not missions:
        raise RequestError(
            f"« {name} » n’a pas encore de mission",
            f'créez-la : dla new ingenierie "Intitulé" {scope.reference}',
        )
    if len(missions) > 1:
        names = enumeration(f"{s.reference}/{s.name}" for s in missions)
        raise AmbiguousError(
            f"« {name} » a plusieurs missions : {names}",
            f"nommez-en une : dla {command} {missions[0].reference}/{missions[0].name}",
        )
    return missions[0]


def _meant(document: Document, wanted: set[str]) -> bool:
    return not wanted or _inside(document.scope, wanted)


def _check_blank(request: Request, types: Mapping[str, DocumentType]) -> None:
    for name in request.types:
        if not types[name].vierge:
            have = ", ".join(name for name, kind in types.items() if kind.vierge)
            raise RequestError(
                f"« {name} » n’a pas de formulaire vierge", f"types qui en ont un : {have}"
            )


def _offers(kind: DocumentType, formats: tuple[str, ...]) -> bool:
    """Whether a type offers one of the formats asked for; a format it lacks is skipped."""
    return not formats or bool(set(kind.formats) & set(formats))


def _inside(scope: Scope, wanted: set[str]) -> bool:
    """Whether a scope is one of those named or lies inside; `territoire` means itself alone."""
    if scope.level == "territoire":
        return scope.path in wanted
    return any(s.path in wanted for s in scope.lineage() if s.level != "territoire")


def _known(name: str, types: Mapping[str, DocumentType]) -> bool:
    if name in types:
        return True
    known = {key: (kind.titre, kind.identifiant) for key, kind in types.items()}
    hint = did_you_mean(meant_among(name, types, known)) or f"types connus : {', '.join(types)}"
    raise RequestError(f"le type de document « {name} » n’existe pas", hint)


def _check_formats(request: Request, types: Mapping[str, DocumentType]) -> None:
    requested = [types[name] for name in request.types or types if _known(name, types)]
    offered = {f for kind in requested for f in kind.formats}
    if request.formats and not offered & set(request.formats):
        raise RequestError(
            f"aucun des types demandés n’existe en {enumeration(request.formats, 'ou')}",
            f"formats offerts : {', '.join(sorted(offered))}",
        )


def _draft(choice: Choice) -> Choice:
    """The draft of a document that is begun: it is there to show what is lacking."""
    if not choice.begun:
        return choice
    return Choice(replace(choice.document, variant=DRAFT), State.READY)
