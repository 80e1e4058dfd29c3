"""Collects the schemas that must all match: targets of `$ref`, items of `allOf`, choices with a single branch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ...document.load import JSON, Pointer
from ...document.references import split_reference
from ..side import Side, is_prose
from .shape import NUMBER, Choice, Places

_CHOICES: Final = ("oneOf", "anyOf")
_FOLDED: Final = frozenset({"$ref", "allOf", *_CHOICES, "nullable"})


@dataclass(slots=True)
class Conjuncts:
    """Schemas without `$ref`, `allOf`, `oneOf` and `anyOf`, their choices, and whether they allow null."""

    side: Side
    schemas: list[tuple[Pointer, dict[str, JSON]]] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    keywords: dict[str, Pointer] = field(default_factory=dict)
    is_never: bool = False
    may_be_null: bool = False

    def gather(self, places: Places) -> None:
        """Add the schemas at `places`. A recursive schema is added once."""
        pending, seen = list(reversed(places)), set[Pointer]()
        while pending:
            at, schema = self.side.read(pending.pop())
            if at not in seen:
                seen.add(at)
                pending += reversed(self._add(at, schema))

    def _add(self, at: Pointer, schema: JSON) -> list[Pointer]:
        """Add the schema at `at`, and return the pointers of its further parts."""
        if not isinstance(schema, dict):
            self.is_never |= schema is False
            return []
        more: list[Pointer] = []
        if "$ref" in schema:
            more.append(split_reference(schema["$ref"]))
            if self.side.is_30:
                return more  # siblings of a reference are ignored in OpenAPI 3.0
        more += [(*at, "allOf", index) for index in range(len(schema.get("allOf") or ()))]
        plain = {key: value for key, value in schema.items() if key not in _FOLDED}
        if schema.get("nullable") is True and self.side.is_30:
            if isinstance(plain.get("type"), str):
                plain["type"] = [plain["type"], "null"]
            else:
                self.may_be_null = True
        elif "nullable" in schema and not self.side.is_30:
            plain["nullable"] = schema["nullable"]
        self.schemas.append((at, plain))
        for keyword in _CHOICES:
            if schema.get(keyword):
                more += self._add_choice(at, keyword, schema[keyword])
        return more

    def _add_choice(self, at: Pointer, keyword: str, branches: list[JSON]) -> list[Pointer]:
        if folded := _fold(keyword, branches):
            self.schemas.append(((*at, keyword), folded))
            return []
        left = [index for index, branch in enumerate(branches) if not _is_null(branch)]
        self.may_be_null |= len(left) < len(branches)
        found = tuple((*at, keyword, index) for index in left)
        if len(found) == 1:
            return list(found)
        self.choices.append(Choice(keyword, found))
        self.keywords.setdefault("choice", (*at, keyword))
        return []


def read_types(schema: dict[str, JSON]) -> frozenset[str] | None:
    """Return the types in `type`, or None if `schema` has no types."""
    if "type" not in schema:
        return None
    found = frozenset(_list(schema["type"]))
    return found - {"number"} | NUMBER if "number" in found else found


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else [value]


def _strip(schema: JSON) -> dict[str, JSON]:
    return (
        {key: value for key, value in schema.items() if not is_prose(key)} if isinstance(schema, dict) else {}
    )


def _is_null(schema: JSON) -> bool:
    return _strip(schema) in ({"type": "null"}, {"const": None}, {"enum": [None]})


def _fold(keyword: str, branches: list[JSON]) -> dict[str, JSON] | None:
    """Return a schema equivalent to `branches` if each of them is only a type or only an enum."""
    plain = [_strip(branch) for branch in branches]
    if all(each.keys() == {"type"} for each in plain):
        types = [kind for each in plain for kind in _list(each["type"])]
        if len(types) == len(set(types)) and (keyword == "anyOf" or not set(types) >= {"integer", "number"}):
            return {"type": types}
    if all(each.keys() - {"type"} in ({"const"}, {"enum"}) for each in plain):
        values = [value for each in plain for value in each.get("enum", [each.get("const")])]
        return {"enum": values}
    return None
