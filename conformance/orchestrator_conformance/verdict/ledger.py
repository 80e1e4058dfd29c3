"""Records, for each operation, the requests sent and how their answers compare with the document."""

from __future__ import annotations

import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from ..contract.contract import Contract, Operation
from ..contract.features import STANDARD, Claims
from ..contract.requirements import CHANGING, Aspect, aspects_of, feature_of, requirement_of
from ..target.exchange import Exchange, NotJson, read_json
from ..target.judge import Violation, judge, judge_request
from .outcome import Error, Fail, Inconclusive, Outcome, Pass, Result, Skip
from .refusals import read_refusal

_EVIDENCE: Final = 3
# How many faults of an operation are kept apart, and how many bytes of an answer with a fault are kept.
_MOST_FAULTS: Final = 200
_LONGEST: Final = 1 << 16
_OTHERS: Final = "more faults"
# The maximum number of faults that the summary of a failure quotes.
_QUOTED: Final = 5


@dataclass(slots=True)
class _Fault:
    """The violations of one cause: the first of them, how many there were, and the shortest exchanges."""

    first: Violation
    count: int = 0
    evidence: list[Exchange] = field(default_factory=list)

    def add(self, exchange: Exchange) -> None:
        self.count += 1
        self.evidence = _shortest([*self.evidence, exchange])

    def describe(self) -> Fail:
        evidence = tuple(self.evidence)
        return Fail(self.first.expected, self.found, evidence, (self.first.cause,), steps=evidence[:1])

    @property
    def found(self) -> str:
        return self.first.found if self.count == 1 else f"{self.first.found} (and {self.count - 1} more)"


@dataclass(slots=True)
class _Account:
    """The counts and faults of one operation.

    `faults` are the violations by aspect and cause, and `problem` is a failure of the suite to judge an answer.
    `by_gateways` counts the answers of gateways by status.
    """

    sent: int = 0
    successes: dict[Aspect, int] = field(default_factory=lambda: defaultdict(int))
    forbidden: int = 0
    by_gateways: Counter[int] = field(default_factory=Counter)
    faults: dict[Aspect, dict[str, _Fault]] = field(default_factory=lambda: defaultdict(dict))
    accepted: int = 0
    accepted_evidence: list[Exchange] = field(default_factory=list)
    problem: str = ""

    def add_violation(self, violation: Violation, exchange: Exchange) -> None:
        faults = self.faults[violation.aspect]
        key = name_fault(violation, exchange)
        if len(faults) >= _MOST_FAULTS and key not in faults:
            key = _OTHERS
        faults.setdefault(key, _Fault(violation)).add(exchange)


class Ledger:
    """Judges each exchange as it arrives, and derives the outcomes of the operations' requirements."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._accounts: dict[str, _Account] = defaultdict(_Account)
        self._failure: str | None = None
        self._end: str | None = None

    @property
    def sent(self) -> int:
        """The number of exchanges recorded."""
        return sum(account.sent for account in self._accounts.values())

    def record(self, exchange: Exchange) -> tuple[Violation, ...]:
        """Judge and count `exchange`. Returns the distinct ways in which it violates the document."""
        account = self._accounts[exchange.operation_id]
        account.sent += 1
        if exchange.response.is_from_gateway:
            account.by_gateways[exchange.response.status] += 1
            return ()
        try:
            return self._judge(account, exchange)
        except Exception:
            # The check goes on. The requirements of the operation report the failure of the suite.
            account.problem = traceback.format_exc()
            return ()

    def _judge(self, account: _Account, exchange: Exchange) -> tuple[Violation, ...]:
        operation = self._contract.operations[exchange.operation_id]
        violations = judge(self._contract, exchange)
        for violation in violations:
            account.add_violation(violation, _cut(exchange))
        if exchange.is_success:
            self._count_success(account, operation, exchange, {each.aspect for each in violations})
        if not exchange.is_good and judge_request(self._contract, operation, exchange.request) == "forbidden":
            account.forbidden += 1
            if exchange.is_success:
                account.accepted += 1
                account.accepted_evidence = _shortest([*account.accepted_evidence, _cut(exchange)])
        return violations

    def _count_success(
        self, account: _Account, operation: Operation, exchange: Exchange, violated: set[Aspect]
    ) -> None:
        """Count a success for each aspect that could be judged."""
        documented = operation.find_answer(exchange.response.status)
        if documented is None:
            return
        account.successes["STATUS"] += 1
        account.successes["TYPE"] += 1
        is_text = bool(documented) and documented[0].media_type.startswith("text/")
        if "TYPE" not in violated or is_text or _is_json(exchange.response.body):
            account.successes["BODY"] += 1

    def mark_incomplete(self, reason: str) -> None:
        """Record that the suite could not send every request. Requirements that have not failed are then an `Error`."""
        self._failure = reason

    def mark_unfinished(self, reason: str) -> None:
        """Record that the run ended early. Requirements that have not failed are then inconclusive."""
        self._end = reason

    def results(self, *, may_run: bool, claims: Claims = STANDARD) -> list[Result]:
        """Return the outcome of every operation's requirements, in document order."""
        return [
            Result(
                requirement_of(operation, aspect),
                self._try_to_decide(operation, aspect, claims, may_run=may_run),
            )
            for operation in self._contract.operations.values()
            for aspect in aspects_of(operation)
        ]

    def _try_to_decide(
        self, operation: Operation, aspect: Aspect, claims: Claims, *, may_run: bool
    ) -> Outcome:
        try:
            outcome = self._decide(operation, aspect, claims, may_run=may_run)
        except Exception:
            return Error(traceback.format_exc())
        problem = self._accounts[operation.id].problem
        if isinstance(outcome, Pass | Inconclusive):
            if problem:
                return Error(problem)
            if self._end is not None:
                return Inconclusive(self._end)
        return outcome

    def _decide(self, operation: Operation, aspect: Aspect, claims: Claims, *, may_run: bool) -> Outcome:
        account = self._accounts[operation.id]
        feature = feature_of(operation.id)
        if not claims.allows(feature):
            return Skip(f"the feature {feature} is not claimed")
        if aspect == "REFUSE":
            return _decide_refusal(account, operation, may_run=may_run)
        if account.faults[aspect]:
            return _summarize(account.faults[aspect].values())
        if self._failure is not None:
            return Error(self._failure)
        # Requests that read are repeated, so an answer of a gateway means that the backend could not be reached.
        if account.by_gateways and (operation.id not in CHANGING or not account.successes[aspect]):
            return Inconclusive(describe_gateway(account.by_gateways))
        if not account.sent and operation.id in CHANGING and not may_run:
            return Skip("runs are not allowed: see --allow-runs")
        if not account.successes[aspect] and account.sent and feature not in claims.claimed:
            return Skip(f"{operation.id} never succeeded; the feature {feature} is not claimed")
        if not account.successes[aspect]:
            return Inconclusive(f"a successful answer of {operation.id} ({account.sent} requests sent)")
        return Pass(account.sent)


