"""Compares the responses of an operation, status by status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ...document.load import Pointer
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Breaks, Direction, Finding
from ..schemas.schemas import Schemas
from ..side import Side
from ..wording import quote
from .contents import compare_contents, prefix
from .headers import compare_headers

_Answer = tuple[Pointer, dict[str, Any]]
_DEFAULT: Final = "default"


def compare_answers(old: Pointer, new: Pointer, schemas: Schemas) -> Iterator[Finding]:
    """Yield the changes of the responses of the operations at `old` and `new`."""
    before, after = _read(schemas.old, old), _read(schemas.new, new)
    for status in dict.fromkeys((*before, *after)):
        one, other = _find(before, status), _find(after, status)
        if status not in before or status not in after:
            yield from _report_listed(status, one, other, status in after)
        if one is not None and other is not None:
            yield from prefix(f"answer {status}", _compare(one, other, schemas))


def _read(side: Side, at: Pointer) -> dict[str, _Answer]:
    listed = side.follow(at)[1].get("responses") or {}
    return {
        str(status).upper() if status != _DEFAULT else status: side.follow((*at, "responses", status))
        for status in listed
        if not status.startswith("x-")
    }


def _find(answers: dict[str, _Answer], status: str) -> _Answer | None:
    """Return the response for `status`: its own, that of its range such as `4XX`, or the default."""
    return answers.get(status) or answers.get(f"{status[0]}XX") or answers.get(_DEFAULT)


def _report_listed(status: str, old: _Answer | None, new: _Answer | None, is_new: bool) -> Iterator[Finding]:
    """Yield a finding for a status that was added or removed.

    Clients treat an unknown status as the x00 of its class (RFC 9110, section 15), so error statuses are compatible.
    """
    kind, what = ("status-added", "new") if is_new else ("status-removed", "gone")
    is_covered = old is not None and new is not None
    breaks: Breaks = NOBODY
    if status[0] not in "45d" and not is_covered:
        breaks = CLIENTS if is_new else SERVERS
    says = f"the status {quote(status)} is {what}"
    if is_covered:
        says += "; another response of the document covers it"
    old_at, new_at = old[0] if old else None, new[0] if new else None
    yield Finding(kind, says, breaks, Direction.ANSWER, old_at, new_at, (f"answer {status}",))


def _compare(old: _Answer, new: _Answer, schemas: Schemas) -> Iterator[Finding]:
    (old_at, one), (new_at, other) = old, new
    yield from compare_headers(old, new, schemas)
    if one.get("content") and other.get("content"):
        yield from compare_contents((*old_at, "content"), (*new_at, "content"), Direction.ANSWER, schemas)
    elif one.get("content"):
        # Old clients read the body, and new ones do not expect it.
        yield Finding("body-removed", "the body was removed", BOTH, Direction.ANSWER, old_at, new_at)
    elif other.get("content"):
        yield Finding("body-added", "the body was added", SERVERS, Direction.ANSWER, old_at, new_at)
