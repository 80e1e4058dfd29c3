"""Computes the views of the client methods that iterate over pages, and of those that wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ...api.ir import Operation, Paging, Property
from ...api.python_names import Arguments, name_argument, name_properties
from ..docstrings import write_docstring
from .annotations import annotate
from .arguments import describe, join, write_keywords, write_path_arguments

_PAGE_SIZE: Final = "The number of rows per request."
_PROMISE: Final = (
    "Each page is requested when the rows of the previous one are consumed. No row is returned twice. If a row is "
    "deleted or moves further back during the iteration, another row may be missed, so sort by a field that does not "
    "change."
)
_UNTIL: Final = (
    "The wanted values of `{property}`, or a function that takes a response and returns whether to stop. Default: "
    "{values}."
)
_WAIT_TIMEOUT: Final = "The maximum time to wait, in seconds; then `WaitTimeout` is raised."


@dataclass(frozen=True, slots=True)
class IterationView:
    """A method that iterates over all pages, and the constant that describes the paging."""

    method_name: str
    constant: str
    paging: str
    row: str
    arguments: str
    parameters: str
    sent: str
    page: str
    docstring: str


@dataclass(frozen=True, slots=True)
class WaitView:
    """A method that waits for a value, and the constant that describes the waiting."""

    method_name: str
    constant: str
    waiting: str
    arguments: str
    parameters: str
    docstring: str


def view_iteration(
    operation: Operation, method_name: str, arguments: Arguments, classes: Mapping[str, str]
) -> IterationView | None:
    """Return the view of the method that iterates over the pages of `operation`, or None if it has no paging."""
    paging = operation.paging
    if paging is None:
        return None
    own = list(arguments.values())
    names = name_properties((each.name for each in (*paging.beside, *paging.within)), own)
    beside, within = (
        [_write_property(each, names, classes) for each in sorted(part, key=lambda each: not each.required)]
        for part in (paging.beside, paging.within)
    )
    keywords = write_keywords(operation, arguments, classes, is_client=True)
    positional = [*write_path_arguments(operation, arguments, classes), *beside]
    described = [
        *describe(operation.parameters, arguments),
        *((names[each.name], each.description) for each in (*paging.beside, *paging.within)),
        ("page_size", _PAGE_SIZE),
    ]
    return IterationView(
        method_name=name_argument(paging.name),
        constant=f"{method_name.upper()}_PAGING",
        paging=_write_paging(paging, method_name.upper(), classes),
        row=annotate(paging.row, classes),
        arguments=join(positional, [*within, "page_size: int = 100", *keywords]),
        parameters="{" + ", ".join(f"{name!r}: {name}" for name in own) + "}",
        sent=_write_values(paging.beside, names),
        page=_write_values(paging.within, names),
        docstring=write_docstring(
            f"Iterate over all rows of `{method_name}`, page by page",
            _PROMISE,
            described,
        ),
    )


def view_wait(
    operation: Operation, method_name: str, arguments: Arguments, classes: Mapping[str, str]
) -> WaitView | None:
    """Return the view of the method that polls `operation`, or None if it has no waiting."""
    waiting = operation.waiting
    if waiting is None:
        return None
    result = next(annotate(each.content.type, classes) for each in operation.successes if each.content)
    constant = method_name.upper()
    required = [each for each in operation.parameters if each.required]
    written = [
        *(
            f"{arguments[each.place, each.name]}: {annotate(each.type, classes)}"
            for each in required
            if each.place != "path"
        ),
        f"until: Until[{result}] | None = None",
        "timeout: float = 300.0",
    ]
    sent = [arguments[each.place, each.name] for each in required]
    described = [
        *describe(required, arguments),
        ("until", _UNTIL.format(property=waiting.property, values=" or ".join(waiting.until))),
        ("timeout", _WAIT_TIMEOUT),
    ]
    return WaitView(
        method_name=name_argument(waiting.name),
        constant=f"{constant}_WAITING",
        waiting=(
            f"Waiting(operation={constant}, property={waiting.property!r}, "
            f"until=frozenset({sorted(waiting.until)}), absent=frozenset({sorted(waiting.absent)}))"
        ),
        arguments=join(write_path_arguments(operation, arguments, classes), written),
        parameters="{" + ", ".join(f"{name!r}: {name}" for name in sent) + "}",
        docstring=write_docstring(
            f"Call `{method_name}` at growing intervals until it returns a wanted value",
            "A resource that is not found is requested again for 30 seconds, because it may not be visible yet.",
            described,
        ),
    )


def _write_property(each: Property, names: Mapping[str, str], classes: Mapping[str, str]) -> str:
    annotation = annotate(each.type, classes)
    return f"{names[each.name]}: {annotation}" + ("" if each.required else " | None = None")


def _write_values(properties: Iterable[Property], names: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{each.name!r}: {names[each.name]}" for each in properties) + "}"


def _write_paging(paging: Paging, constant: str, classes: Mapping[str, str]) -> str:
    texts = {key: getattr(paging, key) for key in ("page", "offset", "limit", "items", "id")}
    return (
        f"Paging(operation={constant}, body={annotate(paging.body, classes)}, "
        f"page_type={annotate(paging.page_type, classes)}, "
        + ", ".join(f"{key}={value!r}" for key, value in texts.items())
        + ")"
    )
