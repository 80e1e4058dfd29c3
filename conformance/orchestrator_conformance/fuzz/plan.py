"""The plan of a fuzzing run: what may be sent. And its cases: each request with its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..contract.contract import Contract
from ..target.exchange import Headers, Response
from ..target.pacing import Pacing
from ..target.receiving import Limits


class FuzzError(Exception):
    """The engine failed, for all operations or for some. The message says where and why."""


class TargetSilent(Exception):
    """The target stopped answering. The message names the request and the error."""


@dataclass(frozen=True, slots=True)
class FuzzPlan:
    """What may be sent to which target.

    - `base_url`: includes the base path, such as `http://127.0.0.1:8080/api/orchestrator`.
    - `headers`: secret headers, sent with every request and not included in the cases.
    - `operations`: the operationIds of the permitted operations.
    - `values`: real values of path and query parameters, by name, used in addition to made-up ones.
    - `pinned`: the only values that may be sent for an operation, by operationId and parameter.
    - `bodies`: JSON bodies that the target should accept, by operationId, used in addition to made-up ones.
    - `max_examples`: the number of requests that are generated for an operation in each phase.
    - `is_alive`: whether the target answers other requests; called after a request without an answer.
    - `on_sent`: called with every case as soon as it is complete, before it is yielded.
    - `limits`: the limits of an answer.
    - `pacing`: decides when a request may be sent, and whether it is repeated.
    """

    contract: Contract = field(repr=False)
    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    operations: frozenset[str]
    values: Mapping[str, tuple[str, ...]]
    pinned: Mapping[str, Mapping[str, tuple[str, ...]]]
    bodies: Mapping[str, tuple[Any, ...]] = field(repr=False)
    seed: int
    max_examples: int
    is_alive: Callable[[], bool] = lambda: False
    limits: Limits = field(default_factory=Limits)
    pacing: Pacing = field(default_factory=Pacing)
    on_sent: Callable[[FuzzedCase], None] = lambda case: None


@dataclass(frozen=True, slots=True)
class FuzzedCase:
    """One request as it was on the wire, and its answer.

    `path` is the raw path with its query, relative to the base URL. `request_headers` excludes the headers of the plan
    and of the connection; the headers of `response` exclude cookies.
    """

    operation_id: str
    method: str
    path: str
    request_headers: Headers
    request_body: bytes
    response: Response
