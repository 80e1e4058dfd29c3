"""Rules for paths that match the same URLs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from ...document.diagnostics import Severity
from ..finding import Hit, Rule
from ..subject import Subject
from ..wording import enumerate_names, show

_HOLE: Final = re.compile(r"\{[^{}]*\}")
_ANY: Final = "{}"


class _Relation(Enum):
    """How two paths or segments overlap: not, completely, partially, or one within the other."""

    APART = "apart"
    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    CROSSED = "crossed"


def find_paths_twice(subject: Subject) -> Iterator[Hit]:
    """Yield the paths that differ in parameter names only, which OpenAPI forbids (Paths Object)."""
    for first, second in _find_pairs(subject, _Relation.SAME):
        at = ("paths", second)
        line = subject.document.locate(("paths", first)).line
        found = f"the path {show(second)} is identical to {show(first)} in line {line}, except for parameter names"
        yield Hit(at, found, "move its operations to the other path, and use its parameter names")


def find_crossed_paths(subject: Subject) -> Iterator[Hit]:
    """Yield the paths that overlap with an earlier one, neither of which is more concrete."""
    crossed: dict[str, list[str]] = defaultdict(list)
    for first, second in _find_pairs(subject, _Relation.CROSSED):
        crossed[second].append(first)
    for path, others in crossed.items():
        if sharing := _keep_sharing(subject, path, others):
            found = (
                f"the path {show(path)} matches URLs of {enumerate_names(sharing)}, and none is more concrete"
            )
            change = "use different fixed segments"
            yield Hit(("paths", path), found, change)


def find_hidden_values(subject: Subject) -> Iterator[Hit]:
    """Yield the templated paths that overlap with a more concrete path."""
    hiding: dict[str, list[str]] = defaultdict(list)
    for first, second in _find_pairs(subject, _Relation.NARROWER, _Relation.WIDER):
        is_narrower = _compare(first, second) is _Relation.NARROWER
        concrete, template = (first, second) if is_narrower else (second, first)
        hiding[template].append(concrete)
    for template, others in hiding.items():
        if sharing := _keep_sharing(subject, template, others):
            found = f"some URLs of {show(template)} are handled by {enumerate_names(sharing)}"
            change = "make sure that no parameter has such a value, or change one of the paths"
            yield Hit(("paths", template), found, change)


def _keep_sharing(subject: Subject, path: str, others: list[str]) -> list[str]:
    """Return those of `others` that share a method with `path`. Other methods select the right path."""
    methods: dict[str, set[str]] = defaultdict(set)
    for endpoint in subject.endpoints:
        methods[endpoint.path].add(endpoint.method)
    return [other for other in others if methods[path] & methods[other]]


@dataclass(slots=True)
class _Node:
    """A node in the tree of all paths: the next nodes by segment, fixed or templated, and the paths that end here."""

    fixed: dict[str, _Node] = field(default_factory=dict)
    open: dict[str, _Node] = field(default_factory=dict)
    ending: list[str] = field(default_factory=list)

    def match(self, segment: str) -> Iterator[_Node]:
        """Yield the next nodes whose segment overlaps with `segment`."""
        if _ANY not in segment and segment in self.fixed:
            yield self.fixed[segment]
        for branches in (self.open, self.fixed) if _ANY in segment else (self.open,):
            for each, node in branches.items():
                if _compare_segments(each, segment) is not _Relation.APART:
                    yield node

    def add(self, segment: str) -> _Node:
        """Return the next node for `segment`, created if necessary."""
        return (self.open if _ANY in segment else self.fixed).setdefault(segment, _Node())


def _find_pairs(subject: Subject, *wanted: _Relation) -> Iterator[tuple[str, str]]:
    """Yield the pairs of paths, in document order, whose relation is in `wanted`."""
    root = _Node()
    for path in subject.data.get("paths") or {}:
        if not path.startswith("/"):
            continue
        matching, own = [root], root
        for segment in _split(path):
            matching = [node for each in matching for node in each.match(segment)]
            own = own.add(segment)
        for node in matching:
            yield from ((other, path) for other in node.ending if _compare(other, path) in wanted)
        own.ending.append(path)


def _compare(first: str, second: str) -> _Relation:
    """Return the relation of `first` to `second`, which has the same number of segments."""
    relation = _Relation.SAME
    for one, other in zip(_split(first), _split(second), strict=True):
        segment = _compare_segments(one, other)
        if segment is _Relation.APART:
            return segment
        if relation is _Relation.SAME:
            relation = segment
        elif segment not in (_Relation.SAME, relation):
            relation = _Relation.CROSSED
    return relation


def _split(path: str) -> list[str]:
    """Return the segments of `path` without parameter names."""
    return _HOLE.sub(_ANY, path).split("/")


def _compare_segments(one: str, other: str) -> _Relation:
    if one == other:
        return _Relation.SAME
    if _ANY not in one and _ANY not in other:
        return _Relation.APART
    if _ANY not in one:
        return _Relation.NARROWER if _fits(one, other) else _Relation.APART
    if _ANY not in other:
        return _Relation.WIDER if _fits(other, one) else _Relation.APART
    return _compare_templates(one.split(_ANY), other.split(_ANY))


def _compare_templates(one: list[str], other: list[str]) -> _Relation:
    """Compare two templated segments by the text around their parameters."""
    if not any(one) or not any(other):  # a segment that is only a parameter matches everything
        return _Relation.WIDER if not any(one) else _Relation.NARROWER
    starts = one[0].startswith(other[0]) or other[0].startswith(one[0])
    ends = one[-1].endswith(other[-1]) or other[-1].endswith(one[-1])
    return _Relation.CROSSED if starts and ends else _Relation.APART


def _fits(segment: str, template: str) -> bool:
    """Return whether `segment` matches `template`: its fixed text in order, with a value for each parameter."""
    first, *middle, last = template.split(_ANY)
    if not (segment.startswith(first) and segment.endswith(last)):
        return False
    at, end = len(first), len(segment) - len(last)
    for text in middle:
        found = segment.find(text, at + 1, end)
        if found < 0:
            return False
        at = found + len(text)
    return at < end


RULES: Final = (
    Rule(
        "path-twice",
        Severity.WARNING,
        "a path that differs from another in its parameter names only",
        "a server reaches one of the two only, and which one depends on the server",
        find_paths_twice,
    ),
    Rule(
        "crossed-paths",
        Severity.WARNING,
        "two paths that match the same URLs, neither more concrete than the other",
        "which of the two handles such a request depends on the server",
        find_crossed_paths,
    ),
    Rule(
        "hidden-value",
        Severity.NOTE,
        "a concrete path beside a templated one that matches it",
        "the concrete path wins, so a parameter with that value never reaches the templated one",
        find_hidden_values,
    ),
)
