"""The operators, each of which changes one node of a syntax tree as a programming mistake would."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Final

Function = ast.FunctionDef | ast.AsyncFunctionDef

_SIGNS: Final[Mapping[type[ast.cmpop], tuple[str, type[ast.cmpop]]]] = {
    ast.Lt: ("<", ast.LtE),
    ast.LtE: ("<=", ast.Lt),
    ast.Gt: (">", ast.GtE),
    ast.GtE: (">=", ast.Gt),
    ast.Eq: ("==", ast.NotEq),
    ast.NotEq: ("!=", ast.Eq),
    ast.In: ("in", ast.NotIn),
    ast.NotIn: ("not in", ast.In),
    ast.Is: ("is", ast.IsNot),
    ast.IsNot: ("is not", ast.Is),
}
_SWAPPED_FUNCTIONS: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}
_QUOTE_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class Scope:
    """The context of a node.

    `source` is the source of the module, and `names` are the names that it binds. `path` lists the names of the
    enclosing classes and functions, and `function` is the innermost enclosing function.
    """

    source: str
    names: Mapping[str, object]
    path: tuple[str, ...] = ()
    function: Function | None = None

    def quote(self, node: ast.AST) -> str:
        """Return the source of `node` on one line, truncated if it is long."""
        text = " ".join((ast.get_source_segment(self.source, node) or "").split())
        return text if len(text) <= _QUOTE_LIMIT else f"{text[:_QUOTE_LIMIT]}..."


@dataclass(frozen=True, slots=True)
class Change:
    """The replacement of one node by another, with a description."""

    description: str
    old: ast.AST
    new: ast.AST


Operator = Callable[[ast.AST, Scope], Iterator[Change]]


def swap_comparison(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Include or exclude the boundary of a comparison, or negate an equality, membership or identity test."""
    if not isinstance(node, ast.Compare):
        return
    for index, operator in enumerate(node.ops):
        sign, other = _SIGNS[type(operator)]
        ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
        description = f"{sign} to {_SIGNS[other][0]}"
        yield Change(description, node, ast.Compare(node.left, ops, node.comparators))


def swap_connective(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Replace `and` by `or`, and vice versa."""
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            yield Change("and to or", node, ast.BoolOp(ast.Or(), values))
        case ast.BoolOp(op=ast.Or(), values=values):
            yield Change("or to and", node, ast.BoolOp(ast.And(), values))


def drop_not(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Drop `not`."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change("drop not", node, node.operand)


def swap_function(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Replace `any` by `all` and `min` by `max`, and vice versa."""
    if isinstance(node, ast.Name) and node.id in _SWAPPED_FUNCTIONS:
        other = _SWAPPED_FUNCTIONS[node.id]
        yield Change(f"{node.id} to {other}", node, ast.Name(other, node.ctx))


def shift_integer(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Add and subtract one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        for value in (node.value + 1, node.value - 1):
            yield Change(f"{node.value} to {value}", node, ast.Constant(value))


def swap_boolean(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Replace `True` by `False`, and vice versa."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield Change(f"{node.value} to {not node.value}", node, ast.Constant(not node.value))


def swap_sign(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Replace `+` by `-`, and vice versa."""
    match node:
        case ast.BinOp(left, ast.Add(), right):
            yield Change("+ to -", node, ast.BinOp(left, ast.Sub(), right))
        case ast.BinOp(left, ast.Sub(), right):
            yield Change("- to +", node, ast.BinOp(left, ast.Add(), right))
        case ast.AugAssign(target, ast.Add(), value):
            yield Change("+= to -=", node, ast.AugAssign(target, ast.Sub(), value))
        case ast.AugAssign(target, ast.Sub(), value):
            yield Change("-= to +=", node, ast.AugAssign(target, ast.Add(), value))


def drop_keyword(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Drop an optional keyword argument of a call."""
    if not isinstance(node, ast.Call):
        return
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None and not _is_required(node.func, keyword.arg, scope.names):
            kept = [*node.keywords[:index], *node.keywords[index + 1 :]]
            description = f"drop {keyword.arg}="
            yield Change(description, node, ast.Call(node.func, node.args, kept))


def drop_statement(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Drop a call or an assignment, unless the assignment is the only one that binds the name."""
    if scope.function is None:
        return
    match node:
        case ast.Expr(ast.Call(func)):
            yield Change(f"drop {scope.quote(func)}(...)", node, ast.Pass())
        case ast.Assign([target], _) | ast.AugAssign(target, _, _) | ast.AnnAssign(target, _, ast.expr()):
            if not _bound_names(target) or _is_bound_elsewhere(target, scope.function):
                yield Change(f"drop {scope.quote(target)} = ...", node, ast.Pass())


def force_condition(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Replace a condition by `True` and by `False`."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            tests: list[ast.expr] = [test]
        case ast.match_case(guard=ast.expr() as guard):
            tests = [guard]
        case ast.comprehension(ifs=ifs):
            tests = ifs
        case _:
            return
    for test in tests:
        for value in (True, False):
            yield Change(f"if {scope.quote(test)} to {value}", test, ast.Constant(value))


def empty_list(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Return an empty list instead of the list."""
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.List) or value.elts:
            if _returns_list(scope.function) or isinstance(value, ast.List | ast.ListComp):
                yield Change("return []", node, ast.Return(ast.List([], ast.Load())))


def drop_bound(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Drop the lower or the upper bound of a slice."""
    if not isinstance(node, ast.Slice):
        return
    if node.lower is not None:
        yield Change(
            f"drop lower bound {scope.quote(node.lower)}", node, ast.Slice(None, node.upper, node.step)
        )
    if node.upper is not None:
        yield Change(
            f"drop upper bound {scope.quote(node.upper)}", node, ast.Slice(node.lower, None, node.step)
        )


OPERATORS: Final[tuple[Operator, ...]] = (
    swap_comparison,
    swap_connective,
    drop_not,
    swap_function,
    shift_integer,
    swap_boolean,
    swap_sign,
    drop_keyword,
    drop_statement,
    force_condition,
    empty_list,
    drop_bound,
)


def _is_required(function: ast.expr, keyword: str, names: Mapping[str, object]) -> bool:
    """Return whether `function` is a known function or dataclass whose parameter `keyword` has no default.

    Other classes count as not requiring it, because pydantic models show their parameters only after the first use.
    """
    first, *rest = ast.unparse(function).split(".")
    found = names.get(first)
    for name in rest:
        found = getattr(found, name, None)
    if not inspect.isfunction(found) and not (isinstance(found, type) and is_dataclass(found)):
        return False
    parameter = inspect.signature(found).parameters.get(keyword)
    return parameter is not None and parameter.default is inspect.Parameter.empty


def _bound_names(node: ast.AST) -> set[str]:
    """Return the names that `node` binds: assigned names, loop variables and parameters."""
    names = {
        each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    return names | {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}


def _is_bound_elsewhere(target: ast.expr, function: Function) -> bool:
    own = {id(each) for each in ast.walk(target)}
    others = (
        each for each in ast.walk(function) if id(each) not in own and isinstance(each, ast.Name | ast.arg)
    )
    return _bound_names(target) <= {name for other in others for name in _bound_names(other)}


def _returns_list(function: Function | None) -> bool:
    return (
        function is not None
        and function.returns is not None
        and ast.unparse(function.returns).startswith("list[")
    )
