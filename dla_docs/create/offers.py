"""Where a schema says that a value of a file to come may be taken from (`x-depuis`).

- `dossier.type`: a datum of a part of the same dossier, or of the territory;
- `structures.denomination`: a datum of the record that a key beside it names (`x-reference`);
- `choix.retenu/proposition.budget.jours`: a datum of what another datum names: a file beside, a
  record, an element of a list of `territoire.yaml` (`dossier.operateurs[]/operateurs.nom`);
- `parcours.actions[id={ingenierie.action}].debut`: of the elements that hold another datum;
- `jour`: the day of the command; `nom`: the name of the file; `ici.intitule`: a key beside it;
- `{element.prenom} {element.nom}{, element.fonction}`: words around data; what has signs before
  its path may be absent;
- a list: the first of several sources that gives something;
- a mapping: a list made element by element (see `Each`), or the names of keys (`Keys`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.model.errors import TemplateError
from dla_docs.model.paths import Path
from dla_docs.model.schemas import Schema

SOURCE = "x-depuis"
TODAY = Path("jour")
NAME = Path("nom")
HERE = "ici"
ELEMENT = "element"
REFERENCE = Path("reference")
NEXT = Path("suivant")
WAITING = "dossiers_a_presenter"
EARLIER = "dossiers_precedents"
INSIDE = "ingenieries"
"""What is in no file: the day, the name of the file, its own keys, the element at hand, the number
of the dossier, the first number that no file of the dossier bears yet, the dossiers that no comité
has seen, those of the same structures, the missions of the dossier."""

_BLANK = re.compile(r"\{(?P<before>[^{}\w]*+)(?P<path>[^{}|]++)(?:\|(?P<said>\w++))?\}")
SAID = frozenset({"libelle", "date"})
"""How a datum is said in words: the label of a code, a day as people write it."""


@dataclass(frozen=True)
class Blank:
    """A datum among words. `before`: the signs that come with it, when it is there."""

    path: Path
    before: str = ""
    said: str = ""


@dataclass(frozen=True)
class Words:
    """A text, or a datum as it is when nothing is around it."""

    pieces: tuple[str | Blank, ...]


@dataclass(frozen=True)
class Each:
    """An element for each datum, shaped key by key; of one alone without `path`.

    `but`: the names left out. `sole`: nothing unless there is one. `until`: only the last one, by
    its `date`, of those that are not after that day. A key that has several values gives as many
    elements. `due`: what is still to fill of them is asked for at once. `gone`:
    people with a mandate: who bears the name of one that has left is left out.
    """

    path: Path | None
    shape: Mapping[str, tuple[Words, ...]]
    but: Path | None = None
    sole: bool = False
    until: Path | None = None
    due: bool = False
    gone: Path | None = None


@dataclass(frozen=True)
class Keys:
    """A mapping whose keys alone are known: the values of a path."""

    path: Path


@dataclass(frozen=True)
class Together:
    """Lists, one after the other."""

    sources: "tuple[Offer, ...]"


@dataclass(frozen=True)
class First:
    """The first source that gives something."""

    sources: "tuple[Offer, ...]"


Offer = Path | Words | Each | Keys | Together | First


def source_of(field: Schema) -> Offer | None:
    """Where a field says to take its value from, None if nowhere. Raises TemplateError."""
    if SOURCE not in field:
        return None
    try:
        return read(field[SOURCE])
    except ValueError as error:
        raise TemplateError(
            f"{error} (« {SOURCE} » de « {field.get('title')} », dans un schéma)",
            "écrivez partie.champ, comme dossier.type",
        ) from error


def read(written: Any) -> Offer:
    """One source, as a schema writes it. Raises ValueError for a path that is none."""
    if isinstance(written, list):
        return First(tuple(map(read, written)))
    if isinstance(written, str):
        return _words(written) if _BLANK.match(written) else Path.parse(written)
    if "ensemble" in written:
        return Together(tuple(map(read, written["ensemble"])))
    if "cles" in written:
        return Keys(Path.parse(written["cles"]))
    if "seul" in written:
        return Each(Path.parse(written["seul"]), {}, sole=True)
    shape = {
        key: tuple(map(_words, words if isinstance(words, list) else [words]))
        for key, words in written.get("avec", {}).items()
    }
    path, but, until, gone = (
        Path.parse(written[key]) if key in written else None
        for key in ("chaque", "sauf", "au", "partis")
    )
    return Each(path, shape, but, until=until, due=written.get("attendu", False), gone=gone)


def _words(text: str) -> Words:
    pieces: list[str | Blank] = []
    end = 0
    for found in _BLANK.finditer(text):
        said = found["said"] or ""
        if said not in SAID | {""}:
            raise ValueError(f"« {text} » : « {said} » ne dit rien d’une donnée")
        pieces += [text[end : found.start()]] if found.start() > end else []
        pieces.append(Blank(Path.parse(found["path"]), found["before"], said))
        end = found.end()
    return Words((*pieces, text[end:]) if text[end:] else tuple(pieces))
