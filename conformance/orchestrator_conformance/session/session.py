"""What a check is given: a way to ask the target, what was discovered of it, and runs of its own to try things on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from ..contract.contract import Contract, Operation
from ..contract.features import STANDARD, Claims
from ..contract.required_features import needs_of
from ..contract.requirements import CHANGING, feature_of
from ..target.exchange import NO_ANSWER, Exchange, NotJson, Request, Response, mask_tokens, read_json
from ..target.judge import Violation, judge
from ..target.request_building import asks_plainly, build_request
from ..target.target import Target, TargetLost
from ..verdict.ledger import Ledger
from .interruption import Interruption
from .signals import Absent, Failed, NotApplicable, Undecided

__all__ = ["Absent", "Answer", "Failed", "NotApplicable", "Session", "Undecided", "pick"]

JSON = Any
T = TypeVar("T")

# How long a target may take until what was done shows: a Data Index behind a backend lags by seconds.
CONSISTENCY_CEILING: Final = 10.0

_FIRST_PAUSE: Final = 0.02
_LONGEST_PAUSE: Final = 1.0
# How long, in seconds, is watched for something that must not happen.
_WATCH: Final = 0.5
_ENOUGH_WITHOUT_ANSWER: Final = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A documented success: its value, and the exchange that it came in."""

    value: JSON
    exchange: Exchange


