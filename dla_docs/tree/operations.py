"""What templates compute, within bounds: operators, methods of texts, and what all of it costs.

A text or a list that grows too much, and a template that works without end, are faults of the
template: its author is told so before the memory of the machine is taken.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from dla_docs.context.views import TemplateFault
from dla_docs.model.values import amount
from dla_docs.tree.allowed import (
    A_LINE,
    EFFORT,
    FAILURES,
    LISTS,
    MOST_ITEMS,
    MOST_TEXT,
    NUMBERS,
    PRINTED,
    TEXTS,
    noun,
)
from dla_docs.tree.filters import MOST_BITS, escape, fits_number

OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda one, listed: one in listed,
    "notin": lambda one, listed: one not in listed,
}
WRITTEN = dict(zip(COMPARISONS, ("==", "!=", ">", ">=", "<", "<=", "in", "not in"), strict=True))


class Allowance:
    """What is left of the effort that filling one document may cost."""

    def __init__(self) -> None:
        self._left = EFFORT

    def renew(self, lines: int = 0) -> None:
        """Begin another document, which counts so many lines of all dossiers."""
        self._left = EFFORT + A_LINE * lines

    def spend(self, effort: int) -> None:
        """Count some effort. Raises TemplateFault once there is none left."""
        self._left -= effort
        if self._left < 0:
            raise TemplateFault(
                "ce gabarit fabrique trop de texte ou fait trop de tours de boucle : "
                "une boucle ou une macro s’y répète sans doute"
            )

    def weigh(self, *values: Any) -> None:
        """Count all that values hold, however deep: what comparing them may go through."""
        waiting = list(values)
        while waiting:
            value = waiting.pop()
            kind = type(value)
            if kind in TEXTS:
                self.spend(len(value))
            elif kind in LISTS:
                # One more, for an empty list in itself a million times.
                self.spend(len(value) + 1)
                waiting.extend(() if kind is range else value)
                waiting.extend(value.values() if kind is dict else ())

    def keep(self, value: Any) -> Any:
        """A value just made, counted; a list in place of what is read only once.

        Raises TemplateFault for a text or a list past its bound.
        """
        if isinstance(value, str):
            fits_text(len(value))
            self.spend(len(value))
        elif isinstance(value, Iterator):
            value = list(value)
        if type(value) in LISTS:
            fits_list(len(value))
            self.spend(len(value))
        return value


def fits_text(size: int) -> None:
    """Raise TemplateFault for a text that is too long."""
    if size > MOST_TEXT:
        raise TemplateFault(f"ce gabarit fabrique un texte de plus de {amount(MOST_TEXT)} signes")


def fits_list(size: int) -> None:
    """Raise TemplateFault for a list that is too long."""
    if size > MOST_ITEMS:
        raise TemplateFault(
            f"ce gabarit fabrique une liste de plus de {amount(MOST_ITEMS)} éléments"
        )


def fits_key(value: Any) -> None:
    """Raise TemplateFault for what is not looked for by its hash in a short and known time.

    The hash of a list goes through all that it holds, and whole numbers past 2**61 may share one.
    """
    kind = type(value)
    if kind in NUMBERS and not abs(value) < 2**60:
        raise TemplateFault("ce gabarit range des nombres démesurés")
    if kind not in PRINTED and kind in LISTS:
        raise TemplateFault("dans « {…: …} », ce qui précède « : » est un texte ou un nombre")


def computed(sign: str, left: Any, right: Any) -> Any:
    """`left sign right`. Raises TemplateFault for what does not go together or grows too much."""
    one, other = type(left), type(right)
    if one in NUMBERS and other in NUMBERS:
        return _of_numbers(sign, left, right)
    if sign == "*" and int in (one, other):
        thing, times = (right, left) if one is int else (left, right)
        if type(thing) in TEXTS | {list, tuple}:
            _fits(thing, len(thing) * max(times, 0))
            return tried(sign, operator.mul, thing, times)
    elif sign == "+" and ((one in TEXTS and other in TEXTS) or one is other in {list, tuple}):
        _fits(left, len(left) + len(right))
        if one in TEXTS:
            left, right = alike((left, right))
        return left + right
    elif sign in {"+", "-"} and one in {date, timedelta} and other in {date, timedelta}:
        return tried(sign, OPERATORS[sign], left, right)
    raise TemplateFault(f"« {sign} » ne s’emploie pas entre {noun(left)} et {noun(right)}")


def _of_numbers(sign: str, left: Any, right: Any) -> Any:
    fits_number(left)
    fits_number(right)
    if sign == "**" and isinstance(left, int) and isinstance(right, int):
        # Known before it is computed: 9**9**9 would not end.
        grown = left.bit_length() * right if abs(left) > 1 else 0
        if abs(grown) > MOST_BITS:
            raise TemplateFault("ce gabarit calcule un nombre démesuré")
    made = tried(sign, OPERATORS[sign], left, right)
    fits_number(made)
    if type(made) not in NUMBERS:
        # The root of a negative number is none that people know.
        raise TemplateFault(f"« {sign} » ne donne pas un nombre ici")
    return made


def tried(name: str, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What a function of Python or of Jinja gives. Raises TemplateFault, in French, if nothing."""
    try:
        return function(*given, **named)
    except ZeroDivisionError as error:
        raise TemplateFault("calcul impossible : rien ne se divise par zéro") from error
    except FAILURES as error:
        raise TemplateFault(f"« {name} » n’est pas possible avec ces valeurs") from error


