"""The Jinja environment of templates: every door a template goes through, each with its guard.

Reading a name, calling, computing, filtering, testing, going through a list, joining texts: there
is no other way to reach a value, and each knows only the types and the names of `allowed.py`.
Syntax is looked at before it is compiled, so that what is not allowed is told at its line.
"""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from inspect import signature
from math import isfinite
from typing import Any, NoReturn

import jinja2
import jinja2.sandbox
from jinja2 import nodes, pass_context
from jinja2 import tests as builtin_tests
from jinja2.filters import FILTERS as BUILTIN
from jinja2.filters import make_attrgetter
from jinja2.utils import Namespace

from dla_docs.context.views import Function, TemplateFault
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.tree import allowed, operations
from dla_docs.tree.adapted import (
    first,
    grouped,
    joined,
    keyed,
    last,
    made_dict,
    made_integer,
    made_range,
    refuse,
    refuse_list,
    rounded,
)
from dla_docs.tree.allowed import (
    CALL,
    CALLED,
    FIELDS,
    ITEMS,
    LISTS,
    METHODS,
    NUMBERS,
    PRINTED,
    READ_BY_NAME,
    STEP,
    TEXTS,
    noun,
)
from dla_docs.tree.counted import COMPARED, CUT, GONE_THROUGH, JOINED, KEY, WORKED, count_all
from dla_docs.tree.filters import FILTERS, fits_number, sorted_by

