"""An adapter for the client that openapi-python-client generates."""

from __future__ import annotations

import datetime
import enum
import importlib
import io
import pkgutil
import re
import typing
import uuid
from inspect import getsource, isclass, signature
from types import ModuleType
from typing import Any, Final

import httpx

from tests.generator.support.probe.document import DescribedOperation
from tests.generator.support.probe.inputs import ABSENT

from .exchange import BASE, Exchange
from .naming import name_arguments

_METHOD: Final = re.compile(r'"method": "(\w+)"')
_URL: Final = re.compile(r'"url": "([^"]*)"')


class OpenapiPythonClient:
    """The synchronous client in the package `name`."""

    def __init__(self, name: str) -> None:
        self._package = importlib.import_module(f"{name}.client")
        api = importlib.import_module(f"{name}.api")
        self._modules: dict[tuple[str, str], ModuleType] = {}
        for each in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
            module = importlib.import_module(each.name)
            if hasattr(module, "sync_detailed"):
                source = getsource(module._get_kwargs)
                method, url = _METHOD.search(source), _URL.search(source)
                assert method
                assert url
                self._modules[method[1].upper(), _erase_names(url[1])] = module

    def find(self, described: DescribedOperation) -> ModuleType | None:
        """Return the module of an operation, or None if there is none."""
        return self._modules.get((described.method, _erase_names(described.path)))

    def call(self, found: ModuleType, exchange: Exchange) -> tuple[httpx.Request, Any]:
        """Call the operation. Return the request that was sent, and the result as a JSON value."""
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            request.read()
            sent.append(request)
            headers, content = exchange.respond()
            return httpx.Response(exchange.status, headers=headers, content=content)

        client = self._package.AuthenticatedClient(base_url=BASE, token="key")
        client.set_httpx_client(httpx.Client(base_url=BASE, transport=httpx.MockTransport(answer)))
        hints = {name: each.annotation for name, each in signature(found.sync_detailed).parameters.items()}
        named = name_arguments(exchange.described, hints)
        arguments = {
            named[parameter.place, parameter.name]: construct(
                hints[named[parameter.place, parameter.name]], value
            )
            for parameter, value in exchange.inputs.parameters
        }
        if exchange.inputs.body is not ABSENT:
            arguments["body"] = construct(hints["body"], exchange.inputs.body)
        returned = found.sync_detailed(client=client, **arguments)
        return sent[0], dump(returned.parsed)


def _erase_names(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def construct(hint: Any, value: Any) -> Any:
    """Return a JSON value as an instance of the first type in `hint` that accepts it."""
    members = typing.get_args(hint) if isinstance(hint, typing.types.UnionType) else (hint,)  # type: ignore[attr-defined]
    failures: list[Exception] = []
    for member in members:
        try:
            return _construct(member, value)
        except Exception as error:
            failures.append(error)
    raise failures[0]


def _construct(kind: Any, value: Any) -> Any:
    if typing.get_origin(kind) is list:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is no list")
        return [construct(typing.get_args(kind)[0], each) for each in value]
    if kind is Any:
        return value
    if typing.get_origin(kind) is typing.Literal:
        if value not in typing.get_args(kind):
            raise ValueError(f"{value!r} is not one of {kind}")
        return value
    if not isclass(kind):
        raise TypeError(f"{kind!r} is not known")
    if hasattr(kind, "from_dict"):
        return kind.from_dict(value)
    if hasattr(kind, "to_tuple"):
        return kind(payload=io.BytesIO(value))
    if issubclass(kind, enum.Enum):
        return kind(value)
    if kind is datetime.datetime:
        return datetime.datetime.fromisoformat(value)
    if kind is datetime.date:
        return datetime.date.fromisoformat(value)
    if kind is uuid.UUID:
        return uuid.UUID(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return value
    if type(value) is kind:
        return value
    raise TypeError(f"{value!r} is no {kind}")


def dump(value: Any) -> Any:
    """Return the JSON value of a generated object."""
    match value:
        case enum.Enum():
            return value.value
        case datetime.datetime() | datetime.date():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case list():
            return [dump(each) for each in value]
        case _ if hasattr(value, "to_dict"):
            return value.to_dict()
        case _ if hasattr(value, "payload"):
            return value.payload.getvalue()
        case _:
            return value
