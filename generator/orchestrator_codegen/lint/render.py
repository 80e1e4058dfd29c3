"""Writes findings for people, programs and GitHub. Text of a document cannot act on terminals or workflows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..document.diagnostics import Severity
from .finding import Finding

_ANNOTATIONS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render_text(file: str, findings: Sequence[Finding]) -> str:
    """Return two lines for each finding, the first in a format that editors recognize, and a summary line."""
    lines = []
    for each in findings:
        lines.append(f"{each.location}: {each.severity}: {each.found} [{each.rule}]")
        lines.append(f"  {each.reason}; {each.change}")
    return "\n".join(map(_defuse, (*lines, f"{file}: {_count(findings)}")))


def render_json(file: str, findings: Sequence[Finding]) -> str:
    """Return one JSON object: the file, the number of findings by severity, and the findings."""
    counts = Counter(each.severity for each in findings)
    report = {
        "file": file,
        "counts": {severity.value: counts[severity] for severity in Severity},
        "findings": [_describe(each) for each in findings],
    }
    # With the bracket escaped, "##[" is not a GitHub command. It can occur in strings only.
    return json.dumps(report, indent=2).replace("##[", "##\\u005b")


def render_github(file: str, findings: Sequence[Finding]) -> str:
    """Return a workflow command for each finding, which GitHub shows at its line, and a summary line."""
    lines = [
        f"::{_ANNOTATIONS[each.severity]} file={_quote(each.location.file)},line={each.location.line},"
        f"col={each.location.column},title={_quote(each.rule)}"
        f"::{_escape(_defuse(f'{each.found}: {each.reason}; {each.change}'))}"
        for each in findings
    ]
    return "\n".join((*lines, _defuse(f"{file}: {_count(findings)}")))


FORMATS: Final[Mapping[str, Callable[[str, Sequence[Finding]], str]]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
}


def _describe(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "found": finding.found,
        "reason": finding.reason,
        "change": finding.change,
        "file": finding.location.file,
        "line": finding.location.line,
        "column": finding.location.column,
    }


def _count(findings: Sequence[Finding]) -> str:
    counts = Counter(each.severity for each in findings)
    parts = [
        f"{counts[severity]} {severity.value}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "no findings"


def _defuse(line: str) -> str:
    """Return `line` without control characters, and without the marker of old GitHub commands."""
    shown = "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in line
    )
    return shown.replace("##[", "##\\[")


def _escape(text: str) -> str:
    """Escape the text of a workflow command (actions/toolkit, `command.ts`, `escapeData`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _quote(text: str) -> str:
    """Escape a property of a workflow command (actions/toolkit, `command.ts`, `escapeProperty`)."""
    return _escape(_defuse(text)).replace(":", "%3A").replace(",", "%2C")
