"""`lint` reports findings as text, JSON and annotations. Its exit code depends on the most severe finding."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.lint.rule_table import RULES

from ..support.documents import write_document
from ..support.linting import find, list_rules, with_operation, with_paths, with_thing
from . import (
    test_components,
    test_examples,
    test_operations,
    test_schemas,
)

FORMATS: Final = ("text", "json", "github")
CLEAN: Final = with_thing("type: object")
NOTED: Final = CLEAN.replace("A thing.", "''")
WARNED: Final = with_thing("type: array")
BROKEN: Final = with_thing("type: canine")

# Text that would control a terminal, reverse its direction, start a new line, or act as a command of GitHub.
HOSTILE: Final = "\x1b[31m\u202e\r\n::error::%0A::stop##[error]\u2028,title=x::y\x9b\x07"
HOSTILE_DOCUMENTS: Final = {
    "a property": with_thing(f"type: object\nproperties: {{{json.dumps(HOSTILE)}: {{type: array}}}}"),
    "an operationId": with_operation("responses: {'500': {description: An error.}}").replace(
        "listThings", json.dumps(HOSTILE)
    ),
    "a path": with_paths(
        f"{json.dumps('/' + HOSTILE)}: {{get: {{responses: {{default: {{description: A.}}}}}}}}"
    ),
    "a key twice": with_thing(f"{json.dumps(HOSTILE)}: 1\n{json.dumps(HOSTILE)}: 1"),
    "a reference": with_thing(f"$ref: {json.dumps('#/' + HOSTILE)}"),
    "an example": with_thing(f"type: integer\nexamples: [{json.dumps(HOSTILE)}]"),
    "a default": with_thing(f"type: integer\ndefault: {json.dumps(HOSTILE)}"),
    "a media type": with_operation(
        "responses: {default: {description: A., content: {application/json: {}, "
        f"{json.dumps(HOSTILE)}: {{schema: {{}}}}}}}}}}"
    ),
}


def lint(spec: Path, form: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run the command on `spec`; return its exit code and stdout. It must print nothing to stderr."""
    status = run(["lint", "--spec", str(spec), "--format", form])
    captured = capsys.readouterr()
    assert captured.err == ""
    return status, captured.out


def test_every_rule_has_a_case() -> None:
    modules = (test_components, test_examples, test_operations, test_schemas)
    assert set(list_rules(*(module.CASES for module in modules))) == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("text", "status"), [(CLEAN, 0), (NOTED, 0), (WARNED, 1), (BROKEN, 2), ("", 2), ("openapi: [", 2)]
)
def test_the_most_severe_finding_sets_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, text: str, status: int
) -> None:
    code, out = lint(write_document(tmp_path, text), form, capsys)
    assert code == status
    assert (f"{tmp_path}/spec.yaml" in out) is True


@pytest.mark.parametrize("form", FORMATS)
def test_a_missing_file_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    code, out = lint(tmp_path / "none.yaml", form, capsys)
    assert code == 2
    assert "cannot be read: No such file or directory" in out


def test_a_clean_document_has_no_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = write_document(tmp_path, CLEAN)
    assert lint(spec, "text", capsys) == (0, f"{spec}: no findings\n")
    assert lint(spec, "github", capsys) == (0, f"{spec}: no findings\n")
    assert json.loads(lint(spec, "json", capsys)[1])["findings"] == []


def test_the_text_states_the_problem_its_reason_and_the_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write_document(tmp_path, WARNED.replace("A thing.", "''"))
    assert (
        lint(spec, "text", capsys)[1]
        == f"""\
{spec}:8:5: warning: the schema "Thing" is an array without items [array-without-items]
  its items are not validated, and in Python it is a list of Any; \
add items with the schema of an item; items: {{}} allows anything
{spec}:8:5: note: the schema "Thing" has no description [missing-description]
  readers have to guess what it means, and generated docstrings are empty; add a description
{spec}: 1 warning, 1 note
"""
    )


def test_the_json_has_every_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = write_document(tmp_path, NOTED)
    assert json.loads(lint(spec, "json", capsys)[1]) == {
        "file": str(spec),
        "counts": {"error": 0, "warning": 0, "note": 1},
        "findings": [
            {
                "rule": "missing-description",
                "severity": "note",
                "found": 'the schema "Thing" has no description',
                "reason": "readers have to guess what it means, and generated docstrings are empty",
                "change": "add a description",
                "file": str(spec),
                "line": 8,
                "column": 5,
            }
        ],
    }


