"""The Jinja environment of templates: every door a template goes through, each with its guard.

Reading a name, calling, computing, filtering, testing, going through a list, joining texts: there
is no other way to reach a value, and each knows only the types and the names of `allowed.py`.
Syntax is looked at before it is compiled, so that what is not allowed is told at its line.
"""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, NoReturn

import jinja2
import jinja2.sandbox
from jinja2 import nodes, pass_context, pass_eval_context
from jinja2 import tests as builtin_tests
from jinja2.filters import FILTERS as BUILTIN
from jinja2.filters import make_attrgetter, sync_do_groupby, sync_do_join
from jinja2.utils import Namespace

from dla_docs.context.views import Bundle, Function, TemplateFault, View
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.tree import allowed, operations
from dla_docs.tree.allowed import (
    CALL,
    CALLED,
    FIELDS,
    ITEMS,
    LISTS,
    METHODS,
    NUMBERS,
    PRINTED,
    STEP,
    TEXTS,
    noun,
)
from dla_docs.tree.filters import FILTERS, sorted_by

NONE: frozenset[str] = frozenset()
JOINED, GONE_THROUGH = " ~ ", " for "
"""The filters that stand for `~` and for the list of a loop; spaces, so that no template has them.
"""


class Forbidden(jinja2.TemplateSyntaxError):
    """What a template may not write; `message` is French."""


