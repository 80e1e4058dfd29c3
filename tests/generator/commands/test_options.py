"""The command line overrides `pyproject.toml`, which overrides the defaults."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.commands.options import NO_DOCS, OUTPUT, SPEC, Layer, Options, resolve_options
from orchestrator_codegen.commands.settings import KEYS, read_settings
from orchestrator_codegen.emit.package_parts import Parts

from ..support.documents import PETS, ROOT, write_document

HERE: Final = "[tool.orchestrator-codegen]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of an empty repository and make it the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_table(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)


# The table and the layer that is read from it. Every key has a row.
VALUES: Final[dict[str, tuple[str, Layer]]] = {
    "spec": ('spec = "a.yaml"', Layer(spec=Path("a.yaml"))),
    "output": ('output = "src/acme"', Layer(output=Path("src/acme"))),
    "absolute": ('output = "/acme"', Layer(output=Path("/acme"))),
    "package": ('package = "acme.pets"', Layer(package="acme.pets")),
    "docs": ('docs = "site"', Layer(docs=Path("site"))),
    "docs off": ("docs = false", Layer(docs=NO_DOCS)),
    "models-only": ("models-only = true", Layer(parts=Parts.MODELS)),
    "models-only off": ("models-only = false", Layer()),
    "models-only and no server": ("models-only = true\nserver = false", Layer(parts=Parts.MODELS)),
    "server": ("server = true", Layer(parts=Parts.SERVER)),
    "server off": ("server = false", Layer(parts=Parts.CLIENT)),
    "templates": ('templates = "ours"', Layer(templates=Path("ours"))),
    "nothing": ("", Layer()),
}


@pytest.mark.parametrize(("text", "layer"), VALUES.values(), ids=VALUES)
def test_a_table_is_read(project: Path, text: str, layer: Layer) -> None:
    write_table(project, HERE + text)
    assert read_settings() == layer


def test_every_key_is_tested_and_documented() -> None:
    assert set(KEYS) <= VALUES.keys()
    reference = (ROOT / "docs" / "reference" / "orchestrator-codegen.md").read_text(encoding="utf-8")
    table = reference.partition("| option | key |")[2].partition("\n\n")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `--")]
    assert [re.findall(r"`([a-z-]+)", row.split("|")[2])[0] for row in rows] == list(KEYS)


@pytest.mark.parametrize(
    "text",
    [
        '[tool]\norchestrator-codegen.spec = "a.yaml"',
        'tool.orchestrator-codegen = { spec = "a.yaml" }',
        '[tool."orchestrator-codegen"]\n"spec" = "a.yaml"',
    ],
)
def test_every_spelling_of_the_table_is_read(project: Path, text: str) -> None:
    write_table(project, text)
    assert read_settings() == Layer(spec=Path("a.yaml"))


def test_the_nearest_table_is_used_and_its_paths_are_relative_to_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(project, HERE + 'spec = "a.yaml"\noutput = "src/acme"')
    below = project / "some" / "where"
    below.mkdir(parents=True)
    write_table(below.parent, "[project]\nname = 'acme'\n")
    monkeypatch.chdir(below)
    assert read_settings() == Layer(spec=Path("../../a.yaml"), output=Path("../../src/acme"))
    write_table(below, HERE + 'spec = "b.yaml"')
    assert read_settings() == Layer(spec=Path("b.yaml"))


def test_the_search_ends_at_the_root_of_the_repository(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(project, HERE + 'spec = "a.yaml"')
    inner = project / "inner"
    (inner / ".git").mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert read_settings() == Layer()


def test_a_file_without_the_table_is_not_parsed(project: Path) -> None:
    write_table(project, "= no TOML\n")
    assert read_settings() == Layer()


# The text of the file, and the place and a part of the text of each message.
FAULTS: Final[dict[str, tuple[str, list[tuple[str, str]]]]] = {
    "not TOML": (f"{HERE}spec = \n", [("2:8", "is not valid TOML: Invalid value")]),
    "cut short": (f"{HERE}spec = [1,\n", [("3:1", "is not valid TOML")]),
    "not a table": (
        "[tool]\norchestrator-codegen = 1\n",
        [("2:1", "tool.orchestrator-codegen must be a table")],
    ),
    "unknown key": (
        f"\n{HERE}\n  specs = 'a'\n",
        [("4:3", "has no key specs; the keys are spec, output, package, docs, ")],
    ),
    "unknown below": (f"{HERE}[tool.orchestrator-codegen.spec2]\na = 1\n", [("2:28", "has no key spec2")]),
    "inline": ("[tool]\norchestrator-codegen = {specs = 1}\n", [("2:25", "has no key specs")]),
    "dotted": ("tool.orchestrator-codegen.specs = 1\n", [("1:27", "has no key specs")]),
    "elsewhere": (f"[tool.a]\nspec = 1\n{HERE}spec = 1\n", [("4:1", "spec must be a path")]),
    "empty": (f"{HERE}output = ''\n", [("2:1", "output must be a path")]),
    "docs": (f"{HERE}docs = true\n", [("2:1", "docs must be a path, or false for no docs")]),
    "switch": (f"{HERE}server = 'no'\n", [("2:1", "server must be true or false")]),
    "package": (f"{HERE}package = 'acme-pets'\n", [("2:1", "package must be an importable name")]),
    "keyword": (f"{HERE}package = 'acme.class'\n", [("2:1", "not 'acme.class'")]),
    "contradiction": (f"{HERE}models-only = true\nserver = true\n", [("3:1", "server = true contradicts")]),
    "all of them": (f"{HERE}a = 1\nspec = 2\n", [("2:1", "has no key a;"), ("3:1", "spec must be a path")]),
}


@pytest.mark.parametrize(("text", "problems"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("command", [["check"], ["stubs", "backend.py"]])
def test_an_invalid_table_is_reported(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    text: str,
    problems: list[tuple[str, str]],
) -> None:
    write_table(project, text)
    assert run(command) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(problems)
    for line, (place, message) in zip(lines, problems, strict=True):
        assert line.startswith(f"pyproject.toml:{place}: error: ")
        assert message in line


def test_the_defaults() -> None:
    assert resolve_options(Layer()) == Options(
        spec=SPEC,
        output=OUTPUT,
        package="orchestrator_v2",
        docs=Path("generated/docs"),
        parts=Parts.SERVER,
        templates=None,
    )


FULL: Final = Layer(Path("a"), Path("b/c"), "d", Path("e"), Parts.CLIENT, Path("f"))


@pytest.mark.parametrize(
    "upper",
    [
        {"spec": Path("x")},
        {"output": Path("x")},
        {"package": "x"},
        {"docs": NO_DOCS},
        {"parts": Parts.SERVER},
        {"templates": Path("x")},
    ],
)
def test_the_upper_layer_overrides_the_lower_one(upper: dict[str, Any]) -> None:
    both = Layer(**upper).over(FULL)
    for name in Layer.__dataclass_fields__:
        assert getattr(both, name) == upper.get(name, getattr(FULL, name))


def test_the_command_line_overrides_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_document(project, PETS)
    write_table(
        project,
        HERE
        + 'spec = "spec.yaml"\noutput = "src/pets"\npackage = "acme.pets"\ndocs = false\nserver = false\n',
    )
    assert run(["generate"]) == 0
    assert (project / "src" / "pets" / "client.py").is_file()
    assert not (project / "src" / "pets" / "server.py").exists()
    assert not (project / "src" / "docs").exists()
    assert run(["generate", "--output", "other", "--package", "other", "--docs", "site", "--server"]) == 0
    assert (project / "other" / "server.py").is_file()
    assert "from other import Client" in (project / "site" / "api.md").read_text()
    assert run(["check"]) == 0
    capsys.readouterr()
    assert run(["check", "--models-only"]) == 1
    assert "+++ /dev/null" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options", [["--docs", "a", "--no-docs"], ["--models-only", "--server"], ["--package", "a-b"]]
)
def test_conflicting_or_invalid_options_are_rejected(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        run(["generate", *options])
    assert raised.value.code == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_the_stubs_command_reads_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_document(project, PETS)
    table = HERE + 'spec = "spec.yaml"\noutput = "src/acme-pets"\n'
    write_table(project, table)
    assert run(["stubs", "backend.py"]) == 2
    assert capsys.readouterr().err == "'acme-pets' is not a valid package name; set --package\n"
    write_table(project, table + 'package = "acme.pets"\n')
    assert run(["stubs", "backend.py"]) == 0
    assert "from acme.pets.server import" in (project / "backend.py").read_text()
    for without in ("server = false", "models-only = true"):
        write_table(project, table + without)
        capsys.readouterr()
        assert run(["stubs", "backend.py"]) == 2
        assert capsys.readouterr().err.startswith("pyproject.toml selects a package without server stubs")


def test_the_lint_command_reads_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_document(project, PETS, "pets.yaml")
    write_table(project, HERE + 'spec = "pets.yaml"\n')
    assert run(["lint"]) == 1
    assert capsys.readouterr().out.startswith("pets.yaml:")
    assert run(["lint", "--spec", "other.yaml"]) == 2
    assert capsys.readouterr().out.startswith("other.yaml:1:1: error: cannot be read")
    write_table(project, HERE + "spec = 1\n")
    assert run(["lint"]) == 2
    assert capsys.readouterr().err == "pyproject.toml:2:1: error: spec must be a path\n"


def test_this_project_has_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT / "tests" / "generator")
    assert run(["check"]) == 0
    assert capsys.readouterr().out.startswith("../../generated/orchestrator_v2: no drift")
