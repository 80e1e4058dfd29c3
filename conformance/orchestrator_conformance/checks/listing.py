"""Checks of the lists of instances, and of the agreement of lists with single instances."""

from __future__ import annotations

from functools import partial

from ..model.instants import is_before
from ..session.lists.comparing import expect_same
from ..session.lists.instances import FINISHED, NO_END, STATES, Listing, Lists, Row, read_instant
from ..session.lists.workflow_lists import expect_none_of_an_unknown_workflow, iter_workflow_lists
from ..session.session import Absent, Failed, NotApplicable, Session, Undecided
from ..target.exchange import Exchange
from ..target.reading import describe_answer
from .check import check

# The number of instances that are read one by one.
_READ_SINGLY = 12
# The fields that are fixed when an instance starts.
_LASTING = ("id", "processId", "processName", "start", "initiatorEntity", "targetEntity", "version")


@check("ORC-INST-LIST-01")
def no_body_and_an_empty_one_list_the_same(session: Session) -> None:
    """Compare the list without a body with the list of `{}`."""
    lists = Lists(session)
    if not lists.known().rows:
        raise Undecided("instances")

    def compare(whole: Listing, bare: Listing) -> None:
        # If the backend has a default page size, both answers are its first page.
        expected = whole.ids[: len(bare.rows) or None]
        expect_same(expected, bare.ids, "the instances", bare.exchange)

    lists.agree(lambda: lists.ask(None), compare)


@check("ORC-INST-LIST-02")
def no_instance_is_listed_twice(session: Session) -> None:
    """Look for an id that is listed twice."""
    listing = Lists(session).ask({})
    if len(listing.rows) < 2:
        raise Undecided("two instances")
    expect_same(listing.ids, listing.ids, "the instances, each once", listing.exchange)


@check("ORC-INST-LIST-03")
def an_instance_by_id_is_the_one_listed(session: Session) -> None:
    """Read instances in every state by their ids, and compare the fields that can no longer change."""
    rows = Lists(session).known().rows
    if not rows:
        raise Undecided("instances")
    for row in sorted(rows, key=lambda each: (each.get("state", ""), each["id"]))[
        :: max(1, len(rows) // _READ_SINGLY)
    ]:
        answer = session.ask("getInstanceById", {"instanceId": row["id"]})
        fields = [*_LASTING, *(["state", "end"] if row.get("state") in FINISHED else [])]
        for field in fields:
            if field in row and answer.value.get(field) != row[field]:
                raise Failed(
                    f"{field} {row[field]!r}, as in the list", f"{answer.value.get(field)!r}", answer.exchange
                )


@check("ORC-INST-LIST-04")
def the_list_of_a_workflow_has_its_instances(session: Session) -> None:
    """Compare the lists of workflows, and that of an unknown one, with the list of all instances."""
    lists = Lists(session)
    if not lists.known().rows:
        raise Undecided("instances")
    for own in iter_workflow_lists(session):
        lists.agree(own.all, partial(_expect_instances_of, str(own.workflow_id)))
    expect_none_of_an_unknown_workflow(session, {})


def _expect_instances_of(name: str, whole: Listing, own: Listing) -> None:
    expected = [row["id"] for row in whole.rows if row.get("processId") == name]
    expect_same(expected, own.ids, f"the instances of {name}", own.exchange)


@check("ORC-INST-STATE-01")
def a_finished_instance_has_an_end(session: Session) -> None:
    """Look at every COMPLETED or ABORTED instance."""
    listing = Lists(session).known()
    finished = [row for row in listing.rows if row.get("state") in FINISHED]
    if not finished:
        raise Undecided("instances that are COMPLETED or ABORTED")
    for row in finished:
        if not row.get("end"):
            found = f"no end of {row['id']}, which is {row['state']}"
            raise Failed("an end", found, listing.exchange, cause=NO_END)


@check("ORC-INST-STATE-02")
def an_unfinished_instance_has_no_end(session: Session) -> None:
    """Look at every instance that is ACTIVE, PENDING or SUSPENDED; one in ERROR may have an end."""
    listing = Lists(session).known()
    unfinished = [row for row in listing.rows if row.get("state") in ("ACTIVE", "PENDING", "SUSPENDED")]
    if not unfinished:
        raise Undecided("instances that are ACTIVE, PENDING or SUSPENDED")
    for row in unfinished:
        if row.get("end"):
            raise Failed(
                "no end", f"end {row['end']} of {row['id']}, which is {row['state']}", listing.exchange
            )


@check("ORC-INST-ERROR-01")
def an_instance_in_error_has_an_error(session: Session) -> None:
    """Read instances in ERROR by their ids, because a list may leave the error out."""
    failed = [row for row in Lists(session).known().rows if row.get("state") == "ERROR"]
    if not failed:
        raise Undecided("instances in ERROR")
    without_error = None
    for row in failed[:_READ_SINGLY]:
        answer = session.ask("getInstanceById", {"instanceId": row["id"]})
        if answer.value.get("state") == "ERROR" and not answer.value.get("error"):
            without_error = without_error or answer
    if without_error is None:
        return
    if len(failed) < 2 or not any(row.get("error") for row in failed):
        raise NotApplicable("no instance in ERROR shows an error, which is optional")
    raise Failed(
        "an error, as other instances in ERROR have",
        f"none on {without_error.value['id']}",
        without_error.exchange,
    )


@check("ORC-INST-TIME-01")
def timestamps_are_instants_in_order(session: Session) -> None:
    """Parse every start and end, and compare the two."""
    exchange = Lists(session).known().exchange
    rows = session.read_as_shown(exchange).get("items", [])
    stamped = [row for row in rows if row.get("start") is not None]
    if not stamped:
        raise Undecided("instances with a start")
    for row in stamped:
        expect_order(row, exchange)


def expect_order(row: Row, exchange: Exchange) -> None:
    """Raise `Failed` unless the start of `row` and its end, if it has one, are instants in that order."""
    start = read_instant(row.get("start"))
    end = read_instant(row.get("end")) if row.get("end") is not None else start
    if start is None or end is None:
        found = f"start {row['start']!r} and end {row.get('end')!r} of {row.get('id')}"
        raise Failed("timestamps in ISO 8601 with a time zone", found, exchange)
    if is_before(end, start):
        found = f"start {row['start']} and end {row['end']} of {row.get('id')}"
        raise Failed("an end that is not before the start", found, exchange)


@check("ORC-INST-STATUS-01")
def the_statuses_are_the_six_states(session: Session) -> None:
    """Compare the keys and values of the statuses with the states of the contract."""
    answer = session.ask("getWorkflowStatuses")
    found = sorted((str(each.get("key")), str(each.get("value"))) for each in answer.value)
    expected = sorted((state.capitalize(), state) for state in STATES)
    if found != expected:
        raise Failed(f"{expected}", f"{found}", answer.exchange)


@check("ORC-INST-LOG-01")
def a_log_names_its_instance(session: Session) -> None:
    """Read logs by instance id; a deployment without a log provider answers 500 and does not have the feature."""
    rows = Lists(session).known().rows
    if not rows:
        raise Undecided("instances")
    for row in rows[:3]:
        exchange = session.call("getWorkflowLogById", {"instanceId": row["id"]})
        if not exchange.is_success:
            raise Absent(f"a log ({describe_answer(exchange.response)})", exchange)
        found = session.read(exchange).get("instanceId")
        if found is None:
            raise Undecided("logs that name their instance")
        if found != row["id"]:
            raise Failed(f"instanceId {row['id']}", f"{found}", exchange)
