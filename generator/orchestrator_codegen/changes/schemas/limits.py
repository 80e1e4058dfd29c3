"""Compares the limits of two schemas for a single value: types, values, bounds, rules, marks and the default."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Effect
from ..side import means_the_same
from ..wording import quote, quote_all, quote_value
from .fold import is_stricter, write_canonically
from .pair import Pair
from .shape import ALL, NUMBER, Bound

_KINDS: Final = {"format": "format", "pattern": "pattern", "multipleOf": "divisor"}
_WIDER_FORMATS: Final = {("int32", "int64"), ("float", "double")}


def compare_limits(pair: Pair) -> bool:
    """Compare all limits; return False if no value can match both schemas."""
    old, new = pair.old, pair.new
    if old.is_never or new.is_never:
        if old.is_never != new.is_never:
            says = "no value is allowed any longer" if new.is_never else "values are allowed; none was"
            pair.report("type-changed", says, Effect.NARROWER if new.is_never else Effect.WIDER)
        return False
    if not _is_told_by_values(pair) and not _compare_types(pair):
        return False
    _compare_values(pair)
    for name in dict.fromkeys((*old.bounds, *new.bounds)):
        _compare_bound(pair, name)
    for name in dict.fromkeys((*old.rules, *new.rules)):
        _compare_rule(pair, name)
    _compare_marks(pair)
    _compare_default(pair)
    _compare_others(pair)
    return True


def compare_null(pair: Pair) -> None:
    """Compare whether null is allowed, unless another difference includes it."""
    types = pair.old.types - {"null"}, pair.new.types - {"null"}
    if types[0] != types[1] and ALL - {"null"} in types:
        return
    if pair.old.allows_null and not pair.new.allows_null:
        pair.report("null-forbidden", "may no longer be null", Effect.NARROWER, "type")
    elif pair.new.allows_null and not pair.old.allows_null:
        pair.report("null-allowed", "may now be null", Effect.WIDER, "type")


def _is_told_by_values(pair: Pair) -> bool:
    """Return whether the enums of both determine the types, or the enum of one if the other allows anything."""
    old, new = pair.old, pair.new
    if old.values is None or new.values is None:
        return (old.values is not None and new.types == ALL) or (new.values is not None and old.types == ALL)
    return True


def _compare_types(pair: Pair) -> bool:
    one, other = pair.old.types - {"null"}, pair.new.types - {"null"}
    if one == other:
        return True
    gone, added = one - other, other - one
    effect = Effect.UNCLEAR if gone and added else Effect.WIDER if added else Effect.NARROWER
    says = f"the type is now {_name_types(other)}; it was {_name_types(one)}"
    pair.report("type-changed", says, effect, "type")
    return bool(one & other)


def _name_types(types: frozenset[str]) -> str:
    if types >= ALL - {"null"}:
        return "any"
    names = types - NUMBER | {"number"} if types >= NUMBER else types
    return " or ".join(quote(each) for each in sorted(names)) or "`null`"


def _compare_values(pair: Pair) -> None:
    old, new = pair.old.values, pair.new.values
    if old is None and new is not None:
        says = f"is now one of {quote_all(new)}; any value was allowed"
        pair.report("values-limited", says, Effect.NARROWER, _find_values(pair))
    elif old is not None and new is None:
        says = f"now any value is allowed; it was one of {quote_all(old)}"
        pair.report("values-unlimited", says, Effect.WIDER, _find_values(pair))
    elif old is not None and new is not None:
        # A change of null is a finding of its own.
        added = [key for key in new if key not in old and key != "null"]
        gone = [key for key in old if key not in new and key != "null"]
        if added:
            says = f"{_count(added, 'the value')} {quote_all(added)} {_be(added)} new"
            pair.report("values-added", says, Effect.WIDER, _find_values(pair))
        if gone:
            says = f"{_count(gone, 'the value')} {quote_all(gone)} {_be(gone)} gone"
            pair.report("values-removed", says, Effect.NARROWER, _find_values(pair))


def _find_values(pair: Pair) -> str:
    return "const" if "const" in pair.new.keywords or "const" in pair.old.keywords else "enum"


def _count(listed: list[str], noun: str) -> str:
    return noun if len(listed) == 1 else f"{noun}s"


def _be(listed: list[str]) -> str:
    return "is" if len(listed) == 1 else "are"


def _compare_bound(pair: Pair, name: str) -> None:
    old, new = pair.old.bounds.get(name), pair.new.bounds.get(name)
    if old == new:
        return
    effect = Effect.NARROWER if is_stricter(name, new, old) else Effect.WIDER
    if new is None:
        says = f"{quote(name)} was removed; it was {_show_bound(old)}"
    else:
        was = "there was none" if old is None else f"it was {_show_bound(old)}"
        says = f"{quote(name)} is now {_show_bound(new)}; {was}"
    pair.report("bound-changed", says, effect, name)


def _show_bound(bound: Bound | None) -> str:
    if bound is None:
        return "none"
    return quote_value(bound.value) + (", exclusive" if bound.is_exclusive else "")


def _compare_rule(pair: Pair, name: str) -> None:
    old, new = pair.old.rules.get(name, frozenset()), pair.new.rules.get(name, frozenset())
    if old == new:
        return
    if not new:
        says = f"{quote(name)} was removed; it was {quote_all(sorted(old))}"
    else:
        was = f"it was {quote_all(sorted(old))}" if old else "there was none"
        says = f"{quote(name)} is now {quote_all(sorted(new))}; {was}"
    pair.report(f"{_KINDS[name]}-changed", says, _find_effect(name, old, new), name)


def _find_effect(name: str, old: frozenset[str], new: frozenset[str]) -> Effect:
    if old <= new:
        return Effect.NARROWER
    if new <= old:
        return Effect.WIDER
    if len(old) == len(new) == 1:
        (one,), (other,) = old, new
        if name == "format":
            one, other = one.strip('"'), other.strip('"')
            if (one, other) in _WIDER_FORMATS:
                return Effect.WIDER
            return Effect.NARROWER if (other, one) in _WIDER_FORMATS else Effect.UNCLEAR
        if name == "multipleOf":
            if Fraction(one) % Fraction(other) == 0:
                return Effect.WIDER
            return Effect.NARROWER if Fraction(other) % Fraction(one) == 0 else Effect.UNCLEAR
    return Effect.UNCLEAR


def _compare_marks(pair: Pair) -> None:
    old, new = pair.old.marks, pair.new.marks
    if "uniqueItems" in old ^ new:
        if "uniqueItems" in new:
            pair.report("unique-items", "items must now be unique", Effect.NARROWER, "uniqueItems")
        else:
            pair.report("unique-items", "items may now have duplicates", Effect.WIDER, "uniqueItems")
    if "deprecated" in old ^ new:
        says = "is deprecated" if "deprecated" in new else "is no longer deprecated"
        pair.report_breaking("deprecated", says, NOBODY, "deprecated")


def _compare_default(pair: Pair) -> None:
    """Compare the defaults: old servers do not know a new default, and old clients rely on an old one."""
    old, new = (
        [write_canonically(side.read(shape.keywords["default"])[1])] if "default" in shape.keywords else []
        for side, shape in ((pair.old_side, pair.old), (pair.new_side, pair.new))
    )
    if old == new:
        return
    if not new:
        says, breaks = f"the default was removed; it was {quote(*old)}", CLIENTS
    elif not old:
        says, breaks = f"the default is now {quote(*new)}; there was none", SERVERS
    else:
        says, breaks = f"the default is now {quote(*new)}; it was {quote(*old)}", BOTH
    pair.report_breaking("default-changed", says, breaks, "default")


def _compare_others(pair: Pair) -> None:
    """Add a finding for each unsupported keyword that has changed: its effect is unknown."""
    old, new = pair.old.others, pair.new.others
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name, ()), new.get(name, ())
        alike = len(before) == len(after) and all(
            means_the_same(pair.old_side, pair.new_side, one, other)
            for one, other in zip(before, after, strict=True)
        )
        if not alike:
            what = "has changed" if before and after else "is new" if after else "was removed"
            pair.report("unknown", f"{quote(name)} {what}; its effect is unknown", Effect.UNCLEAR, name)
