"""Generates a package from a small document, imports it under a unique name, and serves it in process."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package


@contextmanager
def imported(folder: Path, document: str) -> Iterator[ModuleType]:
    """Generate and import the package of `document`. Its modules are removed from `sys.modules` afterwards."""
    name = f"generated_{abs(hash((folder, document)))}"
    spec = folder / "spec.yaml"
    spec.write_text(document, encoding="utf-8")
    write_package(generate_package(spec).files, folder / name)
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [each for each in sys.modules if each.partition(".")[0] == name]:
            del sys.modules[module]


def serve(package: ModuleType, **options: Any) -> httpx.AsyncBaseTransport:
    """Return a transport to the server stubs of `package`, implemented by the functions in `handlers`."""
    server = importlib.import_module(f"{package.__name__}.server")
    handlers = {name: staticmethod(each) for name, each in options.pop("handlers").items()}
    backend = type("Backend", (server.Handlers,), handlers)()
    return httpx.ASGITransport(server.create_app(backend, **options))
