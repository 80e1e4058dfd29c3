"""Tells media types apart (RFC 6838, RFC 9110 section 8.3.1)."""

from __future__ import annotations


def strip_parameters(media_type: str) -> str:
    """Return `media_type` in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether bodies of `media_type` are JSON, by its name or by its suffix (RFC 6839, section 3.1)."""
    plain = strip_parameters(media_type)
    return plain == "application/json" or plain.endswith("+json")


def may_be_json(media_type: str) -> bool:
    """Whether JSON fits `media_type`: it is JSON, or any type at all."""
    return is_json(media_type) or strip_parameters(media_type) == "*/*"
