"""What is done to one node of a syntax tree: each operator makes the kind of slip that a programmer makes."""

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
_TWINS: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Scope:
    """What lies around a node.

    `source` is the module's, `names` are what it binds, `path` the classes and functions around the node by name, and
    `function` is the innermost of them.
    """

    source: str
    names: Mapping[str, object]
    path: tuple[str, ...] = ()
    function: Function | None = None

    def quote(self, node: ast.AST) -> str:
        """Return the source of `node` on one line, cut where it is long."""
        text = " ".join((ast.get_source_segment(self.source, node) or "").split())
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


@dataclass(frozen=True, slots=True)
class Change:
    """One node in the place of another, and what that is in words."""

    said: str
    old: ast.AST
    new: ast.AST


Operator = Callable[[ast.AST, Scope], Iterator[Change]]


def swap_comparison(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Move the boundary of an order, or turn an equality, a membership or an identity round."""
    if not isinstance(node, ast.Compare):
        return
    for index, operator in enumerate(node.ops):
        sign, other = _SIGNS[type(operator)]
        ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
        said = f"{sign} to {_SIGNS[other][0]}"
        yield Change(said, node, ast.Compare(node.left, ops, node.comparators))


def swap_connective(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Put `or` for `and`, and the other way round."""
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
    """Put `all` for `any` and `max` for `min`, and the other way round."""
    if isinstance(node, ast.Name) and node.id in _TWINS:
        twin = _TWINS[node.id]
        yield Change(f"{node.id} to {twin}", node, ast.Name(twin, node.ctx))


def shift_integer(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Take one more and one less."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        for value in (node.value + 1, node.value - 1):
            yield Change(f"{node.value} to {value}", node, ast.Constant(value))


def swap_boolean(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Put `False` for `True`, and the other way round."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield Change(f"{node.value} to {not node.value}", node, ast.Constant(not node.value))


def swap_sign(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Subtract what is added, and the other way round."""
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
    """Drop a keyword argument that the call can do without."""
    if not isinstance(node, ast.Call):
        return
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None and not _is_required(node.func, keyword.arg, scope.names):
            kept = [*node.keywords[:index], *node.keywords[index + 1 :]]
            said = f"drop {keyword.arg}="
            yield Change(said, node, ast.Call(node.func, node.args, kept))


def drop_statement(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Drop a call, or an assignment; not one that alone binds a name, which no use of the name would survive."""
    if scope.function is None:
        return
    match node:
        case ast.Expr(ast.Call(func)):
            yield Change(f"drop {scope.quote(func)}(...)", node, ast.Pass())
        case ast.Assign([target], _) | ast.AugAssign(target, _, _) | ast.AnnAssign(target, _, ast.expr()):
            if not _bound_names(target) or _is_bound_elsewhere(target, scope.function):
                yield Change(f"drop {scope.quote(target)} = ...", node, ast.Pass())


def force_condition(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Take a condition for met, and for not met."""
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
    """Return an empty list where a list is returned."""
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.List) or value.elts:
            if _returns_list(scope.function) or isinstance(value, ast.List | ast.ListComp):
                yield Change("return []", node, ast.Return(ast.List([], ast.Load())))


def drop_bound(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Let a slice run from the beginning, or to the end."""
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
    """Whether `function`, where it is a function or a dataclass that is known, has no default for `keyword`.

    Other classes are not asked: pydantic's show their parameters only once they have been used.
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
    """Return the names that are bound in `node`: assigned, looped over, or taken as parameters."""
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
