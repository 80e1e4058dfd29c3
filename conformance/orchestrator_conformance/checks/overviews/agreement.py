"""Checks that all overviews of one workflow agree, for every operation that returns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations
from typing import Any, Final

from ...session.lists.comparing import expect_same
from ...session.lists.instances import Listing, Lists, Row, texts_of
from ...session.runs.runs import Run, await_state, list_workflows, read_overviews
from ...session.runs.workflow_probing import start_failed, start_unfinished
from ...session.session import Answer, Failed, NotApplicable, Session, Undecided
from ..check import check
from .overviews import WORKFLOWS, ask_overviews, require_workflows
from .views import View, choose_workflows, find_entity_of, list_runs, read_views

_OF_DEFINITION: Final = ("name", "format", "version", "description", "isAvailable")
_OF_LAST_RUN: Final = ("lastRunId", "lastRunStatus", "lastTriggeredMs")
# The number of entities whose overviews are read.
_ENTITIES: Final = 3


@check("ORC-WF-LIST-03")
def every_workflow_is_in_every_list(session: Session) -> None:
    """Read workflows in every way, those that are down first, and workflows that only instances name."""
    require_workflows(session)
    unlisted = _find_unlisted(session)
    for workflow_id in [*unlisted, *choose_workflows(session)]:
        views = session.poll(partial(read_views, session, workflow_id), _is_complete)
        shown = [view for view in views if view.row is not None]
        if not shown:
            # A workflow that was removed may leave instances behind.
            continue
        is_down = any(view.row is not None and view.row.get("isAvailable") is False for view in shown)
        for view in views:
            if view.row is None:
                what = f"{workflow_id}, whose service is down," if is_down else workflow_id
                raise Failed(
                    f"{what} {view.place}, because it has an overview {shown[0].place}",
                    "no overview of it",
                    view.exchange,
                    shown[0].exchange,
                )


def _find_unlisted(session: Session) -> list[str]:
    """Return workflows that instances belong to, but that are not listed."""
    listed = {row["workflowId"] for row in list_workflows(session)}
    return sorted(set(texts_of(list_runs(session), "processId")) - listed)[:WORKFLOWS]


def _is_complete(views: list[View]) -> bool:
    return all(view.row is not None for view in views) or all(view.row is None for view in views)


@check("ORC-WF-VIEW-01")
def overviews_agree_on_the_workflow(session: Session) -> None:
    """Compare the fields of the definition, and the availability, in all overviews of a workflow that show them."""

    def differ(one: Row, other: Row, field: str) -> bool:
        # A field of the definition is optional, so one answer may omit it.
        return one.get(field) is not None and other.get(field) is not None and one[field] != other[field]

    _expect_agreement(session, _OF_DEFINITION, differ)


@check("ORC-WF-LAST-05")
def overviews_agree_on_the_last_run(session: Session) -> None:
    """Compare the last run in all overviews of a workflow, including whether there is one."""

    def differ(one: Row, other: Row, field: str) -> bool:
        # What lastTriggeredMs is without a run is left open.
        return (one.get(field) or None) != (other.get(field) or None)

    if not _expect_agreement(session, _OF_LAST_RUN, differ):
        raise NotApplicable("overviews do not name the last run, which is optional")


def _expect_agreement(
    session: Session, fields: Iterable[str], differ: Callable[[Row, Row, str], bool]
) -> bool:
    """Raise `Failed` if two overviews of a workflow differ in one of `fields`. Returns whether any has one of them."""
    require_workflows(session)
    has_any = False
    for workflow_id in choose_workflows(session):
        entity = find_entity_of(session, workflow_id)

        def find(name: str = workflow_id, entity: str | None = entity) -> _Found:
            return _find_difference(read_views(session, name, entity), fields, differ)

        # Runs start and end meanwhile, and services go up and down.
        views, difference = session.poll(find, lambda found: found[1] is None)
        if len(views) < 2:
            raise Undecided(f"two answers with the overview of {workflow_id}")
        has_any = has_any or any(view.row and view.row.get(field) for view in views for field in fields)
        if difference is not None:
            one, other, field = difference
            raise Failed(
                f"{field} {_value(one, field)!r} of {workflow_id} {other.place}, as {one.place}",
                f"{_value(other, field)!r}",
                other.exchange,
                one.exchange,
            )
    return has_any


_Found = tuple[list[View], tuple[View, View, str] | None]


def _find_difference(
    views: list[View], fields: Iterable[str], differ: Callable[[Row, Row, str], bool]
) -> _Found:
    shown = [view for view in views if view.row is not None]
    for field in fields:
        for one, other in combinations(shown, 2):
            if differ(one.row or {}, other.row or {}, field):
                return shown, (one, other, field)
    return shown, None


def _value(view: View, field: str) -> Any:
    return None if view.row is None else view.row.get(field)


@check("ORC-WF-LAST-06")
def a_workflow_that_ran_has_a_last_run(session: Session) -> None:
    """Look for overviews without a last run, also after a run went to ERROR and another one was aborted."""
    lists = Lists(session)
    lists.agree(lambda: ask_overviews(session, {}), _expect_last_runs)
    for start_last in (start_failed, _start_aborted):
        try:
            run = start_last(session)
        except (Undecided, NotApplicable):
            continue
        session.poll(partial(_is_listed, lists, run), bool)
        lists.agree(lambda: ask_overviews(session, {}), _expect_last_runs)


def _is_listed(lists: Lists, run: Run) -> bool:
    return run.instance_id in lists.all().ids


def _start_aborted(session: Session) -> Run:
    run = start_unfinished(session)
    session.call("abortWorkflow", {"instanceId": run.instance_id}, is_good=False)
    row = await_state(session, run, lambda each: each.get("state") == "ABORTED") or {}
    if row.get("state") != "ABORTED":
        raise Undecided("a run that can be aborted")
    return run


def _expect_last_runs(whole: Listing, answer: Answer) -> None:
    overviews = read_overviews(answer)
    runs = {row.get("processId"): row for row in whole.rows}
    ran = [each for each in overviews if each["workflowId"] in runs]
    if not ran:
        raise Undecided("a workflow with listed runs")
    named = [field for field in _OF_LAST_RUN if any(each.get(field) for each in overviews)]
    if not named:
        raise NotApplicable("overviews do not name the last run, which is optional")
    shown_by_runs = {"lastRunId": "id", "lastRunStatus": "state", "lastTriggeredMs": "start"}
    for each in ran:
        run = runs[each["workflowId"]]
        for field in named:
            if run.get(shown_by_runs[field]) is not None and each.get(field) is None:
                raise Failed(
                    f"a {field} of {each['workflowId']}, because {run['id']} is a run of it",
                    f"none, although other overviews have a {field}",
                    answer.exchange,
                    whole.exchange,
                )


@check("ORC-WF-ENTITY-06")
def entity_overviews_list_no_workflow_twice(session: Session) -> None:
    """Request overviews for entities, for ids that are named twice, and for an entity and the workflows of its runs."""
    ids = [row["workflowId"] for row in require_workflows(session)]
    bodies: list[Row] = [
        {"annotationWorkflowIds": [ids[0], ids[0]]},
        {"annotationWorkflowIds": [*ids[:3], *ids[:3][::-1]]},
    ]
    for entity, names in _find_entities(session, set(ids)):
        named = sorted(names)
        bodies += [
            {"targetEntity": entity},
            {"targetEntity": entity, "annotationWorkflowIds": named},
            {"targetEntity": entity, "annotationWorkflowIds": [*named, *ids[:1], *named]},
        ]
    is_decided = False
    for body in bodies:
        answer = session.ask("getWorkflowsOverviewForEntity", body=body)
        found = texts_of(read_overviews(answer), "workflowId")
        is_decided = is_decided or bool(found)
        expect_same(found, found, "the workflows of the entity, each once", answer.exchange)
    if not is_decided:
        raise Undecided("an entity that has overviews")


def _find_entities(session: Session, listed: set[str]) -> list[tuple[str, set[str]]]:
    """Return the entities that most runs of one workflow were started for, with the workflows that ran for them."""
    ran: dict[str, list[str]] = {}
    for row in list_runs(session):
        if row.get("targetEntity") and row.get("processId") in listed:
            ran.setdefault(row["targetEntity"], []).append(row["processId"])

    def most(entity: str) -> int:
        return max(map(ran[entity].count, ran[entity]))

    entities = sorted(ran, key=lambda entity: (-most(entity), entity))[:_ENTITIES]
    return [(entity, set(ran[entity])) for entity in entities]