def name_fault(violation: Violation, exchange: Exchange) -> str:
    """Return what tells the faults of one operation and aspect apart."""
    refusal = read_refusal(exchange) if violation.aspect == "STATUS" else None
    return violation.cause if refusal is None else f"{violation.cause}: {refusal.message}"


def _summarize(faults: Iterable[_Fault]) -> Fail:
    """Return the failure of a requirement with all its faults, the most frequent first."""
    ordered = sorted(faults, key=lambda each: -each.count)
    if len(ordered) == 1:
        return ordered[0].describe()
    expected = "; ".join(dict.fromkeys(each.first.expected for each in ordered))
    quoted = [each.found for each in ordered[:_QUOTED]]
    if len(ordered) > _QUOTED:
        quoted.append(f"{len(ordered) - _QUOTED} more faults")
    evidence = tuple(each.evidence[0] for each in ordered[:_EVIDENCE])
    described = tuple(each.describe() for each in ordered)
    causes = tuple(dict.fromkeys(each.first.cause for each in ordered))
    return Fail(expected, "; ".join(quoted), evidence, causes, steps=evidence[:1], faults=described)


def describe_gateway(statuses: Iterable[int]) -> str:
    """Return what is missing if gateways answered with `statuses`, as a noun phrase.

    It does not name the operation, so that the summary has one line for one cause.
    """
    shown = ", ".join(str(status) for status in sorted(statuses))
    return f"an answer of the backend: a gateway answers {shown}"


def _decide_refusal(account: _Account, operation: Operation, *, may_run: bool) -> Outcome:
    if account.accepted:
        evidence = tuple(account.accepted_evidence)
        return Fail("an error", f"{account.accepted} successes", evidence, steps=evidence[:1])
    if account.forbidden:
        return Pass(account.forbidden)
    if operation.id in CHANGING and not may_run:
        return Skip("runs are not allowed: see --allow-runs")
    if account.by_gateways:
        return Inconclusive(describe_gateway(account.by_gateways))
    return Inconclusive("a request that the document forbids")


def _is_json(body: bytes) -> bool:
    try:
        read_json(body)
    except NotJson:
        return False
    return True


def _shortest(exchanges: Iterable[Exchange]) -> list[Exchange]:
    return sorted(exchanges, key=lambda each: len(each.request.body) + len(each.request.path))[:_EVIDENCE]


def _cut(exchange: Exchange) -> Exchange:
    """Return the exchange with the beginning of a long body, which is all that a report shows."""
    body = exchange.response.body
    if len(body) <= _LONGEST:
        return exchange
    return replace(exchange, response=replace(exchange.response, body=body[:_LONGEST]))
