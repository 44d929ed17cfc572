"""`make mutations MODULE=paiement`: what the tests of the rules would not see changed.

Each function of a module of `dla_docs/check/` is changed in one place at a time (a comparison, a
number, `and` for `or`…), in a process of its own where the tests of its rules are played. A change
that no test tells is written: a test is missing, or the place serves nothing. No file is changed.
"""

import ast
import copy
import importlib
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from tests.check.cases import PLAYED
from tests.scenes import ROOT, demonstration

CHECK = ROOT / "dla_docs/check"
PATIENCE = 120
"""Seconds past which a change that made a test endless is seen."""
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """A function changed in one place: its qualified name, the line, what was done."""

    name: str
    line: int
    what: str
    tree: ast.Module


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What one node may become, with what is said of it; its children stay."""
    other = copy.copy(node)
    match other:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            other.ops = [SWAPPED[type(op)]()]  # type: ignore[list-item]
            yield "comparaison", other
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPPED:
            other.op = SWAPPED[type(op)]()  # type: ignore[assignment]
            yield "opération", other
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "« not » ôté", operand
        case ast.Constant(value=bool(value)):
            yield "contraire", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "nombre", ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            other.func = ast.Name(CALLS[name], ast.Load())
            yield f"« {CALLS[name]} »", other
        case ast.comprehension(ifs=[_, *_]):
            other.ifs = []
            yield "« if » ôté", other
        case ast.If() | ast.IfExp():
            other.test = ast.Constant(True)
            yield "toujours", other
            never = copy.copy(other)
            never.test = ast.Constant(False)
            yield "jamais", never
        case ast.Expr(value=ast.Yield() | ast.Call()) | ast.AugAssign():
            yield "ligne ôtée", ast.Pass()


class _At(ast.NodeTransformer):
    """Puts one change of one node of a tree, both by rank."""

    def __init__(self, node: int, change: int) -> None:
        self.node, self.change, self.met = node, change, -1

    def visit(self, node: ast.AST) -> Any:
        self.met += 1
        if self.met != self.node:
            return self.generic_visit(node)
        return ast.copy_location(list(changes(node))[self.change][1], node)


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and the methods of a module, by their qualified names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield within + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{within}{node.name}.")


def mutants(source: str) -> Iterator[Mutant]:
    """Every change of a module, in order of line within each function."""
    for name, function in functions(ast.parse(source)):
        body = ast.Module([ast.FunctionDef(**{**vars(function), "decorator_list": []})], [])
        # As the transformer goes, which `ast.walk` does not.
        for rank, node in enumerate(_in_order(body)):
            for change, (what, _) in enumerate(changes(node)):
                tree = _At(rank, change).visit(copy.deepcopy(body))
                line = getattr(node, "lineno", function.lineno)
                yield Mutant(name, line, what, ast.fix_missing_locations(tree))


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def put(mutant: Mutant, module: ModuleType) -> bool:
    """Change the function in this process; False where that cannot be done."""
    target: Any = module
    for step in mutant.name.split("."):
        target = getattr(target, step, None)
    target = getattr(target, "__wrapped__", getattr(target, "fget", None) or target)
    whole = compile(mutant.tree, module.__file__ or "", "exec")
    code = next(c for c in whole.co_consts if isinstance(c, CodeType))
    if not isinstance(target, FunctionType) or code.co_freevars != target.__code__.co_freevars:
        return False
    target.__code__ = code
    return True


SURVIVED, TOLD, UNTRIED = range(3)


def outcome(mutant: Mutant, module: ModuleType, tests: list[str]) -> int:
    """Whether a test tells a change, tried in a child."""
    child = os.fork()
    if not child:
        signal.alarm(PATIENCE)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        if not put(mutant, module):
            os._exit(UNTRIED)
        told = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])
        os._exit(TOLD if told else SURVIVED)
    _, status = os.waitpid(child, 0)
    # A child that the alarm ended has told too.
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else TOLD


def tests_of(path: Path) -> list[str]:
    """What tries the rules of a module: their own cases, its own tests, else all of `check`."""
    codes = set(re.findall(r'@rule\("([\w-]+)"', path.read_text(encoding="utf-8")))
    rules = "tests/check/test_rules.py::test_a_broken_rule_is_told_once_with_its_source_and_blocks"
    cases = [f"{rules}_what_it_says[{code}]" for code in PLAYED if code in codes]
    own = sorted(ROOT.glob(f"tests/check/**/test_{path.stem}.py"))
    found = [*cases, *(str(p.relative_to(ROOT)) for p in own)]
    return found if cases else ["tests/check", "-m", "not campagne"]


def main(stem: str) -> int:
    """0 when every change was told."""
    path = next(iter(CHECK.rglob(f"{stem}.py")), None)
    if path is None:
        sys.stderr.write(f"pas de module {stem}.py sous dla_docs/check\n")
        return 2
    # Read before: what each child needs of it, it has.
    demonstration()
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module, tests = importlib.import_module(name), tests_of(path)
    source = path.read_text(encoding="utf-8")
    count = Counter[int]()
    for mutant in mutants(source):
        count[seen := outcome(mutant, module, tests)] += 1
        if seen == SURVIVED:
            line = source.split("\n")[mutant.line - 1].strip()
            sys.stdout.write(f"{path.name}:{mutant.line}: {mutant.what} : {line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count.total()} changements : {count[TOLD]} vus par les tests, ")
    sys.stdout.write(f"{count[SURVIVED]} non, {count[UNTRIED]} qui n’ont pu être essayés\n")
    return int(count[SURVIVED] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "paiement"))
