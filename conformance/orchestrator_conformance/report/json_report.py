"""`report.json`, for programs: one JSON object with a versioned schema."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from ..target.curl import write_curl
from ..target.exchange import Exchange, Headers, show_body
from ..target.shown_text import escape_json
from ..verdict.findings import Finding
from ..verdict.outcome import Error, Fail, Inconclusive, Known, Outcome, Pass, Result, Skip, Stale
from .document import Report, count, name_outcome
from .script import name_script

# Increased by one when a field is removed or changes its meaning. New fields do not increase it.
REPORT_VERSION: Final = 1


def write_json(report: Report) -> str:
    """Return the text of `report.json`; the same report always gives the same text."""
    levels = {
        level: count(each for each in report.findings.results if each.requirement.level == level)
        for level in ("MUST", "SHOULD")
    }
    value = {
        "reportVersion": REPORT_VERSION,
        "tool": {"name": "orchestrator-conformance", "version": report.version},
        "date": report.date.isoformat(timespec="seconds"),
        "target": {"baseUrl": report.base_url},
        "document": {"source": report.document, "sha256": report.digest},
        "options": {"seed": report.seed, "allowRuns": report.runs},
        "verdict": report.verdict.name,
        "exitCode": report.exit_code,
        "partial": None if report.findings.partial is None else asdict(report.findings.partial),
        "problems": list(report.findings.problems),
        "summary": levels,
        "requests": report.findings.sent,
        "startedInstances": report.findings.started,
        "leftRunning": list(report.findings.left_running),
        "findings": [_finding(report, each) for each in report.causes],
        "requirements": [_requirement(report, each) for each in report.findings.results],
    }
    return escape_json(json.dumps(value, indent=2, ensure_ascii=False)) + "\n"


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    failure = finding.failure
    return {
        "requirement": finding.head.requirement.id,
        "also": [each.requirement.id for each in finding.results[1:]],
        "behavesAsIf": finding.cause or None,
        "expected": failure.expected,
        "found": failure.found,
        "difference": None if failure.difference is None else asdict(failure.difference),
        "steps": [_exchange(report, each) for each in failure.steps],
        "script": f"findings/{name_script(finding)}",
    }


def _requirement(report: Report, result: Result) -> dict[str, Any]:
    requirement = result.requirement
    return {
        "id": requirement.id,
        "level": requirement.level,
        "topic": requirement.topic,
        "feature": requirement.feature,
        "pointer": requirement.pointer,
        "sentence": requirement.sentence,
        "outcome": name_outcome(result.outcome),
        **_details(report, result.outcome),
    }


def _details(report: Report, outcome: Outcome) -> dict[str, Any]:
    match outcome:
        case Pass(exercised):
            return {"exchanges": exercised}
        case Fail(expected, found, evidence, causes):
            shown = [_exchange(report, each) for each in evidence]
            return {"expected": expected, "found": found, "behavesAsIf": list(causes), "evidence": shown}
        case Skip(reason):
            return {"reason": reason}
        case Inconclusive(missing):
            return {"missing": missing}
        case Error(traceback):
            return {"traceback": traceback}
        case Known(reason, failure):
            return {"reason": reason, **_details(report, failure)}
        case Stale(reason):
            return {"reason": reason}


def _exchange(report: Report, exchange: Exchange) -> dict[str, Any]:
    request, response = exchange.request, exchange.response
    return {
        "operationId": exchange.operation_id,
        "request": {
            "method": request.method,
            "path": request.path,
            "headers": _headers(request.headers),
            "body": show_body(request.body),
        },
        "response": {
            "status": response.status,
            "headers": _headers(response.headers),
            "body": show_body(response.body),
        },
        "curl": write_curl(request, report.base_url, has_token=report.has_token),
    }


def _headers(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]
