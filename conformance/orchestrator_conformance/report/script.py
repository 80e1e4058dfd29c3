"""A finding as a shell script: the fewest curl requests that reproduce it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Final

from ..contract.requirements import CHANGING
from ..target.exchange import Exchange, NotJson, Request, read_json
from ..verdict.findings import Finding
from .document import Report

# Seconds to wait for an action to show in reads and lists.
_PAUSE: Final = 2


def name_script(finding: Finding) -> str:
    """Return the file name of the script: the id of the finding's first requirement, numbered from the second on."""
    number = f"-{finding.number}" if finding.number > 1 else ""
    return f"{finding.head.requirement.id}{number}.sh"


def write_script(report: Report, finding: Finding) -> str:
    """Return the script. It reads tokens from environment variables, and takes the base URL as its argument."""
    steps = finding.failure.steps
    lines = [*_write_head(report, finding), ""]
    names: dict[str, str] = {}
    for number, step in enumerate(steps, start=1):
        lines += _write_step(report, step, number, names, is_after_change=_follows_change(steps, number))
    return "\n".join(lines)


def _write_head(report: Report, finding: Finding) -> Iterator[str]:
    requirement = finding.head.requirement
    yield "#!/bin/sh"
    yield f"# {requirement.id} {requirement.level}"
    facts = {
        "requirement": requirement.sentence,
        "expected": finding.failure.expected,
        "found": finding.failure.found,
        "behaves as if": finding.cause,
        "document": requirement.pointer,
    }
    for name, fact in facts.items():
        if fact:
            yield f"# {name}: {' '.join(fact.split())}"
    yield "set -eu"
    yield f"base=${{1:-{shlex.quote(report.base_url)}}}"
    tokens = {step.request.token for step in finding.failure.steps if report.has_token}
    for token in sorted(each for each in tokens if each is not None and each.startswith("$")):
        yield f': "${{{token[1:]}:?set this environment variable to the bearer token}}"'


def _follows_change(steps: tuple[Exchange, ...], number: int) -> bool:
    here = steps[number - 1]
    return (
        any(step.operation_id in CHANGING for step in steps[: number - 1])
        and here.operation_id not in CHANGING
    )


def _write_step(
    report: Report, step: Exchange, number: int, names: dict[str, str], *, is_after_change: bool
) -> Iterator[str]:
    yield f"# {number}. {step.operation_id}"
    if is_after_change:
        yield f"sleep {_PAUSE}"
    command = _write_curl(step.request, names, has_token=report.has_token)
    born = _read_id(step)
    if born is None:
        yield command
        yield "echo"
    else:
        name = f"id{len(names) + 1}"
        yield f"answer=$({command})"
        yield "printf '%s\\n' \"$answer\""
        yield f'{name}=$(printf \'%s\' "$answer" | sed -n \'s/.*"id" *: *"\\([^"]*\\)".*/\\1/p\')'
        names[born] = name
    yield ""


def _write_curl(request: Request, names: dict[str, str], *, has_token: bool) -> str:
    parts = ["curl", "-sS", "-X", request.method, f'"$base"{_quote(request.path, names)}']
    if has_token and request.token is not None:
        parts += ["-H", f'"Authorization: Bearer {request.token}"']
    for name, value in request.headers:
        if name.lower() == "content-type":
            parts += ["-H", shlex.quote(f"{name}: {value}")]
    if request.body:
        parts += ["--data-binary", _quote(request.body.decode("utf-8", errors="replace"), names)]
    return " ".join(parts)


def _quote(text: str, names: dict[str, str]) -> str:
    quoted = shlex.quote(text) if shlex.quote(text).startswith("'") else f"'{text}'"
    for id_, name in names.items():
        quoted = quoted.replace(id_, f"'\"${name}\"'")
    return quoted


def _read_id(step: Exchange) -> str | None:
    if step.operation_id != "executeWorkflow" or step.response.status != 200:
        return None
    try:
        answer = read_json(step.response.body)
    except NotJson:
        return None
    id_ = answer.get("id") if isinstance(answer, dict) else None
    return id_ if isinstance(id_, str) and id_ else None
