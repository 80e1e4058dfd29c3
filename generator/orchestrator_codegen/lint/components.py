"""Rules on components: those that nothing uses, and names that lead to none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..diagnostics import Severity
from ..load import JSON, Pointer
from ..references import split_reference
from .finding import Hit, Rule
from .subject import Subject
from .uses import find_used, iter_securities
from .words import show

_MAPPED: Final = "#/components/schemas/"


def find_unused_components(subject: Subject) -> Iterator[Hit]:
    """Yield the components that no operation leads to, be it through others; silent where there are no operations."""
    data = subject.data
    if not (data.get("paths") or data.get("webhooks")):
        return
    used = find_used(data)
    for kind, components in (data.get("components") or {}).items():
        if kind.startswith("x-") or not isinstance(components, dict):
            continue
        for name in components:
            if (kind, name) not in used:
                found = f"nothing that an operation leads to uses {show(name)} of {kind}"
                yield Hit(("components", kind, name), found, "remove it, or refer to it where it was meant")


def find_unknown_securities(subject: Subject) -> Iterator[Hit]:
    """Yield the names of security schemes that are not declared (Security Requirement Object)."""
    declared = (subject.data.get("components") or {}).get("securitySchemes") or {}
    for at, name in iter_securities(subject.data):
        if name not in declared:
            yield Hit(
                at, f"there is no security scheme {show(name)}", "declare it in components.securitySchemes"
            )


def find_lost_mappings(subject: Subject) -> Iterator[Hit]:
    """Yield the values of discriminators that lead to no schema."""
    schemas = (subject.data.get("components") or {}).get("schemas") or {}
    for schema in subject.schemas:
        discriminator = schema.data.get("discriminator")
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        for value, target in (mapping if isinstance(mapping, dict) else {}).items():
            if isinstance(target, str) and _read_mapped(target) not in schemas and _is_local(target):
                at: Pointer = (*schema.at, "discriminator", "mapping", value)
                found = f"the discriminator's {show(value)} leads to {show(target)}, where no schema is"
                yield Hit(at, found, "mend the name, or remove the entry")


def _read_mapped(target: str) -> JSON:
    return split_reference(target)[-1] if target.startswith(_MAPPED) else target


def _is_local(target: str) -> bool:
    return target.startswith(_MAPPED) or not any(sign in target for sign in "/#.")


def find_lost_links(subject: Subject) -> Iterator[Hit]:
    """Yield the links to operations that are not there (Link Object, `operationId`)."""
    ids = {endpoint.id for endpoint in subject.endpoints}
    for endpoint in subject.endpoints:
        for status in endpoint.answers:
            answer = subject.step(endpoint.part, "responses", status)
            for name in answer.data.get("links") or {}:
                link = subject.step(answer, "links", name)
                if "operationId" in link.data and link.data["operationId"] not in ids:
                    found = f"the link {show(name)} leads to {show(link.data['operationId'])}, no operation"
                    yield Hit((*link.at, "operationId"), found, "mend the operationId, or remove the link")


RULES: Final = (
    Rule(
        "unused-component",
        Severity.WARNING,
        "a component that no operation leads to",
        "readers and generated code carry it along, and often a $ref to it was forgotten",
        find_unused_components,
    ),
    Rule(
        "unknown-security",
        Severity.WARNING,
        "a security requirement whose scheme is not declared",
        "nobody can know which credentials to send",
        find_unknown_securities,
    ),
    Rule(
        "lost-mapping",
        Severity.WARNING,
        "a value of a discriminator that leads to no schema",
        "what comes with that value cannot be read",
        find_lost_mappings,
    ),
    Rule(
        "lost-link",
        Severity.WARNING,
        "a link to an operation that is not there",
        "whoever follows it gets nowhere",
        find_lost_links,
    ),
)
