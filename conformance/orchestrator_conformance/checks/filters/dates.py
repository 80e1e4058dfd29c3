"""Checks of filters on dates, which are compared as instants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from ...model.instants import write_with_offset
from ...session.lists.comparing import Predicate, expect_matches
from ...session.lists.instances import Lists, read_instant
from ...session.session import Session, Undecided
from ..check import check
from .fields import where


@check("ORC-FILT-EQ-04")
def date_equals(session: Session) -> None:
    """Filter by the start of one instance, as the list shows it."""
    lists = Lists(session)
    shown, instant = _find_pivot(lists, 0.5)
    expect_matches(
        lists, where("start", "EQ", shown), _starts(lambda start: start == instant), f"start {shown}"
    )


@check("ORC-FILT-DATE-01")
def greater_than_a_date(session: Session) -> None:
    """Filter by the start of an instance in the middle of the list, with GTE and with GT."""
    lists = Lists(session)
    shown, instant = _find_pivot(lists, 0.5)
    expect_matches(
        lists, where("start", "GTE", shown), _starts(lambda start: start >= instant), f"start from {shown}"
    )
    expect_matches(
        lists, where("start", "GT", shown), _starts(lambda start: start > instant), f"start after {shown}"
    )


@check("ORC-FILT-DATE-02")
def less_than_a_date(session: Session) -> None:
    """Filter by the start of an instance in the middle of the list, with LTE and with LT."""
    lists = Lists(session)
    shown, instant = _find_pivot(lists, 0.5)
    expect_matches(
        lists, where("start", "LTE", shown), _starts(lambda start: start <= instant), f"start up to {shown}"
    )
    expect_matches(
        lists, where("start", "LT", shown), _starts(lambda start: start < instant), f"start before {shown}"
    )


@check("ORC-FILT-DATE-03")
def between_two_dates(session: Session) -> None:
    """Filter by the starts of two instances, both of which are included."""
    lists = Lists(session)
    (low, first), (high, last) = _find_pivot(lists, 0.25), _find_pivot(lists, 0.75)
    single_instant = where("start", "BETWEEN", [low, low])
    expect_matches(
        lists, single_instant, _starts(lambda start: start == first), f"start between {low} and itself"
    )
    expect_matches(
        lists,
        where("start", "BETWEEN", [low, high]),
        _starts(lambda start: first <= start <= last),
        f"start between {low} and {high}",
    )


@check("ORC-FILT-DATE-04")
def dates_are_instants(session: Session) -> None:
    """Filter by a start close to another start, written in a time zone in which the texts sort differently."""
    lists = Lists(session)
    starts = sorted({start for row in lists.known().rows if (start := read_instant(row.get("start")))})
    pairs = list(pairwise(starts[1:]))
    earlier, later = min(pairs, key=lambda pair: pair[1] - pair[0], default=(None, None))
    if earlier is None or later is None or later - earlier > _MAX_GAP:
        raise Undecided("two instances that start at most twelve hours apart")
    for instant, hours in ((earlier, 12), (later, -12)):
        moved = write_with_offset(instant, timedelta(hours=hours))
        for operator, compare in _COMPARISONS:
            fits = _starts(partial(compare, instant))
            expect_matches(lists, where("start", operator, moved), fits, f"start {operator} {moved}")


@check("ORC-FILT-DATE-05")
def instances_without_an_end_do_not_match(session: Session) -> None:
    """Filter by the end of an instance in the middle of the list, with LT and with GTE."""
    lists = Lists(session)
    shown, instant = _find_pivot(lists, 0.5, "end")
    before = _instants("end", lambda end: end < instant)
    expect_matches(lists, where("end", "LT", shown), before, f"end before {shown}")
    expect_matches(
        lists, where("end", "GTE", shown), _instants("end", lambda end: end >= instant), f"end from {shown}"
    )


_MAX_GAP = timedelta(hours=12)
_COMPARISONS: tuple[tuple[str, Callable[[datetime, datetime], bool]], ...] = (
    ("GTE", lambda instant, start: start >= instant),
    ("LT", lambda instant, start: start < instant),
)


def _find_pivot(lists: Lists, share: float, field: str = "start") -> tuple[str, datetime]:
    """Return the value of `field`, as shown and as an instant, that about `share` of the instances are before."""
    shown = [(instant, row[field]) for row in lists.known().rows if (instant := read_instant(row.get(field)))]
    if len({instant for instant, _ in shown}) < 4:
        raise Undecided(f"instances with four different values of {field}")
    instant, text = sorted(shown)[int(len(shown) * share)]
    return text, instant


def _starts(fits: Callable[[datetime], bool]) -> Predicate:
    return _instants("start", fits)


def _instants(field: str, fits: Callable[[datetime], bool]) -> Predicate:
    return lambda row: (instant := read_instant(row.get(field))) is not None and fits(instant)
