"""Personal data: what holds a person says why, once, and the register prints it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dla_docs.context.personal import PURPOSE, personal_data
from dla_docs.context.views import DEFAULT_AUDIENCE
from dla_docs.flow import Examined
from dla_docs.model.schemas import Schema

GOLDEN = Path(__file__).parents[1] / "golden" / "territoire"

FORMS = frozenset({"email", "telephone", "iban"})
NAMES = frozenset(
    {"prenom", "signataire", "decideur", "repondant", "nom_citation", "verbatims", "validee_par"}
)
"""What only a person has: the fields of the fragment `personne`, who signs, decides or answers."""
TOLD = re.compile("Prénom, nom|Qui (parle|a répondu|a accept|l’a accept)|Personnes? (qui|présente)")
"""How the description of a text that holds somebody's name begins."""


def undeclared(schema: Schema, path: str, declared: bool) -> Iterator[str]:
    """The fields that are about a person and say nowhere why they are kept."""
    declared = declared or PURPOSE in schema
    for key, field in schema.get("properties", {}).items():
        told = declared or PURPOSE in field
        named = key in NAMES or TOLD.match(str(field.get("description", "")))
        if not told and (named or field.get("format") in FORMS):
            yield f"{path}.{key}"
        yield from undeclared(field, f"{path}.{key}", declared)
    if isinstance(items := schema.get("items"), Mapping):
        yield from undeclared(items, path, declared)


def test_what_is_about_a_person_says_why_it_is_kept(examen: Examined) -> None:
    kinds = examen.corpus.kinds.values()
    assert [f for kind in kinds for f in undeclared(kind.schema, kind.name, False)] == []


def test_a_field_that_says_nothing_is_seen() -> None:
    person: dict[str, Any] = {"properties": {"prenom": {}, "email": {"format": "email"}}}
    assert list(undeclared(person, "essai", False)) == ["essai.prenom", "essai.email"]
    assert list(undeclared({**person, PURPOSE: "Joindre."}, "essai", False)) == []


def test_a_text_that_names_somebody_is_seen() -> None:
    text: dict[str, Any] = {"properties": {"par": {"description": "Prénom, nom et fonction."}}}
    assert list(undeclared(text, "essai", False)) == ["essai.par"]


def test_the_words_of_a_survey_stay_with_the_dla(examen: Examined) -> None:
    held = personal_data(examen.corpus.kinds, DEFAULT_AUDIENCE)
    words = [one for one in held if one.fichier == "Évaluation"]
    assert {"Verbatims", "Qui a répondu", "Nom cité"} <= {w.donnee.split(" – ")[-1] for w in words}
    assert {one.lecteurs for one in words} == {("operateur",)}


def test_the_register_tells_what_is_kept_why_and_who_reads_it(examen: Examined) -> None:
    held = {h.fichier: h for h in personal_data(examen.corpus.kinds, DEFAULT_AUDIENCE)}
    account = held["Structure"]
    assert account.donnee == "Équipe dirigeante"
    assert {"Prénom", "Nom", "Téléphone"} <= set(account.contient)
    assert account.pourquoi == "Joindre la structure et savoir qui peut l’engager."
    assert "operateur" in account.lecteurs and "public" not in account.lecteurs


def test_a_purpose_of_the_register_is_told_once_in_a_sentence() -> None:
    lines = (GOLDEN / "registre-confidentialite.md").read_text("utf-8").splitlines()
    told = [line for line in lines if line.startswith("  - ") and ", pour " in line]
    assert len(told) > 10
    for line in told:
        purposes = re.split(r", et pour |, | et ", line.partition(", pour ")[2].rstrip("."))
        assert " ; " not in line
        assert len(set(purposes)) == len(purposes)
