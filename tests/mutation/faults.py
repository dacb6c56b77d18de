# SPDX-License-Identifier: Apache-2.0
"""Which small faults can be planted in a file, and what does it look like with one of them?

A fault changes one place of the syntax tree: a comparison shifted by one, `and` for `or`, a sign, a number, a smallest for a largest, a
finding left out. Texts, annotations and docstrings are left alone: a test that repeats a sentence proves nothing.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"max": "min", "min": "max", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One planted fault.

    Args:
        module: Dotted name of the module.
        line: Where, in the file.
        before: The code as it is.
        after: The code with the fault.
        text: The whole module as it is.
        place: Number of the changed node, as `ast.walk` meets it; None changes nothing.
    """

    module: str
    line: int
    before: str
    after: str
    text: str = field(repr=False)
    place: int | None

    @property
    def source(self) -> str:
        """The whole module with the fault; made when asked for, because a campaign tries few of the faults that it lists."""
        tree = ast.parse(self.text)
        if self.place is not None:
            _change(next(node for at, node in enumerate(ast.walk(tree)) if at == self.place))
        return ast.unparse(ast.fix_missing_locations(tree))


def faults(module: str, source: str) -> Iterator[Fault]:
    """Every fault that can be planted in this source, in the order of the syntax tree."""
    tree = ast.parse(source)
    spared = {id(inner) for outer in ast.walk(tree) for root in _spared(outer) for inner in ast.walk(root)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in spared or type(node) not in _CHANGES:
            continue
        wrong = copy.deepcopy(node)
        if _change(wrong):
            before, after = (ast.unparse(one).split("\n")[0][:100] for one in (node, wrong))
            yield Fault(module=module, line=getattr(node, "lineno", 0), before=before, after=after, text=source, place=place)


def _spared(node: ast.AST) -> list[ast.AST]:
    """Parts of a node that decide nothing: annotations, decorators, imports for type checkers, aliases of types."""
    spared: list[ast.AST | None] = []
    match node:
        case ast.AnnAssign(annotation=annotation, value=value):
            spared = [annotation, value if "TypeAlias" in ast.unparse(annotation) else None]
        case ast.FunctionDef(returns=returns, decorator_list=decorators):
            spared = [*decorators, returns]
        case ast.ClassDef(decorator_list=decorators):
            spared = [*decorators]
        case ast.arg(annotation=annotation):
            spared = [annotation]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            spared = [node]
    return [part for part in spared if part is not None]


def _change(node: ast.AST) -> bool:
    """Make the node wrong in place; False where there is nothing to make wrong."""
    change = _CHANGES.get(type(node))
    return change is not None and change(node)


def _comparison(node: ast.Compare) -> bool:
    if len(node.ops) != 1 or type(node.ops[0]) not in _COMPARISONS:
        return False
    node.ops = [_COMPARISONS[type(node.ops[0])]()]
    return True


def _connective(node: ast.BoolOp) -> bool:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return True


def _arithmetic(node: ast.BinOp) -> bool:
    if type(node.op) not in _ARITHMETIC:
        return False
    node.op = _ARITHMETIC[type(node.op)]()
    return True


def _sign(node: ast.UnaryOp) -> bool:
    if isinstance(node.op, ast.Not):
        # A node cannot replace itself by its operand, but two negations amount to that.
        node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)
    else:
        node.op = ast.UAdd()
    return True


def _number(node: ast.Constant) -> bool:
    if isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node.value, int | float):
        node.value += 1
    else:
        return False
    return True


def _extreme(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Name) or node.func.id not in _CALLS:
        return False
    node.func.id = _CALLS[node.func.id]
    return True


def _condition(node: ast.If | ast.IfExp | ast.While) -> bool:
    node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
    return True


def _statement(node: ast.Expr) -> bool:
    if not isinstance(node.value, ast.Yield | ast.YieldFrom):
        return False
    # A `yield` stays behind, so that the function remains a generator.
    node.value = ast.YieldFrom(value=ast.Tuple(elts=[], ctx=ast.Load()))
    return True


def _result(node: ast.Return) -> bool:
    if node.value is None or isinstance(node.value, ast.Constant):
        return False
    node.value = ast.Constant(value=None)
    return True


_CHANGES: dict[type[ast.AST], Callable[[Any], bool]] = {
    ast.Compare: _comparison,
    ast.BoolOp: _connective,
    ast.BinOp: _arithmetic,
    ast.UnaryOp: _sign,
    ast.Constant: _number,
    ast.Call: _extreme,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.While: _condition,
    ast.Expr: _statement,
    ast.Return: _result,
}
