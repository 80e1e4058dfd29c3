"""Names the objects that stand in a schema made of others by where they stand.

datamodel-code-generator does so in any other schema; in one with `allOf` it knows the property alone, and counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ....api.python_names import name_class
from ....document.load import JSON
from ....document.object_schemas import list_properties
from ....document.single_ref_all_of import REMARKS

# What is said of a property, and not of the object that it holds.
_OF_THE_PROPERTY = REMARKS | {"nullable", "x-nullable", "x-secret"}


def name_inline_parts(schemas: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `schemas`, by class name, in which what has an `allOf`, and objects within one, are schemas of their own.

    One in the property `rows` of `Kid` is `KidRows`, an item of a list there `KidRowsItem`, another member
    `KidRowsValue`.
    """
    named: dict[str, JSON] = {}
    waiting = dict(schemas)
    while waiting:
        naming = _Naming(schemas, {})
        named |= {name: naming.look_into(name, schema) for name, schema in waiting.items()}
        waiting = {name: schema for name, schema in naming.found.items() if name not in named}
    return named


@dataclass(frozen=True, slots=True)
class _Naming:
    """One round of it: `schemas` are those of the document, and `found` what is taken out of them."""

    schemas: Mapping[str, JSON]
    found: dict[str, JSON]

    def look_into(self, name: str, schema: JSON) -> JSON:
        """Return `schema`, which is called `name`, without the objects that datamodel-code-generator would count."""
        if not isinstance(schema, dict):
            return schema
        parts = schema.get("allOf")
        if not isinstance(parts, list):
            return self._look_into_properties(name, schema)
        references = [part for part in parts if isinstance(part, dict) and "$ref" in part]
        inherited = {key for part in references for key in list_properties(part, self.schemas)[0]}
        changed = {**schema, "allOf": [self._change(name, part, inherited) for part in parts]}
        return self._change(name, changed, inherited)

    def _look_into_properties(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        properties = schema.get("properties")
        if not isinstance(properties, dict):
            return schema
        looked = {
            key: self._take_out(member, f"{name}{name_class(key)}", is_within=False)
            for key, member in properties.items()
        }
        return {**schema, "properties": looked}

    def _change(self, name: str, part: JSON, inherited: Collection[str]) -> JSON:
        """Return a part of an `allOf` with its objects taken out, but for what its base has and it need not have."""
        if not isinstance(part, dict) or not isinstance(part.get("properties"), dict):
            return part
        required = part.get("required") or ()
        properties = {
            key: member
            if key in inherited and key not in required
            else self._take_out(member, f"{name}{name_class(key)}", is_within=True)
            for key, member in part["properties"].items()
        }
        return {**part, "properties": properties}

    def _take_out(self, member: JSON, name: str, *, is_within: bool) -> JSON:
        """Return `member` with what has to be named in it, if anything, among `found` as `name`."""
        if not isinstance(member, dict) or "$ref" in member:
            return member
        if "allOf" in member or (is_within and member.get("properties")):
            return member if name in self.schemas or name in self.found else self._refer(member, name)
        if member.get("properties"):
            return self._look_into_properties(name, member)
        for key, end in (("items", "Item"), ("additionalProperties", "Value")):
            if isinstance(member.get(key), dict):
                return {**member, key: self._take_out(member[key], f"{name}{end}", is_within=is_within)}
        for key in ("anyOf", "oneOf"):
            branches = member.get(key)
            if isinstance(branches, list) and sum(map(_is_object, branches)) == 1:
                taken = [
                    self._take_out(each, name, is_within=is_within) if _is_object(each) else each
                    for each in branches
                ]
                return {**member, key: taken}
        return member

    def _refer(self, member: dict[str, Any], name: str) -> JSON:
        remarks = {key: value for key, value in member.items() if key in _OF_THE_PROPERTY}
        self.found[name] = {key: value for key, value in member.items() if key not in remarks}
        reference: dict[str, JSON] = {"$ref": f"#/components/schemas/{name}"}
        if remarks.pop("nullable", False):
            return {**remarks, "anyOf": [reference, {"type": "null"}]}
        return {**reference, **remarks}


def _is_object(schema: JSON) -> bool:
    return isinstance(schema, dict) and bool(schema.get("properties") or "allOf" in schema)
