"""A finding as a shell script: the fewest curl requests that reproduce it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Final

from ..contract.requirements import CHANGING
from ..target.curl import PLAIN_ID, join_curl, quote_with_names
from ..target.exchange import Exchange, NotJson, Request, read_json
from ..target.shown_text import show_line
from ..verdict.findings import Finding
from .document import Report

# Writes an answer without the control characters with which it could address the terminal.
_SHOW: Final = r"""show() {
  printf '%s\n' "$1" | LC_ALL=C tr '\000-\010\013-\037\177' '?' |
    LC_ALL=C sed "s/$(printf '\302')[$(printf '\200')-$(printf '\237')]/?/g"
}"""
# Seconds to wait for an action to show in reads and lists.
_PAUSE: Final = 2


def name_script(finding: Finding) -> str:
    """Return the file name of the script: the id of the finding's first requirement, numbered from the second on."""
    number = f"-{finding.number}" if finding.number > 1 else ""
    return f"{re.sub(r'[^A-Za-z0-9._-]', '_', finding.head.requirement.id)}{number}.sh"


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
    yield f"# {show_line(requirement.id)} {requirement.level}"
    facts = {
        "requirement": requirement.sentence,
        "expected": finding.failure.expected,
        "found": finding.failure.found,
        "behaves as if": finding.cause,
        "document": requirement.pointer,
    }
    for name, fact in facts.items():
        if fact:
            yield f"# {name}: {show_line(fact)}"
    yield "set -eu"
    yield f"base=${{1:-{shlex.quote(report.base_url)}}}"
    tokens = {step.request.token for step in finding.failure.steps if report.has_token}
    for token in sorted(each for each in tokens if each is not None and each.startswith("$")):
        yield f': "${{{token[1:]}:?set this environment variable to the bearer token}}"'
    yield _SHOW


def _follows_change(steps: tuple[Exchange, ...], number: int) -> bool:
    here = steps[number - 1]
    return (
        any(step.operation_id in CHANGING for step in steps[: number - 1])
        and here.operation_id not in CHANGING
    )


def _write_step(
    report: Report, step: Exchange, number: int, names: dict[str, str], *, is_after_change: bool
) -> Iterator[str]:
    yield f"# {number}. {show_line(step.operation_id)}"
    if is_after_change:
        yield f"sleep {_PAUSE}"
    yield f"answer=$({_write_command(step.request, names, has_token=report.has_token)})"
    yield 'show "$answer"'
    started = _read_id(step)
    if started is not None:
        name = f"id{len(names) + 1}"
        yield f'{name}=$(printf \'%s\' "$answer" | sed -n \'s/.*"id" *: *"\\([A-Za-z0-9._~-]*\\)".*/\\1/p\')'
        names[started] = name
    yield ""


def _write_command(request: Request, names: dict[str, str], *, has_token: bool) -> str:
    url = f'"$base"{quote_with_names(request.path, names)}'
    return join_curl(["-sS"], request, url, request.body, has_token=has_token, names=names)


def _read_id(step: Exchange) -> str | None:
    """Return the id of the instance that `step` started, if a shell variable can replace it in every place."""
    if step.operation_id != "executeWorkflow" or not step.is_success:
        return None
    try:
        answer = read_json(step.response.body)
    except NotJson:
        return None
    started = answer.get("id") if isinstance(answer, dict) else None
    return started if isinstance(started, str) and PLAIN_ID.fullmatch(started) else None
