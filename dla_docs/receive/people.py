"""A name and an address as people write them on one line."""

import re
from collections.abc import Mapping

from dla_docs.create.asking.closed import Refused, short

_CIVILITIES = {
    "m": "monsieur", "mr": "monsieur", "monsieur": "monsieur",
    "mme": "madame", "madame": "madame", "mlle": "madame",
}  # fmt: skip
_AGE = re.compile(r"[,(]?(?:(?<!\s)\s++)?+\b\d{2}\s++ans\b\)?", re.I)
_MOST = 5
"""Words of a name, at most: more are a sentence."""
_NAME = re.compile(r"[^\W\d_]++(?:[-'’.][^\W\d_]*+)*+")
_PARTICLES = frozenset("de du des d' d’ la le van von el ben di da dos".split())
_TOWN = re.compile(r"\b(\d{2}) ?(\d{3})\b[\s,–-]*+([^\d,;\n]++)")


def person_of(text: str) -> Mapping[str, str | bool]:
    """The civility, the first name and the name of a person. Raises Refused.

    A name in capitals is the name, whichever comes first; else the first word is the first name,
    and what follows a particle is of the name.
    """
    words = [w for w in _AGE.sub("", text).replace("\u00a0", " ").split() if w.strip(",;.")]
    found: dict[str, str | bool] = {}
    civility = _CIVILITIES.get(words[0].strip(".,").lower()) if words else None
    if civility:
        found["civilite"] = civility
        words = words[1:]
    before, _, after = " ".join(words).partition(",")
    if len(before.split()) > 1 and after.strip(" ,;."):
        raise Refused(f"« {short(text)} » dit plus qu’un nom : « {short(after.strip())} »")
    words = [word.strip(",;") for word in words]
    if len(words) < 2:
        raise Refused(f"« {short(text)} » n’a pas à la fois un prénom et un nom")
    if len(words) > _MOST or not all(map(_NAME.fullmatch, words)):
        raise Refused(f"« {short(text)} » n’est pas un nom de personne")
    first, last = _parted(words)
    return {**found, "prenom": first, "nom": last}


def _parted(words: list[str]) -> tuple[str, str]:
    capitals = [w for w in words if len(w) > 1 and w.isupper()]
    others = [w for w in words if w not in capitals]
    if capitals and others:
        named = [w.capitalize() if "-" not in w else w.title() for w in capitals]
        return " ".join(others), " ".join(named)
    if len(words) == 2 or words[1].lower() in _PARTICLES:
        return words[0], " ".join(words[1:])
    raise Refused(
        f"« {short(' '.join(words))} » : on ne sait où finit le prénom, écrivez le nom en capitales"
    )


def address_of(text: str) -> Mapping[str, str | bool]:
    """The street, the postal code and the town of an address. Raises Refused."""
    line = ", ".join(part.strip(" ,") for part in text.splitlines() if part.strip(" ,"))
    town = max(_TOWN.finditer(line), key=re.Match.start, default=None)
    commune = re.split(r"\bcedex\b", town[3], flags=re.I)[0].strip(" .,") if town else ""
    if town is None or not commune:
        raise Refused(f"« {short(line)} » n’a pas de code postal suivi d’une commune")
    street = line[: town.start()].strip(" ,;–-")
    if not street:
        raise Refused(f"« {short(line)} » n’a ni numéro ni nom de voie")
    parts = [part.strip() for part in street.split(",") if part.strip()]
    numbered = [part for part in parts if part[:1].isdigit()]
    way = numbered[0] if numbered else parts[0]
    rest = ", ".join(part for part in parts if part != way)
    found: dict[str, str | bool] = {
        "voie": way, "code_postal": town[1] + town[2], "commune": commune,
    }  # fmt: skip
    return {**found, "complement": rest} if rest else found
