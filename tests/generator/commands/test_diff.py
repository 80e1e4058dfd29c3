"""`diff` prints the changes as text, JSON or Markdown. Its exit code reports whether a change breaks a party."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.cli import run

from ..support.documents import PETS, write_document

REQUIRED: Final = PETS.replace("properties: {name", "required: [name], properties: {name")
ADDED: Final = PETS.replace("{name: {type: string}}", "{name: {type: string}, age: {type: integer}}")
REMOVED: Final = PETS.replace("{name: {type: string}}", "{}")

TEXT: Final = """\
GET /pets (listPets)
  breaks clients: answer 200[] / name: was removed
    {old}:7:38

{old} -> {new}: 1 change: 1 breaking for clients, 0 breaking for servers, 0 compatible
"""
MARKDOWN: Final = """\
## Changes from `{old}` to `{new}`

1 change: 1 breaking for clients, 0 breaking for servers, 0 compatible.

### `GET /pets (listPets)`

- **breaks clients**: `answer 200[] / name`: was removed (`{old}:7:38`)
"""


def write_both(folder: Path, old: str, new: str) -> tuple[Path, Path]:
    return write_document(folder, old, "old.yaml"), write_document(folder, new, "new.yaml")


def diff(old: Path, new: Path, *options: str) -> int:
    return run(["diff", str(old), str(new), *options])


@pytest.mark.parametrize(
    ("options", "expected"), [([], TEXT), (["--format", "text"], TEXT), (["--format", "markdown"], MARKDOWN)]
)
def test_changes_are_shown_by_operation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], expected: str
) -> None:
    old, new = write_both(tmp_path, PETS, REMOVED)
    assert diff(old, new, *options) == 1
    assert capsys.readouterr() == (expected.format(old=old, new=new), "")


def test_the_json_has_every_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write_both(tmp_path, PETS, REMOVED)
    assert diff(old, new, "--format", "json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "old": str(old),
        "new": str(new),
        "summary": {"changes": 1, "breaks_clients": 1, "breaks_servers": 0, "compatible": 0},
        "changes": [
            {
                "operation": {"method": "GET", "path": "/pets", "operation_id": "listPets"},
                "where": ["answer 200", "[]", "name"],
                "kind": "property-removed",
                "says": "was removed",
                "breaks": ["clients"],
                "direction": "answer",
                "old": {"file": str(old), "line": 7, "column": 38},
                "new": None,
            }
        ],
    }


def test_equivalent_documents_have_no_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write_both(tmp_path, PETS, PETS.replace("Pet", "Animal").replace("Animals", "Pets"))
    printed = []
    for form in ("text", "markdown", "json"):
        assert diff(old, new, "--format", form) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == f"{old} -> {new}: no changes\n"
    assert printed[1] == f"## Changes from `{old}` to `{new}`\n\nNo changes.\n"
    assert json.loads(printed[2])["changes"] == []


# The new document, and the exit code for each value of --breaking.
CODES: Final[dict[str, tuple[str, dict[str, int]]]] = {
    "the same": (PETS, {"any": 0, "clients": 0, "servers": 0}),
    "compatible": (ADDED, {"any": 0, "clients": 0, "servers": 0}),
    "clients": (REMOVED, {"any": 1, "clients": 1, "servers": 0}),
    "servers": (REQUIRED, {"any": 1, "clients": 0, "servers": 1}),
}


@pytest.mark.parametrize(("new", "codes"), CODES.values(), ids=CODES)
def test_the_exit_code_depends_on_the_party(tmp_path: Path, new: str, codes: dict[str, int]) -> None:
    paths = write_both(tmp_path, PETS, new)
    assert diff(*paths) == codes["any"]
    assert {party: diff(*paths, "--breaking", party) for party in codes} == codes


def test_the_problems_of_both_documents_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "gone.yaml", write_document(tmp_path, "openapi: 2.0.0\n", "new.yaml")
    assert diff(old, new) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"{old}:1:1: error: cannot be read: No such file or directory\n"
        f"{new}:1:1: error: OpenAPI 2.0.0 is not supported: expected 3.0 or 3.1\n"
    )


def test_a_document_nested_too_deeply_is_rejected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = PETS.replace("{type: string}", "{not: " * 600 + "{}" + "}" * 600)
    old, new = write_both(tmp_path, PETS, deep)
    assert diff(old, new) == 2
    assert capsys.readouterr().err == (
        f"{new}:7:782: error: nested too deeply: more than 128 levels; move inner parts to components\n"
    )


def test_a_repair_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (
        PETS.replace("{type: string}", f"{{type: boolean, default: {value}}}") for value in ("'true'", "true")
    )
    paths = write_both(tmp_path, old, new)
    assert diff(*paths) == 0
    assert capsys.readouterr().err == (
        f"{paths[0]}:7:60: warning: the default 'true' is not of type boolean; used true\n"
    )


HOSTILE: Final = '"a`](x)\\n# b <img src=x> @all | *c* \\u001b[31m\\u202e"'


PATH: Final = HOSTILE.replace('"a', '"/a')


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_document_cannot_break_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    new = PETS.replace("{name: {type: string}}", f"{{name: {{enum: [{HOSTILE}]}}, {HOSTILE}: {{}}}}")
    new = new.replace("/pets:", f"{PATH}:")
    assert diff(*write_both(tmp_path, PETS, new), "--format", form) == 1
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "\n# b" not in printed
    if form == "markdown":
        # Text between backticks is code. No text of the document is outside of them.
        assert all(line.count("`") % 2 == 0 for line in printed.splitlines())
        outside = "".join(part for line in printed.splitlines() for part in line.split("`")[::2])
        assert not {"<", "@", "|", "](x)"} & {each for each in ("<", "@", "|", "](x)") if each in outside}


def test_the_output_is_deterministic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write_both(tmp_path, PETS, REMOVED)
    printed = set()
    for _ in range(2):
        diff(old, new, "--format", "json")
        printed.add(capsys.readouterr().out)
    assert len(printed) == 1


def test_the_help_explains_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["diff", "--help"])
    printed = capsys.readouterr().out
    assert "diff: a change breaks clients or servers" in printed
    assert "--breaking {clients,servers,any}" in printed
