"""Emits the files of one package: templates filled, runtime modules copied, the document beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ..ir import Api, ErrorShape
from ..load import Document
from ..notice import write_notice
from ..starter import Starter
from .docstrings import quote_docstring
from .filters import view_filters
from .models import emit_models
from .operations import view_api

_TEMPLATES: Final = ("__init__.py", "_operations.py", "client.py", "server.py")
_RUNTIME: Final = (
    "_access.py",
    "_answer.py",
    "_asgi.py",
    "_calling.py",
    "_context.py",
    "_credential.py",
    "_endpoints.py",
    "_exchange.py",
    "_flows.py",
    "_http.py",
    "_intake.py",
    "_lifespan.py",
    "_media.py",
    "_model.py",
    "_operation.py",
    "_options.py",
    "_paging.py",
    "_parameter.py",
    "_refusal.py",
    "_retry.py",
    "_routing.py",
    "_secrets.py",
    "_service.py",
    "_styles.py",
    "_texts.py",
    "_union.py",
    "_waiting.py",
    "errors.py",
)


def emit_package(api: Api, error_shape: ErrorShape, document: Document, source_name: str) -> dict[str, str]:
    """Return the text of every file of the package, by file name; Python is not yet formatted.

    `error_shape` is what the stubs write errors in, `source_name` what the first line of each file names as its source.
    """
    view, filters = view_api(api, error_shape), view_filters(api)
    modules = ["errors", *([] if filters is None else ["filters"]), "models"]
    modules += ["servers"] * bool(view.servers)
    values = {"api": view, "filters": filters, "modules": modules, "flavours": _FLAVOURS}
    emitted = {name: _render(name, **values) for name in _TEMPLATES}
    emitted |= {name: _read("runtime", name) for name in _RUNTIME}
    if filters is not None:
        emitted["filters.py"] = _render("filters.py", filters=filters)
        emitted["_filter.py"] = _read("runtime", "_filter.py")
    if view.servers:
        emitted["servers.py"] = _render("servers.py", api=view)
        emitted["_servers.py"] = _read("runtime", "_servers.py")
    if view.has_forms:
        emitted["_form.py"] = _read("runtime", "_form.py")
    emitted["models.py"] = emit_models(api)
    notice = write_notice(api.title, api.version, source_name)
    python = {name: f"# {notice}\n{text}" for name, text in emitted.items()}
    return {
        **python,
        "openapi.json": _write_json(document, notice),
        "openapi.yaml": f"# {notice}\n{document.text}",
        "py.typed": f"# {notice}\n",
    }


def emit_starter(api: Api, error_shape: ErrorShape, package: str, module: str) -> Starter:
    """Return a module, to be called `module`, that implements the stubs of `package`; it is not yet formatted."""
    view = view_api(api, error_shape)
    text = _render("stub.py", api=view, package=package, module=quote_docstring(module))
    return Starter(text, {each.method_name: each.operation_id for each in view.operations})


def _write_json(document: Document, notice: str) -> str:
    """Return the document as JSON; JSON has no comments, so an extension in the first line says where it is from."""
    body = json.dumps(document.data, indent=2, ensure_ascii=False)
    return f'{{"x-generated": {json.dumps(notice, ensure_ascii=False)},{body.removeprefix("{")}\n'


def _read(folder: str, name: str) -> str:
    return (files(__package__.rpartition(".")[0]) / folder / name).read_text(encoding="utf-8")


def _render(name: str, **values: object) -> str:
    environment = Environment(
        loader=FunctionLoader(lambda template: _read("templates", template)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    return environment.get_template(f"{name}.jinja").render(values)


# The words in which the synchronous and the asynchronous client differ.
_FLAVOURS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "client": "Client",
        "base": "SyncBase",
        "adjective": "synchronous",
        "def_": "def",
        "await_": "",
        "with_": "with",
        "iterator": "Iterator",
    },
    {
        "client": "AsyncClient",
        "base": "AsyncBase",
        "adjective": "asynchronous",
        "def_": "async def",
        "await_": "await ",
        "with_": "async with",
        "iterator": "AsyncIterator",
    },
)
