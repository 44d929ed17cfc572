"""How a function says which rule it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType

from dla_docs.check.facts import Control

_MARK = "rule_code"


def rule(code: str) -> Callable[[Control], Control]:
    """Say that a function applies a rule: what its record cannot say, or only in part."""

    def marked(function: Control) -> Control:
        setattr(function, _MARK, code)
        return function

    return marked


def collect(modules: Iterable[ModuleType]) -> Mapping[str, tuple[Control, ...]]:
    """The functions of some modules by the code of their rule."""
    controls: dict[str, tuple[Control, ...]] = {}
    for code, function in _marked(modules):
        controls[code] = (*controls.get(code, ()), function)
    return controls


def _marked(modules: Iterable[ModuleType]) -> Iterator[tuple[str, Control]]:
    for module in modules:
        for item in vars(module).values():
            # A function imported from another module is that one's.
            if hasattr(item, _MARK) and item.__module__ == module.__name__:
                yield getattr(item, _MARK), item
