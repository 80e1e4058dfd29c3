"""Classifies media types (RFC 6838, RFC 9110 section 8.3.1), including the ranges of OpenAPI such as `text/*`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["json", "text", "binary", "form", "multipart"]

_FORMS: Final[dict[str, Kind]] = {
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
}
# The order of preference if there are several media types.
_ORDER: Final[tuple[Kind, ...]] = ("json", "form", "multipart", "text", "binary")
# The media type that is sent for a range.
_USUAL: Final[dict[Kind, str]] = {"json": "application/json", "text": "text/plain"}


def strip_parameters(media_type: str) -> str:
    """Return `media_type` in lowercase and without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Return whether bodies of `media_type` are JSON, by its name or its suffix (RFC 6839, section 3.1)."""
    plain = strip_parameters(media_type)
    return plain == "application/json" or plain.endswith("+json")


def may_be_json(media_type: str) -> bool:
    """Return whether `media_type` includes JSON: it is JSON, or a range of all types."""
    return is_json(media_type) or strip_parameters(media_type) in ("*/*", "*", "application/*")


def find_kind(media_type: str) -> Kind:
    """Return how bodies of `media_type` are parsed and serialized."""
    if may_be_json(media_type):
        return "json"
    plain = strip_parameters(media_type)
    return _FORMS.get(plain) or ("text" if plain.startswith("text/") else "binary")


def choose_media_type(media_types: Iterable[str]) -> str:
    """Return the preferred one of several media types: JSON, then forms, then text, with ranges last.

    If all others are text or bytes, a range of all types is treated as JSON.
    """

    def rank(media_type: str) -> tuple[bool, int, bool, bool]:
        kind, is_range = find_kind(media_type), "*" in media_type
        order = _ORDER.index("text" if is_range and kind == "json" else kind)
        is_exact = strip_parameters(media_type) == "application/json"
        return is_range and kind != "json", order, kind != "json", not is_exact

    return min(media_types, key=rank)


def make_concrete(media_type: str) -> str:
    """Return the content type to send for `media_type`: itself, or a common one if it is a range."""
    before, star, after = media_type.partition("*")
    if not star or after.startswith("+"):
        return before + after.removeprefix("+")
    usual = _USUAL.get(find_kind(media_type), "application/octet-stream")
    return usual if usual.startswith(before) else f"{before}octet-stream"
