"""The summary in the terminal: findings and how to reproduce them, counts by topic, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..target.curl import write_curl
from ..target.exchange import NO_ANSWER, Exchange, show_body
from ..target.shown_text import show_line, show_text
from ..verdict.findings import Finding
from ..verdict.outcome import Error, Inconclusive, Known, Result, Skip, Stale, Verdict
from .document import OUTCOMES, Report, count, describe, name_outcome

_SHOWN = 400
# The number of instances that are listed. The JSON report lists all.
_LISTED = 20
_COLOURS = {Verdict.CONFORMANT: "green", Verdict.NOT_CONFORMANT: "red", Verdict.UNDECIDED: "yellow"}


def print_summary(report: Report, console: Console) -> None:
    """Print the summary of a run. Text from the target has no effect on the terminal, and starts no line of its own."""
    for finding in report.causes:
        print_lines(console, _describe_finding(report, finding))
    for result in report.findings.results:
        print_lines(console, _explain(result))
    print_lines(console, _group_inconclusive(report))
    console.print(_count_by_topic(report))
    print_lines(console, _notes(report))
    colour = _COLOURS[report.verdict]
    verdict = Line(describe(report.verdict), f"bold {colour}", f": {_verdict_line(report)}")
    print_lines(console, [verdict])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary: `head` in `style`, and then plain text."""

    head: str
    style: str = ""
    rest: str = ""


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines whose text may come from the target."""
    for line in lines:
        text = Text.assemble((show_text(line.head), line.style), _flatten(line.rest))
        console.print(text, soft_wrap=True, highlight=False, emoji=False, markup=False)


def _flatten(text: str) -> str:
    return show_text(text.replace("\r", " ").replace("\n", " "))


def _describe_finding(report: Report, finding: Finding) -> Iterator[Line]:
    requirement, failure = finding.head.requirement, finding.failure
    yield Line("fail", "bold red", f" {requirement.id} {requirement.level} {requirement.sentence}")
    yield Line(f"  expected  {_shorten(failure.expected)}")
    yield Line(f"  found     {_shorten(failure.found)}")
    if finding.cause:
        yield Line(f"  likely    it behaves as if {_shorten(finding.cause)}", "bold")
    if len(finding.results) > 1:
        yield Line(f"  also      {', '.join(each.requirement.id for each in finding.results[1:])}")
    yield Line(f"  document  {requirement.pointer}")
    for exchange in failure.evidence[:1]:
        curl = write_curl(exchange.request, report.base_url, has_token=report.has_token)
        yield Line(f"  retry     {curl}")
        yield Line(f"  answer    {_show_answer(exchange)}")
    if len(failure.steps) > 1:
        steps = ", ".join(each.operation_id for each in failure.steps)
        yield Line(f"  after     {_shorten(steps)}: see the script in findings/")
    yield Line("")


def _show_answer(exchange: Exchange) -> str:
    if exchange.response == NO_ANSWER:
        return "none"
    return f"{exchange.response.status} {_shorten(show_body(exchange.response.body))}"


def _explain(result: Result) -> Iterator[Line]:
    requirement = result.requirement
    head = f" {requirement.id} {requirement.level} {requirement.sentence}"
    match result.outcome:
        case Known(reason, failure):
            yield Line("known", "bold", head)
            yield Line(f"  because   {_shorten(reason)}")
            yield Line(f"  found     {_shorten(failure.found)}")
            yield Line("")
        case Stale(reason):
            yield Line("stale", "bold red", head)
            yield Line(
                f"  it holds: remove the entry from the file of expected failures ({_shorten(reason)})"
            )
            yield Line("")
        case Error(traceback):
            yield Line("error", "bold magenta", head)
            yield from (Line(f"  {each}") for each in traceback.splitlines())
        case _:
            pass


def _group_inconclusive(report: Report) -> Iterator[Line]:
    # One cause can leave many requirements undecided. It is printed once.
    wanting: dict[str, list[str]] = {}
    for result in report.findings.results:
        if isinstance(result.outcome, Inconclusive):
            wanting.setdefault(result.outcome.missing, []).append(result.requirement.id)
    for missing, ids in wanting.items():
        yield Line("inconclusive", "bold yellow", f" missing: {_shorten(missing)}")
        yield Line(f"  {', '.join(ids)}")
        yield Line("")


def _count_by_topic(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("topic")
    # The last two exist only with a file of expected failures.
    totals = count(report.findings.results)
    names = [name for name in OUTCOMES if totals[name] or name not in ("known", "stale")]
    for name in names:
        table.add_column(name, justify="right")
    for topic in dict.fromkeys(each.requirement.topic for each in report.findings.results):
        counts = count(each for each in report.findings.results if each.requirement.topic == topic)
        table.add_row(topic, *(str(counts[name]) if counts[name] else "-" for name in names))
    return table


def _notes(report: Report) -> Iterator[Line]:
    reasons: dict[str, int] = {}
    for result in report.findings.results:
        if isinstance(result.outcome, Skip):
            reasons[result.outcome.reason] = reasons.get(result.outcome.reason, 0) + 1
    for reason, times in reasons.items():
        yield Line(f"skipped {times}: {_shorten(reason)}")
    for problem in report.findings.problems:
        yield Line("error", "bold magenta", " the suite itself failed")
        yield from (Line(f"  {each}") for each in problem.splitlines())
    left = report.findings.left_running
    if left:
        shown = [_shorten(each) for each in left[:_LISTED]]
        more = f" and {len(left) - _LISTED} more" if len(left) > _LISTED else ""
        yield Line("left running", "bold yellow", f": {', '.join(shown)}{more}: not finished after the abort")
    if report.findings.partial is not None:
        yield Line("partial", "bold yellow", f": {_shorten(report.findings.partial.reason)}")


def _verdict_line(report: Report) -> str:
    musts = [each for each in report.findings.results if each.requirement.level == "MUST"]
    counts = count(musts)
    parts = [f"{counts['pass']} of {len(musts)} MUST requirements hold"]
    parts += [f"{counts[name]} {name}" for name in OUTCOMES[1:] if counts[name]]
    shoulds = sum(
        name_outcome(each.outcome) == "fail"
        for each in report.findings.results
        if each.requirement.level == "SHOULD"
    )
    if shoulds:
        parts.append(f"{shoulds} SHOULD failed")
    return f"{', '.join(parts)}; {report.findings.sent} requests to {report.base_url}, seed {report.seed}"


def _shorten(text: str) -> str:
    flat = show_line(text)
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}..."
