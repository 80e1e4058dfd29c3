"""Adapters for the client and the server that datamodel-code-generator generates."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import httpx
from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_jsonable_python

from tests.generator.support.probe.document import DescribedOperation
from tests.generator.support.probe.inputs import ABSENT
from tests.generator.support.probe.package import holds_bytes

from .comparing import Key
from .exchange import BASE, Exchange
from .naming import name_arguments

_DOCSTRING: Final = re.compile(r"\b(?:Call|Handle) ([A-Z]+) (/\S*)\.\s*$")

Endpoint = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Method:
    """A method of the resource or service `owner`, with its type hints."""

    owner: str
    name: str
    hints: Mapping[str, Any]


class DatamodelClient:
    """The synchronous client in the package `name`."""

    def __init__(self, name: str) -> None:
        self._package = importlib.import_module(f"{name}.client")
        self._http: Any = importlib.import_module("httpx2")
        view: Any = importlib.import_module(f"{name}.client._client").ClientView
        self._methods: dict[Endpoint, _Method] = {}
        for resource, member in vars(view).items():
            if type(member).__name__ == "cached_property" and not resource.startswith("with_"):
                module = importlib.import_module(f"{name}.client.resources.{resource}._sync")
                owner = next(each for each in _list_classes(module) if each.__name__.endswith("Resource"))
                self._methods |= _read_methods(owner, resource)

    def find(self, described: DescribedOperation) -> _Method | None:
        """Return the method of an operation, or None if there is none."""
        return self._methods.get((described.method, described.path))

    def call(self, found: _Method, exchange: Exchange) -> tuple[httpx.Request, Any]:
        """Call the method. Return the request that was sent, and the result as a JSON value."""
        sent: list[httpx.Request] = []

        def answer(request: Any) -> Any:
            content = request.read()
            sent.append(
                httpx.Request(request.method, str(request.url), headers=request.headers.raw, content=content)
            )
            headers, content = exchange.respond()
            return self._http.Response(exchange.status, headers=headers, content=content)

        native = self._http.Client(transport=self._http.MockTransport(answer))
        with self._package.Client(
            base_url=BASE, http_client=native, max_retries=0, **self._make_credentials()
        ) as client:
            value = getattr(getattr(client, found.owner), found.name)(**_make_arguments(found, exchange))
        return sent[0], dump(value)

    def _make_credentials(self) -> dict[str, Any]:
        parameters = inspect.signature(self._package.Client.__init__).parameters
        kinds = {name: str(each.annotation) for name, each in parameters.items()}
        users = {name: ("user", "key") for name, kind in kinds.items() if "UserPassword" in kind}
        return users | {name: "key" for name, kind in kinds.items() if "Secret" in kind}


class DatamodelServer:
    """The FastAPI server in the package `name`."""

    def __init__(self, name: str) -> None:
        package = importlib.import_module(f"{name}.server")
        services = importlib.import_module(f"{name}.server.services")
        self._given: Mapping[str, Any] = {}
        self._answer: Any = None
        self._result: Any = package.HTTPResult
        self._methods: dict[Endpoint, _Method] = {}
        passed: dict[str, Any] = {}
        hints = typing.get_type_hints(
            package.create_app, vars(importlib.import_module(f"{name}.server.application"))
        )
        for argument in inspect.signature(package.create_app).parameters:
            kind = typing.get_origin(hints.get(argument)) or hints.get(argument)
            if isinstance(kind, type) and kind.__module__ == services.__name__:
                self._methods |= _read_methods(kind, argument)
                passed[argument] = self._implement(kind)()
        if "authorize" in inspect.signature(package.create_app).parameters:
            passed["authorize"] = _authorize
        self._app = package.create_app(**passed)

    def _implement(self, service: type) -> type:
        """Return a subclass of a service that implements its methods."""
        return type(
            f"{service.__name__}Handlers",
            (service,),
            {
                name: self._handle(method)
                for name, method in vars(service).items()
                if inspect.iscoroutinefunction(method)
            },
        )

    def _handle(self, method: Any) -> Any:
        async def handle(_: object, /, **given: Any) -> Any:
            self._given = given
            return self._answer

        handle.__signature__ = inspect.signature(method)  # type: ignore[attr-defined]
        handle.__name__ = method.__name__
        return handle

    def find(self, described: DescribedOperation) -> _Method | None:
        """Return the method of an operation, or None if there is none."""
        return self._methods.get((described.method, described.path))

    def serve(
        self, found: _Method, request: httpx.Request, exchange: Exchange
    ) -> tuple[Mapping[Key, Any], httpx.Response]:
        """Serve a request with a handler that returns the answer of the exchange."""
        self._given = {}
        body = construct(found.hints["return"], exchange.answer) if exchange.answer_type else None
        self._answer = (
            body if isinstance(body, BaseModel) else self._result(status_code=exchange.status, body=body)
        )
        response = asyncio.run(self._send(request))
        named = name_arguments(exchange.described, self._given)
        values = {key: dump(self._given[argument]) for key, argument in named.items()}
        return values | {("body", ""): dump(self._given.get("body"))}, response

    async def _send(self, request: httpx.Request) -> httpx.Response:
        response = await httpx.ASGITransport(self._app).handle_async_request(request)
        await response.aread()
        return response


def _authorize(*_: object) -> object:
    return "a user"


def _list_classes(module: ModuleType) -> list[type]:
    return [
        each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == module.__name__
    ]


def _read_methods(owner: type, owner_name: str) -> dict[Endpoint, _Method]:
    scope = vars(importlib.import_module(owner.__module__))
    return {
        (found[1], found[2]): _Method(owner_name, name, _read_hints(method, scope))
        for name, method in vars(owner).items()
        if inspect.isfunction(method) and (found := _DOCSTRING.search((method.__doc__ or "").strip()))
    }


def _read_hints(method: Any, scope: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(method, scope, include_extras=True)


def _make_arguments(found: _Method, exchange: Exchange) -> dict[str, Any]:
    named = name_arguments(exchange.described, found.hints)
    arguments = {
        named[parameter.place, parameter.name]: construct(
            found.hints[named[parameter.place, parameter.name]], value
        )
        for parameter, value in exchange.inputs.parameters
    }
    if exchange.inputs.body is not ABSENT:
        arguments["body"] = construct(found.hints["body"], exchange.inputs.body)
        if len(exchange.described.body) > 1:
            arguments["media_type"] = exchange.media_type
    return arguments


def construct(hint: Any, value: Any) -> Any:
    """Return a JSON value as an instance of the first type in `hint` that accepts it."""
    failures = []
    for kind in (hint, *typing.get_args(hint)):
        try:
            adapter = TypeAdapter(kind)
            if holds_bytes(value):
                return adapter.validate_python(value)
            return adapter.validate_json(json.dumps(value))
        except Exception as error:  # pydantic does not know some members of a union
            failures.append(error)
    raise failures[-1]


def dump(value: Any) -> Any:
    """Return the JSON value of a generated object, or None for the marker of an absent value."""
    match value:
        case BaseModel():
            return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        case list():
            return [dump(each) for each in value]
        case dict():
            return {key: dump(each) for key, each in value.items()}
        case bytes():
            return value
        case _ if "UNSET" in repr(value):
            return None
        case _:
            return to_jsonable_python(value)
