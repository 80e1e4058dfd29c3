"""Rules for components: unused ones, and names of components that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...document.diagnostics import Severity
from ..finding import Hit, Rule
from ..subject import Subject
from ..uses import find_used, iter_securities
from ..wording import show

_MAPPED: Final = "#/components/schemas/"


def find_unused_components(subject: Subject) -> Iterator[Hit]:
    """Yield the components that no operation uses, directly or indirectly. Without operations, yield none."""
    data = subject.data
    if not (data.get("paths") or data.get("webhooks")):
        return
    used = find_used(data)
    for kind, components in (data.get("components") or {}).items():
        if kind.startswith("x-") or not isinstance(components, dict):
            continue
        for name in components:
            if (kind, name) not in used:
                found = f"no operation uses {show(name)} of {kind}"
                yield Hit(("components", kind, name), found, "remove it, or add the missing $ref to it")


def find_unknown_securities(subject: Subject) -> Iterator[Hit]:
    """Yield the names of security schemes that are not declared (Security Requirement Object)."""
    declared = (subject.data.get("components") or {}).get("securitySchemes") or {}
    for at, name in iter_securities(subject.data):
        if name not in declared:
            yield Hit(
                at,
                f"the security scheme {show(name)} is not declared",
                "declare it in components.securitySchemes",
            )


def find_lost_links(subject: Subject) -> Iterator[Hit]:
    """Yield the links to operations that do not exist (Link Object, `operationId`)."""
    ids = {endpoint.id for endpoint in subject.endpoints}
    for endpoint in subject.endpoints:
        for status in endpoint.answers:
            answer = subject.step(endpoint.part, "responses", status)
            for name in answer.data.get("links") or {}:
                link = subject.step(answer, "links", name)
                if "operationId" in link.data and link.data["operationId"] not in ids:
                    found = f"the link {show(name)} names {show(link.data['operationId'])}, which is not an operation"
                    yield Hit((*link.at, "operationId"), found, "correct the operationId, or remove the link")


RULES: Final = (
    Rule(
        "unused-component",
        Severity.WARNING,
        "a component that no operation uses",
        "it adds noise to docs and generated code, and often a $ref to it is missing",
        find_unused_components,
    ),
    Rule(
        "unknown-security",
        Severity.WARNING,
        "a security requirement whose scheme is not declared",
        "clients cannot know which credentials to send",
        find_unknown_securities,
    ),
    Rule(
        "lost-link",
        Severity.WARNING,
        "a link to an operation that does not exist",
        "clients cannot follow it",
        find_lost_links,
    ),
)
