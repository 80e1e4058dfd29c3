"""Marks unions of models in emitted source, so that the error for a value that matches none refers to one model."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .source_edits import replace_parts

MARK: Final = "OneOfModels"
TAGGED: Final = "Tagged"


@dataclass(frozen=True, slots=True)
class Tag:
    """The discriminator of a base class: a property name on the wire, and the subclass for each value."""

    property: str
    classes: Mapping[str, str]


def mark_unions(source: str, tags: Mapping[str, Tag]) -> str:
    """Return `source` with each union of models marked: `A | B | None` as `Annotated[A | B, OneOfModels()] | None`.

    A union with a discriminator from the document, or with a member that is not a model, is unchanged. A union of a
    base class in `tags` and all of its subclasses is marked with the tag instead.
    """
    tree = ast.parse(source)
    models = _find_models(tree)
    # Unions of models are not nested.
    found = [node for part in _iter_types(tree) for node in _iter_unions(part, models)]
    return replace_parts(source, [(node, _write(list(_iter_members(node)), tags)) for node in found])


def _find_models(tree: ast.Module) -> set[str]:
    """Return the names of the subclasses of `Model`. A base comes before its subclasses in the source."""
    models = {"Model"}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any(_name(base) in models for base in node.bases):
            models.add(node.name)
    return models


def _iter_types(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            yield node.annotation
        elif isinstance(node, ast.Call) and _name(node.func) == "TypeAliasType":
            yield node.args[1]


def _iter_unions(node: ast.expr, models: Collection[str]) -> Iterator[ast.expr]:
    members = list(_iter_members(node))
    if _is_of_models(members, models):
        yield node
    elif members != [node]:
        for member in members:
            yield from _iter_unions(member, models)
    elif not _has_discriminator(node):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _iter_unions(child, models)


def _has_discriminator(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Subscript) and _name(node.value) == "Annotated"):
        return False
    metadata = node.slice.elts[1:] if isinstance(node.slice, ast.Tuple) else []
    keywords = [word.arg for each in metadata if isinstance(each, ast.Call) for word in each.keywords]
    return "discriminator" in keywords


def _iter_members(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the members of a union, including those of nested unions, or `node` itself if it is not a union."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _iter_members(left)
            yield from _iter_members(right)
        case ast.Subscript(value=ast.Name("Union"), slice=ast.Tuple(elts=members)):
            for member in members:
                yield from _iter_members(member)
        case _:
            yield node


def _is_of_models(members: list[ast.expr], models: Collection[str]) -> bool:
    names = [_name(each) for each in members if not _is_none(each)]
    return len(names) > 1 and all(name in models for name in names)


def _find_mark(members: list[ast.expr], tags: Mapping[str, Tag]) -> str:
    *above, last = [_name(each) for each in members if not _is_none(each)]
    tag = tags.get(last or "")
    if tag is None or {*above} != {*tag.classes.values()}:
        return f"{MARK}()"
    return f"{TAGGED}({tag.property!r}, {dict(tag.classes)!r})"


def _write(members: list[ast.expr], tags: Mapping[str, Tag]) -> str:
    mark = _find_mark(members, tags)
    written = [ast.unparse(each) for each in members if not _is_none(each)]
    quoted = any(isinstance(each, ast.Constant) for each in members if not _is_none(each))
    union = f"Union[{', '.join(written)}]" if quoted else " | ".join(written)
    optional = " | None" if any(map(_is_none, members)) else ""
    return f"Annotated[{union}, {mark}]{optional}"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _name(node: ast.expr) -> str | None:
    """Return the name that `node` is, quoted or not, or None. Names defined later in the module are quoted."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return node.id if isinstance(node, ast.Name) else None
