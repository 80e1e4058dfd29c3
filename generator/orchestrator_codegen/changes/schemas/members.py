"""Compares the properties of objects and the items of arrays."""

from __future__ import annotations

from ...document.load import Pointer
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Breaks, Direction, Effect
from ..wording import quote
from .pair import Pair
from .shape import Members, Places


def compare_members(pair: Pair, hidden_old: frozenset[str], hidden_new: frozenset[str]) -> None:
    """Compare the objects. Hidden properties, such as `readOnly` ones in requests, are not sent in this direction."""
    old, new = pair.old.members, pair.new.members
    names = dict.fromkeys((*old.named, *sorted(old.required), *new.named, *sorted(new.required)))
    for name in names:
        was = _is_told(old, name) and name not in hidden_old
        is_ = _is_told(new, name) and name not in hidden_new
        if was and is_:
            _compare_required(pair, name)
            pair.lead_to(name, old.named.get(name, ()), new.named.get(name, ()))
        elif was:
            _report_removed(pair, name)
        elif is_:
            _report_added(pair, name)
    _compare_patterns(pair)
    _compare_rest(pair)


def compare_items(pair: Pair) -> None:
    """Compare the arrays."""
    if pair.old.items or pair.new.items:
        pair.lead_to("[]", pair.old.items, pair.new.items)


def _is_told(members: Members, name: str) -> bool:
    return name in members.named or name in members.required


def _compare_required(pair: Pair, name: str) -> None:
    was, is_ = name in pair.old.members.required, name in pair.new.members.required
    if is_ and not was:
        breaks = pair.find_broken(Effect.NARROWER)
        pair.report_breaking("property-required", "is now required", breaks, "required", (name,))
    elif was and not is_:
        breaks = pair.find_broken(Effect.WIDER)
        pair.report_breaking("property-optional", "is now optional", breaks, "required", (name,))


def _report_removed(pair: Pair, name: str) -> None:
    """Add a finding for a removed property: clients use it, and old servers require it or still send it."""
    old, new = pair.old.members, pair.new.members
    breaks: Breaks = CLIENTS
    if pair.direction is Direction.REQUEST and name in old.required:
        breaks = BOTH
    if pair.direction is Direction.ANSWER and new.is_closed:
        breaks = BOTH
    _tell_member(pair, name, "property-removed", "was removed", breaks)
    if new.rest and not new.is_closed:
        pair.lead_to(name, old.named.get(name, ()), new.rest)


def _report_added(pair: Pair, name: str) -> None:
    """Add a finding for a new property: others ignore it, unless their object is closed."""
    old, is_required = pair.old.members, name in pair.new.members.required
    receiver, sender = (SERVERS, CLIENTS) if pair.direction is Direction.REQUEST else (CLIENTS, SERVERS)
    breaks = (receiver if old.is_closed else NOBODY) | (sender if is_required else NOBODY)
    says = "is new and required" if is_required else "is new and optional"
    _tell_member(pair, name, "property-added", says, breaks)
    if old.rest and not old.is_closed:
        pair.lead_to(name, old.rest, pair.new.members.named.get(name, ()))


def _tell_member(pair: Pair, name: str, kind: str, says: str, breaks: Breaks) -> None:
    old, new = pair.old.members.named.get(name, ()), pair.new.members.named.get(name, ())
    pair.report_at(kind, says, breaks, _first(old), _first(new), (name,))


def _first(places: Places) -> Pointer | None:
    return places[0] if places else None


def _compare_patterns(pair: Pair) -> None:
    old, new = pair.old.members.patterns, pair.new.members.patterns
    for pattern in dict.fromkeys((*old, *new)):
        if pattern in old and pattern in new:
            pair.lead_to(f"/{pattern}/", old[pattern], new[pattern])
        else:
            is_new = pattern in new
            says = f"properties that match {quote(pattern)} are {'now described' if is_new else 'no longer described'}"
            pair.report("pattern-properties", says, Effect.UNCLEAR, "patternProperties")


def _compare_rest(pair: Pair) -> None:
    old, new = pair.old.members, pair.new.members
    if old.is_closed != new.is_closed:
        if new.is_closed:
            says = "no other properties are allowed any longer"
            pair.report("object-closed", says, Effect.NARROWER, "additionalProperties")
        else:
            pair.report(
                "object-opened", "other properties are now allowed", Effect.WIDER, "additionalProperties"
            )
    elif not old.is_closed and (old.rest or new.rest):
        pair.lead_to("*", old.rest, new.rest)
