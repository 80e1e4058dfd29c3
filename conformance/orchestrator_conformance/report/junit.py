"""`junit.xml`, for CI: one test case for each requirement, one class for each topic."""

from __future__ import annotations

from xml.etree import ElementTree

from ..target.curl import write_curl
from ..target.exchange import Exchange, show_body
from ..target.shown_text import show_text
from ..verdict.outcome import Error, Fail, Inconclusive, Known, Pass, Result, Skip, Stale
from .document import Report, describe


def write_junit(report: Report) -> str:
    """Return `junit.xml`.

    A MUST that fails or is inconclusive is a failure. A SHOULD that fails is skipped, and the reason
    says what was found: it does not affect the verdict.
    """
    suite = ElementTree.Element("testsuite", name="orchestrator-conformance")
    for result in report.findings.results:
        _add_case(suite, report, result)
    for number, problem in enumerate(report.findings.problems, start=1):
        case = ElementTree.SubElement(
            suite, "testcase", classname="orchestrator.suite", name=f"problem {number}"
        )
        _add(case, "error", "the suite itself failed", problem)
    suite.attrib |= {
        "tests": str(len(suite.findall("testcase"))),
        "failures": str(len(suite.findall("testcase/failure"))),
        "errors": str(len(suite.findall("testcase/error"))),
        "skipped": str(len(suite.findall("testcase/skipped"))),
        "timestamp": report.date.isoformat(timespec="seconds"),
    }
    properties = ElementTree.Element("properties")
    partial = report.findings.partial
    for name, value in (
        ("verdict", describe(report.verdict)),
        *(() if partial is None else (("partial", partial.reason),)),
        ("target", report.base_url),
        ("document", report.document),
        ("seed", str(report.seed)),
    ):
        ElementTree.SubElement(properties, "property", name=name, value=_clean(value))
    suite.insert(0, properties)
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add_case(suite: ElementTree.Element, report: Report, result: Result) -> None:
    requirement = result.requirement
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=_clean(f"orchestrator.{requirement.topic}"),
        name=_clean(f"{requirement.id} {requirement.sentence}"),
    )
    is_must = requirement.level == "MUST"
    match result.outcome:
        case Pass():
            pass
        case Fail(expected, found, evidence, causes) if is_must:
            shown = "\n\n".join(_show(report, each) for each in evidence)
            likely = f"; it behaves as if {causes[0]}" if causes else ""
            message = f"expected {expected}; found {found}{likely}"
            _add(case, "failure", message, f"{requirement.pointer}\n\n{shown}")
        case Fail(expected, found):
            _add(case, "skipped", f"this SHOULD does not hold: expected {expected}; found {found}")
        case Inconclusive(missing) if is_must:
            _add(case, "failure", f"could not be decided; missing: {missing}")
        case Inconclusive(missing):
            _add(case, "skipped", f"could not be decided; missing: {missing}")
        case Skip(reason):
            _add(case, "skipped", reason)
        case Known(reason, failure):
            _add(case, "skipped", f"known: {reason}; expected {failure.expected}; found {failure.found}")
        case Stale(reason):
            _add(
                case,
                "failure",
                f"expected to fail, but holds: remove the entry from the file of expected failures ({reason})",
            )
        case Error(traceback):
            _add(case, "error", "the suite itself failed", traceback)


def _add(case: ElementTree.Element, kind: str, message: str, text: str = "") -> None:
    element = ElementTree.SubElement(case, kind, message=_clean(message))
    element.text = _clean(text) or None


def _show(report: Report, exchange: Exchange) -> str:
    curl = write_curl(exchange.request, report.base_url, has_token=report.has_token)
    return f"{curl}\n{exchange.response.status}\n{show_body(exchange.response.body)}"


def _clean(text: str) -> str:
    # Every character that XML 1.0 does not allow is among those that `show_text` escapes.
    return show_text(text)