def compared(values: Any, signs: Any) -> Any:
    """`a < b == c`, as Python compares. Raises TemplateFault for what does not compare."""
    made: Any = True
    for sign, left, right in zip(signs, values, values[1:], strict=False):
        try:
            made = COMPARISONS[sign](left, right)
        except FAILURES as error:
            told = f"entre {noun(left)} et {noun(right)}"
            raise TemplateFault(f"« {WRITTEN[sign]} » ne s’emploie pas {told}") from error
        if not made:
            break
    return made


def cut(value: Any, *bounds: Any) -> Any:
    """`value[start:stop:step]`. Raises TemplateFault for what has no pieces."""
    if type(value) not in TEXTS | {list, tuple, range}:
        raise TemplateFault(f"« […:…] » ne s’emploie pas sur {noun(value)}")
    return tried("[…:…]", value.__getitem__, slice(*bounds))


def _fits(value: Any, size: int) -> None:
    if isinstance(value, str):
        fits_text(size)
    else:
        fits_list(size)


def alike(texts: Sequence[str]) -> Sequence[str]:
    """Texts that go together: where one is Markdown, the others are written as they would print.

    Python would escape them for HTML, and the signs of Markdown in a name would work.
    """
    if not any(isinstance(text, Markup) for text in texts):
        return texts
    return [text if isinstance(text, Markup) else _as_printed(text) for text in texts]


def _as_printed(text: str) -> Markup:
    """A plain text as Markdown, with the spaces that part it from its neighbours."""
    bare = text.strip()
    before, _, after = text.partition(bare) if bare else (text, "", "")
    return Markup(before + escape(bare) + after)


def joined(values: Any) -> str:
    """Values one after the other, as `~` writes them."""
    written = [_word(value, "~") for value in values]
    fits_text(sum(map(len, written)))
    return put_together("", written)


def put_together(between: str, texts: Sequence[str]) -> str:
    """Texts with the words of the template between them, which may be Markdown."""
    if not any(isinstance(text, Markup) for text in (between, *texts)):
        return between.join(texts)
    # `str`: Markup would escape the texts for HTML once more.
    return Markup(str(between).join(alike((Markup(""), *texts))[1:]))


def _word(value: Any, name: str) -> str:
    if type(value) not in PRINTED:
        raise TemplateFault(f"« {name} » n’a pas reçu un texte, mais {noun(value)}")
    return value if isinstance(value, str) else str(value)


def words(values: Any, name: str) -> list[str]:
    """Some values as texts. Raises TemplateFault for one that does not print."""
    return [_word(value, name) for value in values]


def method_of_text(text: str, name: str, *given: Any, **named: Any) -> Any:
    """A method of a text, called with texts and numbers only: any other would print as it is made.

    Raises TemplateFault.
    """
    for value in (*given, *named.values()):
        several = value if type(value) in {list, tuple} else (value,)
        if not all(type(one) in PRINTED for one in several):
            raise TemplateFault(f"« {name} » n’a pas reçu un texte, mais {noun(value)}")
    if name == "replace":
        return replaced(text, *given, **named)
    if name == "join":
        (listed,) = given
        fits_text(sum(len(str(one)) + len(text) for one in listed))
        return put_together(text, words(listed, name))
    if name == "split":
        fits_list(1 + (text.count(given[0]) if given and given[0] else len(text)))
    return getattr(text, name)(*given, **named)


def _replaced(text: str, old: Any, new: Any, count: Any = -1) -> int:
    """The size of a text once replaced, at most."""
    times = text.count(str(old))
    return len(text) + times * len(str(new))


def replaced(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """The filter `replace`: escaped where one of them is Markdown. Raises TemplateFault."""
    one, before, after = words((text, old, new), "replace")
    fits_text(_replaced(one, before, after))
    one, before, after = alike((one, before, after))
    return one.replace(before, after, -1 if count is None else count)
