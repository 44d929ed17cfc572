"""What the dossiers of a workspace tell of the structures of a dossier to come."""

from collections.abc import Iterator
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.load.places import REFERENCE
from dla_docs.load.scopes import Scope
from dla_docs.model.paths import at


def earlier(corpus: Corpus, structures: Any, name: str) -> Iterator[dict[str, Any]]:
    """The dossiers read of some structures, before that of a name, as `precedents` tells them."""
    wanted = [name for name in structures or () if isinstance(name, str)]
    for scope in corpus.level("dossier"):
        own = _value(scope, "dossier", "structures") or ()
        common = [name for name in wanted if name in own]
        before = scope.reference < name[:REFERENCE]
        if before and common and (title := _value(scope, "dossier", "titre")):
            told = {
                "dossier": scope.name,
                "objet": title,
                # All of them, where there is one: no more to read.
                "structures": common if len(wanted) > 1 else [],
                "missions": list(_missions(corpus, scope)),
                "etat": _state(scope),
            }
            yield {key: value for key, value in told.items() if value}


def _missions(corpus: Corpus, dossier: Scope) -> Iterator[str]:
    inside = (s for s in corpus.level("ingenierie") if s.unit == dossier.unit)
    yield from filter(None, (_value(s, "ingenierie", "intitule") for s in inside))


def _state(scope: Scope) -> str:
    """Where a dossier is: refused at its accueil, followed after its missions, or between."""
    if _value(scope, "accueil", "decision") not in {None, "poursuivre"}:
        return "sans_suite"
    return "suivi" if scope.holds("suivi") else "en_cours"


def _value(scope: Scope, kind: str, key: str) -> Any:
    source = scope.parts.get(kind)
    return at(source.data, (key,)) if source else None