class Unknown(jinja2.Undefined):
    """A name the template should not use: raises at once, `is defined` and `default` included."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        # Jinja's own words are English, and quote what they speak of as Python writes it.
        raise TemplateFault(f"« {name} » n’existe pas" if name else "il n’y a pas de valeur ici")


class Sandbox(jinja2.sandbox.SandboxedEnvironment):
    """Jinja, with nothing but what `allowed.py` lists; `allowance` is that of the document."""

    intercepted_binops = frozenset(operations.OPERATORS)

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=Unknown, autoescape=True, **options)
        self.allowance = operations.Allowance()
        self.globals = {
            "dict": Function(dict),
            "namespace": Function(Namespace),
            "range": Function(_range),
        }
        self.filters = {name: self._filter(name) for name in allowed.FILTERS}
        self.filters |= {JOINED: self._joined, GONE_THROUGH: self._loop_filter()}
        self.tests = {name: _test(name) for name in allowed.TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: a field or a method of its type, else the item of that name."""
        kind = type(obj)
        if kind is View or kind is Bundle:
            return obj[attribute]
        if attribute in FIELDS.get(kind, NONE):
            return getattr(obj, attribute)
        if attribute in METHODS.get(kind, NONE):
            return _method(obj, attribute)
        if kind in ITEMS:
            return self._item(obj, attribute)
        if kind in allowed.OTHERS and not str(attribute).startswith("_"):
            return self._named(obj, attribute)
        return self._absent(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`: an item, else what `obj.argument` reads."""
        kind = type(obj)
        if kind is View or kind is Bundle:
            return obj[argument]
        if kind is dict and argument in obj:
            return obj[argument]
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self._item(obj, argument) if kind in ITEMS else self._absent(obj, argument)

    def call(self, context: Any, what: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what was handed to be called, or what the template itself defines."""
        self.allowance.spend(CALL)
        if type(what) is Function:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return self.allowance.keep(what.call(*args, **kwargs))
        if type(what) not in CALLED:
            raise TemplateFault(f"{noun(what)} ne s’appelle pas avec des parenthèses")
        if type(what) is jinja2.runtime.LoopContext:
            args = tuple(map(self._gone_through, args))
        return self.allowance.keep(context.call(what, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`left operator right`, within bounds."""
        return self.allowance.keep(operations.computed(operator, left, right))

    def concat(self, pieces: Iterable[str]) -> str:
        """The text of a template, a macro or a block, within its bound."""
        kept, size = [], 0
        for piece in pieces:
            size += len(piece)
            operations.fits_text(size)
            kept.append(piece)
        self.allowance.spend(size)
        return "".join(kept)

    def _generate(
        self, source: nodes.Template, name: Any, filename: Any, defer_init: bool = False
    ) -> str:
        _guard(source, name, filename)
        try:
            return super()._generate(source, name, filename, defer_init)
        except TypeError as error:
            # Jinja makes what is constant beforehand: only a dict can fail there, by its keys.
            line = next((node.lineno for node in source.find_all(nodes.Dict)), 1)
            message = "dans « {…: …} », ce qui précède « : » est un texte ou un nombre"
            raise Forbidden(message, line, name, filename) from error

    def _filter(self, name: str) -> Callable[..., Any]:
        own = {"sort": partial(sorted_by, self.getitem), "join": _join, "groupby": _grouped}
        own |= {"replace": operations.replaced, "int": _integer, "round": _rounded}
        function: Any = {**BUILTIN, **FILTERS, **own}[name]
        # Jinja gives some filters its own context before the value.
        rank = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            _refuse(name, args[rank], (*args[rank + 1 :], *kwargs.values()))
            size = len(args[rank]) if type(args[rank]) in LISTS | TEXTS else 1
            self.allowance.spend(size)
            return self.allowance.keep(function(*args, **kwargs))

        return guarded

    def _joined(self, values: list[Any]) -> Any:
        return self.allowance.keep(operations.joined(values))

    def _loop_filter(self) -> Callable[..., Any]:
        # What takes the context is never run beforehand: a constant list counts at each passage.
        @pass_context
        def gone_through(_: Any, values: Any) -> Any:
            return self._gone_through(values)

        return gone_through

    def _gone_through(self, values: Any) -> Any:
        """The list of a loop, each of its steps counted beforehand."""
        if type(values) not in LISTS | TEXTS:
            _refuse_list("for", values)
        self.allowance.spend(STEP * len(values))
        return values

    def _item(self, obj: Any, key: Any) -> Any:
        try:
            return obj[key]
        except (TypeError, LookupError):
            return self._absent(obj, key)

    def _named(self, obj: Any, name: str) -> Any:
        try:
            known = type(obj) is jinja2.runtime.TemplateReference
            return obj[name] if known else getattr(obj, name)
        except (AttributeError, LookupError):
            return self._absent(obj, name)

    def _absent(self, obj: Any, name: Any) -> NoReturn:
        kind = type(obj)
        known = FIELDS.get(kind, NONE) | METHODS.get(kind, NONE)
        near = did_you_mean(nearest_word(str(name), known)) if isinstance(name, str) else ""
        hint = f" ({near})" if near else ""
        shown = name if isinstance(name, str | int) else noun(name)
        if kind in TEXTS | NUMBERS | LISTS:
            raise TemplateFault(f"« {shown} » n’existe pas pour {noun(obj)}{hint}")
        raise TemplateFault(f"« {shown} » n’existe pas{hint}")


def _guard(template: nodes.Template, name: str | None, filename: str | None) -> None:
    """Have the loops of a template counted and its `~` bounded.

    Raises Forbidden for a filter, a test or a statement that it may not have.
    """
    kinds = (nodes.Filter, nodes.Test, nodes.For, nodes.Concat, nodes.ScopedEvalContextModifier)
    for node in list(template.find_all(kinds)):
        if fault := _forbidden(node):
            raise Forbidden(fault, node.lineno, name, filename)
        if isinstance(node, nodes.For):
            node.iter = _filtered(node.iter, GONE_THROUGH)
        elif isinstance(node, nodes.Concat):
            node.nodes = [_filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)]


def _forbidden(node: nodes.Node) -> str:
    if isinstance(node, nodes.ScopedEvalContextModifier):
        return "« {% autoescape %} » n’existe pas"
    if not isinstance(node, nodes.Filter | nodes.Test):
        return ""
    test = isinstance(node, nodes.Test)
    names = allowed.TESTS if test else allowed.FILTERS
    if node.name in names:
        return ""
    near = did_you_mean(nearest_word(node.name, names))
    listed = ", ".join(sorted(one for one in names if one[0].isalpha()))
    what = f"le {'test' if test else 'filtre'} « {node.name} » n’existe pas"
    return f"{what}{f' ({near})' if near else ''} ; sont permis : {listed}"


def _filtered(value: Any, name: str) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)


def _method(obj: Any, name: str) -> Function:
    if isinstance(obj, str):
        return Function(partial(operations.method_of_text, obj, name))
    return Function(getattr(obj, name))


def _range(*bounds: int) -> range:
    """The numbers of a loop. Raises TemplateFault for too many."""
    if not all(type(bound) is int for bound in bounds) or not 1 <= len(bounds) <= 3:
        raise TemplateFault("« range » attend un à trois nombres entiers")
    for bound in bounds:
        operations.fits_number(bound)
    made = range(*bounds)
    # A length past what a machine counts has no `len`.
    operations.fits_list(0 if not made else abs(made[-1] - made[0]) // abs(made.step) + 1)
    return made


OF_TEXT = frozenset("capitalize lower string title trim truncate upper wordcount replace".split())
OF_NUMBER = frozenset({"abs", "round"})
OF_MAPPING = frozenset({"dictsort", "items"})
OF_ANY = frozenset("compte d default enumere euros int ou phrase sort sum".split())
"""Those of ours refuse by themselves."""
CUTTING = frozenset("batch slice truncate".split())
"""Filters to which a wide number would have a wide list or text made."""


def _refuse(name: str, value: Any, others: tuple[Any, ...]) -> None:
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
            _refuse_list(name, value)
        wrong = False
    if wrong:
        raise TemplateFault(f"« {name} » ne s’emploie pas sur {noun(value)}")
    if name in CUTTING:
        for other in others:
            operations.fits_list(abs(other) if type(other) is int else 0)


def _refuse_list(name: str, value: Any) -> NoReturn:
    if isinstance(value, View):
        # It says which fields it is.
        iter(value)
    raise TemplateFault(f"« {name} » attend une liste, et a reçu {noun(value)}")


@pass_eval_context
def _join(context: Any, values: Any, between: Any = "", attribute: Any = None) -> str:
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    listed = list(values)
    size = sum(map(len, operations.words(listed, "join")))
    (before,) = operations.words((between,), "join")
    operations.fits_text(size + len(before) * len(listed))
    return sync_do_join(context, listed, between)


@jinja2.pass_environment
def _grouped(environment: Any, values: Any, attribute: Any, default: Any = None) -> list[Any]:
    """Pairs: a value, and what bears it."""
    grouped = sync_do_groupby(environment, values, attribute, default)
    return [(value, listed) for value, listed in grouped]


def _integer(value: Any, default: int = 0, base: int = 10) -> int:
    if isinstance(value, str):
        # 300 figures, as allowed.MOST_BITS.
        operations.fits_number(10**1000 if len(value) > 300 else 0)
    elif type(value) not in NUMBERS:
        raise TemplateFault(f"« int » ne s’emploie pas sur {noun(value)}")
    operations.fits_number(value)
    made: int = BUILTIN["int"](value, default, base)
    return made


def _rounded(value: Any, precision: int = 0, method: str = "common") -> Any:
    operations.fits_number(value)
    # 28: the figures that decimals keep.
    if type(precision) is not int or abs(precision) > 28:
        raise TemplateFault("« round » attend un nombre de décimales")
    return BUILTIN["round"](value, precision, method)


def _test(name: str) -> Callable[..., Any]:
    function: Any = builtin_tests.TESTS[name]
    takes = dict.fromkeys(("even", "odd", "divisibleby"), NUMBERS)
    takes |= dict.fromkeys(("lower", "upper"), PRINTED)
    if name not in takes:
        return function  # type: ignore[no-any-return]

    @wraps(function)
    def guarded(*args: Any) -> Any:
        for value in args:
            if type(value) not in takes[name]:
                raise TemplateFault(f"« is {name} » ne s’emploie pas sur {noun(value)}")
        return function(*args)

    return guarded
