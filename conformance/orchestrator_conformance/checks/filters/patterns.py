"""Checks of the patterns of LIKE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.conditions import pattern_of
from ...session.lists.instances import Lists
from ...session.session import Session, Undecided
from ..check import check
from .comparing import expect_decisive
from .fields import list_texts, rotate, where


@check("ORC-FILT-LIKE-01")
def like_accepts_asterisks(session: Session) -> None:
    """Filter by the beginning, the middle and the end of a text, with * for the rest."""
    _expect_patterns(session, "*")


@check("ORC-FILT-LIKE-02")
def like_accepts_percent_signs(session: Session) -> None:
    """Filter by the beginning, the middle and the end of a text, with % for the rest."""
    _expect_patterns(session, "%")


def _expect_patterns(session: Session, wildcard: str) -> None:
    lists = Lists(session)
    missing = (
        "a processId or processName that contains no *, % or _ and differs from all others in more than case"
    )
    decided = 0
    for field, texts in list_texts(lists.known().rows):
        value = choose_text(rotate(texts, session.seed))
        if value is None:
            continue
        patterns = list_independent_patterns(value, wildcard, texts)
        expect_decisive(lists, [where(field, "LIKE", each) for each in patterns], missing)
        decided += 1
    if not decided:
        raise Undecided(missing)


def list_independent_patterns(value: str, wildcard: str, texts: Sequence[str]) -> list[str]:
    """Return patterns that match the same of the texts with and without regard to case, which is left open."""
    return [each for each in _list_patterns(value, wildcard) if not _depends_on_case(each, texts)]


def _list_patterns(value: str, wildcard: str) -> Iterator[str]:
    """Yield patterns that match `value`, and patterns that do not match it."""
    third = max(1, len(value) // 3)
    start, end, inner = value[:third], value[third:], value[1:-1]
    yield from (value[:-third] + wildcard, wildcard + end, wildcard + inner + wildcard)
    yield start + wildcard + value[-third:]
    # A run of characters may be empty.
    yield from (wildcard + value + wildcard, start + wildcard + end, wildcard.join(("", start, end, "")))
    # A part that the pattern contains twice has to occur twice.
    yield from (value[: third + 1] + wildcard + end, wildcard.join(("", start, start, "")))
    # The whole text has to match: a wildcard at one end does not open the other end.
    yield from (inner + wildcard, wildcard + inner, f"{value}x{wildcard}")
    # Every other character matches only itself. A dot is no exception.
    if end and not end.startswith("."):
        yield f"{start}.{end[1:]}{wildcard}"
    if inner:
        yield inner


def choose_text(texts: Sequence[str]) -> str | None:
    """Return a text without wildcards that differs from all others in more than case."""
    folded = [each.casefold() for each in texts]
    for text in texts:
        # What _ matches, and how to escape a wildcard, is left open.
        if not any(sign in text for sign in "_*%\\") and folded.count(text.casefold()) == 1:
            return text
    return None


def _depends_on_case(pattern: str, texts: Sequence[str]) -> bool:
    exactly, folded = pattern_of(pattern), pattern_of(pattern.casefold())
    return any(
        (exactly.fullmatch(each) is None) != (folded.fullmatch(each.casefold()) is None) for each in texts
    )
