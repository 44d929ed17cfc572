"""No regular expression of the package takes more than linear time: a stranger writes the texts.

Each pattern is played as the package plays it (from the start, or everywhere) on long texts made
of what it looks for. Twice the text may take twice the time, not four times.

As no list of texts is complete, each pattern is read as well: two of its repetitions that can share
the same signs are refused (`patterns.py`), but where a reason is given here.
"""

import ast
import builtins
import importlib
import pkgutil
import re
import time
from collections import UserDict
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest

import dla_docs
from tests.patterns import shared
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


FUNCTIONS = frozenset(f"re.{name}" for name in (*EVERYWHERE, *ANCHORED, "compile", "subn"))
A_NAME = "the name of a file, of 255 signs at most"
NEVER_FAILS = "what ends it takes anything, or nothing: it never fails, hence never tries again"
ONE_BRANCH = "a word between two spaces is of one branch, and ends at one place"
SURE = {
    r"\b(?:Département|Conseil": NEVER_FAILS,
    r"\bcomite": ONE_BRANCH,
    r"\bmot\bmot(?:(?: (?:d'appui": ONE_BRANCH,
    r"(?P<name>.+": A_NAME,
    r"(?P<whole>\d{1,3}(?:[ '.]": "behind each group, the decimals have three digits",
    r"(?<!\s)\s*\n\s*": NEVER_FAILS,
    r"(?:(?P<civilite>M\.|Mme": NEVER_FAILS,
    # The lead of a title, at its start alone: nothing follows it.
    r"^(?:[ivx]+[.)] |[a-h]": NEVER_FAILS,
    # Of bytes, as they are written in Python.
    r"b'<(?:\\w++:)?c": "the attributes end at the first « > », the body at the first end",
    r"\b(?P<days>\d{1,3}": "between two amounts, a few dozen signs at most",
    r"(?P<voie>.*?)\b(?P<code>": "a town has no digit: it ends at the next code",
}
"""How patterns begin whose repetitions share signs, and why it takes no time."""
MADE = frozenset({"_unarmed(s.alternative)"})
"""Words that are escaped, of which no part is repeated."""


class _Names(UserDict[str, Any]):
    """What a name stands for where a pattern is made: the word `mot` for one of a function."""

    def __init__(self, module: Mapping[str, Any]) -> None:
        super().__init__()
        self.module = module

    def __getitem__(self, key: str) -> Any:
        if key in self.module or hasattr(builtins, key):
            raise KeyError(key)
        return "mot"


def _held(value: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns that a value of ours holds, in its parts or in what its functions know."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or getattr(value, "__module__", "dla_docs")[:8] != "dla_docs":
        return
    seen.add(id(value))
    cells = (cell.cell_contents for cell in getattr(value, "__closure__", None) or ())
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    attributes = vars(value).values() if is_dataclass(value) and not isinstance(value, type) else ()
    for part in (*parts, *cells, *attributes):
        yield from _held(part, seen)


def _written() -> dict[tuple[str, str | bytes], None]:
    """Every pattern of the package with its module: held, or made where it is used."""
    found = dict[tuple[str, str | bytes], None]()
    for name in _modules():
        names = vars(importlib.import_module(name))
        for pattern in _held({k: v for k, v in names.items() if k[:2] != "__"}, set()):
            found[name, pattern.pattern] = None
        for call in ast.walk(ast.parse(Path(names["__file__"]).read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or ast.unparse(call.func) not in FUNCTIONS:
                continue
            if ast.unparse(call.args[0]) not in MADE:
                code = compile(ast.Expression(call.args[0]), name, "eval")
                made = eval(code, dict(names), _Names(names))
                found[name, made.pattern if isinstance(made, re.Pattern) else made] = None
    return found


def test_no_repetitions_of_a_pattern_share_the_same_signs() -> None:
    faults = {
        f"{name[9:]} : {pattern!r}": shared(pattern)
        for name, pattern in _written()
        if not any(str(pattern).startswith(begun) for begun in SURE)
    }
    assert {where: why for where, why in faults.items() if why} == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:[ \t]*-[ \t]+)*[ \t]*x",
        r"\s*\n?\s*x",
        r"(?:a|ab?)*c",
        r"(?:\w+\d?)+!",
        r"(a+)+b",
        r"\d+5\d+x",
    ],
)
def test_a_pattern_that_tries_again_is_seen(pattern: str) -> None:
    assert shared(pattern) != []


@pytest.mark.parametrize(
    "pattern",
    [r"(?:[ \t]*+-[ \t]++)*+[ \t]*+x", r"[\w.]++@\w+(?:\.\w+)+", r"\((?:[^()]|\([^()]*\))*\)"],
)
def test_a_pattern_that_is_sure_is_let_through(pattern: str) -> None:
    assert shared(pattern) == []
