"""What templates call: how a value becomes Markdown that shows it as it is, and the filters.

Each refuses by TemplateFault what it is not made for: any other exception raised here is a bug of
ours, and is told as such (see `template.py`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from math import isfinite
from typing import Any

from markupsafe import Markup

from dla_docs.context.context import Context
from dla_docs.context.tallied import Row
from dla_docs.context.views import Bundle, Function, TemplateFault, View
from dla_docs.documents.types import DocumentType
from dla_docs.model.values import Euros, Missing, Riche, count, printed, round_euros
from dla_docs.model.words import clashing, enumeration

# ASCII punctuation, all of which Markdown lets one escape: no list of dangerous signs to keep.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_NEWLINE = re.compile(r"(?<!\s)\s*\n\s*")


MOST_BITS = 1_000
"""Size of a whole number: three hundred digits, far beyond any amount."""


def fits_number(value: Any) -> None:
    """Raise TemplateFault for a number that is none, or whose figures alone would fill a page."""
    size = value.bit_length() if isinstance(value, int) else 0
    wide = isinstance(value, float) and not isfinite(value)
    if isinstance(value, Decimal):
        # 300 figures, as MOST_BITS: a decimal may hold a million noughts in a few signs.
        wide = not value.is_finite() or (bool(value) and abs(value.adjusted()) > 300)
    if wide or size > MOST_BITS:
        raise TemplateFault("ce gabarit calcule un nombre démesuré")


class Printer:
    """Turns each printed value into Markdown that shows it as it is.

    `riches` collects the Markdown texts met in the document being filled; `cents`: whether it is
    one where people pay, whose every amount has its cents.
    """

    def __init__(self) -> None:
        self.riches: list[Riche] = []
        self.cents = True

    def __call__(self, value: Any) -> Markup:
        """Markdown for one value, as `{{ value }}` writes it. Raises TemplateFault."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Missing):
            return _mark(value)
        if isinstance(value, Riche):
            self.riches.append(value)
            return Markup(f"[]{{.riche n={len(self.riches) - 1}}}")
        if isinstance(value, Euros) and not self.cents:
            fits_number(value)
            return Markup(escape(round_euros(value)))
        return Markup(escape(_shown(value)))


def _mark(value: Missing) -> Markup:
    return Markup(f"[{escape(f'à compléter : {value!s}')}]{{.a-completer}}")


def escape(text: str) -> str:
    """A plain text as Markdown that prints it: punctuation escaped, a mark for a line break."""
    escaped = _PUNCTUATION.sub(r"\\\1", text.strip())
    return _NEWLINE.sub("[]{.saut}", escaped).replace("\t", " ")


@dataclass(frozen=True)
class Heading:
    """An owed section as templates read it: its name, its printed title and its guidance."""

    id: str
    titre: str
    consigne: str
    source: str
    regle: str


@dataclass(frozen=True)
class Model:
    """A type of document as the others speak of it: what it is called, what it must hold."""

    identifiant: str
    titre: str
    formats: tuple[str, ...]
    sections: tuple[Heading, ...]
    mentions: tuple[str, ...]


def headings(kind: DocumentType) -> tuple[Heading, ...]:
    """The sections that a document owes, in order."""
    return tuple(Heading(s.id, s.titre, s.consigne, s.source, s.regle) for s in kind.sections)


def section_function(context: Context) -> Function:
    """The function `section('rappel')` of templates: the heading that the manifest declares.

    A second argument is said instead: the message of a slide, where the section is told by it.
    `niveau`: 2 where the section stands under a part that the template names.
    """
    sections = {section.id: section for section in context.document.type.sections}

    def section(name: str, message: str = "", niveau: int = 1) -> Markup:
        if _text(name, "section") not in sections:
            raise TemplateFault(f"la section « {name} » n’est pas déclarée dans document.yaml")
        if niveau not in (1, 2, 3):
            raise TemplateFault("une section est un titre de niveau 1, 2 ou 3")
        said = _text(message, "section") or sections[name].titre
        words = said if isinstance(message, Markup) else escape(said)
        return Markup(f"{'#' * niveau} {words} {{#{name}}}")

    return Function(section)


def model_function(context: Context) -> Function:
    """The function `modele('rapport-final')` of templates: what another type of document owes."""

    def model(name: str) -> Model:
        if (kind := context.types.get(_text(name, "modele"))) is None:
            raise TemplateFault(f"« {name} » n’est pas un type de document")
        mentions = tuple(mention.texte for mention in kind.mentions)
        return Model(kind.identifiant, kind.titre, kind.formats, headings(kind), mentions)

    return Function(model)


def _shown(value: Any) -> str:
    """A scalar as it prints. Raises TemplateFault for what does not print."""
    if value is None:
        raise TemplateFault("une donnée facultative est imprimée sans être testée")
    if isinstance(value, View | Bundle | Row):
        raise TemplateFault("un ensemble de champs ne s’imprime pas : nommez le champ voulu")
    fits_number(value)
    try:
        return printed(value)
    except TypeError as error:
        kind = "un nombre issu d’un calcul" if isinstance(value, float) else "cette valeur"
        hint = " : arrondissez-le, par « | round | int » ou « | euros »"
        told = hint if isinstance(value, float) else ""
        raise TemplateFault(f"{kind} ne s’imprime pas{told}") from error


def _number(value: Any, filter: str) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TemplateFault(f"« {filter} » n’a pas reçu un nombre")
    fits_number(value)
    return value


def _text(value: Any, filter: str) -> str:
    # Anything else would print as the program writes it, with its place in the memory.
    if not isinstance(value, str):
        raise TemplateFault(f"« {filter} » n’a pas reçu un texte")
    return str(value)


