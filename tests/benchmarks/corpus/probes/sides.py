"""Tests one side, a client or a server, with exchanges that are drawn from its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import httpx
from hypothesis import given
from hypothesis import strategies as st

from tests.generator.support.probe.document import DescribedOperation, read_document, read_operations
from tests.generator.support.probe.inputs import InputStrategies, make_settings

from .checking import check_client, check_server
from .comparing import Comparing, Key
from .exchange import Exchange, build_request, draw


@runtime_checkable
class ClientSide(Protocol):
    """A client from any generator."""

    def find(self, described: DescribedOperation) -> Any:
        """Return the function or method of an operation, or None if there is none."""

    def call(self, found: Any, exchange: Exchange) -> tuple[httpx.Request, Any]:
        """Call the operation. Return the request that was sent, and the result as a JSON value."""


class ServerSide(Protocol):
    """A server from any generator."""

    def find(self, described: DescribedOperation) -> Any:
        """Return the function or method of an operation, or None if there is none."""

    def serve(
        self, found: Any, request: httpx.Request, exchange: Exchange
    ) -> tuple[Mapping[Key, Any], httpx.Response]:
        """Serve a request with a handler that returns the answer of the exchange.

        Return the arguments of the handler as JSON values, and the response. The key of the body is `("body", "")`.
        """


@dataclass(frozen=True, slots=True)
class Probing:
    """A probe of one side. `exact` adds properties that the schemas do not name, and compares exactly."""

    spec: Path
    side: ClientSide | ServerSide
    examples: int
    exact: bool

    def run(self) -> tuple[int, dict[str, str]]:
        """Return the number of operations in the document, and the failures by operation."""
        document = read_document(self.spec)
        schemes = ((document.get("components") or {}).get("securitySchemes") or {}).values()
        comparing = Comparing(self.exact, frozenset(each.get("name", "").lower() for each in schemes))
        inputting = InputStrategies(document, surplus=self.exact)
        total, failures = 0, {}
        for described in read_operations(document):
            total += 1
            try:
                self._try(document, inputting, comparing, described)
            except Exception as error:
                failures[described.title] = f"{type(error).__name__}: {error}"
        return total, failures

    def _try(
        self, document: Any, inputting: InputStrategies, comparing: Comparing, described: DescribedOperation
    ) -> None:
        found = self.side.find(described)
        assert found is not None, "is left out"

        @make_settings(self.examples)
        @given(st.data())
        def run(data: st.DataObject) -> None:
            exchange = draw(inputting, described, data)
            if isinstance(self.side, ClientSide):
                check_client(comparing, exchange, *self.side.call(found, exchange))
            else:
                request = build_request(document, exchange)
                check_server(comparing, exchange, *self.side.serve(found, request, exchange))

        run()
