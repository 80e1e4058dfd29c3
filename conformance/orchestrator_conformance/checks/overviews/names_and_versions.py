"""Checks that the overview, the source and the runs of a workflow agree on its name, version and description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...session.lists.instances import Listing, Lists, Row
from ...session.runs.runs import list_workflows, read_overviews
from ...session.runs.workflow_probing import find_runs, probe_runs
from ...session.session import Answer, Failed, NotApplicable, Session, Undecided
from ...target.workflow_sources import NotASource, read_source
from ..check import check
from .overviews import WORKFLOWS, ask_overviews, require_workflows

_NULLS: Final = ("", "~", "null")
# The field of a run, and the field of the overview of its workflow.
_OF_RUNS: Final = {"processName": "name", "version": "version"}


@check("ORC-WF-SRC-02")
def an_overview_agrees_with_the_source(session: Session) -> None:
    """Parse each workflow's source, and compare the version and the description if both it and the overview have it."""
    _compare_with_sources(session, "version", "description")


@check("ORC-WF-SRC-03")
def an_overview_has_the_name_of_the_source(session: Session) -> None:
    """Parse each workflow's source, and compare the name if both it and the overview have one."""
    _compare_with_sources(session, "name")


def _compare_with_sources(session: Session, *fields: str) -> None:
    is_readable = is_decided = False
    for row in require_workflows(session)[:WORKFLOWS]:
        answer = session.try_to_ask("getWorkflowSourceById", {"workflowId": row["workflowId"]})
        if answer is None:
            # ORC-WF-SRC-01 requires a source.
            continue
        is_readable = True
        texts = read_texts(answer.value)
        for field in fields:
            shown, stated = row.get(field), texts.get(field)
            if not isinstance(shown, str) or stated is None:
                continue
            is_decided = True
            if not is_same_text(shown, stated):
                raise Failed(
                    f"{field} {stated!r} in the overview of {row['workflowId']}, as in its source",
                    f"{shown!r}",
                    answer.exchange,
                    ask_overviews(session, {}).exchange,
                )
    if not is_readable:
        raise Undecided("a source that can be read")
    if not is_decided:
        raise NotApplicable(
            f"no overview has a {' or a '.join(fields)} that its source has too, which is optional"
        )


def read_texts(source: Any) -> Mapping[str, str]:
    """Return the members of a definition that are text or numbers, except those that YAML reads as null."""
    text = str(source)
    try:
        members = read_source(text, "json" if text.lstrip().startswith("{") else "yaml")
    except NotASource:
        # ORC-WF-SRC-01 requires a source that can be parsed.
        return {}
    return {
        name: str(value)
        for name, value in members.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value not in _NULLS
    }


def is_same_text(shown: str, stated: str) -> bool:
    """Whether two texts are equal apart from blanks at the ends, or are the same number."""
    if shown.strip() == stated.strip():
        return True
    try:
        return float(shown) == float(stated)
    except ValueError:
        return False


@check("ORC-WF-RUN-01")
def a_new_run_names_its_workflow(session: Session) -> None:
    """Compare the name and the version of a run of each workflow with those in the overview."""
    probe_runs(session)
    overviews = {row["workflowId"]: row for row in list_workflows(session)}
    is_decided = False
    for run, row in find_runs(session):
        overview = overviews.get(run.workflow_id, {})
        for field, own in _OF_RUNS.items():
            if row.get(field) is None or overview.get(own) is None:
                continue
            is_decided = True
            if row[field] != overview[own]:
                expected = (
                    f"{field} {overview[own]!r} of {run.instance_id}, as in the overview of {run.workflow_id}"
                )
                raise Failed(expected, f"{row[field]!r}", run.exchange)
    if not is_decided:
        raise NotApplicable("runs or overviews do not show the name and the version, which is optional")


@check("ORC-WF-RUN-02")
def a_listed_run_names_its_workflow(session: Session) -> None:
    """Compare the name of each listed run with that in the overview, unless the run follows another version."""
    Lists(session).agree(lambda: ask_overviews(session, {}), _expect_names)


def _expect_names(whole: Listing, answer: Answer) -> None:
    overviews = {row["workflowId"]: row for row in read_overviews(answer)}
    pairs = [(row, overviews[row["processId"]]) for row in whole.rows if row.get("processId") in overviews]
    if not pairs:
        raise Undecided("a listed run of a workflow that still exists")
    compared = [(row, overview) for row, overview in pairs if _may_agree(row, overview)]
    if not compared:
        raise NotApplicable(
            "no listed run of the current version shows the name of its workflow, which is optional"
        )
    for row, overview in compared:
        if row["processName"] != overview["name"]:
            raise Failed(
                f"processName {overview['name']!r} of {row['id']}, as in the overview of {row['processId']}",
                f"{row['processName']!r}",
                whole.exchange,
                answer.exchange,
            )


def _may_agree(row: Row, overview: Row) -> bool:
    if row.get("processName") is None or overview.get("name") is None:
        return False
    return None in (row.get("version"), overview.get("version")) or row["version"] == overview["version"]
