"""Checks of the values of filters: exact comparison, many values, and long ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from ...model.drawing import Condition
from ...session.lists.instances import Lists, Row
from ...session.session import Session, Undecided
from ..check import check
from .comparing import expect_what_satisfies
from .fields import where
from .logical import variable_filter

# Builds the filter that compares one field with an operator and a value.
Compare = Callable[[str, Any], Condition]

_TEXTS: Final = ("processId", "processName")
_ENTITIES: Final = ("initiatorEntity", "targetEntity")
# How many values of a field, and how many inputs, are compared with texts that differ slightly.
_VALUES: Final = 2
_INPUTS: Final = 4
# Numbers of values of IN: one that every backend has to accept, and one that a backend may refuse.
_MANY: Final = 250
_EXTREME: Final = 1100
# The length of a long value, and the lengths to which columns of databases commonly cut values.
_LONG: Final = 5000
# The most bytes of the values of one IN: backends refuse requests over a limit that is often 100 kB.
_SIZE: Final = 40_000
_CUTS: Final = (32, 50, 64, 100, 128, 200, 254, 255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096)


@check("ORC-FILT-EQ-08")
def texts_are_compared_exactly(session: Session) -> None:
    """Filter by texts that differ from a processId or processName in case, whitespace or one character."""
    lists = Lists(session)
    if not lists.known().rows:
        raise Undecided("instances")
    for field in _TEXTS:
        _expect_exact(lists, partial(where, field), _texts(lists, field))


@check("ORC-FILT-EQ-09")
def ids_are_compared_exactly(session: Session) -> None:
    """Filter by texts that differ from an id in whitespace or one character; a backend may refuse one that is no id."""
    lists = Lists(session)
    ids = lists.known().ids
    if not ids:
        raise Undecided("instances")
    for known in _some(ids, session.seed):
        near = list_similar(known)
        if _is_uuid(known):
            # In a UUID, upper case may mean the same as lower case.
            near = [each for each in near if each.casefold() != known.casefold()]
        for each in near:
            _expect_unless_refused(lists, where("id", "EQ", each))
        _expect_unless_refused(lists, where("id", "IN", near))
        other = known[:-1] + ("0" if known[-1] != "0" else "1")
        expect_what_satisfies(lists, where("id", "EQ", other))


@check("ORC-FILT-NEST-09")
def variables_are_compared_exactly(session: Session) -> None:
    """Filter by texts that differ from an entity or an input in case, whitespace or one character."""
    lists = Lists(session)
    compared: list[tuple[Compare, list[str]]] = []
    for field in _ENTITIES:
        compared.append((_on_variable(field), _texts(lists, field)))
    for name, texts in _list_inputs(lists.known().rows)[:_INPUTS]:
        compared.append((_on_variable("workflowdata", name), texts))
    if not any(texts for _, texts in compared):
        raise Undecided("instances that show an entity or an input whose value is a text")
    for compare, texts in compared:
        _expect_exact(lists, compare, texts, 1)


@check("ORC-FILT-IN-05")
def in_accepts_many_values(session: Session) -> None:
    """Filter by hundreds of values, of which the first, the middle or the last exists; more may be refused."""
    lists = Lists(session)
    rows = lists.known().rows
    if not rows:
        raise Undecided("instances")
    known = rows[session.seed % len(rows)]
    for field, unknown in (("processId", _name_unknown), ("id", _id_unknown)):
        if field == "id" and not session.claims.allows("filter-in-id"):
            continue
        if (value := known.get(field)) is None:
            continue
        for count, expect in ((_MANY, expect_what_satisfies), (_EXTREME, _expect_unless_refused)):
            others = [unknown(number) for number in range(count - 1)]
            for place in (0, count // 2, count - 1):
                expect(lists, where(field, "IN", [*others[:place], value, *others[place:]]))


@check("ORC-FILT-EQ-10")
def long_values_are_compared_whole(session: Session) -> None:
    """Filter by a text with thousands of characters after it, by the longest texts, and by their beginnings."""
    lists = Lists(session)
    if not lists.known().rows:
        raise Undecided("instances")
    compared: list[tuple[Compare, list[str]]] = [
        (partial(where, field), _texts(lists, field)) for field in _TEXTS
    ]
    if session.claims.allows("nested-filters"):
        compared += [(_on_variable(field), _texts(lists, field)) for field in _ENTITIES]
        inputs = sorted(_list_inputs(lists.known().rows), key=lambda each: max(map(len, each[1])))
        compared += [(_on_variable("workflowdata", name), texts) for name, texts in inputs[-_INPUTS:]]
    for compare, texts in compared:
        if short := [each for each in texts if len(each) <= _LONG]:
            _expect_long(lists, compare, max(short, key=len))


def _expect_long(lists: Lists, compare: Compare, text: str) -> None:
    for longer in (text + "x" * _LONG, text + " " * _LONG, text * (_LONG // len(text) + 2)):
        expect_what_satisfies(lists, compare("EQ", longer))
    expect_what_satisfies(lists, compare("EQ", text))
    beginnings = [text[:cut] for cut in _CUTS if cut < len(text)]
    changed = [
        f"{each}{'x' if text[len(each)] != 'x' else 'y'}{text[len(each) + 1 :]}" for each in beginnings
    ]
    for part in (*beginnings[-2:], *changed[-2:]):
        expect_what_satisfies(lists, compare("EQ", part))
    if beginnings and lists.session.claims.allows("filter-in-text"):
        expect_what_satisfies(lists, compare("IN", _fit([*beginnings, *changed])))


def _expect_exact(lists: Lists, compare: Compare, texts: Sequence[str], count: int = _VALUES) -> None:
    for text in _some(texts, lists.session.seed)[:count]:
        near = list_similar(text)
        for each in near:
            expect_what_satisfies(lists, compare("EQ", each))
        if lists.session.claims.allows("filter-in-text"):
            expect_what_satisfies(lists, compare("IN", _fit(near)))
            expect_what_satisfies(lists, compare("IN", [*_fit(near), text]))


def _fit(values: Sequence[str]) -> list[str]:
    """Return the shortest of the values, as many as every backend accepts in one request."""
    fitting: list[str] = []
    size = 0
    for each in sorted(values, key=len):
        size += len(each.encode())
        if size > _SIZE:
            break
        fitting.append(each)
    return fitting


def list_similar(text: str) -> list[str]:
    """Return texts that differ from `text` in case, in whitespace, or in one character."""
    similar = (
        text.upper(),
        text.lower(),
        text.swapcase(),
        text.capitalize(),
        f"{text} ",
        f" {text}",
        f"{text}\t",
        f"{text}\n",
        text.replace(" ", "  "),
        text[:-1],
        text[1:],
        text + text[-1],
    )
    return [each for each in dict.fromkeys(similar) if each not in ("", text)]


def _expect_unless_refused(lists: Lists, condition: Condition) -> None:
    exchange = lists.session.call("getInstances", body={"filters": condition}, is_good=False)
    if 200 <= exchange.response.status <= 299:
        expect_what_satisfies(lists, condition)


def _on_variable(field: str, *steps: str) -> Compare:
    return lambda operator, value: variable_filter(field, *steps, value=value, operator=operator)


def _some(texts: Sequence[str], seed: int) -> list[str]:
    first = seed % len(texts) if texts else 0
    return [*texts[first:], *texts[:first]][:_VALUES]


def _texts(lists: Lists, field: str) -> list[str]:
    rows = lists.known().rows
    return sorted({row[field] for row in rows if isinstance(row.get(field), str) and row[field]})


def _list_inputs(rows: Iterable[Row]) -> list[tuple[str, list[str]]]:
    """Return the names of inputs, with their values, whose values are texts in every row."""
    found: dict[str, set[Any]] = {}
    mixed: set[str] = set()
    for row in rows:
        shown = row.get("workflowdata")
        for name, value in (shown if isinstance(shown, dict) else {}).items():
            if isinstance(value, str):
                found.setdefault(name, set()).add(value)
            else:
                mixed.add(name)
    return [(name, sorted(found[name] - {""})) for name in sorted(found.keys() - mixed) if found[name] - {""}]


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _name_unknown(number: int) -> str:
    return f"no-such-workflow-{number}"


def _id_unknown(number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:no-such-instance:{number}"))
