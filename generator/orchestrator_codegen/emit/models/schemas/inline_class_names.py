"""Names the inline objects in schemas with `allOf` after their location.

datamodel-code-generator does so in other schemas. Within `allOf` it uses only the property name, and adds numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ....api.python_names import name_class
from ....document.load import JSON
from ....document.object_schemas import list_properties
from ....document.single_ref_all_of import REMARKS

# Keywords that describe the property, not the object in it.
_PROPERTY_KEYWORDS = REMARKS | {"nullable", "x-nullable", "x-secret"}


def name_inline_objects(schemas: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `schemas`, by class name, with inline `allOf` schemas, and objects within `allOf`, as named schemas.

    The object in the property `rows` of `Kid` is named `KidRows`, the item of an array there `KidRowsItem`, the value
    of an additional property `KidRowsValue`.
    """
    named: dict[str, JSON] = {}
    waiting = dict(schemas)
    while waiting:
        naming = _Naming(schemas, {})
        named |= {name: naming.extract_from(name, schema) for name, schema in waiting.items()}
        waiting = {name: schema for name, schema in naming.found.items() if name not in named}
    return named


@dataclass(frozen=True, slots=True)
class _Naming:
    """One pass: `schemas` are those of the document, `found` those extracted from them."""

    schemas: Mapping[str, JSON]
    found: dict[str, JSON]

    def extract_from(self, name: str, schema: JSON) -> JSON:
        """Return `schema`, called `name`, with the objects that datamodel-code-generator would number extracted."""
        if not isinstance(schema, dict):
            return schema
        parts = schema.get("allOf")
        if not isinstance(parts, list):
            return self._extract_from_properties(name, schema)
        references = [part for part in parts if isinstance(part, dict) and "$ref" in part]
        inherited = {key for part in references for key in list_properties(part, self.schemas)[0]}
        changed = {**schema, "allOf": [self._extract_from_part(name, part, inherited) for part in parts]}
        return self._extract_from_part(name, changed, inherited)

    def _extract_from_properties(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        properties = schema.get("properties")
        if not isinstance(properties, dict):
            return schema
        changed = {
            key: self._extract(member, f"{name}{name_class(key)}", is_within=False)
            for key, member in properties.items()
        }
        return {**schema, "properties": changed}

    def _extract_from_part(self, name: str, part: JSON, inherited: Collection[str]) -> JSON:
        """Return a part of an `allOf` with objects extracted, except in optional properties that a base declares."""
        if not isinstance(part, dict) or not isinstance(part.get("properties"), dict):
            return part
        required = part.get("required") or ()
        properties = {
            key: member
            if key in inherited and key not in required
            else self._extract(member, f"{name}{name_class(key)}", is_within=True)
            for key, member in part["properties"].items()
        }
        return {**part, "properties": properties}

    def _extract(self, member: JSON, name: str, *, is_within: bool) -> JSON:
        """Return `member` with any object that needs a name moved to `found` as `name`."""
        if not isinstance(member, dict) or "$ref" in member:
            return member
        if "allOf" in member or (is_within and member.get("properties")):
            return member if name in self.schemas or name in self.found else self._refer(member, name)
        if member.get("properties"):
            return self._extract_from_properties(name, member)
        for key, end in (("items", "Item"), ("additionalProperties", "Value")):
            if isinstance(member.get(key), dict):
                return {**member, key: self._extract(member[key], f"{name}{end}", is_within=is_within)}
        for key in ("anyOf", "oneOf"):
            branches = member.get(key)
            if isinstance(branches, list) and sum(map(_is_object, branches)) == 1:
                extracted = [
                    self._extract(each, name, is_within=is_within) if _is_object(each) else each
                    for each in branches
                ]
                return {**member, key: extracted}
        return member

    def _refer(self, member: dict[str, Any], name: str) -> JSON:
        remarks = {key: value for key, value in member.items() if key in _PROPERTY_KEYWORDS}
        self.found[name] = {key: value for key, value in member.items() if key not in remarks}
        reference: dict[str, JSON] = {"$ref": f"#/components/schemas/{name}"}
        if remarks.pop("nullable", False):
            return {**remarks, "anyOf": [reference, {"type": "null"}]}
        return {**reference, **remarks}


def _is_object(schema: JSON) -> bool:
    return isinstance(schema, dict) and bool(schema.get("properties") or "allOf" in schema)
