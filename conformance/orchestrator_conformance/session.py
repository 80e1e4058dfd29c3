"""What a check is given: a way to ask the target, what was discovered of it, and runs of its own to try things on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

from .contract import Contract, Operation
from .exchange import Exchange, NotJson, Request, Response, mask_tokens, read_json
from .features import STANDARD, Claims
from .judge import judge
from .ledger import Ledger
from .requirements import CHANGING, feature_of
from .target import Target

JSON = Any
T = TypeVar("T")

# How long a target may take until what was done shows: a Data Index behind a backend lags by seconds.
CONSISTENCY_CEILING: Final = 10.0

_FIRST_PAUSE: Final = 0.02
_LONGEST_PAUSE: Final = 1.0
_LARGEST_PAGE: Final = 1000
# How long, in seconds, is watched for something that must not happen.
_WATCH: Final = 0.5


class Failed(Exception):
    """The target breaks the requirement under test."""

    def __init__(self, expected: str, found: str, *evidence: Exchange) -> None:
        super().__init__(f"expected {expected}; found {found}")
        self.expected = expected
        self.found = found
        self.evidence = evidence


class Undecided(Exception):
    """The data at hand cannot tell right from wrong; the message says what is missing."""


class Absent(Exception):
    """The target lacks what the requirement is about, as it may where that is not claimed; the message says what."""

    def __init__(self, lacking: str, *evidence: Exchange) -> None:
        super().__init__(lacking)
        self.evidence = evidence


class NotApplicable(Exception):
    """The requirement does not apply to this target or document; the message says why."""


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
    shows. `other` is the same target as a second user, who lacks the right to see what the first one starts.
    """

    target: Target
    contract: Contract
    seed: int
    allowed_runs: Callable[[str], bool] | None
    ledger: Ledger
    patience: float = CONSISTENCY_CEILING
    claims: Claims = STANDARD
    other: Target | None = None
    started: dict[str, str] = field(default_factory=dict)
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
        if not self.claims.allows(feature_of(operation_id)):
            raise NotApplicable(f"the feature {feature_of(operation_id)} is not claimed")
        if operation_id in CHANGING and self.allowed_runs is None:
            raise NotApplicable("runs are not allowed: see --allow-runs")
        request = _build(operation, path or {}, query or {}, body)
        response = self.target.send(request, may_repeat=operation_id not in CHANGING)
        return self._keep(operation_id, request, response, is_good=is_good and asks_plainly(body))

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
        built = _build(self.find_operation(operation_id), path or {}, query or {}, body)
        request = replace(built, token=token)
        response = user.send(request, may_repeat=operation_id not in CHANGING)
        return self._keep(operation_id, request, response, is_good=False)

    def call_together(
        self, operation_id: str, path: Mapping[str, str], bodies: Sequence[JSON]
    ) -> list[Exchange]:
        """Send one request for each body, all at the same time; judge the answers, and return the exchanges."""
        operation = self.find_operation(operation_id)
        requests = [_build(operation, path, {}, body) for body in bodies]
        with ThreadPoolExecutor(len(requests)) as pool:
            responses = list(pool.map(lambda each: self.target.send(each, may_repeat=False), requests))
        pairs = zip(requests, responses, strict=True)
        return [self._keep(operation_id, request, response, is_good=False) for request, response in pairs]

    def _keep(self, operation_id: str, request: Request, response: Response, *, is_good: bool) -> Exchange:
        shown = replace(request, body=mask_tokens(request.body))
        exchange = Exchange(operation_id, shown, response, is_good)
        self.record(exchange)
        return exchange

    def record(self, exchange: Exchange) -> None:
        """Judge and count an exchange, and remember the instance that it started, if any."""
        self.ledger.record(exchange)
        if exchange.operation_id != "executeWorkflow" or not 200 <= exchange.response.status <= 299:
            return
        try:
            answer = read_json(exchange.response.body)
        except NotJson:
            return
        found = self.contract.find_operation(exchange.request.method, exchange.request.path)
        if found and isinstance(answer, dict) and isinstance(answer.get("id"), str):
            self.started[answer["id"]] = found[1].get("workflowId", "")

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
        if judge(self.contract, exchange) is not None:
            raise Undecided(f"{operation.id} answers what the document does not: see ORC-OP-{operation.id}-*")
        if exchange.response.status != 200:
            return None
        if documented and documented[0].media_type.startswith("text/"):
            return Answer(exchange.response.body.decode("utf-8"), exchange)
        try:
            return Answer(read_json(exchange.response.body), exchange)
        except NotJson:
            raise Undecided(f"{operation.id} answers no JSON: see ORC-OP-{operation.id}-BODY") from None

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
        deadline = time.monotonic() + (self.patience if ceiling is None else ceiling)
        pause = _FIRST_PAUSE
        while True:
            value = probe()
            remaining = deadline - time.monotonic()
            if is_enough(value) or remaining <= 0:
                return value
            time.sleep(min(pause, remaining))
            pause = min(pause * 1.5, _LONGEST_PAUSE)

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


def _build(operation: Operation, path: Mapping[str, str], query: Mapping[str, str], body: JSON) -> Request:
    raw_path = operation.path
    for name, value in path.items():
        raw_path = raw_path.replace(f"{{{name}}}", quote(value, safe=""))
    if query:
        raw_path += "?" + urlencode(query)
    data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    headers = (("Content-Type", "application/json"),) if data else ()
    return Request(operation.method, raw_path, headers, data)


def asks_plainly(body: JSON) -> bool:
    """Whether a SearchRequest asks for nothing that a backend could have a reason to refuse: a page at most."""
    paging = (body or {}).get("paginationInfo", {})
    counts = [paging.get("offset", 0), paging.get("pageSize", 0)]
    return (
        "filters" not in (body or {})
        and paging.keys() <= {"offset", "pageSize", "orderDirection"}
        and all(isinstance(count, int) and 0 <= count <= _LARGEST_PAGE for count in counts)
    )


def pick(values: Sequence[T], seed: int) -> T:
    """Return one of `values`, which are not empty, by the run's seed."""
    return values[seed % len(values)]
