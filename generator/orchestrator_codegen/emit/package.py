"""Emits the files of a package: rendered templates, copied runtime modules, and a copy of the document."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined

from ..api.ir import Api, ErrorShape
from ..document.load import Document
from .docstrings import quote_docstring
from .filters import view_filters
from .models.emit_models import emit_models
from .models.schemas.base_unions import name_base_unions
from .notice import write_notice
from .operations.operations import view_api
from .package_imports import find_imports
from .package_parts import TEMPLATES, Parts, view_exports
from .starter import Starter
from .template_set import BUILT_IN, TemplateSet

_RUNTIME: Final = files(__package__.rpartition(".")[0]) / "runtime"


def emit_package(
    api: Api,
    error_shape: ErrorShape,
    document: Document,
    source_name: str,
    *,
    parts: Parts = Parts.SERVER,
    templates: TemplateSet = BUILT_IN,
) -> dict[str, str]:
    """Return the text of each file of the package, by file name. Python files are not yet formatted.

    The server stubs write errors in `error_shape`. The first line of each file names `source_name` as its source.
    Raises `BrokenDocument` if a custom template fails, or renders text that is not valid Python.
    """
    api = name_base_unions(api)
    view, filters = view_api(api, error_shape), view_filters(api)
    exports = view_exports(
        parts,
        view.title,
        has_filters=filters is not None,
        has_servers=bool(view.servers),
        has_headers=bool(view.headers),
        has_credentials=view.credentials is not None,
    )
    values = {"api": view, "filters": filters, "exports": exports, "flavours": _FLAVOURS}
    names = [
        *TEMPLATES[parts],
        *(["filters.py"] if filters else []),
        *(["credentials.py"] if "credentials" in exports.names else []),
        *(f"{name}.py" for name in ("headers", "servers") if name in exports.modules),
    ]
    emitted = {name: _render(templates, name, **values) for name in names}
    emitted = _add_runtime_modules({**emitted, "models.py": emit_models(api)}, templates)
    notice = write_notice(api.title, api.version, source_name)
    python = {name: f"# {notice}\n{text}" for name, text in emitted.items()}
    return {
        **python,
        "openapi.json": _write_json(document, notice),
        "openapi.yaml": f"# {notice}\n{document.text}",
        "py.typed": f"# {notice}\n",
    }


def emit_starter(
    api: Api, error_shape: ErrorShape, package: str, module: str, *, templates: TemplateSet = BUILT_IN
) -> Starter:
    """Return the source of `module`, which implements the server stubs of `package`. It is not yet formatted."""
    view = view_api(name_base_unions(api), error_shape)
    text = _render(templates, "stub.py", api=view, package=package, module=quote_docstring(module))
    return Starter(text, {each.method_name: each.operation_id for each in view.operations})


def _add_runtime_modules(emitted: Mapping[str, str], templates: TemplateSet) -> dict[str, str]:
    """Return `emitted` and the runtime modules that it imports, directly or indirectly."""
    complete, waiting = dict(emitted), list(emitted)
    while waiting:
        name = waiting.pop()
        for each in find_imports(complete[name]):
            file = f"{each.module}.py"
            if file in complete:
                continue
            if (_RUNTIME / file).is_file():
                complete[file] = (_RUNTIME / file).read_text(encoding="utf-8")
                waiting.append(file)
            elif each.is_certain and f"{name}.jinja" in templates.replaced:
                message = (
                    f"line {each.line} of its output imports .{each.module}, which is not in the package"
                )
                templates.reject(f"{name}.jinja", message)
    return dict(sorted(complete.items()))


def _write_json(document: Document, notice: str) -> str:
    """Return the document as JSON. JSON has no comments, so the extension `x-generated` in line 1 holds the notice."""
    body = json.dumps(document.data, indent=2, ensure_ascii=False)
    return f'{{"x-generated": {json.dumps(notice, ensure_ascii=False)},{body.removeprefix("{")}\n'


def _render(templates: TemplateSet, name: str, **values: object) -> str:
    environment = Environment(
        loader=templates.make_loader(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    with templates.reporting_errors():
        text = environment.get_template(name).render(values)
    if f"{name}.jinja" in templates.replaced:
        _check_python(text, f"{name}.jinja", templates)
    return text


def _check_python(text: str, template: str, templates: TemplateSet) -> None:
    """Raise `BrokenDocument` if `text`, the output of the custom `template`, is not valid Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, template, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        line = problem.lineno if isinstance(problem, SyntaxError) else None
        shown = text.splitlines()[line - 1].strip() if line and line <= len(text.splitlines()) else ""
        place = f" in line {line} of the output: {shown}" if line else ""
        reason = problem.msg if isinstance(problem, SyntaxError) else problem
        templates.reject(template, f"its output is not valid Python: {reason}{place}")


# The words that differ between the synchronous and the asynchronous client.
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
