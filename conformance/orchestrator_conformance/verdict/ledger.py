"""Records, for each operation, the requests sent and how their answers compare with the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ..contract.contract import Contract, Operation
from ..contract.features import STANDARD, Claims
from ..contract.requirements import CHANGING, Aspect, aspects_of, feature_of, requirement_of
from ..target.exchange import Exchange
from ..target.judge import Violation, judge, judge_request
from .outcome import Error, Fail, Inconclusive, Outcome, Pass, Result, Skip

_EVIDENCE: Final = 3
_IN_A_LIST: Final = re.compile(r"^(/(items|overviews)/\d+|the body)(: )?")
_NUMBER: Final = re.compile(r"/\d+")


@dataclass(slots=True)
class _Account:
    """The counts and violations of one operation. `by_gateways` counts answers of gateways, by status."""

    sent: int = 0
    successes: int = 0
    forbidden: int = 0
    by_gateways: Counter[int] = field(default_factory=Counter)
    violations: dict[Aspect, list[tuple[Violation, Exchange]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    accepted: list[Exchange] = field(default_factory=list)


class Ledger:
    """Judges each exchange as it arrives, and derives the outcomes of the operations' requirements."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._accounts: dict[str, _Account] = defaultdict(_Account)
        self._failure: str | None = None

    @property
    def sent(self) -> int:
        """The number of exchanges recorded."""
        return sum(account.sent for account in self._accounts.values())

    def record(self, exchange: Exchange) -> Violation | None:
        """Judge and count `exchange`. Returns how it violates the document, or None."""
        account = self._accounts[exchange.operation_id]
        account.sent += 1
        if exchange.response.is_from_gateway:
            account.by_gateways[exchange.response.status] += 1
            return None
        operation = self._contract.operations[exchange.operation_id]
        violation = judge(self._contract, exchange)
        is_success = 200 <= exchange.response.status <= 299
        if violation is not None:
            account.violations[violation.aspect].append((violation, exchange))
        elif is_success:
            account.successes += 1
        if not exchange.is_good and judge_request(self._contract, operation, exchange.request) == "forbidden":
            account.forbidden += 1
            if is_success:
                account.accepted.append(exchange)
        return violation

    def mark_incomplete(self, reason: str) -> None:
        """Record that the suite could not send every request. Requirements that have not failed are then an `Error`."""
        self._failure = reason

    def results(self, *, may_run: bool, claims: Claims = STANDARD) -> list[Result]:
        """Return the outcome of every operation's requirements, in document order."""
        return [
            Result(
                requirement_of(operation, aspect), self._decide(operation, aspect, claims, may_run=may_run)
            )
            for operation in self._contract.operations.values()
            for aspect in aspects_of(operation)
        ]

    def _decide(self, operation: Operation, aspect: Aspect, claims: Claims, *, may_run: bool) -> Outcome:
        account = self._accounts[operation.id]
        feature = feature_of(operation.id)
        if not claims.allows(feature):
            return Skip(f"the feature {feature} is not claimed")
        if aspect == "REFUSE":
            return _decide_refusal(account, operation, may_run=may_run)
        if account.violations[aspect]:
            first, _ = account.violations[aspect][0]
            times = len(account.violations[aspect])
            found = first.found if times == 1 else f"{first.found} (and {times - 1} more)"
            evidence = _shortest([each for _, each in account.violations[aspect]])
            causes = tuple(dict.fromkeys(_name_cause(each) for each, _ in account.violations[aspect]))
            return Fail(first.expected, found, evidence, causes, steps=evidence[:1])
        if self._failure is not None:
            return Error(self._failure)
        # Requests that read are repeated, so an answer of a gateway means that the backend could not be reached.
        if account.by_gateways and (operation.id not in CHANGING or not account.successes):
            return Inconclusive(describe_gateway(operation.id, account.by_gateways))
        if not account.sent and operation.id in CHANGING and not may_run:
            return Skip("runs are not allowed: see --allow-runs")
        if not account.successes and account.sent and feature not in claims.claimed:
            return Skip(f"{operation.id} never succeeded; the feature {feature} is not claimed")
        if not account.successes:
            return Inconclusive(f"a successful answer of {operation.id} ({account.sent} requests sent)")
        return Pass(account.sent)


def describe_gateway(operation_id: str, statuses: Iterable[int]) -> str:
    """Return what is missing if gateways answered an operation with `statuses`, as a noun phrase."""
    shown = ", ".join(str(status) for status in sorted(statuses))
    return f"an answer of the backend to {operation_id}: a gateway answers {shown}"


def _name_cause(violation: Violation) -> str:
    """Return a cause that is the same for the same violation at any index of a list."""
    found = _IN_A_LIST.sub("", violation.found)
    return f"the document allowed {'this: ' if violation.aspect == 'BODY' else ''}{_NUMBER.sub('/N', found)}"


def _decide_refusal(account: _Account, operation: Operation, *, may_run: bool) -> Outcome:
    if account.accepted:
        evidence = _shortest(account.accepted)
        return Fail("an error", f"{len(account.accepted)} successes", evidence, steps=evidence[:1])
    if account.forbidden:
        return Pass(account.forbidden)
    if operation.id in CHANGING and not may_run:
        return Skip("runs are not allowed: see --allow-runs")
    if account.by_gateways:
        return Inconclusive(describe_gateway(operation.id, account.by_gateways))
    return Inconclusive("a request that the document forbids")


def _shortest(exchanges: list[Exchange]) -> tuple[Exchange, ...]:
    return tuple(
        sorted(exchanges, key=lambda each: len(each.request.body) + len(each.request.path))[:_EVIDENCE]
    )
