"""The summary in the terminal: findings and how to reproduce them, counts by topic, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..target.exchange import NO_ANSWER, Exchange, show_body, write_curl
from ..verdict.findings import Finding
from ..verdict.outcome import Error, Inconclusive, Known, Result, Skip, Stale, Verdict
from .document import OUTCOMES, Report, count, describe, name_outcome

_SHOWN = 400
_COLOURS = {Verdict.CONFORMANT: "green", Verdict.NOT_CONFORMANT: "red", Verdict.UNDECIDED: "yellow"}


def print_summary(report: Report, console: Console) -> None:
    """Print the summary of a run."""
    for finding in report.causes:
        for line in _describe_finding(report, finding):
            console.print(line, soft_wrap=True, highlight=False)
    for result in report.findings.results:
        for line in _explain(result):
            console.print(line, soft_wrap=True, highlight=False)
    for line in _group_inconclusive(report):
        console.print(line, soft_wrap=True, highlight=False)
    console.print(_count_by_topic(report))
    for note in _notes(report):
        console.print(note, soft_wrap=True, highlight=False)
    colour = _COLOURS[report.verdict]
    console.print(
        f"[bold {colour}]{describe(report.verdict)}[/]: {escape(_verdict_line(report))}",
        soft_wrap=True,
        highlight=False,
    )


def _describe_finding(report: Report, finding: Finding) -> Iterator[str]:
    requirement, failure = finding.head.requirement, finding.failure
    yield f"[bold red]fail[/] {requirement.id} {requirement.level} {escape(requirement.sentence)}"
    yield f"  expected  {escape(failure.expected)}"
    yield f"  found     {escape(_shorten(failure.found))}"
    if finding.cause:
        yield f"  [bold]likely    it behaves as if {escape(finding.cause)}[/]"
    if len(finding.results) > 1:
        yield f"  also      {', '.join(each.requirement.id for each in finding.results[1:])}"
    yield f"  document  {escape(requirement.pointer)}"
    for exchange in failure.evidence[:1]:
        curl = write_curl(exchange.request, report.base_url, has_token=report.has_token)
        yield f"  retry     {escape(curl)}"
        yield f"  answer    {_show_answer(exchange)}"
    if len(failure.steps) > 1:
        yield f"  after     {', '.join(each.operation_id for each in failure.steps)}: see the script in findings/"
    yield ""


def _show_answer(exchange: Exchange) -> str:
    if exchange.response == NO_ANSWER:
        return "none"
    return f"{exchange.response.status} {escape(_shorten(show_body(exchange.response.body)))}"


def _explain(result: Result) -> Iterator[str]:
    requirement = result.requirement
    head = f"{requirement.id} {requirement.level} {escape(requirement.sentence)}"
    match result.outcome:
        case Known(reason, failure):
            yield f"[bold]known[/] {head}"
            yield f"  because   {escape(reason)}"
            yield f"  found     {escape(_shorten(failure.found))}"
            yield ""
        case Stale(reason):
            yield f"[bold red]stale[/] {head}"
            yield f"  it holds: remove the entry from the file of expected failures ({escape(reason)})"
            yield ""
        case Error(traceback):
            yield f"[bold magenta]error[/] {head}"
            yield escape(traceback)
        case _:
            pass


def _group_inconclusive(report: Report) -> Iterator[str]:
    # One cause can leave many requirements undecided. It is printed once.
    wanting: dict[str, list[str]] = {}
    for result in report.findings.results:
        if isinstance(result.outcome, Inconclusive):
            wanting.setdefault(result.outcome.missing, []).append(result.requirement.id)
    for missing, ids in wanting.items():
        yield f"[bold yellow]inconclusive[/] missing: {escape(missing)}"
        yield f"  {', '.join(ids)}"
        yield ""


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


def _notes(report: Report) -> Iterator[str]:
    reasons: dict[str, int] = {}
    for result in report.findings.results:
        if isinstance(result.outcome, Skip):
            reasons[result.outcome.reason] = reasons.get(result.outcome.reason, 0) + 1
    for reason, times in reasons.items():
        yield f"skipped {times}: {escape(reason)}"
    if report.findings.left_running:
        yield f"[bold yellow]left running[/]: {', '.join(report.findings.left_running)} could not be aborted"


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
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}..."
