"""The command `score`: its exit codes, and what it refuses before any trial."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from orchestrator_conformance.commands.cli import run
from orchestrator_conformance.score.trials import pool
from orchestrator_conformance.score.trials.trials import Judgement

from ..support.scoring import ALL_JUSTIFIED, FINE, JUDGED


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--only", "peer,none"],
            "'none' is not a part; the parts are hand-made, automatic, masked, sets, conforming, peer",
        ),
        (["--jobs", "0"], "'0' is not a whole number of at least 1"),
        (["--seeds", "-1"], "'-1' is not a whole number of at least 1"),
    ],
)
def test_a_mistake_is_told_before_any_trial(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["score", *arguments])
    assert stopped.value.code == 3
    assert said in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told_before_any_trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    assert run(["score", "--output", str(tmp_path / "taken" / "score.md")]) == 3
    assert "score.md: the score cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(("judgements", "code"), [(FINE, 0), (JUDGED, 1)])
def test_the_exit_code_reports_whether_the_targets_are_met(
    judgements: tuple[Judgement, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pool, "run_trials", lambda *_: list(judgements))
    monkeypatch.setattr("orchestrator_conformance.score.score.Background", lambda *_, **__: ALL_JUSTIFIED)
    file = tmp_path / "new" / "score.md"
    assert run(["score", "--format", "markdown", "--output", str(file)]) == code
    assert file.read_text().startswith("# Score of the suite\n")
    assert [each.name for each in file.parent.iterdir()] == ["score.md"]
    assert "The targets are" in capsys.readouterr().out


def test_the_command_line_brings_no_mutants_along() -> None:
    script = (
        "import sys, orchestrator_conformance.commands.cli; "
        "print(*(each for each in sys.modules if 'mutants' in each))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.mark.slow
def test_the_targets_are_met_on_the_fast_sample(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "score.json"
    # The hand-made mutants and the conforming variants have tests of their own.
    code = run(["score", "--fast", "--only", "automatic", "--format", "json", "--output", str(file)])
    told = json.loads(file.read_text())
    captured = capfd.readouterr()
    assert told["shortfalls"] == []
    assert told["troubles"] == []
    assert told["automatic"]["killed"] > 0
    assert code == 0
    assert "Traceback" not in captured.err
