"""Checks of filters on workflow overviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.conditions import satisfies
from ...model.drawing import Condition
from ...session.lists.comparing import expect_same
from ...session.lists.instances import Row, texts_of
from ...session.session import Session, Undecided
from ..check import check
from ..filters.comparing import describe
from ..filters.fields import rotate, where
from ..filters.logical import combine
from ..filters.patterns import choose_text, list_independent_patterns
from ..filters.values import list_similar
from .overviews import ask_overviews, read_ids, require_workflows

_UNKNOWN: Final = "no-such-workflow"
# How many values of a field are filtered by.
_VALUES: Final = 3


@check("ORC-WF-FILT-01")
def overviews_filter_by_id(session: Session) -> None:
    """Filter by the id of each of some workflows, and by an id that none has."""
    ids = texts_of(require_workflows(session), "workflowId")
    _expect_all(
        session, [where("id", "EQ", each) for each in (*rotate(ids, session.seed)[:_VALUES], _UNKNOWN)]
    )


@check("ORC-WF-FILT-02")
def overviews_filter_by_ids(session: Session) -> None:
    """Filter by the ids of all workflows but one, and by known and unknown ids."""
    ids = sorted(texts_of(require_workflows(session), "workflowId"))
    chosen = [ids[1:] or ids, [_UNKNOWN, ids[0]], [ids[-1], _UNKNOWN], [_UNKNOWN, f"{_UNKNOWN}-2"]]
    _expect_all(session, [where("id", "IN", each) for each in chosen])


@check("ORC-WF-FILT-03")
def overviews_filter_by_name(session: Session) -> None:
    """Filter by patterns of the beginning, the middle and the end of a name, and of other names."""
    names = texts_of(require_workflows(session), "name")
    name = choose_text(rotate(names, session.seed))
    if name is None:
        raise Undecided(
            "a workflow whose name contains no wildcard and differs from others in more than case"
        )
    for wildcard in ("*", "%"):
        patterns = list_independent_patterns(name, wildcard, names)
        _expect_all(session, [where("name", "LIKE", each) for each in patterns])


@check("ORC-WF-FILT-04")
def overviews_filter_by_version(session: Session) -> None:
    """Filter by each version, and by a version that no workflow has."""
    versions = sorted(set(texts_of(require_workflows(session), "version")))
    if not versions:
        raise Undecided("a workflow with a version")
    _expect_all(
        session,
        [
            where("version", "EQ", each)
            for each in (*rotate(versions, session.seed)[:_VALUES], "no-such-version")
        ],
    )


@check("ORC-WF-FILT-05")
def overviews_accept_logical_filters(session: Session) -> None:
    """Filter by one workflow or another, by one of two that is not the other, and by all but one."""
    ids = sorted(texts_of(require_workflows(session), "workflowId"))
    one, other = ids[0], ids[1] if len(ids) > 1 else _UNKNOWN
    first, second, both = where("id", "EQ", one), where("id", "EQ", other), where("id", "IN", [one, other])
    _expect_all(
        session,
        [
            combine("OR", first, second),
            combine("OR", second, first),
            combine("AND", both, combine("NOT", second)),
            combine("AND", both, combine("NOT", first)),
            combine("NOT", first),
        ],
    )


@check("ORC-WF-FILT-06")
def fields_of_overviews_are_compared_exactly(session: Session) -> None:
    """Filter by texts that differ from an id, a name or a version in case, whitespace or one character."""
    rows = require_workflows(session)
    for field, shown in (("id", "workflowId"), ("name", "name"), ("version", "version")):
        values = sorted(set(texts_of(rows, shown)))
        for value in rotate(values, session.seed)[:_VALUES]:
            similar = list_similar(value)
            _expect_all(session, [where(field, "EQ", each) for each in similar])
            if field != "version":
                _expect_all(session, [where(field, "IN", [*similar, value])])


def _expect_all(session: Session, conditions: Sequence[Condition]) -> None:
    rows = require_workflows(session)
    for condition in conditions:
        answer = ask_overviews(session, {"filters": condition})
        expected = _list_matches(rows, condition)
        expect_same(expected, read_ids(answer), f"the workflows {describe(condition)}", answer.exchange)


def _list_matches(rows: list[Row], condition: Condition) -> list[str]:
    return texts_of((row for row in rows if satisfies(row, condition)), "workflowId")
