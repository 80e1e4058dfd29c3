"""Generated code does not check a pattern that could take forever. A warning reports each with its location."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.cli import run
from pydantic import TypeAdapter, ValidationError

from ..support.documents import HEAD, write_document
from ..support.running import imported

# A backtracking engine would take hours to match this against each pattern; pydantic's takes no time.
LONG: Final = "a" * 60 + "!"
NESTED: Final = "^(a+)+$"
SLOW: Final = "^(?=(a+)+$).*$"

SCHEMAS: Final = f"""
    Slow: {{type: string, pattern: "{SLOW}"}}
    Back: {{type: string, pattern: "^(.*)\\\\1$"}}
    Fast: {{type: string, pattern: "{NESTED}"}}
    Both: {{allOf: [{{$ref: "#/components/schemas/Fast"}}, {{pattern: "b"}}]}}
    Thing:
      type: object
      properties:
        slow: {{type: string, pattern: "{SLOW}"}}
        fast: {{type: string, pattern: "{NESTED}"}}
        bracket: {{type: string, pattern: "^[(?=]+$"}}
        list: {{type: array, items: {{type: string, pattern: "{SLOW}"}}}}
        names: {{type: object, additionalProperties: false, patternProperties: {{"{SLOW}": {{type: string}}}}}}
"""
DOCUMENT: Final = f"{HEAD.rstrip()}{SCHEMAS}paths: {{}}\n"
BUSY: Final = (
    "is not applied, because some strings would take forever to match; rewrite it without look-around and \\1"
)
WARNINGS: Final = [
    f"8:26: warning: the pattern '{SLOW}' {BUSY}",
    rf"9:26: warning: the pattern '^(.*)\\1$' {BUSY}",
    f"11:12: warning: the patterns '{NESTED}' and 'b' of an allOf are not applied: combine them into one",
    f"15:30: warning: the pattern '{SLOW}' {BUSY}",
    f"18:51: warning: the pattern '{SLOW}' {BUSY}",
    f"19:80: warning: the pattern '{SLOW}' for property names {BUSY}",
]


def test_each_slow_pattern_is_reported_with_its_location(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write_document(tmp_path, DOCUMENT)
    command = ["--spec", str(spec), "--output", str(tmp_path / "pets"), "--no-docs"]
    assert run(["generate", *command]) == 0
    warnings = capsys.readouterr().err.splitlines()
    assert warnings == [f"{spec}:{each}" for each in WARNINGS]
    assert run(["lint", "--spec", str(spec)]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if line.endswith("[slow-pattern]")]
    assert found == [f"{each} [slow-pattern]" for each in warnings]


@pytest.mark.parametrize(
    ("name", "value", "is_valid"),
    [
        ("Slow", LONG, True),
        ("Back", LONG, True),
        ("Both", LONG, True),
        ("Fast", LONG, False),
        ("Fast", "aaa", True),
        ("Thing", {"slow": LONG}, True),
        ("Thing", {"fast": LONG}, False),
        ("Thing", {"fast": "aaa"}, True),
        ("Thing", {"bracket": "(?="}, True),
        ("Thing", {"bracket": LONG}, False),
        ("Thing", {"list": [LONG]}, True),
        ("Thing", {"names": {LONG: LONG}}, True),
    ],
)
def test_validation_ends_for_every_text(package: Any, name: str, value: Any, *, is_valid: bool) -> None:
    try:
        TypeAdapter(getattr(package.models, name)).validate_python(value)
    except ValidationError:
        assert not is_valid
    else:
        assert is_valid


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with imported(tmp_path_factory.mktemp("patterns"), DOCUMENT) as package:
        yield package


def test_a_pattern_that_only_the_rust_engine_supports_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = f"{HEAD}    Word: {{type: string, pattern: '^\\p{{L}}+$'}}\npaths: {{}}\n"
    with imported(tmp_path, document) as package:
        word: TypeAdapter[Any] = TypeAdapter(import_module(f"{package.__name__}.models").Word)
        assert word.validate_python("été") == "été"
        with pytest.raises(ValidationError):
            word.validate_python("42")
    assert capsys.readouterr().err == ""


def test_an_invalid_pattern_is_reported_and_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "{type: object, patternProperties: {'[z-a]': {type: string}}}"
    spec = write_document(
        tmp_path, f"{HEAD}    Word: {{type: string, pattern: '[z-a]'}}\n    Names: {names}\npaths: {{}}\n"
    )
    assert run(["generate", "--spec", str(spec), "--output", str(tmp_path / "pets"), "--no-docs"]) == 0
    reason = "is not applied: it is not a valid regular expression, or has look-around; correct it"
    assert capsys.readouterr().err.splitlines() == [
        f"{spec}:8:26: warning: the pattern '[z-a]' {reason}",
        f"{spec}:9:47: warning: the pattern '[z-a]' for property names {reason}",
    ]


def test_a_pattern_that_is_too_large_is_reported_and_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write_document(
        tmp_path, f"{HEAD}    Word: {{type: string, pattern: '^(?:.{{1,99}}){{1,999}}$'}}\npaths: {{}}\n"
    )
    assert run(["generate", "--spec", str(spec), "--output", str(tmp_path / "pets"), "--no-docs"]) == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert told == (
        f"{spec}:8:26: warning: the pattern '^(?:.{{1,99}}){{1,999}}$' is not applied, because it is too large when "
        "compiled; use fewer repetitions, and maxLength instead"
    )


@pytest.mark.parametrize(
    ("name", "value", "is_valid"),
    [
        ("Word", "a-1", True),
        ("Word", "\u00fc", False),
        ("Names", {"x1": "y"}, True),
        ("Names", {"x\u0661": "y"}, False),
    ],
)
def test_character_classes_are_those_of_ecma_262(
    tmp_path: Path, name: str, value: Any, *, is_valid: bool
) -> None:
    schemas = (
        "    Word: {type: string, pattern: '^[\\w-]{0,255}$'}\n"
        "    Names: {type: object, additionalProperties: false, "
        "patternProperties: {'^x\\d$': {type: string}}}\n"
    )
    with imported(tmp_path, f"{HEAD}{schemas}paths: {{}}\n") as package:
        adapter: TypeAdapter[Any] = TypeAdapter(getattr(package.models, name))
        if is_valid:
            adapter.validate_python(value)
        else:
            with pytest.raises(ValidationError):
                adapter.validate_python(value)
