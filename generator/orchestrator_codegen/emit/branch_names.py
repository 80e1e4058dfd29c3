"""Names the models that stand within unions: by what they are, where datamodel-code-generator would count them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ..load import JSON
from ..schema_walk import NAMED
from .names import TAKEN_CLASSES, name_class

_UNIONS: Final = ("oneOf", "anyOf")
# Keywords below which a schema has the name of the one above it.
_SAME: Final = ("items", "additionalProperties", "not")
_MOST_WORDS: Final = 6
_ORDINALS: Final = (
    *("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
    *("Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth"),
    *("Eighteenth", "Nineteenth", "Twentieth"),
)


def name_branches(schemas: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `schemas`, by class name, in which each object that stands in a union of several is a schema by itself.

    Its name is that of the place, and what tells it from its neighbours: its title, the one value of a property, a
    property that only it requires or has, and failing all that its rank.
    """
    return _Naming(schemas).name_all()


class _Naming:
    """The schemas with names so far; those that are found within others come to stand behind them."""

    def __init__(self, schemas: Mapping[str, JSON]) -> None:
        self._given = schemas
        self._found: dict[str, JSON] = {}

    def name_all(self) -> dict[str, JSON]:
        named = {name: self._walk(schema, name) for name, schema in self._given.items()}
        return named | self._found

    def _walk(self, schema: JSON, place: str) -> JSON:
        """Return `schema`, which stands at `place`, with references to the objects of its unions."""
        if not isinstance(schema, dict):
            return schema
        changed: dict[str, Any] = dict(schema)
        for keyword in _SAME:
            if isinstance(changed.get(keyword), dict):
                changed[keyword] = self._walk(changed[keyword], place)
        for keyword in ("allOf", "prefixItems"):
            if isinstance(changed.get(keyword), list):
                changed[keyword] = [self._walk(part, place) for part in changed[keyword]]
        for keyword in NAMED:
            if isinstance(changed.get(keyword), dict):
                members = changed[keyword].items()
                changed[keyword] = {name: self._walk(each, place + _join([name])) for name, each in members}
        for keyword in _UNIONS:
            if isinstance(changed.get(keyword), list):
                changed[keyword] = self._walk_union(changed[keyword], place)
        return changed

    def _walk_union(self, branches: list[JSON], place: str) -> list[JSON]:
        objects = [each for each in map(_find_object, branches) if each is not None]
        if len(objects) < 2:  # a single one has the name of the place
            return [self._walk(branch, place) for branch in branches]
        names = iter(self._choose(objects, place))
        return [
            self._walk(branch, place) if _find_object(branch) is None else self._refer(branch, next(names))
            for branch in branches
        ]

    def _refer(self, branch: Any, name: str) -> JSON:
        """Return a reference to `branch`, or a list of such where its items are what has the name."""
        if "items" in branch:
            return {**branch, "items": self._refer(branch["items"], name)}
        self._found[name] = {}  # so that what stands within gets another
        self._found[name] = self._walk(branch, name)
        return {"$ref": f"#/components/schemas/{name}"}

    def _choose(self, objects: Sequence[dict[str, Any]], place: str) -> list[str]:
        """Return a name for each of `objects`, the first that none of the others could have too."""
        offered = [list(dict.fromkeys(_offer(each, objects))) for each in objects]
        counted = Counter(word for words in offered for word in words)
        chosen: list[str] = []
        for rank, words in enumerate(offered):
            telling = [word for word in words if counted[word] == 1]
            for word in [*telling, _say_rank(rank)]:
                name = word if word.startswith(place) else place + word
                if not self._is_taken(name) and name not in chosen:
                    break
            while self._is_taken(name) or name in chosen:
                name += "Inline"
            chosen.append(name)
        return chosen

    def _is_taken(self, name: str) -> bool:
        return name in self._given or name in self._found or name in TAKEN_CLASSES


def _find_object(branch: JSON) -> dict[str, Any] | None:
    """Return what becomes a model by itself in `branch` of a union: an object with properties, or a list's item."""
    if not isinstance(branch, dict) or "$ref" in branch:
        return None
    if "items" in branch:
        return _find_object(branch["items"])
    parts = branch.get("allOf")
    if branch.get("properties") or (isinstance(parts, list) and len(parts) > 1):
        return branch
    return None


def _offer(branch: dict[str, Any], all_of_them: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield what `branch` might be called, the most telling first."""
    if isinstance(branch.get("title"), str):
        yield _join([branch["title"]])
    properties = branch.get("properties") or {}
    required = [name for name in branch.get("required") or () if isinstance(name, str)]
    for name in sorted(properties, key=lambda each: each not in required):
        if (value := _find_constant(properties[name])) is not None:
            yield _join([value])
    others = [each for each in all_of_them if each is not branch]
    for key, own in (("required", required), ("properties", list(properties))):
        theirs = {name for each in others for name in each.get(key) or ()}
        if alone := [name for name in own if name not in theirs]:
            yield _join(alone[:1])
    yield from (_join(own[:2]) for own in (required, list(properties)) if own)


def _find_constant(schema: JSON) -> str | None:
    """Return the only text that `schema` allows."""
    if not isinstance(schema, dict):
        return None
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
        return values[0] or None
    return None


def _join(texts: Sequence[str]) -> str:
    """Return the words of `texts` as they stand in the name of a class: `USER_CLOSED` as `UserClosed`."""
    words = [word for text in texts for word in re.split(r"\W+|_+", text) if word][:_MOST_WORDS]
    plain = [word.capitalize() if word.isupper() and len(word) > 1 else word for word in words]
    return name_class("_".join(plain)) if plain else ""


def _say_rank(rank: int) -> str:
    return "Further" * (rank // len(_ORDINALS)) + _ORDINALS[rank % len(_ORDINALS)]
