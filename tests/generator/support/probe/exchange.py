"""Connects the generated client of any document with the generated server, and checks both against the document.

The expected messages are derived from the document alone (`wire`). Values are drawn from its schemas (`drawing`),
except those that OpenAPI cannot serialize (`limits`).
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import httpx
from hypothesis import given
from hypothesis import strategies as st

from .comparison import require_same
from .document import DescribedOperation, read_document, read_operations
from .inputs import ABSENT, Inputs, InputStrategies, is_form, is_json, make_settings
from .package import ImportedPackage, Tap, construct, dump, import_package
from .requests import check_sent, require_type

_URL: Final = "http://backend.test"
_TOKEN: Final = "user:t0ken"


class Handlers:
    """Handlers for any method, which record their arguments and return `answer`."""

    def __init__(self) -> None:
        self.received: dict[str, Any] | None = None
        self.answer: object = None

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        async def handle(**arguments: Any) -> object:
            self.received = arguments
            return self.answer

        return handle


@dataclass(frozen=True, slots=True)
class Probe:
    """The probe of one operation of a package."""

    package: ImportedPackage
    app: Any
    handlers: Handlers
    strategies: InputStrategies
    document: Mapping[str, Any]
    described: DescribedOperation
    operation: Any
    method: str

    def run(self, examples: int) -> None:
        """Call the operation with `examples` drawn inputs and answers; raise `AssertionError` on a mismatch."""

        @make_settings(examples)
        @given(st.data())
        def probe(data: st.DataObject) -> None:
            self._exchange(data)
            for status, media in {**self.operation.successes, **self.operation.errors}.items():
                self._answer(data, status, media)

        probe()

    def _exchange(self, data: st.DataObject) -> None:
        media_type = self._find_media_type()
        inputs = self.strategies.draw_call(data, self.described, media_type)
        arguments = dict(self._construct(inputs))
        status, media = next(iter(self.operation.successes.items()))
        expected = self._draw_answer(data, status, media)
        hints = self.package.hints(self.method)
        self.handlers.answer = construct(hints["return"], expected) if media.media_type else None
        self.handlers.received = None
        tap = Tap(self.app)
        returned = self._call(tap, arguments)
        assert tap.request is not None
        assert tap.response is not None
        check_sent(
            self.document,
            self.described,
            inputs,
            media_type,
            tap.request,
            _TOKEN,
            is_only_credential=self._find_credentials() is None,
        )
        self._check_received(inputs, self.handlers.received)
        found = dump(hints["return"], returned) if media.media_type else returned
        require_same(expected, found, "answer")
        if media.media_type:
            self._check_answered(media.media_type, expected, tap.response)

    def _find_media_type(self) -> str:
        if self.operation.body is None:
            return ""
        sent = self.operation.body.media.media_type
        return next(each for each in self.described.body if each.partition(";")[0] == sent.partition(";")[0])

    def _construct(self, inputs: Inputs) -> Iterator[tuple[str, Any]]:
        hints = self.package.hints(self.method)
        names = {(each.place, each.name): each.argument for each in self.operation.parameters}
        for parameter, value in inputs.parameters:
            argument = names[parameter.place, parameter.name]
            yield argument, construct(hints[argument], value)
        if self.operation.body is not None:
            yield "body", None if inputs.body is ABSENT else construct(hints["body"], inputs.body)

    def _find_credentials(self) -> Any:
        """Return the class for the credentials of several schemes, or None if the package uses a single token."""
        whole = importlib.import_module(self.package.name)
        return getattr(whole, "Credentials", None)

    def _call(self, transport: Any, arguments: Mapping[str, Any]) -> Any:
        credentials = self._find_credentials()
        auth: Any = _TOKEN
        if credentials is not None:
            auth = credentials(**dict.fromkeys(inspect.signature(credentials).parameters, _TOKEN))
        client_module, retry = self.package.module("client"), self.package.module("_retry")

        async def call() -> Any:
            once = retry.Retry(attempts=1)
            async with client_module.AsyncClient(_URL, auth=auth, transport=transport, retry=once) as client:
                return await getattr(client, self.method)(**arguments)

        return asyncio.run(call())

    def _check_received(self, inputs: Inputs, found: Mapping[str, Any] | None) -> None:
        """Compare the arguments of the handler with the drawn inputs, or with the defaults if not sent."""
        assert found is not None, "the handler was not called"
        hints = self.package.hints(self.method)
        drawn = {(parameter.place, parameter.name): value for parameter, value in inputs.parameters}
        parameters = {(each.place, each.name): each for each in self.described.parameters}
        for each in self.operation.parameters:
            key = each.place, each.name
            expected = drawn[key] if key in drawn else self.strategies.find_default(parameters[key])
            given_value = found[each.argument]
            require_same(expected, dump(hints[each.argument], given_value), each.name)
        if self.operation.body is not None:
            expected = None if inputs.body is ABSENT else inputs.body
            require_same(expected, dump(hints["body"], found["body"]), "body")

    def _check_answered(self, media_type: str, expected: Any, response: httpx.Response) -> None:
        """Compare the answer that was sent with the value that the handler returned."""
        require_type(media_type, response.headers["content-type"])
        if is_json(media_type, expected):
            require_same(expected, json.loads(response.content), "answered")
        elif not is_form(media_type):
            content = expected if isinstance(expected, bytes) else expected.encode()
            require_same(content, response.content, "answered")

    def _draw_answer(self, data: st.DataObject, status: int, media: Any) -> Any:
        if not media.media_type:
            return None
        content = self.described.answers[_format_status(status)]
        named = next(each for each in content if each.partition(";")[0] == media.media_type.partition(";")[0])
        return self.strategies.draw_answer(data, named, content[named])

    def _answer(self, data: st.DataObject, status: int, media: Any) -> None:
        """Send the documented answer `status` from a mock server, and compare the result of the client with it."""
        expected = self._draw_answer(data, status, media)
        if is_form(media.media_type):
            return
        is_success = status in self.operation.successes
        content = json.dumps(expected).encode() if is_json(media.media_type, expected) else expected
        content = b"" if content is None else content.encode() if isinstance(content, str) else content
        concrete = media.media_type.replace("*", "x")
        headers = {"content-type": concrete} if concrete else {}
        sent = status if status >= 100 else status * 100 or self._find_undocumented(is_success=is_success)
        wire = httpx.MockTransport(lambda _: httpx.Response(sent, headers=headers, content=content))
        inputs = self.strategies.draw_call(data, self.described, self._find_media_type())
        errors = self.package.module("errors")
        try:
            value = self._call(wire, dict(self._construct(inputs)))
            assert is_success, f"{sent} was treated as a success"
        except errors.ApiError as error:
            assert not is_success, f"{sent} was treated as an error"
            value = error.error
        if media.media_type:
            found = dump(self._hint(media, is_success=is_success), value)
            require_same(expected, found, str(sent))

    def _find_undocumented(self, *, is_success: bool) -> int:
        """Return a status that only the `default` answer of the document covers."""
        documented = {**self.operation.successes, **self.operation.errors}
        candidates = range(200, 300) if is_success else range(599, 399, -1)
        return next(each for each in candidates if not {each, each // 100} & documented.keys())

    def _hint(self, media: Any, *, is_success: bool) -> Any:
        if is_success:
            return self.package.hints(self.method)["return"]
        return getattr(media, "_type", {"Text": str}.get(type(media).__name__, bytes))


def _format_status(status: int) -> str:
    return "default" if status == 0 else str(status) if status >= 100 else f"{status}XX"


def list_probes(spec: Path, folder: Path) -> tuple[ImportedPackage, list[Probe], list[str]]:
    """Return the package of a document, a probe for each operation, and the names of unsupported parts."""
    package = import_package(spec, folder)
    document = read_document(spec)
    strategies, methods = InputStrategies(document), package.methods()
    handlers = Handlers()
    app = package.module("server").create_app(handlers)
    probes, missing = [], []
    for described in read_operations(document):
        found = methods.get((described.method, described.path))
        if found is None:
            missing.append(described.title)
        else:
            kept = {(each.place, each.name) for each in found[0].parameters}
            left_out = [each for each in described.parameters if (each.place, each.name) not in kept]
            missing += [f"{described.title}: {each.place} parameter {each.name}" for each in left_out]
            rest = tuple(each for each in described.parameters if each not in left_out)
            supported = replace(described, parameters=rest)
            probes.append(Probe(package, app, handlers, strategies, document, supported, *found))
    return package, probes, missing


def run_probes(probes: list[Probe], examples: int) -> dict[str, str]:
    """Run each of `probes`, and return the failures by operation."""
    failures = {}
    for each in probes:
        try:
            each.run(examples)
        except Exception as error:
            failures[each.described.title] = f"{type(error).__name__}: {error}"
    return failures
