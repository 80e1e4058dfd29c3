"""The session: what a check gets to send requests to the target and to remember what it found."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from ..contract.contract import Contract, Operation
from ..contract.features import STANDARD, Claims
from ..contract.required_features import find_required_features
from ..contract.requirements import CHANGING, feature_of
from ..model.instants import complete_timestamp
from ..target.exchange import NO_ANSWER, Exchange, Request, Response
from ..target.judge import find_undeclared
from ..target.reading import Unreadable, describe_answer, read_answer
from ..target.redaction import mask_tokens
from ..target.request_building import build_request, is_simple_search
from ..target.target import Target, TargetLost
from ..verdict.ledger import Ledger
from .check_exceptions import Absent, Failed, GatewayAnswered, NotApplicable, Undecided
from .interruption import Interruption
from .outage_watch import OutageWatch

__all__ = ["Absent", "Answer", "Failed", "NotApplicable", "Session", "Undecided", "pick"]

JSON = Any
_LISTS: Final = ("getInstances", "getWorkflowInstances")
T = TypeVar("T")

# How long, in seconds, a change may take to become visible: the Data Index behind a backend lags by seconds.
CONSISTENCY_CEILING: Final = 10.0

_FIRST_PAUSE: Final = 0.02
_LONGEST_PAUSE: Final = 1.0
# How long, in seconds, to watch for an event that must not happen.
_WATCH: Final = 0.5
_ENOUGH_WITHOUT_ANSWER: Final = 3
# The share of the time limit after which an incomplete answer counts as none.
_LATE: Final = 0.9
# The most requests of one check, and the most bytes of their answers.
_MOST_REQUESTS: Final = 3000
_MOST_BYTES: Final = 1 << 28


@dataclass(frozen=True, slots=True)
class Answer:
    """A success: its value, read as the document describes it as far as possible, and its exchange."""

    value: JSON
    exchange: Exchange


@dataclass(slots=True)
class Session:
    """One run against one target.

    - `allowed_runs`: whether a workflow may be started. None forbids every operation that changes data.
    - `claims`: the features that are tested.
    - `patience`: how long, in seconds, a change may take to become visible.
    - `other`: the same target as a second user, who may not see what the first user starts.
    - `effort`: the number of generated examples.
    - `interruption`: ends the run early on a signal.
    - `started`: the instances that the run started, with their workflows.
    - `start_exchanges`: the exchange that started each instance.
    - `without_id`: the executions whose answer contains no id of an instance.
    - `trace`: the exchanges of the running check, in order, and `trace_size` the bytes of their answers.
    - `values`: the answers of the running check that were read, by the identity of the exchange.
    - `by_gateways`: the exchanges in which a gateway answered in place of the backend.
    - `outage_watch`: decides when to look whether the target is down.
    - `problems`: failures of the suite itself that belong to no requirement, with their tracebacks.
    - `lag`: the longest time, in seconds, that an awaited change took to become visible.
    """

    target: Target
    contract: Contract
    seed: int
    allowed_runs: Callable[[str], bool] | None
    ledger: Ledger
    patience: float = CONSISTENCY_CEILING
    claims: Claims = STANDARD
    other: Target | None = None
    effort: int = 0
    interruption: Interruption = field(default_factory=Interruption)
    started: dict[str, str] = field(default_factory=dict)
    start_exchanges: dict[str, Exchange] = field(default_factory=dict)
    without_id: list[Exchange] = field(default_factory=list)
    trace: list[Exchange] = field(default_factory=list)
    trace_size: int = 0
    values: dict[int, tuple[Exchange, JSON]] = field(default_factory=dict)
    by_gateways: list[Exchange] = field(default_factory=list)
    outage_watch: OutageWatch = field(default_factory=OutageWatch)
    settled_at: float = 0.0
    unanswered: Counter[str] = field(default_factory=Counter)
    incomplete: dict[str, Response] = field(default_factory=dict)
    lag: float = 0.0
    problems: list[str] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)

    def call(
        self,
        operation_id: str,
        path: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        body: JSON = None,
        is_good: bool = True,
    ) -> Exchange:
        """Send one request, judge the answer, and return the exchange.

        A body that asks for more than a page is never good, see `Exchange`: if a filter or a sort key is rejected, only
        the requirement that tests it fails. An empty object is not sent if the operation has no body, as in earlier
        revisions of the document. Raises `NotApplicable` if the document has no such operation or body, or if the
        claims or the user do not allow the request. Raises `GatewayAnswered` if no backend answers.
        """
        operation = self.find_operation(operation_id)
        if body == {} and operation.body is None:
            body = None
        if body is not None and operation.body is None:
            raise NotApplicable(f"{operation_id} has no request body in this document")
        for name in find_undeclared(operation, f"?{urlencode(query or {})}"):
            raise NotApplicable(f"{operation_id} has no parameter {name} in this document")
        for feature in sorted(find_required_features(operation_id, query or {}, body)):
            if not self.claims.allows(feature):
                raise NotApplicable(f"the feature {feature} is not claimed")
        if operation_id in CHANGING and self.allowed_runs is None:
            raise NotApplicable("runs are not allowed: see --allow-runs")
        request = build_request(operation, path or {}, query or {}, body)
        with self.interruption.held() if operation_id in CHANGING else nullcontext():
            response = self._send(self.target, operation_id, request)
            kept = self._keep(operation_id, request, response, is_good=is_good and is_simple_search(body))
        return require_backend(kept)

    def _send(self, target: Target, operation_id: str, request: Request) -> Response:
        """Send `request`. Returns `NO_ANSWER` if no answer arrives but the target answers other requests.

        An operation that gave no answer in time several times is not called again.
        """
        if self.unanswered[operation_id] >= _ENOUGH_WITHOUT_ANSWER:
            return self.incomplete.get(operation_id, NO_ANSWER)
        begun = time.monotonic()
        try:
            response = target.send(
                request, may_repeat=operation_id not in CHANGING, operation_id=operation_id
            )
            if response.problem and time.monotonic() - begun >= _LATE * target.timeout:
                self.unanswered[operation_id] += 1
                self.incomplete[operation_id] = response
            return response
        except TargetLost:
            if not self.target.answers(self.contract):
                raise
            self.unanswered[operation_id] += 1
            return NO_ANSWER
        finally:
            if operation_id in CHANGING:
                self.settled_at = time.monotonic() + self.patience

    def call_as(
        self,
        user: Target,
        token: str | None,
        operation_id: str,
        path: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        body: JSON = None,
    ) -> Exchange:
        """Send one request as another user, who may be rejected; judge the answer, and return the exchange.

        `token` is the placeholder for the user's token in reports.
        """
        built = build_request(self.find_operation(operation_id), path or {}, query or {}, body)
        request = replace(built, token=token)
        with self.interruption.held() if operation_id in CHANGING else nullcontext():
            response = self._send(user, operation_id, request)
            kept = self._keep(operation_id, request, response, is_good=False)
        return require_backend(kept)

    def call_together(
        self, operation_id: str, path: Mapping[str, str], bodies: Sequence[JSON]
    ) -> list[Exchange]:
        """Send one request for each body concurrently, judge the answers, and return the exchanges."""
        operation = self.find_operation(operation_id)
        requests = [build_request(operation, path, {}, body) for body in bodies]
        width = self.target.pacing.limit_concurrency(len(requests))
        with self.interruption.held(), ThreadPoolExecutor(width) as pool:
            responses = list(pool.map(lambda each: self._send(self.target, operation_id, each), requests))
            pairs = zip(requests, responses, strict=True)
            sent = [_describe(operation_id, *pair, is_good=False) for pair in pairs]
            self.record_all(sent)
        return [require_backend(each) for each in sent]

    def _keep(self, operation_id: str, request: Request, response: Response, *, is_good: bool) -> Exchange:
        exchange = _describe(operation_id, request, response, is_good=is_good)
        self.record(exchange)
        return exchange

    def record_all(self, exchanges: Sequence[Exchange]) -> None:
        """Record the exchanges of concurrent requests."""
        for exchange in exchanges:
            # Recording may end the run, and the clean-up needs all instances.
            self.note_start(exchange)
        for exchange in exchanges:
            self.record(exchange)

    def record(self, exchange: Exchange) -> None:
        """Judge and record an exchange, and note the instance that it started.

        Raises `TargetDown` if the answer may be due to an outage and no harmless request succeeds either.
        """
        if self.outage_watch.must_look(exchange):
            self.target.require_presence(self.contract)
        self.ledger.record(exchange)
        self.trace.append(exchange)
        self.trace_size += len(exchange.response.body)
        if exchange.response.is_from_gateway:
            self.by_gateways.append(exchange)
        self.note_start(exchange)
        if len(self.trace) > _MOST_REQUESTS:
            raise Undecided(f"an outcome after {_MOST_REQUESTS} requests")
        if self.trace_size > _MOST_BYTES:
            raise Undecided(f"an outcome after {_MOST_BYTES >> 20} MiB of answers")

    def forget_trace(self) -> None:
        """Begin a new trace, for the next check."""
        self.trace.clear()
        self.trace_size = 0
        self.values.clear()

    def note_start(self, exchange: Exchange) -> None:
        """Remember the instance that an exchange started, if any, for the clean-up."""
        if exchange.operation_id != "executeWorkflow":
            return
        value: JSON = None
        if exchange.is_success:
            operation = self.contract.operations[exchange.operation_id]
            with suppress(Unreadable):
                value = read_answer(self.contract, operation, exchange.response)
        found = self.contract.find_operation(exchange.request.method, exchange.request.path)
        if found and isinstance(value, dict) and isinstance(value.get("id"), str):
            self.started[value["id"]] = found[1].get("workflowId", "")
            self.start_exchanges[value["id"]] = exchange
        else:
            self.without_id.append(exchange)

    def ask(
        self,
        operation_id: str,
        path: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        body: JSON = None,
    ) -> Answer:
        """Send a request that must succeed, and return the answer.

        An answer that violates the document is read as far as possible, because the requirements of the operation
        report the violation. Raises `Failed` if the request is rejected, and `Undecided` if the caller has no
        permission or if the answer cannot be read.
        """
        exchange = self.call(operation_id, path, query=query, body=body)
        if exchange.response.status in (401, 403):
            raise Undecided(f"permission for {operation_id} (status {exchange.response.status})")
        if not exchange.is_success:
            raise Failed("status 200", describe_answer(exchange.response), exchange)
        return Answer(self.read(exchange), exchange)

    def try_to_ask(self, operation_id: str, path: Mapping[str, str]) -> Answer | None:
        """Send a request that may be rejected, and return the answer, or None if it was rejected."""
        exchange = self.call(operation_id, path, is_good=False)
        return Answer(self.read(exchange), exchange) if exchange.is_success else None

    def read(self, exchange: Exchange) -> JSON:
        """Return the value of a successful answer, see `read_answer`. Raises `Undecided` if it cannot be read.

        The start and the end of instances are completed, see `complete_timestamp`.
        """
        value = self.read_as_shown(exchange)
        if exchange.operation_id in _LISTS and isinstance(value, dict) and "items" in value:
            return {**value, "items": [_complete_times(row) for row in value["items"]]}
        is_instance = exchange.operation_id == "getInstanceById" and isinstance(value, dict)
        return _complete_times(value) if is_instance else value

    def read_as_shown(self, exchange: Exchange) -> JSON:
        """Return the same as `read`, with every timestamp as it is. Callers must not change the value."""
        known = self.values.get(id(exchange))
        if known is not None and known[0] is exchange:
            return known[1]
        operation = self.find_operation(exchange.operation_id)
        try:
            value = read_answer(self.contract, operation, exchange.response)
            self.values[id(exchange)] = exchange, value
            return value
        except Unreadable as problem:
            request = f"{exchange.request.method} {exchange.request.path}"
            raise Undecided(f"a readable answer of {operation.id}: {request} has {problem}") from None

    def offers(self, operation_id: str) -> bool:
        """Whether the document has the operation and its feature is not disclaimed."""
        return operation_id in self.contract.operations and self.claims.allows(feature_of(operation_id))

    def find_operation(self, operation_id: str) -> Operation:
        """Return the operation. Raises `NotApplicable` if the document does not have it."""
        if operation_id not in self.contract.operations:
            raise NotApplicable(f"the document has no operation {operation_id}")
        return self.contract.operations[operation_id]

    def poll(self, probe: Callable[[], T], is_enough: Callable[[T], bool], ceiling: float | None = None) -> T:
        """Call `probe` at growing intervals until `is_enough`, or for `ceiling` seconds. Returns its last value."""
        begun = time.monotonic()
        deadline = begun + (self.patience if ceiling is None else ceiling)
        pause = _FIRST_PAUSE
        while True:
            value = probe()
            remaining = deadline - time.monotonic()
            if is_enough(value):
                self.lag = max(self.lag, time.monotonic() - begun)
                return value
            if remaining <= 0:
                return value
            time.sleep(min(pause, remaining))
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    @property
    def has_settled(self) -> bool:
        """Whether enough time has passed for the last change to be visible."""
        return time.monotonic() >= self.settled_at

    def watch(self, probe: Callable[[], T], has_happened: Callable[[T], bool]) -> T:
        """Call `probe` for a short time to detect an event that must not happen. Returns the last value."""
        return self.poll(probe, has_happened, min(_WATCH, self.patience))

    def remember(self, key: str, make: Callable[[], T]) -> T:
        """Return the value of `make`, which is called only the first time for each key."""
        if key not in self.memory:
            known = len(self.by_gateways)
            value_made = make()
            if len(self.by_gateways) > known:
                # The value may be incomplete.
                raise GatewayAnswered(self.by_gateways[-1])
            self.memory[key] = value_made
        value: T = self.memory[key]
        return value

    def may_run(self, workflow_id: str) -> bool:
        """Whether the user allows this workflow to be started."""
        return self.allowed_runs is not None and self.allowed_runs(workflow_id)


def _describe(operation_id: str, request: Request, response: Response, *, is_good: bool) -> Exchange:
    shown = replace(request, body=mask_tokens(request.body))
    return Exchange(operation_id, shown, response, is_good)


def require_backend(exchange: Exchange) -> Exchange:
    """Return `exchange`. Raises `GatewayAnswered` if a gateway answered in place of the backend."""
    if exchange.response.is_from_gateway:
        raise GatewayAnswered(exchange)
    return exchange


def _complete_times(row: dict[str, JSON]) -> dict[str, JSON]:
    times: dict[str, JSON] = {name: complete_timestamp(row[name]) for name in ("start", "end") if name in row}
    return {**row, **times}


def pick(values: Sequence[T], seed: int) -> T:
    """Return one of the non-empty `values`, chosen by the seed."""
    return values[seed % len(values)]
