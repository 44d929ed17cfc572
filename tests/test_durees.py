"""No regular expression of the package takes more than linear time: a stranger writes the texts.

Each pattern is played as the package plays it (from the start, or everywhere) on long texts made
of what it looks for. Twice the text may take twice the time, not four times.
"""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import dla_docs
from tests.scenes import ROOT

EVERYWHERE = frozenset({"search", "finditer", "findall", "sub", "split"})
ANCHORED = frozenset({"match", "fullmatch"})
SIGNS = " \t\n\u00a0aAé0.,;:!?-_@[](){}<>|`~'\"«»/\\*+#=&%€°"
PAIRS = tuple(
    "![|](|[a](|[a]|[^a|a |a.|a@|0 |0.|- |1. |> | \n|\n |<!--|</a|http://|a-|url(".split("|")
)
SMALL, LONG, MOST = 24, 1_000, 0.003
"""Signs of the first text, then of the second; seconds of processor, of which nothing asks half."""


class _Uses(ast.NodeVisitor):
    """How the names that hold patterns are called, and the patterns written where they are used."""

    def __init__(self) -> None:
        self.module = ""
        self.names: dict[str, set[str]] = {}
        self.inline: set[tuple[str, str]] = set()

    def _of(self, name: str) -> str:
        """A name of its own, where it is private to a module."""
        return f"{self.module}.{name}" if name.startswith("_") else name

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            known = called.attr in EVERYWHERE | ANCHORED
            first = node.args[0] if node.args else None
            if known and called.value.id != "re":
                self.names.setdefault(self._of(called.value.id), set()).add(called.attr)
            elif known and isinstance(first, ast.Constant) and isinstance(first.value, str):
                self.inline.add((called.attr, first.value))
        self.generic_visit(node)


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(dla_docs.__path__, "dla_docs."):
        if not module.name.endswith("__main__"):
            yield module.name


def _uses() -> _Uses:
    uses = _Uses()
    for path in (ROOT / "dla_docs").rglob("*.py"):
        uses.module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        uses.visit(ast.parse(path.read_text(encoding="utf-8")))
    return uses


def _patterns() -> dict[str, tuple[re.Pattern[Any], bool]]:
    """Every pattern, and whether it is looked for everywhere."""
    uses = _uses()
    found = {
        f"re.{how} {text}": (re.compile(text), how in EVERYWHERE)
        for how, text in sorted(uses.inline)
    }
    for name in _modules():
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern):
                # One whose use is not seen may be looked for anywhere.
                called = f"{name}.{key}" if key.startswith("_") else key
                how = uses.names.get(called, EVERYWHERE)
                found[f"{name[9:]}.{key}"] = (value, bool(how & EVERYWHERE))
    return found


def _hostile(pattern: re.Pattern[Any]) -> set[str]:
    """What a text is made of to make a pattern try again and again: its own words among others."""
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    words = [word for word in re.split(r"[^\w '’]+|\\\w", text) if len(word) > 1]
    around = {f"{word}{end}" for word in words[:6] for end in ("", " ")}
    return {*SIGNS, *PAIRS, *around}


def _seconds(pattern: re.Pattern[Any], everywhere: bool, text: str) -> float:
    played: Any = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.thread_time()
    if everywhere:
        for _ in pattern.finditer(played):
            pass
    else:
        pattern.match(played)
        pattern.fullmatch(played)
    return time.thread_time() - start


def _took(
    pattern: re.Pattern[Any], everywhere: bool, parts: tuple[str, str, str], size: int
) -> float:
    begun, unit, end = parts
    text = begun + unit * (size // len(unit)) + end
    took = _seconds(pattern, everywhere, text)
    # Another program may have been in the way.
    return took if took < MOST else min(took, _seconds(pattern, everywhere, text))


def _slow(pattern: re.Pattern[Any], everywhere: bool) -> Iterator[str]:
    for unit in sorted(_hostile(pattern)):
        for begun, end in (("", "\0"),):
            parts = (begun, unit, end)
            short, long = (_took(pattern, everywhere, parts, size) for size in (SMALL, LONG))
            # Four times the text: sixteen times the time where it is not linear.
            if short > MOST or (
                long > MOST and _took(pattern, everywhere, parts, 4 * LONG) > 8 * long
            ):
                yield f"{begun}{unit}…{end!r}"


def _played() -> list[Any]:
    return [pytest.param(*played, id=name[:60]) for name, played in _patterns().items()]


@pytest.mark.parametrize(("pattern", "everywhere"), _played())
def test_a_pattern_takes_no_more_than_linear_time(
    pattern: re.Pattern[Any], everywhere: bool
) -> None:
    assert next(_slow(pattern, everywhere), "") == ""
