"""What a template may use: each type it may meet with what is read of it, filters, tests, bounds.

Everything else is refused: a value of another type, handed by mistake, has nothing to read, does
not print and cannot be called. `docs/guides/ecrire-un-gabarit.md` says the same; a test compares.
"""

import datetime
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from types import NoneType
from typing import Any

from jinja2 import TemplateRuntimeError, runtime
from jinja2.environment import TemplateModule
from jinja2.utils import Namespace
from markupsafe import Markup

from dla_docs.agenda.addressees import Addressee
from dla_docs.context.amendments import Change, Signatory
from dla_docs.context.completeness import (
    Asked,
    Completeness,
    Datum,
    Held,
    Holder,
    Lack,
)
from dla_docs.context.computed import Computed, Copy
from dla_docs.context.context import Cover
from dla_docs.context.disclosed import Constat
from dla_docs.context.evaluated import PastMissions, Question, Quote
from dla_docs.context.lacks import Owed
from dla_docs.context.offers import Offer
from dla_docs.context.payment import Payment
from dla_docs.context.personal import Personal
from dla_docs.context.pictured import Comparison, Mean
from dla_docs.context.points import Point
from dla_docs.context.proposition_control import PropositionControl
from dla_docs.context.ranking import Rank
from dla_docs.context.report_control import ReportControl
from dla_docs.context.surveys import Answers, Awaited, Form, Side, Theme
from dla_docs.context.tallied import Row
from dla_docs.context.verdict import Condition, State, Verdict
from dla_docs.context.views import Bundle, View
from dla_docs.documents.convened import Convened
from dla_docs.documents.kit import Kit, KitLogo, Piece
from dla_docs.documents.logos import Logo
from dla_docs.gather.figures import Figure
from dla_docs.gather.parts import Part
from dla_docs.model.values import Code, Euros, Missing, Moyenne, Pourcent, Riche
from dla_docs.tree.filters import Heading, Model

MOST_TEXT = 1_000_000
"""Characters of one text, the filled template included: three hundred pages."""
MOST_ITEMS = 100_000
"""Elements of one list, and the widest number given to a filter that cuts or repeats."""
A_LINE = 2_000
"""What each line of all dossiers adds to what a document which counts them may cost: the longest
one costs 700 for each."""
EFFORT = 10_000_000
"""What filling one document may cost: a character made or compared counts 1, a call CALL.

A loop's step counts what the loop holds, STEP at least (see `counted.py`). The longest document of
the demonstration costs 31,000.
"""
STEP, CALL = 10, 100

FAILURES: tuple[type[Exception], ...] = (
    *(TypeError, ValueError, ArithmeticError, LookupError, AttributeError, AssertionError),
    TemplateRuntimeError,
)
"""What Python and Jinja raise for values that an operation is not made for."""

TEXTS: frozenset[type] = frozenset({str, Markup, Code, Riche, Missing, State})
NUMBERS: frozenset[type] = frozenset({int, bool, float, Decimal, Euros, Moyenne, Pourcent})
PRINTED: frozenset[type] = TEXTS | NUMBERS | {datetime.date, NoneType}
"""What becomes a text by `~` and `join`; what prints alone is told by `values.printed`."""
LISTS: frozenset[type] = frozenset(
    {list, tuple, dict, range, type({}.keys()), type({}.values()), type({}.items())}
)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _declared(kind: Any) -> frozenset[str]:
    """The fields of a record of ours."""
    return frozenset(field.name for field in fields(kind))


FIELDS: Mapping[type, frozenset[str]] = {
    **{record: _declared(record) for record in (Change, Condition, Constat, Copy, Cover)},
    **{record: _declared(record) for record in (Heading, Logo, Offer, Point, Rank)},
    Part: _declared(Part) | {"numeros"},
    Figure: _declared(Figure) - {"compte"} | {"numeros"},
    **{record: _declared(record) for record in (Asked, Completeness, Datum, Held, Holder, Lack)},
    **{record: _declared(record) for record in (Answers, Awaited, Convened, Form, Side, Theme)},
    **{record: _declared(record) for record in (Comparison, Kit, KitLogo, Mean, Model, Piece)},
    **{record: _declared(record) for record in (PastMissions, Question, Quote)},
    **{record: _declared(record) for record in (Addressee, Owed, Payment, Personal, Signatory)},
    Computed: _names(
        "solde rapport controle classement comparaison offre points copie changements enquete"
        " destinataire manques reponses convoques kit convenu signataires versements"
    )
    | {"donnees_personnelles", "fiche_incomplete"},
    PropositionControl: _declared(PropositionControl)
    | _names("presents absents a_verifier facultatifs autres tardive complete verdict"),
    ReportControl: _declared(ReportControl) | _names("manques en_ordre"),
    Verdict: _declared(Verdict) | _names("absentes bon_a_payer"),
    datetime.date: _names("year month day"),
    datetime.timedelta: _names("days"),
    runtime.LoopContext: _names(
        "index index0 revindex revindex0 first last length depth depth0 previtem nextitem"
    ),
    runtime.BlockReference: _names("super"),
}
"""What is read of a value by its name; of `View` and others, see `sandbox.py`."""

_TEXT = _names(
    "startswith endswith removeprefix removesuffix strip lstrip rstrip upper lower capitalize "
    "title replace split join count find isdigit isalpha"
)
METHODS: Mapping[type, frozenset[str]] = {
    **dict.fromkeys(TEXTS, _TEXT),
    list: _names("append count index"),
    tuple: _names("count index"),
    dict: _names("get items keys values update"),
    datetime.date: _names("isoformat"),
    Figure: _names("pour par_orientation"),
    runtime.LoopContext: _names("cycle changed"),
}
"""What may be called on a value."""

READ_BY_NAME: frozenset[type] = frozenset({View, Bundle, Row})
"""What is read by its own names, and nothing else of it."""
ITEMS: frozenset[type] = LISTS | TEXTS | READ_BY_NAME
"""What `x[…]` reads, and `x.name` where no field or method bears that name."""
OTHERS: frozenset[type] = frozenset({Namespace, TemplateModule, runtime.TemplateReference})
"""What holds the names that a template gives: read as it wrote them."""
CALLED: frozenset[type] = frozenset({runtime.Macro, runtime.BlockReference, runtime.LoopContext})
"""What templates call besides the functions handed to them."""

FILTERS = _names(
    "abs au batch capitalize compte count d default dictsort enumere euros first groupby int items "
    "join last length list lower map max min minuscule ou phrase question reject rejectattr "
    "replace reverse round select selectattr slice sort string sum title trim truncate unique "
    "upper wordcount"
)
TESTS = _names(
    "boolean defined divisibleby eq equalto even false float ge greaterthan gt in integer iterable "
    "le lessthan lower lt mapping ne none number odd sameas sequence string true undefined upper "
    "== != < <= > >="
)
GLOBALS = _names("dict namespace range")

_NOUNS: Mapping[type, str] = {
    NoneType: "une donnée absente",
    bool: "un oui ou non",
    datetime.date: "une date",
    datetime.timedelta: "une durée",
    **dict.fromkeys(LISTS, "une liste"),
    **dict.fromkeys(TEXTS, "un texte"),
    **dict.fromkeys(NUMBERS - {bool}, "un nombre"),
    View: "un ensemble de champs",
    Bundle: "un ensemble de champs",
    Row: "une ligne de tableau",
}


def noun(value: Any) -> str:
    """What people call a value of that type."""
    return _NOUNS.get(type(value), "une chose qui ne se lit pas")
