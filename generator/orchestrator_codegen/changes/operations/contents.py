"""Compares the content of a body, media type by media type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...document.load import Pointer
from ..change import BOTH, Direction, Effect, Finding, find_broken
from ..schemas.schemas import Schemas
from ..side import Side, is_prose, means_the_same
from ..wording import quote


def prefix(step: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings with `step` prepended to their places."""
    for each in findings:
        yield replace(each, where=(step, *each.where))


def compare_contents(old: Pointer, new: Pointer, direction: Direction, schemas: Schemas) -> Iterator[Finding]:
    """Yield the changes between two maps of media types."""
    before, after = _read(schemas.old, old), _read(schemas.new, new)
    is_alone = len(before) == len(after) == 1
    for media_type in dict.fromkeys((*before, *after)):
        one, other = before.get(media_type), after.get(media_type)
        found = _compare(media_type, one, other, direction, schemas)
        yield from found if is_alone or one is None or other is None else prefix(media_type, found)


def _compare(
    media_type: str, old: Pointer | None, new: Pointer | None, direction: Direction, schemas: Schemas
) -> Iterator[Finding]:
    if old is None:
        breaks = find_broken(direction, Effect.WIDER)
        yield Finding(
            "media-type-added", f"the media type {quote(media_type)} is new", breaks, direction, None, new
        )
    elif new is None:
        # Old clients request it, and old servers send it.
        breaks = find_broken(direction, Effect.NARROWER) if direction is Direction.REQUEST else BOTH
        yield Finding(
            "media-type-removed", f"the media type {quote(media_type)} was removed", breaks, direction, old
        )
    else:
        one, other = schemas.old.follow(old)[1], schemas.new.follow(new)[1]
        yield from schemas.compare(
            ((*old, "schema"),) if "schema" in one else (),
            ((*new, "schema"),) if "schema" in other else (),
            direction,
        )
        for key in dict.fromkeys((*one, *other)):
            if key == "schema" or is_prose(key):
                continue
            places = [(*at, key) if key in data else None for at, data in ((old, one), (new, other))]
            if not means_the_same(schemas.old, schemas.new, places[0], places[1]):
                says = f"{quote(key)} has changed; its effect is unknown"
                yield Finding("unknown", says, BOTH, direction, places[0], places[1])


def _read(side: Side, at: Pointer) -> dict[str, Pointer]:
    """Return the pointer of each media type, without case and charset (RFC 9110, section 8.3.1)."""
    return {_normalise(each): (*at, each) for each in side.follow(at)[1]}


def _normalise(media_type: str) -> str:
    kind, *parameters = (part.strip().lower() for part in media_type.split(";"))
    return ";".join([kind, *sorted(each for each in parameters if each and not each.startswith("charset="))])
