"""Checks that concurrent requests do not affect each other."""

from __future__ import annotations

from ...session.inputs.generation import vary_inputs
from ...session.lists.instances import Listing, Lists, Row, texts_of
from ...session.runs.concurrent_starts import start_concurrently
from ...session.runs.runs import Run, await_state, read_input_schema
from ...session.runs.workflow_probing import probe_runs
from ...session.session import Failed, Session, Undecided
from ...target.exchange import Exchange
from ...target.reading import describe_answer
from ..check import check
from ..inputs import data_of, is_same, unchanged_inputs

_PAGES = 8
_RUNS = 6


@check("ORC-INST-PAGE-10")
def concurrent_pages_are_the_same(session: Session) -> None:
    """Request pages of the list one after the other, then all of them concurrently."""
    lists = Lists(session)
    count = len(lists.known().rows)
    if count < _PAGES:
        raise Undecided(f"{_PAGES} instances")
    bodies: list[Row] = [
        {"paginationInfo": {"offset": number * (count // _PAGES), "pageSize": 1 + number, **order}}
        for number, order in enumerate(_PAGES // 2 * [{}, {"orderBy": "start", "orderDirection": "DESC"}])
    ]

    def ask() -> list[tuple[list[str], list[str], Exchange]]:
        singly = [lists.ask(body).ids for body in bodies]
        together = session.call_together("getInstances", {}, bodies)
        return [(one, _read_ids(session, each), each) for one, each in zip(singly, together, strict=True)]

    def compare(_: Listing, pages: list[tuple[list[str], list[str], Exchange]]) -> None:
        for alone, found, exchange in pages:
            # Instances with the same start may be in any order within a page.
            if sorted(alone) != sorted(found):
                raise Failed(
                    f"the {len(alone)} instances that the page holds without concurrency",
                    f"{len(found)} instances, of which {len(set(found) - set(alone))} are others",
                    exchange,
                )

    lists.agree(ask, compare)


def _read_ids(session: Session, exchange: Exchange) -> list[str]:
    if exchange.response.status == 429:
        raise Undecided("a backend that accepts concurrent requests (status 429)")
    if not exchange.is_success:
        found = describe_answer(exchange.response)
        raise Failed("the same page as without concurrency", found, exchange)
    return texts_of(session.read(exchange).get("items", []), "id")


@check("ORC-RUN-EXEC-09")
def concurrent_runs_are_not_mixed_up(session: Session) -> None:
    """Execute different workflows with different inputs for different entities concurrently; compare each run."""
    wanted = []
    for probe, _ in probe_runs(session)[:_RUNS]:
        varied = vary_inputs(read_input_schema(session, probe.workflow_id), session.seed)[:2]
        wanted += [(probe.workflow_id, inputs) for inputs in varied or [dict(probe.inputs)]]
    if len(wanted) < 2:
        raise Undecided(
            "two workflows that may be started, or one whose input schema allows different inputs"
        )
    runs = start_concurrently(session, wanted[:_RUNS])
    kept = unchanged_inputs(session)
    for run in runs:
        _expect_own(session, run, kept[run.workflow_id] & run.inputs.keys())


def _expect_own(session: Session, run: Run, names: set[str]) -> None:
    def is_own(row: Row) -> bool:
        return (
            row.get("processId") in (None, run.workflow_id)
            and row.get("targetEntity") in (None, run.target_entity)
            and all(is_same(run.inputs[name], data_of(row).get(name)) for name in names)
        )

    row = await_state(session, run, is_own)
    if row is None:
        raise Failed(f"instance {run.instance_id}", "no instance with that id", run.exchange)
    if not is_own(row):
        given = {name: run.inputs[name] for name in sorted(names)}
        shown = {name: data_of(row).get(name) for name in sorted(names)}
        raise Failed(
            f"a run of {run.workflow_id} for {run.target_entity} with {given}",
            f"a run of {row.get('processId')} for {row.get('targetEntity')} with {shown}",
            run.exchange,
        )
