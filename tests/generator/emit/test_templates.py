"""Custom templates replace built-in ones file by file, and errors in them are reported with a source location."""

from __future__ import annotations

import dataclasses
import importlib
import re
import sys
from pathlib import Path
from typing import Final

import pytest
import yaml
from jinja2 import Environment, meta
from orchestrator_codegen.cli import run
from orchestrator_codegen.emit import filters, package_parts
from orchestrator_codegen.emit.operations import headers, iterations, operations
from orchestrator_codegen.emit.template_set import BUILT_IN, list_built_in, open_templates
from orchestrator_codegen.pipeline import generate_output

from ..support.documents import PETS, read_folder, write_document

README: Final = (Path(package_parts.__file__).parents[1] / "templates" / "README.md").read_text(
    encoding="utf-8"
)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Return an empty template folder."""
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def generate(tmp_path: Path, *options: str, command: str = "generate") -> int:
    spec = write_document(tmp_path, PETS)
    given = [
        "--spec",
        str(spec),
        "--output",
        str(tmp_path / "pets"),
        "--templates",
        str(tmp_path / "templates"),
    ]
    return run([command, *given, *options])


def test_a_custom_template_replaces_only_its_own_file(
    tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = generate_output(write_document(tmp_path, PETS), "pets")
    text = BUILT_IN.read("client.py.jinja")
    (templates / "client.py.jinja").write_text(text + "\nOPERATIONS = {{ api.operations | length }}\n")
    (templates / ".client.py.jinja.swp").write_bytes(b"\xff")
    assert generate(tmp_path) == 0
    written = {name: (tmp_path / "pets" / name).read_text() for name in ours.package}
    assert {name for name in written if written[name] != ours.package[name]} == {"client.py"}
    assert (tmp_path / "docs" / "index.html").read_text() == ours.docs["index.html"]
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        assert importlib.import_module("pets.client").OPERATIONS == 1
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "pets"]:
            del sys.modules[name]
    assert generate(tmp_path, command="check") == 0
    (templates / "client.py.jinja").unlink()
    assert generate(tmp_path, command="check") == 1


def test_templates_of_the_html_page_can_be_replaced(tmp_path: Path, templates: Path) -> None:
    ours = generate_output(write_document(tmp_path, PETS), "pets").docs
    (templates / "page.css").write_text("body { color: teal }\n")
    (templates / "type.html.jinja").write_text("<i>{{ pieces | length }}</i>")
    assert generate(tmp_path) == 0
    page = (tmp_path / "docs" / "index.html").read_text()
    assert "body { color: teal }" in page
    assert re.search(r"<i>\d</i>", page)
    policies = [
        re.search(r"style-src '?(?:&#39;)?(sha256-[\w+/=]+)", text) for text in (page, ours["index.html"])
    ]
    assert policies[0]
    assert policies[1]
    assert policies[0][1] != policies[1][1]
    assert (tmp_path / "docs" / "api.md").read_text() == ours["api.md"]


def test_templates_of_markdown_and_catalog_can_be_replaced(tmp_path: Path, templates: Path) -> None:
    ours = generate_output(write_document(tmp_path, PETS), "pets").docs
    (templates / "operation.md.jinja").write_text("### {{ operation.id | plain }}\n\n\n\n")
    text = BUILT_IN.read("catalog-info.yaml.jinja")
    (templates / "catalog-info.yaml.jinja").write_text(
        f"{text}  x-tags: {{{{ reference.groups | length }}}}\n"
    )
    assert generate(tmp_path) == 0
    written = {name: (tmp_path / "docs" / name).read_text() for name in ours}
    assert {name for name in ours if written[name] != ours[name]} == {"api.md", "catalog-info.yaml"}
    assert "\n\n### listPets\n\n## Schemas\n" in written["api.md"]
    entity = yaml.safe_load(written["catalog-info.yaml"])
    assert entity["spec"].pop("x-tags") == 1
    assert entity == yaml.safe_load(ours["catalog-info.yaml"])


def test_the_template_of_a_starter_can_be_replaced(tmp_path: Path, templates: Path) -> None:
    (templates / "stub.py.jinja").write_text('"""{{ module }} of {{ package }}."""\n')
    spec, path = write_document(tmp_path, PETS), tmp_path / "backend.py"
    options = ["--spec", str(spec), "--package", "acme.pets", "--templates", str(templates)]
    assert run(["stubs", str(path), *options]) == 0
    assert path.read_text() == '"""backend of acme.pets."""\n'
    (templates / "stub.py.jinja").write_text("def")
    assert run(["stubs", str(tmp_path / "other.py"), *options]) == 2


def test_a_runtime_module_that_a_template_imports_is_added(tmp_path: Path, templates: Path) -> None:
    (templates / "__init__.py.jinja").write_text("from ._retry import Retry as Retry\n")
    assert generate(tmp_path, "--models-only") == 0
    assert (tmp_path / "pets" / "_retry.py").is_file()


# The file, its content, the reported line and column, and a part of the message.
FAULTS: Final[dict[str, tuple[str, str | bytes, str, str]]] = {
    "syntax": ("client.py.jinja", "a = 1\n{% if %}\n", ":2:1", "Expected an expression"),
    "unknown filter": ("client.py.jinja", "\n\n{{ api | nothing }}\n", ":3:1", "No filter named 'nothing'"),
    "undefined": ("client.py.jinja", "# x\n{{ apo.title }}\n", ":2:1", "'apo' is undefined"),
    "undefined field": (
        "server.py.jinja",
        "{% for a in api.operations %}\n{{ a.b }}{% endfor %}",
        ":2:1",
        "'b'",
    ),
    "raising": ("client.py.jinja", "\n{{ 1 / 0 }}", ":2:1", "ZeroDivisionError"),
    "infinite recursion": ("client.py.jinja", '{% include "client.py" %}', ":1:1", "RecursionError"),
    "no such include": ("client.py.jinja", '\n{% include "../pyproject.toml" %}', ":2:1", "TemplateNotFound"),
    "invalid Python": (
        "client.py.jinja",
        "a = 1\n\nb = = {{ 2 }}\n",
        ":1:1",
        "line 3 of the output: b = = 2",
    ),
    "not a module": ("client.py.jinja", "return 1\n", ":1:1", "'return' outside function"),
    "null": ("client.py.jinja", "a = '\0'\n", ":1:1", "null bytes"),
    "not UTF-8": ("client.py.jinja", b"# \xff\n", ":1:1", "is not UTF-8"),
    "missing import": (
        "client.py.jinja",
        "x = 1\nfrom ._nothing import y\n",
        ":1:1",
        "line 2 of its output imports ._nothing",
    ),
    "in the docs": ("fields.html.jinja", "\n{{ fields.nothing }}", ":2:1", "'nothing'"),
    "syntax in the docs": ("schema.html.jinja", "{% for %}", ":1:1", "Expected"),
    "in the Markdown": ("content.md.jinja", "\n\n{{ content.nothing }}", ":3:1", "'nothing'"),
    "in the catalog": ("catalog-info.yaml.jinja", "{{ entity.spec.nothing }}", ":1:1", "'nothing'"),
    "invalid YAML": (
        "catalog-info.yaml.jinja",
        "a: {{ entity | yaml }}",
        ":1:1",
        "its output is not valid YAML",
    ),
    "a unknown name": ("clients.py.jinja", "", ":1:1", "is not the name of a template; use one of"),
    "a runtime module": ("_http.py", "", ":1:1", "client.py.jinja"),
}


@pytest.mark.parametrize(("name", "text", "place", "message"), FAULTS.values(), ids=FAULTS)
def test_an_error_in_a_template_is_reported_with_its_location(
    tmp_path: Path,
    templates: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str | bytes,
    place: str,
    message: str,
) -> None:
    (templates / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert generate(tmp_path) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"{templates / name}{place}: error: ")
    assert message in captured.err
    assert (captured.out, len(captured.err.splitlines())) == ("", 1)
    assert read_folder(tmp_path).keys() == {"spec.yaml", f"templates/{name}"}


def test_all_strange_names_are_told(
    templates: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (templates / "a").mkdir()
    (templates / "b.jinja").touch()
    assert generate(tmp_path) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{templates / 'a'}:1:1: ")
    assert second.startswith(f"{templates / 'b.jinja'}:1:1: ")
    assert all(name in first for name in list_built_in())


def test_a_missing_template_folder_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate(tmp_path) == 2
    message = "error: the template folder cannot be read: No such file or directory\n"
    assert capsys.readouterr().err == f"{tmp_path / 'templates'}:1:1: {message}"


def test_an_internal_error_is_not_reported_as_a_template_error(templates: Path) -> None:
    (templates / "page.css").touch()
    with pytest.raises(ZeroDivisionError), open_templates(templates).reporting_errors():
        raise ZeroDivisionError


FILTERS: Final = (
    *("prose", "fields", "type", "code", "words"),
    *("plain", "cell", "cell_code", "example", "remarks", "yaml"),
)


def test_every_template_and_its_variables_are_documented() -> None:
    environment = Environment()
    environment.filters |= dict.fromkeys(FILTERS, str)
    rows = [line for line in README.splitlines() if line.startswith("|")]
    for name in list_built_in():
        (row,) = [line for line in rows if f"`{name}`" in line.split("|")[1]]
        if name.endswith(".jinja"):
            used = meta.find_undeclared_variables(environment.parse(BUILT_IN.read(name)))
            assert used <= set(re.findall(r"`(\w+)`", row.split("|")[3])), name


@pytest.mark.parametrize(
    "view",
    [
        operations.ApiView,
        operations.GroupView,
        operations.OperationView,
        iterations.IterationView,
        iterations.WaitView,
        filters.FiltersView,
        headers.HeadersView,
        filters.PartView,
        package_parts.Exports,
    ],
)
def test_every_field_is_documented(view: type) -> None:
    assert {each.name for each in dataclasses.fields(view)} <= set(re.findall(r"`(\w+)`", README))
