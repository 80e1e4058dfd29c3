"""Has the generated client of any document talk to the generated server, and holds both ends against the document.

What goes over the wire is read here from the document alone (`probe_wire`); what is drawn is drawn from its schemas
(`probe_drawing`), but for what OpenAPI cannot carry (`probe_limits`).
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
from .document import Described, read_document, read_operations
from .inputs import ABSENT, Inputs, Inputting, draw_as_often, is_form, is_json
from .package import Imported, Tap, construct, dump, import_package
from .requests import check_sent, require_type

_URL: Final = "http://backend.test"
_TOKEN: Final = "user:t0ken"


class Handlers:
    """Handlers of any method, which remember what they were called with and give `answer`."""

    def __init__(self) -> None:
        self.given: dict[str, Any] | None = None
        self.answer: object = None

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        async def handle(**arguments: Any) -> object:
            self.given = arguments
            return self.answer

        return handle


@dataclass(frozen=True, slots=True)
class Probe:
    """One operation of one package."""

    package: Imported
    app: Any
    handlers: Handlers
    inputting: Inputting
    document: Mapping[str, Any]
    described: Described
    operation: Any
    method: str

    def run(self, examples: int) -> None:
        """Try the operation with `examples` inputs and answers; raise `AssertionError`."""

        @draw_as_often(examples)
        @given(st.data())
        def probe(data: st.DataObject) -> None:
            self._exchange(data)
            for status, media in {**self.operation.successes, **self.operation.errors}.items():
                self._answer(data, status, media)

        probe()

    def _exchange(self, data: st.DataObject) -> None:
        media_type = self._find_media_type()
        inputs = self.inputting.draw_call(data, self.described, media_type)
        arguments = dict(self._construct(inputs))
        status, media = next(iter(self.operation.successes.items()))
        wanted = self._draw_answer(data, status, media)
        hints = self.package.hints(self.method)
        self.handlers.answer = construct(hints["return"], wanted) if media.media_type else None
        self.handlers.given = None
        tap = Tap(self.app)
        given_back = self._call(tap, arguments)
        assert tap.request is not None
        assert tap.response is not None
        check_sent(
            self.document,
            self.described,
            inputs,
            media_type,
            tap.request,
            _TOKEN,
            is_lone=self._find_credentials() is None,
        )
        self._check_given(inputs, self.handlers.given)
        found = dump(hints["return"], given_back) if media.media_type else given_back
        require_same(wanted, found, "answer")
        if media.media_type:
            self._check_answered(media.media_type, wanted, tap.response)

    def _find_media_type(self) -> str:
        if self.operation.body is None:
            return ""
        sent = self.operation.body.media.media_type
        return next(each for each in self.described.body if each.partition(";")[0] == sent.partition(";")[0])

    def _construct(self, inputs: Inputs) -> Iterator[tuple[str, Any]]:
        hints = self.package.hints(self.method)
        names = {(each.place, each.name): each.argument for each in self.operation.parameters}
        for said, value in inputs.parameters:
            argument = names[said.place, said.name]
            yield argument, construct(hints[argument], value)
        if self.operation.body is not None:
            yield "body", None if inputs.body is ABSENT else construct(hints["body"], inputs.body)

    def _find_credentials(self) -> Any:
        """Return the class of the credentials of several schemes, None where a lone token will do."""
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

    def _check_given(self, inputs: Inputs, found: Mapping[str, Any] | None) -> None:
        """Hold what the handler was given against what was drawn; what was not sent is the document's default."""
        assert found is not None, "the handler was not called"
        hints = self.package.hints(self.method)
        drawn = {(said.place, said.name): value for said, value in inputs.parameters}
        said = {(each.place, each.name): each for each in self.described.parameters}
        for each in self.operation.parameters:
            key = each.place, each.name
            wanted = drawn[key] if key in drawn else self.inputting.find_default(said[key])
            given_value = found[each.argument]
            require_same(wanted, dump(hints[each.argument], given_value), each.name)
        if self.operation.body is not None:
            wanted = None if inputs.body is ABSENT else inputs.body
            require_same(wanted, dump(hints["body"], found["body"]), "body")

    def _check_answered(self, media_type: str, wanted: Any, response: httpx.Response) -> None:
        """Hold the answer that went over the wire against what the handler returned."""
        require_type(media_type, response.headers["content-type"])
        if is_json(media_type, wanted):
            require_same(wanted, json.loads(response.content), "answered")
        elif not is_form(media_type):
            content = wanted if isinstance(wanted, bytes) else wanted.encode()
            require_same(content, response.content, "answered")

    def _draw_answer(self, data: st.DataObject, status: int, media: Any) -> Any:
        if not media.media_type:
            return None
        content = self.described.answers[_spell(status)]
        named = next(each for each in content if each.partition(";")[0] == media.media_type.partition(";")[0])
        return self.inputting.draw_answer(data, named, content[named])

    def _answer(self, data: st.DataObject, status: int, media: Any) -> None:
        """Have another server give the documented answer `status`, and hold what the client makes of it against it."""
        wanted = self._draw_answer(data, status, media)
        if is_form(media.media_type):
            return
        is_success = status in self.operation.successes
        content = json.dumps(wanted).encode() if is_json(media.media_type, wanted) else wanted
        content = b"" if content is None else content.encode() if isinstance(content, str) else content
        concrete = media.media_type.replace("*", "x")
        headers = {"content-type": concrete} if concrete else {}
        sent = status if status >= 100 else status * 100 or self._find_undocumented(is_success=is_success)
        wire = httpx.MockTransport(lambda _: httpx.Response(sent, headers=headers, content=content))
        inputs = self.inputting.draw_call(data, self.described, self._find_media_type())
        errors = self.package.module("errors")
        try:
            value = self._call(wire, dict(self._construct(inputs)))
            assert is_success, f"{sent} was taken for a success"
        except errors.ApiError as error:
            assert not is_success, f"{sent} was taken for an error"
            value = error.error
        if media.media_type:
            found = dump(self._hint(media, is_success=is_success), value)
            require_same(wanted, found, str(sent))

    def _find_undocumented(self, *, is_success: bool) -> int:
        """Return a status that only the document's `default` stands for."""
        documented = {**self.operation.successes, **self.operation.errors}
        wanted = range(200, 300) if is_success else range(599, 399, -1)
        return next(each for each in wanted if not {each, each // 100} & documented.keys())

    def _hint(self, media: Any, *, is_success: bool) -> Any:
        if is_success:
            return self.package.hints(self.method)["return"]
        return getattr(media, "_type", {"Text": str}.get(type(media).__name__, bytes))


def _spell(status: int) -> str:
    return "default" if status == 0 else str(status) if status >= 100 else f"{status}XX"


def list_probes(spec: Path, folder: Path) -> tuple[Imported, list[Probe], list[str]]:
    """Return the package of a document, a probe for each of its operations, and those that it lacks."""
    package = import_package(spec, folder)
    document = read_document(spec)
    inputting, methods = Inputting(document), package.methods()
    handlers = Handlers()
    app = package.module("server").create_app(handlers)
    probes, lacking = [], []
    for described in read_operations(document):
        found = methods.get((described.method, described.path))
        if found is None:
            lacking.append(described.title)
        else:
            kept = {(each.place, each.name) for each in found[0].parameters}
            left_out = [each for each in described.parameters if (each.place, each.name) not in kept]
            lacking += [f"{described.title}: {each.place} parameter {each.name}" for each in left_out]
            rest = tuple(each for each in described.parameters if each not in left_out)
            said = replace(described, parameters=rest)
            probes.append(Probe(package, app, handlers, inputting, document, said, *found))
    return package, probes, lacking


def run_probes(probes: list[Probe], examples: int) -> dict[str, str]:
    """Run each of `probes`, and return what went wrong by operation."""
    failures = {}
    for each in probes:
        try:
            each.run(examples)
        except Exception as error:
            failures[each.described.title] = f"{type(error).__name__}: {error}"
    return failures