@dataclass(slots=True)
class Session:
    """One run against one target.

    `allowed_runs` says which workflows may be started; None forbids runs, and with them every operation that changes
    something, and `claims` which features are looked at. `patience` is how many seconds may pass until what was done
    shows. `other` is the same target as a second user, who lacks the right to see what the first one starts. `effort`
    is how much is generated: a number of examples. `interruption` is what may end the run early.

    `started` is every instance that the run started, with its workflow, and `births` the exchanges that started them.
    `trace` holds every exchange of the check that is running, in order, `latest` the last that was recorded and how it
    breaks the document, and `lag` is the longest, in seconds, that
    something took to show that was waited for.
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
    births: dict[str, Exchange] = field(default_factory=dict)
    trace: list[Exchange] = field(default_factory=list)
    latest: tuple[Exchange, Violation | None] | None = None
    settled_at: float = 0.0
    unanswered: Counter[str] = field(default_factory=Counter)
    lag: float = 0.0
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
        """Send one request, judge the answer, and return both.

        A body that asks for more than a page is never good, see `Exchange`: that a filter or a sort key is refused is
        for the requirement to say that tries it.

        An empty object is left out where the operation takes no body, as in earlier revisions. Raises `NotApplicable`
        where the document has no such operation, or one that takes no such body.
        """
        operation = self.find_operation(operation_id)
        if body == {} and operation.body is None:
            body = None
        if body is not None and operation.body is None:
            raise NotApplicable(f"{operation_id} takes no body in this document")
        for feature in sorted(needs_of(operation_id, query or {}, body)):
            if not self.claims.allows(feature):
                raise NotApplicable(f"the feature {feature} is not claimed")
        if operation_id in CHANGING and self.allowed_runs is None:
            raise NotApplicable("runs are not allowed: see --allow-runs")
        request = build_request(operation, path or {}, query or {}, body)
        with self.interruption.held() if operation_id in CHANGING else nullcontext():
            response = self._send(self.target, operation_id, request)
            return self._keep(operation_id, request, response, is_good=is_good and asks_plainly(body))

    def _send(self, target: Target, operation_id: str, request: Request) -> Response:
        """Send `request`; where no answer comes and the target answers others, that is what came.

        An operation that was without an answer several times is not asked any more: each may take a time-out.
        """
        if self.unanswered[operation_id] >= _ENOUGH_WITHOUT_ANSWER:
            return NO_ANSWER
        try:
            return target.send(request, may_repeat=operation_id not in CHANGING)
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
        """Send one request as somebody else, who may be refused; judge the answer, and return both.

        `token` stands for theirs in what is shown.
        """
        built = build_request(self.find_operation(operation_id), path or {}, query or {}, body)
        request = replace(built, token=token)
        with self.interruption.held() if operation_id in CHANGING else nullcontext():
            response = self._send(user, operation_id, request)
            return self._keep(operation_id, request, response, is_good=False)

    def call_together(
        self, operation_id: str, path: Mapping[str, str], bodies: Sequence[JSON]
    ) -> list[Exchange]:
        """Send one request for each body, all at the same time; judge the answers, and return the exchanges."""
        operation = self.find_operation(operation_id)
        requests = [build_request(operation, path, {}, body) for body in bodies]
        with self.interruption.held(), ThreadPoolExecutor(len(requests)) as pool:
            responses = list(pool.map(lambda each: self._send(self.target, operation_id, each), requests))
            pairs = zip(requests, responses, strict=True)
            return [self._keep(operation_id, request, response, is_good=False) for request, response in pairs]

    def _keep(self, operation_id: str, request: Request, response: Response, *, is_good: bool) -> Exchange:
        shown = replace(request, body=mask_tokens(request.body))
        exchange = Exchange(operation_id, shown, response, is_good)
        self.record(exchange)
        return exchange

    def record(self, exchange: Exchange) -> None:
        """Judge and count an exchange, and note what it started."""
        self.latest = exchange, self.ledger.record(exchange)
        self.trace.append(exchange)
        self.note_birth(exchange)

    def note_birth(self, exchange: Exchange) -> None:
        """Remember the instance that an exchange started, if any: it is aborted in the end."""
        if exchange.operation_id != "executeWorkflow" or not 200 <= exchange.response.status <= 299:
            return
        try:
            answer = read_json(exchange.response.body)
        except NotJson:
            return
        found = self.contract.find_operation(exchange.request.method, exchange.request.path)
        if found and isinstance(answer, dict) and isinstance(answer.get("id"), str):
            self.started[answer["id"]] = found[1].get("workflowId", "")
            self.births[answer["id"]] = exchange

    def ask(
        self,
        operation_id: str,
        path: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        body: JSON = None,
    ) -> Answer:
        """Send a request that must succeed, and return what it answered.

        Raises `Failed` where it is refused, and `Undecided` where the answer breaks the document: that is for the
        operation's own requirements to say, once.
        """
        exchange = self.call(operation_id, path, query=query, body=body)
        if exchange.response.status in (401, 403):
            raise Undecided(f"the caller lacks the right to {operation_id} ({exchange.response.status})")
        answer = self._read(exchange)
        if answer is None:
            raise Failed("status 200", f"status {exchange.response.status}", exchange)
        return answer

    def try_to_ask(self, operation_id: str, path: Mapping[str, str]) -> Answer | None:
        """Send a request that may be refused: `ask`, but None where it is."""
        return self._read(self.call(operation_id, path, is_good=False))

    def _read(self, exchange: Exchange) -> Answer | None:
        operation = self.find_operation(exchange.operation_id)
        documented = operation.find_answer(exchange.response.status)
        if self._judge(exchange) is not None:
            raise Undecided(f"{operation.id} answers what the document does not: see ORC-OP-{operation.id}-*")
        if exchange.response.status != 200:
            return None
        if documented and documented[0].media_type.startswith("text/"):
            return Answer(exchange.response.body.decode("utf-8"), exchange)
        try:
            return Answer(read_json(exchange.response.body), exchange)
        except NotJson:
            raise Undecided(f"{operation.id} answers no JSON: see ORC-OP-{operation.id}-BODY") from None

    def _judge(self, exchange: Exchange) -> Violation | None:
        # A list of thousands takes long to judge; as a rule it is the one that was just recorded.
        if self.latest is not None and self.latest[0] is exchange:
            return self.latest[1]
        return judge(self.contract, exchange)

    def offers(self, operation_id: str) -> bool:
        """Whether the document has the operation, and its feature is not disclaimed."""
        return operation_id in self.contract.operations and self.claims.allows(feature_of(operation_id))

    def find_operation(self, operation_id: str) -> Operation:
        """Return the operation; raise `NotApplicable` where the document has none of that id."""
        if operation_id not in self.contract.operations:
            raise NotApplicable(f"the document has no operation {operation_id}")
        return self.contract.operations[operation_id]

    def poll(self, probe: Callable[[], T], is_enough: Callable[[T], bool], ceiling: float | None = None) -> T:
        """Call `probe` at growing intervals until `is_enough`, or for `ceiling` seconds; return the last value."""
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
        """Whether what was changed last must show by now."""
        return time.monotonic() >= self.settled_at

    def watch(self, probe: Callable[[], T], has_happened: Callable[[T], bool]) -> T:
        """Call `probe` for a while, in case that what must not happen does; return the last value."""
        return self.poll(probe, has_happened, min(_WATCH, self.patience))

    def remember(self, key: str, make: Callable[[], T]) -> T:
        """Return what `make` gave the first time: what several checks need is asked for once."""
        if key not in self.memory:
            self.memory[key] = make()
        value: T = self.memory[key]
        return value

    def may_run(self, workflow_id: str) -> bool:
        """Whether the user allows this workflow to be started."""
        return self.allowed_runs is not None and self.allowed_runs(workflow_id)


def pick(values: Sequence[T], seed: int) -> T:
    """Return one of `values`, which are not empty, by the run's seed."""
    return values[seed % len(values)]
