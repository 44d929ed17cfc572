"""Stage 5, context: what one document may read, and nothing else.

Its parts and those of what holds its scope, as views (see `views.py`); the records they name; its
item and never the siblings; the findings of its scope; what is computed from them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from dla_docs.check.rules import Rule
from dla_docs.context.completeness import completed
from dla_docs.context.computed import Computed
from dla_docs.context.declared_fields import declared
from dla_docs.context.disclosed import constats_of
from dla_docs.context.emitter import emitter_of
from dla_docs.context.evaluated import evaluated
from dla_docs.context.tallied import tallied
from dla_docs.context.verdict import Judged
from dla_docs.context.views import (
    DEFAULT_AUDIENCE,
    Function,
    Lens,
    TemplateFault,
    ingenieries_of,
    name_of,
    part_view,
    parts_of,
    wrap,
)
from dla_docs.documents.documents import DRAFT, Document
from dla_docs.documents.logos import Logo, logo_fault, operators_of, owed_logos
from dla_docs.documents.types import ITEM, DocumentType
from dla_docs.gather.gather import Gathered, gathered_in
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES
from dla_docs.model.days import day_of
from dla_docs.model.findings import Finding
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import field_at, nearest
from dla_docs.model.values import NO_BREAK, Missing
from dla_docs.model.words import enumeration

STEPS_OF_THE_WAY = {"accueil": 1, "diagnostic": 2, "parcours": 3, "coordination": 4, "suivi": 5}
"""The five steps of the démarche, by the `etape` of a type; one that is in none has none."""


@dataclass(frozen=True)
class Cover:
    """What every template may print of the document itself.

    `rang`: the place of its item in the list it is of, from 1; None without item. `numero`: its
    own, such as that of its convention; `piece` completes it with its version. `repere` stands
    for it at the foot of pages where there is none: a seance, a prestataire, a year, the day it is
    drawn up. `etape`: the rank of its step among the five of the démarche, 0 for none; `tete`: how
    its first page begins.
    """

    titre: str
    type: str
    reference: str
    date: date
    chemin: str
    rang: int | None = None
    numero: str = ""
    version: str = ""
    etape: int = 0
    tete: str = "court"
    repere: str = ""

    @property
    def piece(self) -> str:
        """What the head of its pages says: its number, and its version if that is a rank."""
        # « Version », as a title: a foot of many small words is taken for prose left out (TAG-002).
        version = f"Version {self.version}" if self.version[:1].isdigit() else ""
        return " – ".join(word for word in (self.numero, version) if word)


@dataclass(frozen=True)
class Context:
    """The names a template finds, the logos it owes, the document it makes, and every type.

    `lines`: how many lines of all dossiers it may count.
    """

    document: Document
    names: Mapping[str, Any]
    logos: tuple[Logo, ...]
    author: str
    types: Mapping[str, DocumentType] = field(default_factory=dict)
    emitter: str = ""
    lines: int = 0


def build_context(
    document: Document,
    corpus: Corpus,
    findings: tuple[Finding, ...] = (),
    rules: Mapping[str, Rule] | None = None,
    day: date | None = None,
    types: Mapping[str, DocumentType] | None = None,
    gathered: Gathered | None = None,
) -> Context:
    """Everything one document may print, and nothing that its addressees may not see.

    `day` stands for the date of a document that has none, in a draft or a blank form. What is only
    late is no part of `constats`: the same data must give the same document on any day. `gathered`:
    the tables of the workspace, for a type that reads all dossiers; those of the corpus without it.
    """
    dated = document.date or day
    assert dated is not None, "select lets no document without a date through"
    kind = document.type
    each = kind.pour_chaque
    hidden = Path(name_of(each.part), each.steps) if each and each.steps else None
    draft = document.variant == DRAFT
    lens = Lens(corpus, document.audience, document.scope, dated, hidden, draft)
    names: dict[str, Any] = dict(_parts(lens, document))
    names |= {
        "document": _cover(document, dated),
        "accord": Function(partial(_agreed, lens)),
        "prevus": Function(partial(declared, corpus)),
        # Those of `dla check`, never a second computation that could differ.
        "constats": tuple(constats_of(document, corpus, findings, rules or {})),
        "calculs": Computed(lens, document, Judged(findings, rules or {}, types or {})),
    }
    lines = 0
    if kind.rassemble:
        tables = gathered or gathered_in(corpus)
        lines = sum(map(len, tables.lines.values()))
        names |= tallied(document, lens, tables)
        names["completude"] = Function(partial(completed, document, lens, tables))
        names["evaluations"] = Function(partial(evaluated, document, lens, tables))
    # What cannot be shown is left out: its contract refuses a document, unless it is a draft or a
    # territory has accepted to go without.
    logos = tuple(o for o in owed_logos(document, corpus, dated) if not logo_fault(o, corpus))
    author, emitter = _author(document, corpus), emitter_of(document, corpus)
    return Context(document, names, logos, author, types or {}, emitter, lines)


def _cover(document: Document, dated: date) -> Cover:
    """What every template may print of a document drawn up on a day."""
    kind, last = document.type, document.item[-1] if document.item else None
    return Cover(
        kind.titre,
        kind.name,
        document.scope.reference,
        dated,
        document.folder,
        last + 1 if isinstance(last, int) else None,
        document.reference,
        document.version,
        STEPS_OF_THE_WAY.get(kind.etape, 0),
        kind.tete,
        _mark(document),
    )


def _mark(document: Document) -> str:
    """What tells a document without a number from the others of its type; "" in a blank form."""
    if meeting := document.scope.part("comite"):
        return _dated("Séance", meeting.data.get("date"))
    own = document.type.sujet.part != "territoire"
    if own and (subject := document.first(document.type.sujet)):
        # A line of a foot: what says the year, before or after its comma; two of a kind read alike.
        said = str(subject).split(", ")
        return next((part for part in said if re.search(r"\d", part)), said[0])
    return _dated("Établi le", document.date)


def _dated(words: str, day: Any) -> str:
    """Some words, then a day; nothing without a day.

    In figures, as a reference: a foot of many small words is taken for prose left out (TAG-002).
    """
    known = day if isinstance(day, date) else day_of(day)
    return f"{words}{NO_BREAK}{known:%d/%m/%Y}" if known else ""


def _agreed(lens: Lens, path: Any) -> bool:
    """`accord('rapport-final.travail')`: whether the structures agreed to show it to that audience.

    The operator and the structure see what is theirs without an agreement.
    """
    try:
        return lens.agreed(path, lens.audience - set(DEFAULT_AUDIENCE))
    except (TypeError, ValueError) as error:
        raise TemplateFault("« accord » attend le nom d’une donnée, entre guillemets") from error


def _parts(lens: Lens, document: Document) -> Iterator[tuple[str, Any]]:
    """The parts in reach, as views; the records they name become `structures`, `prestataires`."""
    yield from parts_of(lens, document.scope)
    if document.scope.level == "dossier":
        yield "ingenieries", tuple(ingenieries_of(lens))
    for kind in document.type.donnees:
        absent = document.scope.part(kind) is None
        if kind in SHELVES.values() and absent:
            records = document.records(lens.corpus, kind)
            yield f"{kind}s", tuple(part_view(lens, r, kind) for r in records)
        elif absent and lens.draft:
            yield name_of(kind), Missing(lens.corpus.kinds[kind].title)
    if document.file:
        kind = document.type.series
        yield "element", part_view(lens, document.file, kind)
        record = lens.corpus.record("prestataires", document.key)
        yield "prestataire", part_view(lens, record, "prestataire") if record else None
    elif document.item:
        yield "element", _item(lens, document)
    else:
        yield "element", None


def _item(lens: Lens, document: Document) -> Any:
    """The one item of `pour_chaque` that this document is about, never its siblings."""
    source, path = document.locate(Path(ITEM))
    assert source is not None, "an item lives in a file that is there"
    kind = path.part
    schema = lens.corpus.kinds[kind].schema
    diffusion = tuple(nearest(schema, document.item, "x-diffusion") or DEFAULT_AUDIENCE)
    data, node = at(source.data, document.item), field_at(schema, document.item)
    return wrap(lens, source, Path(name_of(path.part), path.steps).general, data, node, diffusion)


def _author(document: Document, corpus: Corpus) -> str:
    """The operator that issues the document: the first of those concerned; all, of what they did.

    A document about all dossiers is of each operator whose dossiers it counts.
    """
    ranks = operators_of(document, corpus) or (0,)
    kept = ranks if document.type.rassemble else ranks[:1]
    names = (at(corpus.territory.data, ("operateurs", rank, "nom")) for rank in kept)
    return enumeration([str(name) for name in names if name])
