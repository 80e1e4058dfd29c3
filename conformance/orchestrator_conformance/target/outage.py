"""Finds out whether a target is down or denies access as a whole, rather than in one operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract, Operation
from ..contract.requirements import CHANGING
from .exchange import Headers, Request, Response

# Its answer is a constant, which a backend can return even if every service behind it is down.
_CONSTANT: Final = "getWorkflowStatuses"
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_BODIES: Final = (b"{}", b'{"paginationInfo": {"offset": 0, "pageSize": 1}}')


class TargetDown(CannotRun):
    """The backend or a service behind it is down, or the token is not valid any more. Nothing can be judged."""


Symptom = Literal["down", "limited", "denied"]


@dataclass(frozen=True, slots=True)
class Probe:
    """A harmless request, which every backend should answer."""

    operation: Operation
    request: Request

    @property
    def name(self) -> str:
        """The method and the path of the operation."""
        return f"{self.operation.method} {self.operation.path}"


def list_probes(contract: Contract) -> list[Probe]:
    """Return a request for each operation that reads and needs no values, the ones that need most services first.

    If the document has no such operation except the one with a constant answer, that one is returned.
    """
    operations = [each for each in contract.operations.values() if _is_harmless(each)]
    probes = [Probe(each, request) for each in operations for request in _requests_of(each)]
    return [each for each in probes if each.operation.id != _CONSTANT] or probes


def _is_harmless(operation: Operation) -> bool:
    needs_values = "{" in operation.path or any(each.get("required") for each in operation.parameters)
    return operation.id not in CHANGING and operation.method in ("GET", "POST") and not needs_values


def _requests_of(operation: Operation) -> list[Request]:
    if operation.body is None:
        return [Request(operation.method, operation.path, (), b"")]
    headers: Headers = (("Content-Type", "application/json"),)
    return [Request(operation.method, operation.path, headers, body) for body in _BODIES]


def find_symptom(response: Response) -> Symptom | None:
    """Return what an answer is a symptom of, or None if only a running backend gives it.

    A single such answer proves nothing: it may be a fault of one operation.
    """
    if response.status == 429:
        return "limited"
    if response.status == 500 or response.is_from_gateway:
        return "down"
    if response.status == 401 or 300 <= response.status <= 399:
        return "denied"
    return "denied" if 200 <= response.status <= 299 and response.content_type in _HTML else None


def describe_outage(base_url: str, symptoms: dict[Symptom, str]) -> str:
    """Return a sentence about a target whose answers all have symptoms. `symptoms` has an example of each."""
    if "down" in symptoms:
        cause = "the backend, or a service behind it, is down"
        example = symptoms["down"]
    elif "denied" in symptoms:
        cause, example = "the token is not valid, or not valid any more", symptoms["denied"]
    else:
        cause, example = "a gateway limits the number of requests: try --rate", symptoms["limited"]
    return f"{base_url}: {cause} ({example}, and no request succeeds)"
