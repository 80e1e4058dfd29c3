"""Runs the Schemathesis engine on the document, with `Wire` as its transport."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any, Final

from schemathesis.config import SchemathesisConfig
from schemathesis.core.errors import SchemathesisError
from schemathesis.engine import events
from schemathesis.engine.context import EngineContext
from schemathesis.engine.core import ExecutionPlan
from schemathesis.engine.run import Phase, PhaseName
from schemathesis.specs.openapi.schemas import OpenApiSchema

from .plan import FuzzedCase, FuzzError, FuzzPlan
from .storage import temporary_storage
from .wire import Wire

# Without the engine's probing and schema analysis, which send requests that no plan permits.
_PHASES: Final = (PhaseName.EXAMPLES, PhaseName.COVERAGE, PhaseName.FUZZING)
_LONGEST_CHAIN: Final = 6


def fuzz(plan: FuzzPlan) -> Iterator[FuzzedCase]:
    """Send generated requests one after the other, and yield each request with its answer.

    Raises `TargetSilent` if the target stops answering and `FuzzError` if the engine fails, both after all earlier
    cases have been yielded. Closing the generator stops the engine.
    """
    if not plan.operations & plan.contract.operations.keys():
        return
    wire = Wire(plan)
    problems: list[str] = []
    with temporary_storage(), closing(wire), closing(_run(plan, wire)) as stream:
        try:
            for event in stream:
                yield from wire.take()
                problems += _read_problem(event)
                if isinstance(event, events.Interrupted) and wire.silent is None:
                    # The engine swallows Ctrl-C.
                    raise KeyboardInterrupt
        finally:
            wire.stop()
        yield from wire.take()
    if wire.silent is not None:
        raise wire.silent
    if problems:
        raise FuzzError("; ".join(dict.fromkeys(problems)))


def _run(plan: FuzzPlan, wire: Wire) -> Generator[events.EngineEvent, None, None]:
    try:
        schema = _WiredSchema(_arrange(plan.contract.document), config=_configure(plan).projects.default)
        schema.wire = wire
        schema.filter_set.include(operation_id=sorted(plan.operations & plan.contract.operations.keys()))
        phases = [Phase(name) for name in _PHASES]
        if schema.statistic.transitions.selected:
            phases.append(Phase(PhaseName.STATEFUL_TESTING))
        context = EngineContext(schema=schema, stop_event=threading.Event())
    except SchemathesisError as problem:
        raise FuzzError(f"{plan.contract.source}: {problem}") from None
    yield from ExecutionPlan(phases).execute(context)


class _WiredSchema(OpenApiSchema):
    """The document, with `Wire` in place of the engine's transport."""

    wire: Wire

    @property
    def transport(self) -> Wire:
        return self.wire


def _configure(plan: FuzzPlan) -> SchemathesisConfig:
    sources = {"extra-data-sources": {"responses": False}, "operation-ordering": "none"}
    return SchemathesisConfig.from_dict(
        {
            "seed": plan.seed,
            "base-url": plan.base_url,
            "workers": 1,
            "continue-on-failure": True,
            "suppress-health-check": ["all"],
            "checks": {"enabled": False},
            "cache": {"enabled": False},
            "analysis": {"constants": {"enabled": False}},
            "generation": {
                "mode": "all",
                "max-examples": plan.max_examples,
                "database": "none",
                "no-shrink": True,
            },
            "phases": {
                "examples": sources,
                "coverage": {**sources, "unexpected-methods": []},
                "fuzzing": {**sources, "error-feedback": {"enabled": False}},
                "stateful": {
                    # The answers of rejected requests have no ids to follow.
                    "generation": {"mode": "positive"},
                    "max-steps": _LONGEST_CHAIN,
                    "inference": {"algorithms": []},
                    "link-calibration": False,
                },
            },
        }
    )


def _read_problem(event: events.EngineEvent) -> list[str]:
    match event:
        case events.FatalError(exception=problem):
            return [f"{type(problem).__name__}: {problem}"]
        case events.NonFatalError():
            first_line = event.info.message.strip().partition("\n")[0]
            return [f"{event.label}: {event.info.title}: {first_line}"]
        case _:
            return []


def _arrange(document: Any) -> Any:
    """Return a copy of the document, which the engine modifies, with the paths that have a DELETE operation last.

    The engine processes the paths in order, and few requests make sense for a deleted resource.
    """
    # The round trip through JSON converts the dates and numeric keys of YAML to strings.
    copied = json.loads(json.dumps(document, default=str))
    copied["paths"] = dict(sorted(copied["paths"].items(), key=lambda item: "delete" in item[1]))
    return copied
