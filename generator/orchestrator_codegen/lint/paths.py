"""Rules on paths that match the same URLs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from itertools import combinations
from typing import Final

from ..diagnostics import Severity
from .finding import Hit, Rule
from .subject import Subject
from .words import enumerate_names, show

_HOLE: Final = re.compile(r"\{[^{}]*\}")


class _Relation(Enum):
    """How two paths, or two of their segments, share URLs: not at all, all of them, some, or one only the other's."""

    APART = "apart"
    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    CROSSED = "crossed"


def find_paths_twice(subject: Subject) -> Iterator[Hit]:
    """Yield the paths that differ in names alone, which are identical and invalid (Paths Object)."""
    for first, second in _find_pairs(subject, _Relation.SAME):
        at = ("paths", second)
        line = subject.document.locate(("paths", first)).line
        found = f"the path {show(second)} is that of line {line}, {show(first)}, but for names"
        yield Hit(at, found, "move its operations there, and use the names there")


def find_crossed_paths(subject: Subject) -> Iterator[Hit]:
    """Yield the paths that share URLs with others before them, of which neither is the more concrete."""
    crossed: dict[str, list[str]] = defaultdict(list)
    for first, second in _find_pairs(subject, _Relation.CROSSED):
        crossed[second].append(first)
    for path, others in crossed.items():
        if sharing := _keep_sharing(subject, path, others):
            found = (
                f"the path {show(path)} matches URLs of {enumerate_names(sharing)}, and neither is concrete"
            )
            change = "give one a fixed segment where the other has another"
            yield Hit(("paths", path), found, change)


def find_hidden_values(subject: Subject) -> Iterator[Hit]:
    """Yield the templated paths of which concrete ones take some URLs away."""
    hiding: dict[str, list[str]] = defaultdict(list)
    for first, second in _find_pairs(subject, _Relation.NARROWER, _Relation.WIDER):
        is_narrower = _compare(first, second) is _Relation.NARROWER
        concrete, template = (first, second) if is_narrower else (second, first)
        hiding[template].append(concrete)
    for template, others in hiding.items():
        if sharing := _keep_sharing(subject, template, others):
            found = f"some URLs of {show(template)} belong to {enumerate_names(sharing)}"
            change = "make sure that no parameter has such a value, or move one of them"
            yield Hit(("paths", template), found, change)


def _keep_sharing(subject: Subject, path: str, others: list[str]) -> list[str]:
    """Return those of `others` that have a method of `path`: requests with another reach the right one anyway."""
    methods: dict[str, set[str]] = defaultdict(set)
    for endpoint in subject.endpoints:
        methods[endpoint.path].add(endpoint.method)
    return [other for other in others if methods[path] & methods[other]]


def _find_pairs(subject: Subject, *wanted: _Relation) -> Iterator[tuple[str, str]]:
    by_length: dict[int, list[str]] = defaultdict(list)
    for path in subject.data.get("paths") or {}:
        if path.startswith("/"):
            by_length[path.count("/")].append(path)
    for paths in by_length.values():
        for first, second in combinations(paths, 2):
            if _compare(first, second) in wanted:
                yield first, second


def _compare(first: str, second: str) -> _Relation:
    """Return how `first` is related to `second`, which has as many segments."""
    relation = _Relation.SAME
    for one, other in zip(first.split("/"), second.split("/"), strict=True):
        segment = _compare_segments(one, other)
        if segment is _Relation.APART:
            return segment
        if relation is _Relation.SAME:
            relation = segment
        elif segment not in (_Relation.SAME, relation):
            relation = _Relation.CROSSED
    return relation


def _compare_segments(one: str, other: str) -> _Relation:
    holes = len(_HOLE.findall(one)), len(_HOLE.findall(other))
    if _HOLE.sub("{}", one) == _HOLE.sub("{}", other):
        return _Relation.SAME
    if not holes[0] and not holes[1]:
        return _Relation.APART
    if not holes[0]:
        return _Relation.NARROWER if _fits(one, other) else _Relation.APART
    if not holes[1]:
        return _Relation.WIDER if _fits(other, one) else _Relation.APART
    return _compare_templates(_HOLE.split(one), _HOLE.split(other))


def _compare_templates(one: list[str], other: list[str]) -> _Relation:
    """Compare two segments with holes by the texts around these."""
    if not any(one) or not any(other):  # nothing but a hole takes whatever there is
        return _Relation.WIDER if not any(one) else _Relation.NARROWER
    starts = one[0].startswith(other[0]) or other[0].startswith(one[0])
    ends = one[-1].endswith(other[-1]) or other[-1].endswith(one[-1])
    return _Relation.CROSSED if starts and ends else _Relation.APART


def _fits(segment: str, template: str) -> bool:
    """Say whether `segment` may be of `template`: its texts follow each other with something in each hole."""
    first, *middle, last = _HOLE.split(template)
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
        "a path that differs from another in the names of its parameters alone",
        "a server reaches one of the two only, and which one depends on the server",
        find_paths_twice,
    ),
    Rule(
        "crossed-paths",
        Severity.WARNING,
        "two paths that match the same URLs, neither more concrete than the other",
        "which of the two such a request reaches depends on the server",
        find_crossed_paths,
    ),
    Rule(
        "hidden-value",
        Severity.NOTE,
        "a concrete path beside a templated one that matches it",
        "the concrete path wins, so that a parameter with that value never arrives",
        find_hidden_values,
    ),
)
