"""Who is written to, at a structure or a prestataire, and at which address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dla_docs.check.representation import in_charge, in_office
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES

NAMED = {"structures": "denomination", "prestataires": "raison_sociale"}
"""How the record of each shelf says its name."""


@dataclass(frozen=True)
class Addressee:
    """Whom a message goes to: an organisation, a person there and its address; empty if unknown.

    Its fields are those that templates read. `structure`: it is one, and not a prestataire.
    """

    organisme: str
    email: str = ""
    civilite: str = ""
    prenom: str = ""
    nom: str = ""
    fonction: str = ""
    structure: bool = False

    @property
    def name(self) -> str:
        """The person, else the organisation: what a mail box shows."""
        return f"{self.prenom} {self.nom}".strip() or self.organisme


def addressee(corpus: Corpus, shelf: str, name: str, day: date) -> Addressee:
    """Who is written to at a structure or a prestataire, on a day.

    Of a structure, its contact, else the first in office who has an address; of a prestataire, who
    represents it, at its own address or at that of the prestataire.
    """
    source = corpus.record(shelf, name)
    record: Mapping[str, Any] = source.data if source and isinstance(source.data, dict) else {}
    people = [*(_of_structure if shelf == "structures" else _of_maker)(record, day.isoformat())]
    reached = next((one for one in people if one.get("email")), None)
    who = reached or next(iter(people), {})
    words = {key: str(who.get(key) or "") for key in ("civilite", "prenom", "nom", "fonction")}
    email = str(who.get("email") or record.get("email") or "")
    known = str(record.get(NAMED[shelf], name))
    return Addressee(known, email, **words, structure=shelf == "structures")


def file_of(shelf: str, name: str) -> str:
    """The file that holds the address of an addressee, from the root of the workspace."""
    assert shelf in SHELVES, "a folder of records"
    return f"dossiers/{shelf}/{name}.yaml"


def _of_structure(record: Mapping[str, Any], day: str) -> Iterator[Mapping[str, Any]]:
    if contact := record.get("contact"):
        yield contact
    yield from (one for one in record.get("dirigeants") or () if in_office(one, day))


def _of_maker(record: Mapping[str, Any], day: str) -> Iterator[Mapping[str, Any]]:
    former = record.get("anciens_representants") or ()
    if who := in_charge(former, record.get("representant"), day):
        yield who
