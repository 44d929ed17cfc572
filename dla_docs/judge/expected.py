"""What the dossier says that a received document must agree with: names, dates, order, logos."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from dla_docs.charter.charter import Charter
from dla_docs.check.copied import recalled
from dla_docs.check.facts import Facts, full_name
from dla_docs.disk.reading import Unreadable
from dla_docs.documents.documents import Document
from dla_docs.documents.logos import logo_content, owed_logos
from dla_docs.engines.images import ImageFault
from dla_docs.model.days import day_of
from dla_docs.model.paths import at
from dla_docs.model.words import folded

_ARTICLE = re.compile(r"^(?:le |la |les |l')")
_SIDE = re.compile(r"(?:(?<!\s)\s++)?+[,(–]\s*+")


@dataclass(frozen=True)
class Owed:
    """A logo that is due: of whom, in which set (`dla`, `operateur`, `financeurs`), its bytes."""

    owner: str
    group: str
    content: bytes


@dataclass(frozen=True)
class Expected:
    """What is compared. `names`: the names that stand for one of a role, folded, by role.

    `people`: who may act for the prestataire, first and last name. `order` is the text of the
    cahier des charges, `asked` what a proposition recalls of it; `run` and `share`: thresholds of
    R-PRO-03, words in a row and per cent. `first` and `last`: between which it is dated.
    `families`: the fonts of the texts of logos.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    people: tuple[tuple[str, str], ...] = ()
    order: str = ""
    asked: str = ""
    run: int = 0
    share: int = 0
    first: date | None = None
    last: date | None = None
    logos: tuple[Owed, ...] = ()
    families: tuple[str, ...] = ()


def expected_of(facts: Facts, document: Document, kind: str, who: str) -> Expected:
    """What the dossier of a document says; `who` is the prestataire, by its name among ours."""
    report = kind == "rapport-final"
    opened, ended = (
        ("convention.date_debut", "")
        if report
        else ("consultation.date_envoi", "cahier-des-charges.reponse.date_limite")
    )
    return Expected(
        names=_names(facts, who),
        people=tuple(dict.fromkeys(_people(facts, who, report))),
        order=" ".join(text.value for text in facts.words("cahier-des-charges")),
        asked=" ".join(text.value for text in facts.words("cahier-des-charges", *recalled(facts))),
        run=facts.parameter("copie_mots_suivis"),
        share=facts.parameter("copie_pourcentage"),
        first=day_of(facts.value(opened)),
        last=day_of(facts.value(ended)) if ended else None,
        logos=tuple(_logos(facts, document)),
        families=Charter(facts.corpus.workspace).families,
    )


def _names(facts: Facts, who: str) -> dict[str, tuple[str, ...]]:
    working = facts.value("dossier.operateurs", ())
    every = at(facts.corpus.territory.data, ("operateurs",)) or ()
    operators = [one for one in every if one.get("id") in working]
    told = facts.value("ingenierie.structures") or facts.value("dossier.structures", ())
    structures = [facts.record("structures", name) for name in told]
    prestataire = facts.record("prestataires", who)
    said = {
        "operateur": [one.get("nom") for one in operators],
        "dla": [one.get("nom_dla") for one in operators],
        "structure": [one.get(key) for one in structures for key in ("denomination", "sigle")],
        "prestataire": [prestataire.get("raison_sociale")],
    }
    return {role: tuple(_forms(names)) for role, names in said.items()}


def _forms(names: list[Any]) -> Iterator[str]:
    """The names, folded, without their article, and without what follows a comma."""
    for name in names:
        if name:
            words = _ARTICLE.sub("", folded(str(name)))
            yield words
            short = _SIDE.split(words)[0]
            if short != words and len(short) > len("dla"):
                yield short


def _people(facts: Facts, who: str, report: bool) -> Iterator[tuple[str, str]]:
    """Who works for the prestataire: for a report, those that the convention names."""
    prestataire = facts.record("prestataires", who)
    named = list(facts.value("convention.intervenants", ())) if report else []
    held = named or [
        *(at(prestataire, ("intervenants",)) or ()),
        at(prestataire, ("representant",)),
    ]
    for person in held:
        if isinstance(person, dict) and person.get("nom"):
            yield str(person.get("prenom") or ""), str(person["nom"])


def _logos(facts: Facts, document: Document) -> Iterator[Owed]:
    """The logos that are due, those whose file can be read."""
    for logo in owed_logos(document, facts.corpus, facts.day):
        try:
            content = logo_content(logo, facts.corpus)
        except (ImageFault, Unreadable):
            continue
        yield Owed(logo.owner, logo.ensemble, content)


def whole(person: tuple[str, str]) -> str:
    """A person, first name and last name."""
    return full_name({"prenom": person[0], "nom": person[1]})