def _listed(values: Any, filter: str) -> Iterator[Any]:
    # A mark to fill in is a text that stands for a list too; any other text has only letters.
    text = isinstance(values, str) and not isinstance(values, Missing)
    if text or isinstance(values, View | Bundle | Row) or not isinstance(values, Iterable):
        raise TemplateFault(f"« {filter} » n’a pas reçu une liste")
    return iter(values)


def _count(quantity: Any, one: str, many: str = "") -> Any:
    """`2 jours`; in a draft, the mark of a number to come."""
    if isinstance(quantity, Missing):
        return quantity
    one, many = _text(one, "compte"), _text(many, "compte")
    return Markup(escape(count(_number(quantity, "compte"), one, many)))


def _euros(value: Any) -> Any:
    """A number as an amount; in a draft, the mark of one to come."""
    if isinstance(value, Missing):
        return value
    fits_number(value)
    return Euros(value if isinstance(value, float) else _number(value, "euros"))


def _total(rows: Any, field: str) -> Decimal:
    """The sum of one field over some views."""
    total = Decimal(0)
    for row in _listed(rows, "sum"):
        if not isinstance(row, View | Row | Missing):
            raise TemplateFault("« sum » additionne un champ d’une liste d’éléments")
        term = row[_text(field, "sum")]
        total += 0 if isinstance(term, Missing) else _number(term, "sum")
    return total


def sorted_by(
    read: Callable[[Any, Any], Any],
    values: Any,
    reverse: bool = False,
    case_sensitive: bool = False,
    attribute: Any = "",
) -> list[Any]:
    """Values in order, by a field if one is named; those that lack it last, where Jinja stops.

    `read` gives the field of an element, and refuses those that it may not give.
    """

    def key(row: Any) -> Any:
        for step in steps:
            row = read(row, step)
        plain = isinstance(row, Missing) or case_sensitive or not isinstance(row, str)
        return row if plain else row.casefold()

    steps = _steps(attribute)
    rows = list(_listed(values, "sort"))
    there = [row for row in rows if key(row) is not None]
    try:
        ordered = sorted(there, key=key, reverse=bool(reverse))
    except TypeError:
        raise TemplateFault("« sort » a reçu des valeurs qui ne se rangent pas ensemble") from None
    return [*ordered, *(row for row in rows if key(row) is None)]


def _steps(attribute: Any) -> list[str | int]:
    """What leads from an element to the field it is sorted by, as `jours` or `lieu.nom`."""
    if attribute in ("", None):
        return []
    if type(attribute) is int:
        return [attribute]
    words = _text(attribute, "sort").split(".")
    # Past a hundred signs it names nothing, and past 4,300 figures Python reads no number.
    if len(attribute) > 100:
        raise TemplateFault("« sort » n’a pas reçu le nom d’un champ")
    return [int(word) if word.isdecimal() else word for word in words]


def _field(row: Any, name: Any) -> Any:
    if isinstance(row, View | Row | Missing | Mapping):
        return row[name]
    raise TemplateFault(f"« sort » ne connaît pas le champ « {name} »")


def _joined(values: Any, last: str = "et") -> Markup:
    """`a, b et c`, each value printed and escaped; `a et b ; c` where one holds such a word."""
    last = _text(last, "enumere")
    shown = [_shown(value) for value in _listed(values, "enumere")]
    words = [escape(one) for one in shown]
    if len(words) > 1 and clashing(shown, last):
        return Markup(" ; ".join(words))
    return Markup(enumeration(words, last))


def _sentence(value: Any) -> str:
    """A printed value with its first letter in capital."""
    if isinstance(value, Missing):
        return value
    text = _shown(value)
    capital = text[:1].upper() + text[1:]
    return Markup(capital) if isinstance(value, Markup) else capital


def _within(value: Any) -> str:
    """A printed value as it stands inside a sentence: no capital, but that of an acronym."""
    if isinstance(value, Missing):
        return value
    text = _shown(value)
    # Letters only: « À la fin » has one letter, « L’ESS » an apostrophe; « DLA » two capitals.
    small = text if text[:2].isalpha() and text[:2].isupper() else text[:1].lower() + text[1:]
    return Markup(small) if isinstance(value, Markup) else small


def _to(value: Any) -> str:
    """« à Gap », « au Poët », « aux Mées »: the article that a name begins with joins its « à »."""
    if isinstance(value, Missing):
        return Markup("à ") + _mark(value)
    name = _text(value, "au")
    for article, joined in (("Les ", "aux "), ("Le ", "au ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"à {name}"


def _question(value: Any) -> tuple[Any, Any]:
    """What leads to the question of a text, and the question: its last words in bold, or all of it.

    Nothing for the part that it lacks.
    """
    if isinstance(value, Missing):
        return "", value
    words = _text(value, "question").strip()
    folder = value.folder if isinstance(value, Riche) else ""
    before, opened, asked = words.removesuffix("**").rpartition("**")
    # A text that ends on its question, in bold.
    if opened and words.endswith("?**") and "*" not in asked:
        return Riche(before.strip(), folder), Riche(asked.strip(), folder)
    alone = words.endswith("?") and "\n\n" not in words
    return ("", value) if alone else (value, "")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "au": _to,
    "compte": _count,
    "ou": lambda value, other: other if value is None else value,
    "enumere": _joined,
    "euros": _euros,
    "minuscule": _within,
    "phrase": _sentence,
    "question": _question,
    "sort": partial(sorted_by, _field),
    "sum": _total,
}
"""The filters of ours, by the name that templates call; `sort` and `sum` replace Jinja's own."""
