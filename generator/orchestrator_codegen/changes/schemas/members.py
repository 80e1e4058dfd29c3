"""Compares what two schemas say of the properties of an object, and of the items of an array."""

from __future__ import annotations

from ...document.load import Pointer
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Breaks, Direction, Effect
from ..wording import quote
from .pair import Pair
from .shape import Members, Places


def compare_members(pair: Pair, hidden_old: frozenset[str], hidden_new: frozenset[str]) -> None:
    """Compare the objects; the hidden properties, such as `readOnly` ones of a request, are not sent this way."""
    old, new = pair.old.members, pair.new.members
    names = dict.fromkeys((*old.named, *sorted(old.required), *new.named, *sorted(new.required)))
    for name in names:
        was = _is_told(old, name) and name not in hidden_old
        is_ = _is_told(new, name) and name not in hidden_new
        if was and is_:
            _compare_required(pair, name)
            pair.lead_to(name, old.named.get(name, ()), new.named.get(name, ()))
        elif was:
            _tell_gone(pair, name)
        elif is_:
            _tell_new(pair, name)
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
        pair.tell_of("property-required", "must be there now", breaks, "required", (name,))
    elif was and not is_:
        breaks = pair.find_broken(Effect.WIDER)
        pair.tell_of("property-optional", "may be left out now", breaks, "required", (name,))


def _tell_gone(pair: Pair, name: str) -> None:
    """Tell that a property is gone: clients relied on it, old servers need it in a request or still send it."""
    old, new = pair.old.members, pair.new.members
    breaks: Breaks = CLIENTS
    if pair.direction is Direction.REQUEST and name in old.required:
        breaks = BOTH
    if pair.direction is Direction.ANSWER and new.is_closed:
        breaks = BOTH
    _tell_member(pair, name, "property-removed", "is gone", breaks)
    if new.rest and not new.is_closed:
        pair.lead_to(name, old.named.get(name, ()), new.rest)


def _tell_new(pair: Pair, name: str) -> None:
    """Tell of a new property: who does not know it ignores it, unless their object has no room for more."""
    old, is_required = pair.old.members, name in pair.new.members.required
    receiver, sender = (SERVERS, CLIENTS) if pair.direction is Direction.REQUEST else (CLIENTS, SERVERS)
    breaks = (receiver if old.is_closed else NOBODY) | (sender if is_required else NOBODY)
    says = "is new, and must be there" if is_required else "is new, and may be left out"
    _tell_member(pair, name, "property-added", says, breaks)
    if old.rest and not old.is_closed:
        pair.lead_to(name, old.rest, pair.new.members.named.get(name, ()))


def _tell_member(pair: Pair, name: str, kind: str, says: str, breaks: Breaks) -> None:
    old, new = pair.old.members.named.get(name, ()), pair.new.members.named.get(name, ())
    pair.tell_at(kind, says, breaks, _first(old), _first(new), (name,))


def _first(places: Places) -> Pointer | None:
    return places[0] if places else None


def _compare_patterns(pair: Pair) -> None:
    old, new = pair.old.members.patterns, pair.new.members.patterns
    for pattern in dict.fromkeys((*old, *new)):
        if pattern in old and pattern in new:
            pair.lead_to(f"/{pattern}/", old[pattern], new[pattern])
        else:
            is_new = pattern in new
            says = (
                f"properties like {quote(pattern)} are {'described now' if is_new else 'no longer described'}"
            )
            pair.tell("pattern-properties", says, Effect.UNCLEAR, "patternProperties")


def _compare_rest(pair: Pair) -> None:
    old, new = pair.old.members, pair.new.members
    if old.is_closed != new.is_closed:
        if new.is_closed:
            says = "no other properties are allowed any longer"
            pair.tell("object-closed", says, Effect.NARROWER, "additionalProperties")
        else:
            pair.tell(
                "object-opened", "other properties are allowed now", Effect.WIDER, "additionalProperties"
            )
    elif not old.is_closed and (old.rest or new.rest):
        pair.lead_to("*", old.rest, new.rest)
