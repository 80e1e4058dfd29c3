"""Checks of filters on unusual inputs of runs that the suite started."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from functools import partial
from itertools import islice
from typing import Any, Final

from ...session.inputs.unusual import is_usual
from ...session.lists.instances import Listing, Lists, Row, read_instant
from ...session.session import Failed, Session, Undecided
from ..check import check
from ..filters.logical import variable_filter
from ..inputs import data_of, is_same
from .unusual_inputs import UnusualRun, read_unusual_runs, shows_input

Path = tuple[str, ...]

# The most members of one nested input that are filtered by.
_MEMBERS: Final = 3
# A longer text may be compared up to a limit.
_LONG: Final = 200
_MISSING: Final = object()


@check("ORC-FILT-INPUT-01")
def filters_find_unusual_inputs(session: Session) -> None:
    """Filter by each unusual input, and by members of nested ones; compare the runs that the suite started."""
    runs = _find_listed(session)
    is_decided = False
    for path, value in _iter_scalars(runs):
        matching = {each.run.instance_id for each in runs if _has(each.shown, path, value)}
        others = {each.run.instance_id for each in runs} - matching
        if not others:
            continue
        found = session.poll(
            partial(_ask, session, path, value), partial(_is_right, matching=matching, others=others)
        )
        if found is None:
            # Only operators that do not apply to the type of a field may be refused.
            if isinstance(value, str) and all(map(is_usual, path)):
                Lists(session).ask(_search(path, value))
            continue
        is_decided = True
        _expect_runs(found, path, value, matching, others)
        _expect_not_found_by_similar(session, path, value, matching)
    if not is_decided:
        raise Undecided("listed runs that differ in unusual inputs, and a filter on inputs")


@check("ORC-FILT-INPUT-02")
def filters_accept_unusual_names(session: Session) -> None:
    """Filter by text in inputs with unusual names."""
    runs = _find_listed(session)
    unusual = [each for each in _iter_scalars(runs) if not all(map(is_usual, each[0]))]
    for path, value in unusual:
        if isinstance(value, str):
            Lists(session).ask(_search(path, value))
    if not unusual:
        raise Undecided("a listed run that shows an input with an unusual name")


def _find_listed(session: Session) -> list[UnusualRun]:
    """Return the runs with unusual inputs that are listed."""
    runs = read_unusual_runs(session)
    wanted = {each.run.instance_id for each in runs}
    listed = session.poll(lambda: set(Lists(session).all().ids), lambda ids: wanted <= ids)
    return [each for each in runs if each.run.instance_id in listed]


def _iter_scalars(runs: list[UnusualRun]) -> Iterator[tuple[Path, Any]]:
    """Yield the paths and values of unusual inputs that runs show as given; of each path only one value."""
    seen: set[Path] = set()
    for each in runs:
        for name, value in each.run.inputs.items():
            if not shows_input(each.shown, name, value):
                continue
            for path, scalar in islice(_iter_leaves((name,), value), _MEMBERS):
                if path not in seen:
                    seen.add(path)
                    yield path, scalar


def _iter_leaves(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    match value:
        case dict():
            for name, each in value.items():
                yield from _iter_leaves((*path, name), each)
        case bool() | int() | float() | str():
            yield path, value
        case _:
            # What a filter on a list or on null compares is left open.
            return


def _reach(data: Any, path: Path) -> Any:
    for name in path:
        if not isinstance(data, dict) or name not in data:
            return _MISSING
        data = data[name]
    return data


def _has(data: Row, path: Path, value: Any) -> bool:
    return is_same(value, _reach(data, path))


def _search(path: Path, value: Any) -> Mapping[str, Any]:
    return {"filters": variable_filter("workflowdata", *path, value=value)}


def _ask(session: Session, path: Path, value: Any) -> Listing | None:
    try:
        return Lists(session).ask(_search(path, value))
    except Failed:
        return None


def _is_right(listing: Listing | None, matching: set[str], others: set[str]) -> bool:
    found = set(listing.ids) if listing is not None else matching
    return matching <= found and not others & found


def _expect_runs(found: Listing, path: Path, value: Any, matching: set[str], others: set[str]) -> None:
    ids = set(found.ids)
    name = "/".join(path)
    if missing := sorted(matching - ids):
        raise Failed(
            f"{missing[0]}, which has the input {name} {value!r}",
            f"{len(ids)} instances without it",
            found.exchange,
        )
    if surplus := sorted(others & ids):
        raise Failed(
            f"only instances with input {name} {value!r}", f"{surplus[0]} without it", found.exchange
        )
    for row in found.rows:
        shown = _reach(data_of(row), path)
        if isinstance(value, str) and isinstance(shown, str) and shown != value:
            expected = f"only instances with input {name} {value!r}"
            raise Failed(expected, f"{row['id']} with {shown!r}", found.exchange)


def _expect_not_found_by_similar(session: Session, path: Path, value: Any, matching: set[str]) -> None:
    """Filter by texts that denote the same number or instant or differ late, and are not equal to `value`."""
    for other in _iter_similar(value) if all(map(is_usual, path)) else ():
        found = Lists(session).ask(_search(path, other))
        if surplus := sorted(matching & set(found.ids)):
            expected = f"no instance with input {'/'.join(path)} {other!r}"
            raise Failed(expected, f"{surplus[0]}, in which it is {value!r}", found.exchange)


def _iter_similar(value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        return
    if len(value) > _LONG:
        yield _differs_late(value)
    instant = read_instant(value)
    if instant is not None and instant.astimezone(UTC).isoformat() != value:
        yield instant.astimezone(UTC).isoformat()
    try:
        number = f"{float(value):g}"
    except ValueError:
        return
    if number != value:
        yield number


def _differs_late(value: str) -> str:
    """Return a text of the same length that differs from `value` in its last character."""
    return value[:-1] + ("y" if value.endswith("x") else "x")
