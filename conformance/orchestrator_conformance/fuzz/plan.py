"""What is to be sent, and what came of each request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..contract.contract import Contract
from ..target.exchange import Headers


class FuzzError(Exception):
    """The engine failed, wholly or for some operation; the message says where and why."""


class TargetSilent(Exception):
    """The target stopped answering; the message names the request and says what came instead."""


@dataclass(frozen=True, slots=True)
class FuzzPlan:
    """What may be sent where.

    - `base_url`: with the base path, such as `http://127.0.0.1:8080/api/orchestrator`.
    - `headers`: secret; they go with every request and appear in no case.
    - `operations`: the operationIds that may be sent at all.
    - `values`: real values by the name of a path or query parameter, fed in beside made-up ones.
    - `pinned`: by operationId and parameter, the only values that may be sent for that operation.
    - `bodies`: by operationId, JSON bodies known to be good, mixed in.
    - `max_examples`: how many requests are generated for an operation in each phase.
    - `is_alive`: whether the target answers anything at all, asked where no answer came.
    - `on_sent`: told of every exchange as soon as it is over, before it is yielded.
    - `timeout`: seconds to wait for an answer.
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
    timeout: float = 30.0
    on_sent: Callable[[FuzzedCase], None] = lambda case: None


@dataclass(frozen=True, slots=True)
class FuzzedCase:
    """One request as it was on the wire, and its answer.

    `path` is raw, with its query, below the base URL. The plan's own headers and those of the connection are left
    out of `request_headers`, cookies out of `response_headers`. A status of 0 stands for no answer.
    """

    operation_id: str
    method: str
    path: str
    request_headers: Headers
    request_body: bytes
    status: int
    response_headers: Headers
    response_body: bytes
