"""Compares how the branches of a choice are told apart (`discriminator`)."""

from __future__ import annotations

from ...document.load import JSON, Pointer
from ...document.references import split_reference
from ..change import Effect
from ..side import Side
from ..wording import quote
from .pair import Pair
from .shape import Shape


def compare_discriminators(pair: Pair) -> None:
    """Compare the property and the words; what a word leads to is compared as any other schema."""
    old, new = _read(pair.old_side, pair.old), _read(pair.new_side, pair.new)
    if old.keys() != new.keys():
        says = (
            "branches are told apart by a property now"
            if new
            else "no property tells branches apart any longer"
        )
        pair.tell("discriminator", says, Effect.UNCLEAR, "discriminator")
        return
    if old.get("propertyName") != new.get("propertyName"):
        names = f"{quote(str(new['propertyName']))} now, not {quote(str(old['propertyName']))}"
        pair.tell("discriminator", f"branches are told apart by {names}", Effect.UNCLEAR, "discriminator")
    words, others = old.get("mapping", {}), new.get("mapping", {})
    for word in dict.fromkeys((*words, *others)):
        if word in words and word in others:
            one, other = _find(pair.old_side, words[word]), _find(pair.new_side, others[word])
            if one and other:
                pair.lead_to(f"branch {word}", (one,), (other,))
        else:
            is_new = word in others
            says = f"the word {quote(word)} for a branch is {'new' if is_new else 'gone'}"
            pair.tell("discriminator", says, Effect.WIDER if is_new else Effect.NARROWER, "discriminator")


def _read(side: Side, shape: Shape) -> dict[str, JSON]:
    at = shape.keywords.get("discriminator")
    found = side.read(at)[1] if at else {}
    return {"propertyName": found.get("propertyName"), "mapping": found.get("mapping") or {}} if found else {}


def _find(side: Side, target: str) -> Pointer | None:
    """Return where the schema stands that a mapping names, by a reference or by its name; None if nowhere."""
    at = split_reference(target) if target.startswith("#/") else ("components", "schemas", target)
    try:
        return side.follow(at)[0]
    except (LookupError, TypeError, ValueError):
        return None
