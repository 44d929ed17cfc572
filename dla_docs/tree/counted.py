"""What is rewritten in a template before it is compiled, so that all of its work is counted.

Jinja compiles loops, comparisons, slices and `~` to plain Python, which no guard sees: each becomes
a filter of `sandbox.py`. What a loop or a macro holds is counted each time that it is gone through.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

JOINED, GONE_THROUGH, COMPARED, CUT, KEY, WORKED = " ~ ", " for ", " == ", " [:] ", " {:} ", " {%} "
"""The filters that stand for what is rewritten; spaces, so that no template has them.

Respectively `~`, the list of a loop, comparisons, slices, keys of a dict, and work to count.
"""


def count_all(template: nodes.Template) -> None:
    """Have all that a template does counted."""
    _rewritten(template)


def _rewritten(node: Any) -> Any:
    """What stands for a node, once those below it are rewritten."""
    size = _size(node) if type(node) in BODIES else 0
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, name, _rewritten(value))
        elif isinstance(value, list):
            value[:] = [_rewritten(v) if isinstance(v, nodes.Node) else v for v in value]
    if isinstance(node, nodes.For):
        # Each step costs what the loop holds.
        listed: Any = node.iter
        node.iter = _filtered(listed, GONE_THROUGH, nodes.Const(size))
    if type(node) in BODIES and getattr(node, "recursive", True):
        node.body.insert(0, _work(size, node.lineno))
    rewrite = EXPRESSIONS.get(type(node))
    return rewrite(node) if rewrite else node


BODIES = frozenset({nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Template})
"""What is gone through several times, or called."""


def _concat(node: nodes.Concat) -> nodes.Expr:
    return _filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)


def _compare(node: nodes.Compare) -> nodes.Expr:
    values = nodes.List([node.expr, *(one.expr for one in node.ops)], lineno=node.lineno)
    return _filtered(values, COMPARED, nodes.Const(tuple(one.op for one in node.ops)))


def _item(node: nodes.Getitem) -> nodes.Expr:
    if not isinstance(node.arg, nodes.Slice):
        return node
    bounds = (node.arg.start, node.arg.stop, node.arg.step)
    return _filtered(node.node, CUT, *(bound or nodes.Const(None) for bound in bounds))


def _pair(node: nodes.Pair) -> nodes.Node:
    # What is written as a text or a number is one.
    if not isinstance(node.key, nodes.Const):
        node.key = _filtered(node.key, KEY)
    return node


EXPRESSIONS: Mapping[type, Callable[[Any], nodes.Node]] = {
    nodes.Concat: _concat,
    nodes.Compare: _compare,
    nodes.Getitem: _item,
    nodes.Pair: _pair,
}


def _size(node: nodes.Node) -> int:
    """How many things a statement does each time, at most."""
    return sum(1 for _ in node.find_all(nodes.Node))


def _work(size: int, line: int) -> nodes.ExprStmt:
    return nodes.ExprStmt(_filtered(nodes.Const(size, lineno=line), WORKED), lineno=line)


def _filtered(value: nodes.Expr, name: str, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(value, name, list(given), [], None, None, lineno=value.lineno)
