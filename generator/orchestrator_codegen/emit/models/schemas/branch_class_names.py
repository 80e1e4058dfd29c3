"""Names the inline models in unions after their content, because datamodel-code-generator would number them."""

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
# The subschema of these keywords takes the name of the schema that contains it.
_TRANSPARENT: Final = ("items", "additionalProperties", "not")
_BOUNDS: Final = frozenset(
    {"pattern", "minLength", "maxLength", "multipleOf"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
# Keywords that apply to each object of a union in the same schema.
_SHARED: Final = ("type", "properties", "required", "additionalProperties")
_MOST_WORDS: Final = 6
_ORDINALS: Final = (
    *("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
    *("Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth"),
    *("Eighteenth", "Nineteenth", "Twentieth"),
)


def name_branches(schemas: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `schemas`, by class name, with each inline object in a union of several moved to a schema of its own.

    In a named schema that is a union, scalars with bounds are moved too. The name of a branch is the name of the place
    plus a word that no other branch has: its title, the only value of a property, a property that only it requires or
    has, or else its position.
    """
    return _Naming(schemas).name_all()


class _Naming:
    """Collects named schemas. Those found within others come last."""

    def __init__(self, schemas: Mapping[str, JSON]) -> None:
        self._given = schemas
        self._found: dict[str, JSON] = {}

    def name_all(self) -> dict[str, JSON]:
        named = {name: self._walk(schema, name, is_named=True) for name, schema in self._given.items()}
        return named | self._found

    def _walk(self, schema: JSON, place: str, *, is_named: bool = False) -> JSON:
        """Return `schema`, found at `place`, with inline union branches replaced by references.

        `is_named` is true for a schema that has the name `place` itself.
        """
        if not isinstance(schema, dict):
            return schema
        changed: dict[str, Any] = _share_properties(schema)
        for keyword in _TRANSPARENT:
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
                changed[keyword] = self._walk_union(changed[keyword], place, is_named=is_named)
        return changed

    def _walk_union(self, branches: list[JSON], place: str, *, is_named: bool) -> list[JSON]:
        found = [_find_model(branch) or (_find_bounded(branch) if is_named else None) for branch in branches]
        named = [each for each in found if each is not None]
        if len(named) < 2:  # a single model takes the name of the place
            return [self._walk(branch, place) for branch in branches]
        names = iter(self._choose_names(named, place))
        return [
            self._walk(branch, place) if each is None else self._extract(branch, next(names))
            for branch, each in zip(branches, found, strict=True)
        ]

    def _extract(self, branch: Any, name: str) -> JSON:
        """Move `branch`, or the items of an array, to a schema called `name`. Return the reference."""
        if "items" in branch:
            return {**branch, "items": self._extract(branch["items"], name)}
        self._found[name] = {}  # reserves the name, so that nested schemas get others
        self._found[name] = self._walk(branch, name, is_named=True)
        return {"$ref": f"#/components/schemas/{name}"}

    def _choose_names(self, objects: Sequence[dict[str, Any]], place: str) -> list[str]:
        """Return a name for each of `objects`: the first candidate that is not a candidate of another."""
        candidates = [list(dict.fromkeys(_list_candidates(each, objects))) for each in objects]
        counted = Counter(word for words in candidates for word in words)
        chosen: list[str] = []
        for rank, words in enumerate(candidates):
            unique = [word for word in words if counted[word] == 1]
            for word in [*unique, _write_ordinal(rank)]:
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
    """Move the properties of `schema` into each branch if it also has a union of several objects."""
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
    """Return the schema in `branch` that becomes a model: an object with properties, or the items of an array."""
    if not isinstance(branch, dict) or "$ref" in branch:
        return None
    if "items" in branch:
        return _find_model(branch["items"])
    parts = branch.get("allOf")
    if branch.get("properties") or (isinstance(parts, list) and len(parts) > 1):
        return branch
    return None


def _find_bounded(branch: JSON) -> dict[str, Any] | None:
    """Return `branch` if it is an inline scalar with bounds, which becomes a named type."""
    return branch if isinstance(branch, dict) and "$ref" not in branch and _BOUNDS & branch.keys() else None


def _list_candidates(branch: dict[str, Any], branches: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield candidate names for `branch`, most specific first."""
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
    others = [_list_members(each) for each in branches if each is not branch]
    for own, theirs in (
        (required, {name for each in others for name in each[1]}),
        (list(properties), {name for each in others for name in each[0]}),
    ):
        if alone := [name for name in own if name not in theirs]:
            yield _join(alone[:1])
    yield from (_join(own[:2]) for own in (required, list(properties)) if own)


def _list_members(branch: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the properties of `branch` and the names of required ones, including those in its `allOf`."""
    parts = [branch, *(part for part in branch.get("allOf") or () if isinstance(part, dict))]
    properties = {name: member for part in parts for name, member in (part.get("properties") or {}).items()}
    return properties, [str(name) for part in parts for name in part.get("required") or ()]


def _find_constant(schema: JSON) -> str | None:
    """Return the only string that `schema` allows, or None."""
    if not isinstance(schema, dict):
        return None
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
        return values[0] or None
    return None


def _join(texts: Sequence[str]) -> str:
    """Return the words of `texts` in PascalCase: `USER_CLOSED` becomes `UserClosed`."""
    words = [word for text in texts for word in re.split(r"\W+|_+", text) if word][:_MOST_WORDS]
    plain = [word.capitalize() if word.isupper() and len(word) > 1 else word for word in words]
    return name_class("_".join(plain)) if plain else ""


def _write_ordinal(rank: int) -> str:
    return "Further" * (rank // len(_ORDINALS)) + _ORDINALS[rank % len(_ORDINALS)]