def test_the_annotations_follow_the_format_of_github(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write_document(tmp_path, NOTED, "50%,a:b.yaml")
    file = str(spec).replace("50%,a:b", "50%25%2Ca%3Ab")
    assert lint(spec, "github", capsys)[1] == (
        f'::notice file={file},line=8,col=5,title=missing-description::the schema "Thing" has no description: '
        f"readers have to guess what it means, and generated docstrings are empty; add a description\n{spec}: 1 note\n"
    )
    for text, command in ((WARNED, "::warning file="), (BROKEN, "::error file=")):
        assert lint(write_document(tmp_path, text), "github", capsys)[1].startswith(command)


@pytest.mark.parametrize("text", HOSTILE_DOCUMENTS.values(), ids=HOSTILE_DOCUMENTS)
def test_text_of_a_document_cannot_control_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    spec = write_document(tmp_path, text)
    reported = json.loads(lint(spec, "json", capsys)[1])["findings"]
    assert any(
        "\x1b" in each["found"] or "\\x1b" in each["found"] or "\\u001b" in each["found"] for each in reported
    )
    for form in FORMATS:
        out = lint(spec, form, capsys)[1]
        assert all(char.isprintable() or char == "\n" for char in out)
        assert "##[" not in out
    lines = lint(spec, "text", capsys)[1].splitlines()
    assert len(lines) == 2 * len(reported) + 1
    assert all(line.startswith(f"{spec}:") for line in (*lines[::2], lines[-1]))
    commands = lint(spec, "github", capsys)[1].splitlines()[:-1]
    assert len(commands) == len(reported)
    for command, each in zip(commands, reported, strict=True):
        place = f"file={spec},line={each['line']},col={each['column']},title={each['rule']}"
        assert re.match(rf"::(error|warning|notice) {re.escape(place)}::[^:]", command)
        assert "%0A" not in command.replace("%250A", "")


def test_the_name_of_the_file_cannot_control_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write_document(tmp_path, WARNED, "\x1b[1m\n##[debug].yaml")
    for form in FORMATS:
        code, out = lint(spec, form, capsys)
        assert code == 1
        assert "##[" not in out
        assert "\x1b" not in out
    assert len(lint(spec, "github", capsys)[1].splitlines()) == 2


def test_diagnostics_of_the_generator_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = with_operation(
        "parameters:\n- {name: c, in: cookie, description: A., "
        "content: {text/csv: {schema: {type: boolean, default: 'no'}}}}\n"
        "responses: {'204': {description: A.}, default: {description: A., content: {application/json: "
        "{schema: {$ref: '#/components/schemas/Thing'}}}}}"
    ).replace("{type: object, ", "{type: object, required: [a], properties: {a: {description: A.}}, ")
    reported = json.loads(lint(write_document(tmp_path, text), "json", capsys)[1])["findings"]
    assert [(each["line"], each["rule"], each["severity"], each["found"]) for each in reported] == [
        (5, "unfit-error", "warning", "the server stubs cannot write Thing as their error: it requires a"),
        (
            12,
            "left-out",
            "warning",
            "the cookie parameter 'c' is sent as text/csv, but only JSON is supported there; it is omitted",
        ),
        (12, "slip", "warning", "the default 'no' is not of type boolean; ignored it"),
    ]
    assert all(each["reason"] and each["change"] for each in reported)


def test_a_part_shared_by_operations_is_reported_once() -> None:
    answers = "responses: {default: {$ref: '#/components/responses/Answer'}}"
    text = with_paths(
        "/things:\n  parameters: [{name: Accept, in: header, description: A., schema: {type: string}}]\n"
        f"  get: {{operationId: a, summary: A., {answers}}}\n  put: {{operationId: b, summary: B., {answers}}}"
    ).replace(
        "  schemas:",
        "  responses:\n    Answer: {description: '', content: {application/json: "
        "{schema: {$ref: '#/components/schemas/Thing'}}}}\n  schemas:",
    )
    assert [each.partition(": ")[0] for each in find(text)] == [
        "5:14 missing-description",
        "10:18 idle-header",
    ]


def test_characters_that_the_encoding_does_not_have_are_escaped(tmp_path: Path) -> None:
    spec = write_document(tmp_path, with_thing("type: object\nproperties: {ä→: {type: array}}"))
    command = [sys.executable, "-m", "orchestrator_codegen", "lint", "--spec", str(spec)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\\xe4\\u2192" in done.stdout


def test_a_closed_stdout_is_not_a_traceback(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "orchestrator_codegen",
        "lint",
        "--spec",
        str(write_document(tmp_path, WARNED)),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 3


def test_an_unknown_format_is_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        run(["lint", "--format", "xml"])
    assert exited.value.code == 2
    assert "invalid choice: 'xml'" in capsys.readouterr().err


def test_help_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["lint", "--help"])
    shown = capsys.readouterr().out
    assert all(f"\n  {rule.id} " in shown for rule in RULES)
    assert "lint: there is a warning" in shown
