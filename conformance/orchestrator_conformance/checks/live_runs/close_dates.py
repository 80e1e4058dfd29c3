"""The check that filters tell runs apart that start shortly after each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from operator import eq, gt, lt
from typing import Any, Final

from ...model.instants import read_instant
from ...session.lists.comparing import expect_matches
from ...session.lists.instances import Lists, Row
from ...session.runs.runs import start
from ...session.runs.workflow_probing import find_workflow
from ...session.session import NotApplicable, Session
from ..check import check
from ..filters.fields import where

_RUNS: Final = 3
_CLOSE: Final = timedelta(seconds=1)


@check("ORC-FILT-DATE-06")
def dates_are_compared_to_the_last_digit(session: Session) -> None:
    """Start runs, and filter by the two starts that are closest to each other, with GT, LT and EQ."""
    name = find_workflow(session, lambda _: True, "can be read")
    started = {start(session, name).instance_id for _ in range(_RUNS)}
    lists = Lists(session)
    session.poll(lambda: started - set(lists.all().ids), lambda missing: not missing)
    earlier, later = _find_closest(lists.known().rows)
    for text, operator, compare in ((earlier, "GT", gt), (later, "LT", lt), (earlier, "EQ", eq)):
        fits = partial(_starts, compare, read_instant(text))
        expect_matches(lists, where("start", operator, text), fits, f"start {operator} {text}")


def _starts(compare: Callable[[Any, Any], Any], asked: datetime | None, row: Row) -> bool:
    instant = read_instant(row.get("start"))
    return instant is not None and bool(compare(instant, asked))


def _find_closest(rows: list[Row]) -> tuple[str, str]:
    """Return the texts of the two closest different starts. Raises `NotApplicable` if they are not close."""
    shown = {instant: row["start"] for row in rows if (instant := read_instant(row.get("start"))) is not None}
    pairs = [pair for pair in pairwise(sorted(shown)) if pair[1] - pair[0] < _CLOSE]
    if not pairs:
        raise NotApplicable("no two instances show different starts within one second")
    # Starts within the same second differ only in their fractions.
    earlier, later = min(
        pairs,
        key=lambda pair: (
            pair[0].replace(microsecond=0) != pair[1].replace(microsecond=0),
            pair[1] - pair[0],
        ),
    )
    return shown[earlier], shown[later]
