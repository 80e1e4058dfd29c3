"""Tells media types apart (RFC 6838, RFC 9110 section 8.3.1); OpenAPI also has ranges of them, such as `text/*`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["json", "text", "binary", "form", "multipart"]

_FORMS: Final[dict[str, Kind]] = {
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
}
# What is taken where there are several: what has a type comes first.
_ORDER: Final[tuple[Kind, ...]] = ("json", "form", "multipart", "text", "binary")
# What one of a range is sent as.
_USUAL: Final[dict[Kind, str]] = {"json": "application/json", "text": "text/plain"}


def strip_parameters(media_type: str) -> str:
    """Return `media_type` in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether bodies of `media_type` are JSON, by its name or by its suffix (RFC 6839, section 3.1)."""
    plain = strip_parameters(media_type)
    return plain == "application/json" or plain.endswith("+json")


def may_be_json(media_type: str) -> bool:
    """Whether JSON fits `media_type`: it is JSON, or any type at all."""
    return is_json(media_type) or strip_parameters(media_type) in ("*/*", "*", "application/*")


def find_kind(media_type: str) -> Kind:
    """Return how bodies of `media_type` are read and written."""
    if may_be_json(media_type):
        return "json"
    plain = strip_parameters(media_type)
    return _FORMS.get(plain) or ("text" if plain.startswith("text/") else "binary")


def choose_media_type(media_types: Iterable[str]) -> str:
    """Return the media type that is taken of several: JSON before forms, those before text, and ranges after others.

    Where all else is text or bytes, any type at all may as well be JSON.
    """

    def rank(media_type: str) -> tuple[bool, int, bool, bool]:
        kind, is_range = find_kind(media_type), "*" in media_type
        order = _ORDER.index("text" if is_range and kind == "json" else kind)
        is_exact = strip_parameters(media_type) == "application/json"
        return is_range and kind != "json", order, kind != "json", not is_exact

    return min(media_types, key=rank)


def make_concrete(media_type: str) -> str:
    """Return the content type of a body of `media_type`: itself, or a usual one where it is a range."""
    before, star, after = media_type.partition("*")
    if not star or after.startswith("+"):
        return before + after.removeprefix("+")
    usual = _USUAL.get(find_kind(media_type), "application/octet-stream")
    return usual if usual.startswith(before) else f"{before}octet-stream"
