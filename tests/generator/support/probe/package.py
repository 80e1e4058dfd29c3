"""Generates the package of any document under a unique name and imports it."""

from __future__ import annotations

import importlib
import itertools
import json
import sys
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package
from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

_COUNT: Final = itertools.count()


@dataclass(frozen=True, slots=True)
class ImportedPackage:
    """An imported package, and the warnings about its document."""

    name: str
    folder: Path
    warnings: tuple[str, ...]

    def module(self, name: str) -> Any:
        """Return one of the modules of the package."""
        return importlib.import_module(f"{self.name}.{name}")

    def methods(self) -> dict[tuple[str, str], tuple[Any, str]]:
        """Return each operation and the name of its Python method, by HTTP method and path."""
        return {(each.method, each.path): (each, name) for each, name in self.module("server")._ROUTES}

    def hints(self, method: str) -> Mapping[str, Any]:
        """Return the type hints of a client method."""
        client = self.module("client")
        scope = {**vars(client), "models": self.module("models")}
        return typing.get_type_hints(getattr(client.AsyncClient, method), scope, include_extras=True)


def import_package(spec: Path, folder: Path) -> ImportedPackage:
    """Generate the package of the document at `spec` in `folder`, and import it."""
    package = generate_package(spec)
    name = f"probed_{next(_COUNT)}_{''.join(each if each.isalnum() else '_' for each in spec.stem)}"
    write_package(package.files, folder / name)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    importlib.import_module(name)
    return ImportedPackage(
        name, folder / name, tuple(str(each).removeprefix(f"{spec}:") for each in package.warnings)
    )


@cache
def adapt(type_: Any) -> TypeAdapter[Any]:
    """Return a cached adapter for a type of a package."""
    return TypeAdapter(type_)


def construct(type_: Any, value: Any) -> Any:
    """Return the Python object for `value`, which is a JSON value with bytes for files."""
    if holds_bytes(value):
        return adapt(type_).validate_python(value, by_alias=True, by_name=False)
    return adapt(type_).validate_json(json.dumps(value), strict=True, by_alias=True, by_name=False)


def dump(type_: Any, value: Any) -> Any:
    """Return the JSON value of a Python object of the package. Bytes of files stay bytes."""
    if type_ is bytes:
        return value
    adapter = adapt(type_)
    plain = adapter.dump_python(value, by_alias=True, exclude_unset=True, warnings="error")
    return (
        _to_json(plain)
        if holds_bytes(plain)
        else json.loads(adapter.dump_json(value, by_alias=True, exclude_unset=True, warnings="error"))
    )


def holds_bytes(value: Any) -> bool:
    """Return whether `value` contains bytes at any depth."""
    if isinstance(value, dict):
        return any(map(holds_bytes, value.values()))
    return any(map(holds_bytes, value)) if isinstance(value, list) else isinstance(value, bytes)


def _to_json(value: Any) -> Any:
    match value:
        case bytes():
            return value
        case dict():
            return {key: _to_json(each) for key, each in value.items()}
        case list():
            return [_to_json(each) for each in value]
        case _:
            return to_jsonable_python(value)


class Tap(httpx.AsyncBaseTransport):
    """A transport to an ASGI application that records the last request and response."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app)
        self.request: httpx.Request | None = None
        self.response: httpx.Response | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.request = request
        self.response = await self._inner.handle_async_request(request)
        await self.response.aread()
        return self.response
