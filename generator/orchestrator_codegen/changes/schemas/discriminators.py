"""Compares the discriminators of two choices."""

from __future__ import annotations

from ...document.load import JSON, Pointer
from ...document.references import split_reference
from ..change import Effect
from ..side import Side
from ..wording import quote
from .pair import Pair
from .shape import Shape


def compare_discriminators(pair: Pair) -> None:
    """Compare the property and the values. The schemas of the values are compared like any other."""
    old, new = _read(pair.old_side, pair.old), _read(pair.new_side, pair.new)
    if old.keys() != new.keys():
        says = (
            "branches are now selected by a property"
            if new
            else "branches are no longer selected by a property"
        )
        pair.report("discriminator", says, Effect.UNCLEAR, "discriminator")
        return
    if old.get("propertyName") != new.get("propertyName"):
        names = f"{quote(str(new['propertyName']))} now; it was {quote(str(old['propertyName']))}"
        pair.report("discriminator", f"branches are selected by {names}", Effect.UNCLEAR, "discriminator")
    words, others = old.get("mapping", {}), new.get("mapping", {})
    for word in dict.fromkeys((*words, *others)):
        if word in words and word in others:
            one, other = _find(pair.old_side, words[word]), _find(pair.new_side, others[word])
            if one and other:
                pair.lead_to(f"branch {word}", (one,), (other,))
        else:
            is_new = word in others
            says = f"the value {quote(word)} of a branch is {'new' if is_new else 'gone'}"
            pair.report("discriminator", says, Effect.WIDER if is_new else Effect.NARROWER, "discriminator")


def _read(side: Side, shape: Shape) -> dict[str, JSON]:
    at = shape.keywords.get("discriminator")
    found = side.read(at)[1] if at else {}
    return {"propertyName": found.get("propertyName"), "mapping": found.get("mapping") or {}} if found else {}


def _find(side: Side, target: str) -> Pointer | None:
    """Return the pointer of the schema that a mapping names, by reference or by name, or None."""
    at = split_reference(target) if target.startswith("#/") else ("components", "schemas", target)
    try:
        return side.follow(at)[0]
    except (LookupError, TypeError, ValueError):
        return None
