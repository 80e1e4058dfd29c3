"""Names the models that stand within unions: by what they are, where datamodel-code-generator would count them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ....api.python_names import TAKEN_CLASSES, name_class
from ....document.load import JSON
from ....document.references import read_component
from ....document.schema_walk import NAMED

_UNIONS: Final = ("oneOf", "anyOf")
# Keywords below which a schema has the name of the one above it.
_SAME: Final = ("items", "additionalProperties", "not")
_BOUNDS: Final = frozenset(
    {"pattern", "minLength", "maxLength", "multipleOf"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
# What goes with each object of a union that it stands beside.
_SHARED: Final = ("type", "properties", "required", "additionalProperties")
_MOST_WORDS: Final = 6
_ORDINALS: Final = (
    *("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
    *("Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth"),
    *("Eighteenth", "Nineteenth", "Twentieth"),
)


def name_branches(schemas: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `schemas`, by class name, in which each object that stands in a union of several is a schema by itself.

    So is a scalar with bounds where a schema is a union. The name is that of the place, and what tells it from its
    neighbours: its title, the one value of a property, a property that only it requires or has, and failing all that
    its rank.
    """
    return _Naming(schemas).name_all()


class _Naming:
    """The schemas with names so far; those that are found within others come to stand behind them."""

    def __init__(self, schemas: Mapping[str, JSON]) -> None:
        self._given = schemas
        self._found: dict[str, JSON] = {}

    def name_all(self) -> dict[str, JSON]:
        named = {name: self._walk(schema, name, is_whole=True) for name, schema in self._given.items()}
        return named | self._found

    def _walk(self, schema: JSON, place: str, *, is_whole: bool = False) -> JSON:
        """Return `schema`, which stands at `place` or is all of it, with references for what its unions consist of."""
        if not isinstance(schema, dict):
            return schema
        changed: dict[str, Any] = _share_properties(schema)
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
                changed[keyword] = self._walk_union(changed[keyword], place, is_whole=is_whole)
        return changed

    def _walk_union(self, branches: list[JSON], place: str, *, is_whole: bool) -> list[JSON]:
        found = [_find_model(branch) or (_find_bounded(branch) if is_whole else None) for branch in branches]
        named = [each for each in found if each is not None]
        if len(named) < 2:  # a single one has the name of the place
            return [self._walk(branch, place) for branch in branches]
        names = iter(self._choose(named, place))
        return [
            self._walk(branch, place) if each is None else self._refer(branch, next(names))
            for branch, each in zip(branches, found, strict=True)
        ]

    def _refer(self, branch: Any, name: str) -> JSON:
        """Return a reference to `branch`, or a list of such where its items are what has the name."""
        if "items" in branch:
            return {**branch, "items": self._refer(branch["items"], name)}
        self._found[name] = {}  # so that what stands within gets another
        self._found[name] = self._walk(branch, name, is_whole=True)
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


def _share_properties(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `schema` as a union alone, where it has properties that go with each of several objects in its union."""
    keywords = [keyword for keyword in _UNIONS if keyword in schema]
    branches = schema[keywords[0]] if len(keywords) == 1 else []
    if len(branches) < 2 or not schema.get("properties") or not all(map(_is_object, branches)):
        return dict(schema)
    own: dict[str, Any] = {key: schema[key] for key in _SHARED if key in schema}
    rest = {key: value for key, value in schema.items() if key not in own}
    kinds = own.pop("type", "object")
    null = [{"type": "null"}] if isinstance(kinds, list) and "null" in kinds else []
    return {**rest, keywords[0]: [*(_add_properties(branch, own) for branch in branches), *null]}


def _is_object(branch: JSON) -> bool:
    return isinstance(branch, dict) and not branch.keys().isdisjoint({"$ref", "properties", "required"})


def _add_properties(branch: Any, own: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in branch:
        return {"allOf": [branch, {"type": "object", **own}]}
    required = dict.fromkeys([*own.get("required", ()), *branch.get("required", ())])
    merged = {
        "type": "object",
        **own,
        **branch,
        "properties": own["properties"] | branch.get("properties", {}),
    }
    return {**merged, "required": list(required)}


def _find_model(branch: JSON) -> dict[str, Any] | None:
    """Return what becomes a model by itself in `branch` of a union: an object with properties, or a list's item."""
    if not isinstance(branch, dict) or "$ref" in branch:
        return None
    if "items" in branch:
        return _find_model(branch["items"])
    parts = branch.get("allOf")
    if branch.get("properties") or (isinstance(parts, list) and len(parts) > 1):
        return branch
    return None


def _find_bounded(branch: JSON) -> dict[str, Any] | None:
    """Return `branch` where it is a scalar with bounds, which becomes a type by itself where a schema is a union."""
    return branch if isinstance(branch, dict) and "$ref" not in branch and _BOUNDS & branch.keys() else None


def _offer(branch: dict[str, Any], all_of_them: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield what `branch` might be called, the most telling first."""
    if isinstance(branch.get("title"), str):
        yield _join([branch["title"]])
    for part in branch.get("allOf") or ():
        if (component := read_component(part)) is not None:
            yield _join([component[0]])
    for keyword in ("format", "type"):
        if isinstance(branch.get(keyword), str) and not branch.get("properties"):
            yield _join([branch[keyword]])
    properties, required = _list_members(branch)
    for name in sorted(properties, key=lambda each: each not in required):
        if (value := _find_constant(properties[name])) is not None:
            yield _join([value])
    others = [_list_members(each) for each in all_of_them if each is not branch]
    for own, theirs in (
        (required, {name for each in others for name in each[1]}),
        (list(properties), {name for each in others for name in each[0]}),
    ):
        if alone := [name for name in own if name not in theirs]:
            yield _join(alone[:1])
    yield from (_join(own[:2]) for own in (required, list(properties)) if own)


def _list_members(branch: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the properties of `branch` and the names of the required ones, with those of the parts of its `allOf`."""
    parts = [branch, *(part for part in branch.get("allOf") or () if isinstance(part, dict))]
    properties = {name: member for part in parts for name, member in (part.get("properties") or {}).items()}
    return properties, [str(name) for part in parts for name in part.get("required") or ()]


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
