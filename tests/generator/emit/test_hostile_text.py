"""Text in a document cannot inject code into generated files.

The attacks are those of public advisories on code generators: CVE-2016-5641, CVE-2020-15142 and CVE-2021-21430 (text
that ends the string or comment around it), GHSA-5578-w22f-pfx9 (imports through `customTypePath` and
`x-python-import`), CVE-2021-42574 (bidirectional control characters), and an encoding declaration in a comment on the
first line (PEP 263).
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orchestrator_codegen.cli import run
from orchestrator_codegen.document.hidden_characters import escape_hidden, write_comment
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package

from ..support.documents import PETS, read_folder, write_document
from ..support.hostile import PAYLOADS, find_code, import_packages, write_hostile, write_json

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def expect_harmless(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(".py"):
            assert find_code(text) == [], name
            hidden = {each for each in text if unicodedata.category(each) in HIDDEN} - {"\n", "\t"}
            assert hidden == set(), name


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Return the package files for each payload. All packages are also written to one folder, whose path is at ""."""
    folder = tmp_path_factory.mktemp("hostile")
    found = {}
    for index, (kind, payload) in enumerate(PAYLOADS.items()):
        files = generate_package(write_json(folder / "spec.json", write_hostile(payload))).files
        write_package(files, folder / f"hostile_{index}")
        found[kind] = dict(files)
    found[""] = {"folder": str(folder)}
    return found


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_payload_is_parsed_as_code(packages: dict[str, dict[str, str]], kind: str) -> None:
    expect_harmless(packages[kind])


def test_no_payload_runs_on_import(packages: dict[str, dict[str, str]]) -> None:
    folder = Path(packages[""]["folder"])
    assert import_packages(folder, [f"hostile_{index}" for index in range(len(PAYLOADS))]) == ""
    assert not (folder / "canary").exists()


def test_injected_code_is_detected(tmp_path: Path) -> None:
    files = dict(generate_package(write_document(tmp_path, PETS)).files)
    files["client.py"] += "BOOM()\n"
    assert find_code(files["client.py"]) != []
    write_package(files, tmp_path / "infected")
    assert import_packages(tmp_path, ["infected"]) == ""
    assert (tmp_path / "canary").exists()


def test_payloads_do_not_change_the_set_of_files(packages: dict[str, dict[str, str]], tmp_path: Path) -> None:
    harmless = generate_package(write_json(tmp_path / "spec.json", write_hostile("a"))).files
    assert {kind: files.keys() ^ harmless.keys() for kind, files in packages.items() if kind} == {
        kind: set() for kind in PAYLOADS
    }


@pytest.mark.parametrize("name", ["../../up", "/etc/passwd", "a\\..\\b"])
def test_no_name_escapes_the_output_folder(tmp_path: Path, name: str) -> None:
    """CVE-2020-15141: a generator used titles, tags, operationIds and paths as file names."""
    document = write_hostile(name)
    document["info"]["title"] = name
    spec = write_json(tmp_path / "spec.json", document)
    before = read_folder(tmp_path)
    assert run(["generate", "--spec", str(spec), "--output", str(tmp_path / "in" / "out")]) == 0
    written = read_folder(tmp_path).keys() - before.keys()
    assert {Path(each).parent.as_posix() for each in written} == {"in/out", "in/docs"}


@settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(
    st.lists(
        st.sampled_from([*PAYLOADS.values(), '"', "'", "\\", "\n", "\r", "{", "}", "#", "\u2028", "BOOM()"])
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
        min_size=1,
        max_size=5,
    ).map("".join)
)
def test_no_combination_of_payloads_is_parsed_as_code(tmp_path: Path, payload: str) -> None:
    expect_harmless(
        dict(generate_package(write_json(tmp_path / "s.json", write_hostile(payload, is_name=False))).files)
    )


def test_no_payload_is_parsed_as_code_in_a_starter(tmp_path: Path) -> None:
    spec, path = (
        write_json(tmp_path / "spec.json", write_hostile("".join(PAYLOADS.values()))),
        tmp_path / "b.py",
    )
    assert run(["stubs", str(path), "--spec", str(spec)]) == 0
    expect_harmless({"b.py": path.read_text(encoding="utf-8")})


def test_control_characters_in_diagnostics_are_escaped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = write_hostile("a")
    document["paths"]["/a\n::error::\x1b[2J\u202e"] = {"get": {"responses": {"200": {"description": "d"}}}}
    spec = write_json(tmp_path / "spec.json", document)
    assert run(["generate", "--spec", str(spec), "--output", str(tmp_path / "out")]) == 0
    warnings = [line for line in capsys.readouterr().err.splitlines() if "operationId" in line]
    assert len(warnings) == 1
    assert "GET /a\\n::error::\\x1b[2J\\u202e has no operationId" in warnings[0]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain\n\ttext é 漢字 🐈", "plain\n\ttext é 漢字 🐈"),
        ("\r\0\x7f\x85\u200b", "\\r\\x00\\x7f\\x85\\u200b".replace("\\r", "\\x0d")),
        ("\u202e\u2066\ufeff\U000e0001", "\\u202e\\u2066\\ufeff\\U000e0001"),
    ],
)
def test_hidden_characters_are_escaped(text: str, escaped: str) -> None:
    assert escape_hidden(text) == escaped


def test_a_comment_declares_no_encoding() -> None:
    assert write_comment("coding: a\nfileencoding=b Coding=c") == "coding : a fileencoding =b Coding =c"
