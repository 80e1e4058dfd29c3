"""Starts runs of different workflows concurrently."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ...target.exchange import Exchange, Request, Response
from ...target.request_building import quote_segment
from ..session import Session, require_backend
from .runs import Run, read_run


def start_concurrently(session: Session, wanted: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Run]:
    """Start one run for each pair of workflow id and inputs concurrently, each for a different target entity.

    The workflows must have been started before, see `probe_runs`. Raises `Undecided` if a start is rejected.
    """
    operation = session.find_operation("executeWorkflow")
    entities = [f"component:default/conformance-{session.seed}-{number}" for number in range(len(wanted))]
    requests = [
        Request(
            operation.method,
            operation.path.replace("{workflowId}", quote_segment(workflow_id)),
            (("Content-Type", "application/json"),),
            json.dumps({"inputData": inputs, "targetEntity": entity}, ensure_ascii=False).encode(),
        )
        for (workflow_id, inputs), entity in zip(wanted, entities, strict=True)
    ]

    def send(request: Request) -> Response:
        return session.target.send(request, may_repeat=False, operation_id=operation.id)

    # Record every exchange before parsing any, and before an interruption ends the run: clean-up needs all ids.
    with session.interruption.held():
        with ThreadPoolExecutor(session.target.pacing.limit_concurrency(len(requests))) as pool:
            responses = list(pool.map(send, requests))
        exchanges = [
            Exchange(operation.id, request, response, is_good=False)
            for request, response in zip(requests, responses, strict=True)
        ]
        session.record_all(exchanges)
    for exchange in exchanges:
        require_backend(exchange)
    return [
        replace(read_run(session, workflow_id, inputs, exchange), target_entity=entity)
        for (workflow_id, inputs), entity, exchange in zip(wanted, entities, exchanges, strict=True)
    ]