NONE: frozenset[str] = frozenset()
COMPARING = frozenset("sort unique groupby min max dictsort".split())
READING = frozenset("map join sum selectattr rejectattr".split())
"""Filters that may be given the name of a field, read of each element."""
TELLING = frozenset(
    "boolean defined false float integer iterable lower mapping none number sameas sequence string "
    "true undefined upper".split()
)
"""Tests that look at the type of a value, or at a text already made."""
MOST_FIELD = 100
"""Signs of the name of a field, at most: what leads to one has three or four."""


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
            "dict": Function(made_dict),
            "namespace": Function(Namespace),
            "range": Function(made_range),
        }
        self.filters = {name: self._filter(name) for name in allowed.FILTERS}
        self.filters |= {JOINED: self._joined, GONE_THROUGH: _at_each(self._gone_through)}
        self.filters |= {COMPARED: _at_each(self._compared), CUT: _at_each(self._cut)}
        self.filters |= {KEY: _at_each(keyed), WORKED: _at_each(self.allowance.spend)}
        self.tests = {name: self._test(name) for name in allowed.TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: a field or a method of its type, else the item of that name."""
        kind = type(obj)
        if kind in READ_BY_NAME:
            return obj[attribute]
        if attribute in FIELDS.get(kind, NONE):
            return getattr(obj, attribute)
        if attribute in METHODS.get(kind, NONE):
            return Function(partial(self._method, obj, attribute))
        if kind in ITEMS:
            return self._item(obj, attribute)
        if kind in allowed.OTHERS and not str(attribute).startswith("_"):
            return self._named(obj, attribute)
        return self._absent(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`: an item, else what `obj.argument` reads."""
        kind = type(obj)
        if kind in READ_BY_NAME:
            return obj[argument]
        if kind is dict:
            operations.fits_key(argument)
            if argument in obj:
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
        own = {"sort": partial(sorted_by, self.getitem), "join": joined, "groupby": grouped}
        own |= {"replace": operations.replaced, "int": made_integer, "round": rounded}
        own |= {"first": first, "last": last}
        function: Any = {**BUILTIN, **FILTERS, **own}[name]
        ours = signature(function) if name in FILTERS else None
        # Jinja gives some filters its own context before the value.
        rank = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refuse(name, args[rank], (*args[rank + 1 :], *kwargs.values()))
            size = len(args[rank]) if type(args[rank]) in LISTS | TEXTS else 1
            self.allowance.spend(size)
            if name in COMPARING:
                given = (*args[rank + 1 :], *kwargs.values())
                self._weigh_rows(args[rank], size, given, name == "unique")
            elif name in READING:
                lengths = (len(o) for o in (*args, *kwargs.values()) if type(o) is str)
                self.allowance.spend(size * sum(lengths))
            if ours:
                # Called as it is made to be, what it raises else is a fault of ours.
                operations.tried(name, ours.bind, *args, **kwargs)
                return self.allowance.keep(function(*args, **kwargs))
            return operations.tried(name, lambda: self.allowance.keep(function(*args, **kwargs)))

        return guarded

    def _weigh_rows(self, rows: Any, size: int, others: tuple[Any, ...], unique: bool) -> None:
        """Count what comparing the elements of a list may go through.

        Each is compared to some others, as many as its length has bits, field by field.
        """
        listed = list(rows) if type(rows) in LISTS | TEXTS else []
        for other in others:
            if type(other) is str and len(other) > MOST_FIELD:
                raise TemplateFault("un champ a un nom plus court")
            if type(other) is str and other:
                read = operations.tried(other, make_attrgetter, self, other)
                listed = [operations.tried(other, read, row) for row in listed]
        for one in (*listed, *(rows.values() if type(rows) is dict else ())):
            fits_number(one)
            if unique:
                operations.fits_key(one)
            self.allowance.weigh(one)
        self.allowance.spend(size * size.bit_length())

    def _joined(self, values: list[Any]) -> Any:
        return self.allowance.keep(operations.joined(values))

    def _gone_through(self, values: Any, size: int = 0) -> Any:
        """The list of a loop, each of its steps counted beforehand."""
        if type(values) not in LISTS | TEXTS:
            refuse_list("for", values)
        self.allowance.spend(max(STEP, size) * len(values))
        return values

    def _compared(self, values: list[Any], signs: tuple[str, ...]) -> Any:
        self.allowance.weigh(*values)
        return operations.compared(values, signs)

    def _cut(self, value: Any, *bounds: Any) -> Any:
        return self.allowance.keep(operations.cut(value, *bounds))

    def _method(self, obj: Any, name: str, *given: Any, **named: Any) -> Any:
        """What a method of a value gives, counted as what it goes through."""
        if isinstance(obj, str):
            self.allowance.weigh(obj, *given, *named.values())
            return operations.tried(name, operations.method_of_text, obj, name, *given, **named)
        self.allowance.weigh(*given, *((obj,) if name in {"count", "index"} else ()))
        if name == "update":
            given = tuple(map(made_dict, given))
        elif name == "get":
            operations.fits_key(given[0] if given else None)
        return operations.tried(name, getattr(obj, name), *given, **named)

    def _test(self, name: str) -> Callable[..., Any]:
        function: Any = builtin_tests.TESTS[name]
        takes = dict.fromkeys(("even", "odd", "divisibleby"), NUMBERS)
        takes |= dict.fromkeys(("lower", "upper"), PRINTED)

        @wraps(function)
        def guarded(*args: Any) -> Any:
            for value in args if name in takes else ():
                if type(value) not in takes[name]:
                    raise TemplateFault(f"« is {name} » ne s’emploie pas sur {noun(value)}")
            self.allowance.spend(1)
            if name not in TELLING:
                self.allowance.weigh(*args)
            return operations.tried(f"is {name}", function, *args)

        return guarded

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
    """Have all that a template does counted.

    Raises Forbidden for a filter, a test or a statement that it may not have.
    """
    kinds = (nodes.Const, nodes.Filter, nodes.Test, nodes.ScopedEvalContextModifier)
    for node in template.find_all(kinds):
        if fault := _forbidden(node):
            raise Forbidden(fault, node.lineno, name, filename)
    count_all(template)


def _forbidden(node: nodes.Node) -> str:
    if isinstance(node, nodes.ScopedEvalContextModifier):
        return "« {% autoescape %} » n’existe pas"
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        return "" if isfinite(node.value) else "un nombre y est démesuré"
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


def _at_each(function: Callable[..., Any]) -> Callable[..., Any]:
    # What takes the context is never run beforehand: a constant list counts at each passage.
    @pass_context
    def counted(_: Any, *given: Any) -> Any:
        return function(*given)

    return counted
