"""Filters and functions of Jinja, kept to what they are made for: the rest is refused in French."""

from typing import Any, NoReturn

import jinja2
from jinja2.filters import FILTERS as BUILTIN
from jinja2.filters import make_attrgetter, sync_do_groupby

from dla_docs.context.views import TemplateFault, View
from dla_docs.tree import operations
from dla_docs.tree.allowed import LISTS, NUMBERS, TEXTS, noun
from dla_docs.tree.filters import fits_number


def keyed(value: Any) -> Any:
    """What may be before « : » in a dict. Raises TemplateFault for what may not."""
    operations.fits_key(value)
    return value


def made_dict(*given: Any, **named: Any) -> dict[Any, Any]:
    """A dict, of another or of names. Raises TemplateFault."""
    if len(given) > 1 or not all(type(one) is dict for one in given):
        raise TemplateFault("« dict » attend « {…: …} » ou des noms")
    return dict(*given, **named)


def made_range(*bounds: int) -> range:
    """The numbers of a loop. Raises TemplateFault for too many."""
    if not all(type(bound) is int for bound in bounds) or not 1 <= len(bounds) <= 3:
        raise TemplateFault("« range » attend un à trois nombres entiers")
    for bound in bounds:
        fits_number(bound)
    made = range(*bounds)
    # A length past what a machine counts has no `len`.
    operations.fits_list(0 if not made else abs(made[-1] - made[0]) // abs(made.step) + 1)
    return made


OF_TEXT = frozenset("capitalize lower string title trim truncate upper wordcount replace".split())
OF_NUMBER = frozenset({"abs", "round"})
OF_MAPPING = frozenset({"dictsort", "items"})
OF_ANY = frozenset("au compte d default enumere euros int minuscule ou phrase sort sum".split())
"""Those of ours refuse by themselves."""
CUTTING = frozenset("batch slice truncate".split())
"""Filters to which a wide number would have a wide list or text made."""


def refuse(name: str, value: Any, others: tuple[Any, ...]) -> None:
    """Raise TemplateFault for what a filter is not made for."""
    kind = type(value)
    if name in OF_TEXT:
        operations.words((value, *others), name)
        wrong = value is None
    elif name in OF_NUMBER:
        wrong = kind not in NUMBERS
    elif name in OF_MAPPING:
        wrong = kind is not dict
    else:
        if name not in OF_ANY and kind not in LISTS | TEXTS:
            refuse_list(name, value)
        wrong = False
    if wrong:
        raise TemplateFault(f"« {name} » ne s’emploie pas sur {noun(value)}")
    if name in CUTTING:
        for other in others:
            operations.fits_list(abs(other) if type(other) is int else 0)


def refuse_list(name: str, value: Any) -> NoReturn:
    """Raise TemplateFault for what is no list."""
    if isinstance(value, View):
        # It says which fields it is.
        iter(value)
    raise TemplateFault(f"« {name} » attend une liste, et a reçu {noun(value)}")


@jinja2.pass_environment
def joined(environment: Any, values: Any, between: Any = "", attribute: Any = None) -> str:
    """The filter `join`, within the bound of a text."""
    if attribute is not None:
        values = map(make_attrgetter(environment, attribute), values)
    listed = list(values)
    texts = operations.words(listed, "join")
    (before,) = operations.words((between,), "join")
    operations.fits_text(sum(map(len, texts)) + len(before) * len(listed))
    return operations.put_together(before, texts)


@jinja2.pass_environment
def grouped(environment: Any, values: Any, attribute: Any, default: Any = None) -> list[Any]:
    """Pairs: a value, and what bears it."""
    grouped = sync_do_groupby(environment, values, attribute, default)
    return [(value, listed) for value, listed in grouped]


def first(values: Any) -> Any:
    """The filter `first`: nothing for an empty list, which `if` and `or` may ask about."""
    return next(iter(values), None)


def last(values: Any) -> Any:
    """The filter `last`, as `first`."""
    return next(reversed(values), None)


def made_integer(value: Any, default: int = 0, base: int = 10) -> int:
    """The filter `int`, within the bound of a number."""
    if isinstance(value, str):
        # 300 figures, as allowed.MOST_BITS.
        fits_number(10**1000 if len(value) > 300 else 0)
    elif type(value) not in NUMBERS:
        raise TemplateFault(f"« int » ne s’emploie pas sur {noun(value)}")
    fits_number(value)
    made: int = BUILTIN["int"](value, default, base)
    return made


def rounded(value: Any, precision: int = 0, method: str = "common") -> Any:
    """The filter `round`, to as many figures as decimals keep."""
    fits_number(value)
    # 28: the figures that decimals keep.
    if type(precision) is not int or abs(precision) > 28:
        raise TemplateFault("« round » attend un nombre de décimales")
    return BUILTIN["round"](value, precision, method)
