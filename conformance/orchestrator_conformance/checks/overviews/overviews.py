"""Checks of the lists of workflow overviews."""

from __future__ import annotations

from ...session.lists.comparing import expect_same, is_sorted, sees_others
from ...session.lists.instances import Listing, Lists, Row, texts_of
from ...session.runs.runs import PAGED_OVERVIEWS, list_workflows, read_overviews
from ...session.session import Answer, Failed, Session, Undecided
from ..check import check

# The number of workflows that are read one by one.
WORKFLOWS = 8
_EVERY = 1000


def ask_overviews(session: Session, body: Row) -> Answer:
    """Return the overviews for `body`, a SearchRequest; all of them if it asks for no page."""
    if session.memory.get(PAGED_OVERVIEWS):
        body = {**body, "paginationInfo": {"pageSize": _EVERY, **body.get("paginationInfo", {})}}
    return session.ask("getWorkflowsOverview", body=body)


def read_ids(answer: Answer) -> list[str]:
    """Return the ids of the workflows in the answer of a list of overviews."""
    return [each["workflowId"] for each in read_overviews(answer)]


def require_workflows(session: Session, count: int = 1) -> list[Row]:
    """Return the overviews; raise `Undecided` if there are fewer than `count`."""
    rows = list_workflows(session)
    if len(rows) < count:
        raise Undecided("a workflow" if count == 1 else f"{count} workflows")
    return rows


@check("ORC-WF-LIST-01")
def no_workflow_is_listed_twice(session: Session) -> None:
    """Look for a workflowId that is listed twice."""
    answer = ask_overviews(session, {})
    ids = read_ids(answer)
    if not ids:
        raise Undecided("a workflow")
    expect_same(ids, ids, "the workflows, each once", answer.exchange)


@check("ORC-WF-LIST-02")
def an_overview_by_id_is_the_one_listed(session: Session) -> None:
    """Read listed workflows by their ids, and compare the fields that come from the definition."""
    for row in require_workflows(session)[:WORKFLOWS]:
        answer = session.ask("getWorkflowOverviewById", {"workflowId": row["workflowId"]})
        for field in ("workflowId", "format", "name", "version", "description"):
            if field in row and answer.value.get(field) != row[field]:
                raise Failed(
                    f"{field} {row[field]!r}, as in the list", repr(answer.value.get(field)), answer.exchange
                )


@check("ORC-WF-PAGE-01")
def pages_of_overviews_partition_the_list(session: Session) -> None:
    """Read the overviews, sorted by id, in pages of a third of them."""
    count = len(require_workflows(session))
    page_size = max(1, count // 3)
    paging = {"orderBy": "id", "orderDirection": "ASC"}
    whole = read_ids(ask_overviews(session, {"paginationInfo": paging}))
    found: list[str] = []
    for offset in range(0, count + page_size, page_size):
        answer = ask_overviews(
            session, {"paginationInfo": paging | {"offset": offset, "pageSize": page_size}}
        )
        if len(read_ids(answer)) > page_size:
            raise Failed(f"at most {page_size} overviews", str(len(read_ids(answer))), answer.exchange)
        found += read_ids(answer)
    expect_same(whole, found, "every workflow on exactly one page", answer.exchange)
    if found != whole:
        raise Failed("the pages in the order of the list", f"{found}", answer.exchange)


@check("ORC-WF-SORT-01")
def overviews_sort_by_id(session: Session) -> None:
    """Sort by id in both directions."""
    require_workflows(session, 2)
    for direction in ("ASC", "DESC"):
        answer = ask_overviews(session, {"paginationInfo": {"orderBy": "id", "orderDirection": direction}})
        if not is_sorted(read_ids(answer), descending=direction == "DESC"):
            raise Failed(f"workflowIds in {direction} order", f"{read_ids(answer)}", answer.exchange)


@check("ORC-WF-SORT-02")
def overviews_sort_by_name(session: Session) -> None:
    """Sort by name in both directions."""
    require_workflows(session, 2)
    for direction in ("ASC", "DESC"):
        answer = ask_overviews(session, {"paginationInfo": {"orderBy": "name", "orderDirection": direction}})
        names = [row["name"] for row in read_overviews(answer) if row.get("name")]
        if not is_sorted(names, descending=direction == "DESC"):
            raise Failed(f"names in {direction} order", f"{names}", answer.exchange)


@check("ORC-WF-ENTITY-01")
def entity_overviews_are_the_named_workflows(session: Session) -> None:
    """Request the overviews of one named workflow, and of two."""
    ids = [row["workflowId"] for row in require_workflows(session, 2)]
    for wanted in (ids[:1], ids[1:3], ids[:2]):
        answer = session.ask("getWorkflowsOverviewForEntity", body={"annotationWorkflowIds": wanted})
        expect_same(wanted, read_ids(answer), "the named workflows", answer.exchange)


@check("ORC-WF-ENTITY-02")
def entity_overviews_are_the_workflows_that_ran(session: Session) -> None:
    """Request the overviews for the entity that the fewest workflows ran for, and for one that none ran for."""
    listed = {row["workflowId"] for row in require_workflows(session)}
    entity, _ = _find_entity(session, listed)
    _expect_for_entity(session, listed, entity, [])
    nobody = f"component:default/no-such-entity-{session.seed}"
    answer = session.ask("getWorkflowsOverviewForEntity", body={"targetEntity": nobody})
    expect_same([], read_ids(answer), f"the workflows that ran for {nobody}", answer.exchange)


@check("ORC-WF-ENTITY-03")
def entity_overviews_combine_both_fields(session: Session) -> None:
    """Request the overviews for an entity together with that of a workflow that did not run for it."""
    listed = {row["workflowId"] for row in require_workflows(session, 2)}
    entity, ran = _find_entity(session, listed)
    others = sorted(listed - ran)
    if not others:
        raise Undecided("an entity that at least one workflow did not run for")
    _expect_for_entity(session, listed, entity, others[:1])


@check("ORC-WF-ENTITY-05")
def entity_overviews_need_no_body(session: Session) -> None:
    """Send the request without a body, and with an empty object."""
    session.ask("getWorkflowsOverviewForEntity")
    session.ask("getWorkflowsOverviewForEntity", body={})


def _find_entity(session: Session, listed: set[str]) -> tuple[str, set[str]]:
    ran: dict[str, set[str]] = {}
    for row in Lists(session).known().rows:
        if row.get("targetEntity") and row.get("processId") in listed:
            ran.setdefault(row["targetEntity"], set()).add(row["processId"])
    if not ran:
        raise Undecided("instances that were started for an entity")
    entity = min(sorted(ran), key=lambda each: len(ran[each]))
    return entity, ran[entity]


def _expect_for_entity(session: Session, listed: set[str], entity: str, named: list[str]) -> None:
    body = {"targetEntity": entity, **({"annotationWorkflowIds": named} if named else {})}

    def compare(whole: Listing, answer: Answer) -> None:
        ran = (
            set(texts_of([row for row in whole.rows if row.get("targetEntity") == entity], "processId"))
            & listed
        )
        wanted = f"the workflows that ran for {entity}" + (f", and {', '.join(named)}" if named else "")
        found = read_ids(answer)
        # If the caller may not see all runs, runs that are not listed may have been for the entity too.
        unseen = set() if sees_others(whole.rows) else set(found) & listed
        expect_same(ran | set(named) | unseen, found, wanted, answer.exchange)

    Lists(session).agree(lambda: session.ask("getWorkflowsOverviewForEntity", body=body), compare)
