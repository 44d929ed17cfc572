"""What the dossier says that a received document must agree with: names, dates, order, logos."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
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
class Terms:
    """What was asked, or agreed: days, at least and at most; a price with taxes, at most.

    `prices`: those of the convention, without taxes and with them. `start` and `end`: between which
    the work is done. `due`: what is handed over, and when.
    """

    source: str = ""
    least_days: Decimal | None = None
    most_days: Decimal | None = None
    price: Decimal | None = None
    prices: tuple[Decimal, ...] = ()
    start: date | None = None
    end: date | None = None
    due: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Expected:
    """What is compared. `names`: the names that stand for one of a role, folded, by role.

    `each`: of a role, every one that is due, as it is called, with the names that stand for it.
    `people`: who may act for the prestataire, first and last name; `ours`: those of the DLA.
    `terms`: what the cahier des charges asks, or the convention says. `order` is the text of the
    cahier des charges, `offer` that of the proposition that was retained, which a report may
    repeat, `asked` what a proposition recalls of the order; `run` and `share`: thresholds of
    R-PRO-03, words in a row and per cent. `first` and `last`: between which it is dated.
    `families`: the fonts of the texts of logos.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    each: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    people: tuple[tuple[str, str], ...] = ()
    ours: tuple[tuple[str, str], ...] = ()
    terms: Terms = Terms()
    order: str = ""
    offer: str = ""
    asked: str = ""
    run: int = 0
    share: int = 0
    first: date | None = None
    last: date | None = None
    logos: tuple[Owed, ...] = ()
    families: tuple[str, ...] = ()

    def unnamed(self, role: str, text: str) -> tuple[str, ...]:
        """Those of a role that a folded text does not name, as they are called."""
        words = f" {spaced(text)} "
        every = self.each.get(role, ())
        return tuple(
            called
            for called, names in every
            if not any(f" {spaced(name)} " in words for name in names)
        )


def spaced(text: str) -> str:
    """A folded text as words alone: « Le Mélézin – appui » is « melezin appui » of the records."""
    return " ".join(re.findall(r"\w+", text))


def expected_of(facts: Facts, document: Document, kind: str, who: str) -> Expected:
    """What the dossier of a document says; `who` is the prestataire, by its name among ours."""
    report = kind == "rapport-final"
    opened, ended = (
        ("convention.date_debut", "")
        if report
        else ("consultation.date_envoi", "cahier-des-charges.reponse.date_limite")
    )
    each = _each(facts, who)
    return Expected(
        names={role: tuple(n for _, names in every for n in names) for role, every in each.items()},
        each=each,
        people=tuple(dict.fromkeys(_people(facts, who, report))),
        ours=tuple(_ours(facts)),
        terms=_agreed(facts) if report else _asked(facts),
        order=" ".join(text.value for text in facts.words("cahier-des-charges")),
        asked=" ".join(text.value for text in facts.words("cahier-des-charges", *recalled(facts))),
        run=facts.parameter("copie_mots_suivis"),
        share=facts.parameter("copie_pourcentage"),
        first=day_of(facts.value(opened)),
        last=day_of(facts.value(ended)) if ended else None,
        logos=tuple(_logos(facts, document)),
        families=Charter(facts.corpus.workspace).families,
    )


def _each(facts: Facts, who: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    working = facts.value("dossier.operateurs", ())
    every = at(facts.corpus.territory.data, ("operateurs",)) or ()
    operators = [one for one in every if one.get("id") in working]
    told = facts.value("ingenierie.structures") or facts.value("dossier.structures", ())
    structures = [facts.record("structures", name) for name in told]
    prestataire = facts.record("prestataires", who)
    said = {
        "operateur": [[one.get("nom")] for one in operators],
        "dla": [[one.get("nom_dla"), *_dla(one)] for one in operators],
        "structure": [[one.get("denomination"), one.get("sigle")] for one in structures],
        "prestataire": [[prestataire.get("raison_sociale")]],
    }
    return {
        role: tuple(
            (str(names[0]), tuple(dict.fromkeys(_forms(names)))) for names in every if names[0]
        )
        for role, every in said.items()
    }


def _dla(operator: Mapping[str, Any]) -> Iterator[str]:
    """How people call the DLA of an operator: by the number of its département."""
    for code in operator.get("departements") or ():
        yield from (f"DLA {code}", f"DLA du {code}")


def _ours(facts: Facts) -> Iterator[tuple[str, str]]:
    """The people of the DLA who follow the dossier."""
    every = at(facts.corpus.territory.data, ("charges_mission",)) or ()
    named = facts.value("dossier.charges_mission", ())
    for person in every:
        if person.get("id") in named and person.get("nom"):
            yield str(person.get("prenom") or ""), str(person["nom"])


def _asked(facts: Facts) -> Terms:
    """What the cahier des charges asks."""
    key = "cahier-des-charges"
    return Terms(
        source="le cahier des charges",
        least_days=_amount(facts.value(f"{key}.jours.min")),
        most_days=_amount(facts.value(f"{key}.jours.max")),
        price=_amount(facts.value(f"{key}.budget_max_ttc")),
        start=day_of(facts.value(f"{key}.calendrier.debut")),
        end=day_of(facts.value(f"{key}.calendrier.fin")),
        due=tuple(_due(facts.value(f"{key}.livrables", ()))),
    )


def _agreed(facts: Facts) -> Terms:
    """What the convention says."""
    days = _amount(facts.value("convention.jours"))
    return Terms(
        source="la convention",
        least_days=days,
        most_days=days,
        prices=tuple(_prices(facts)),
        start=day_of(facts.value("convention.date_debut")),
        end=day_of(facts.value("convention.date_fin")),
        due=tuple(_due(facts.value("convention.livrables", ()))),
    )


def _prices(facts: Facts) -> Iterator[Decimal]:
    """The price of the convention, without taxes, then with them."""
    ht, rate = (_amount(facts.value(f"convention.montant.{key}")) for key in ("ht", "taux_tva"))
    if ht is not None:
        yield ht
        if rate is not None:
            yield (ht * (1 + rate / 100)).quantize(Decimal("0.01"))


def _amount(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None


def _due(listed: Any) -> Iterator[tuple[str, date]]:
    for one in listed or ():
        when = day_of(one.get("echeance")) if isinstance(one, dict) else None
        if when is not None and one.get("libelle"):
            yield str(one["libelle"]), when


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
