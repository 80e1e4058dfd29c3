"""The type of a question that the document leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One open question and its `readings` by backends, each of which conforms.

    `pointer` is the JSON pointer to the text that leaves the question open, and `why` says how it does so.
    """

    id: str
    pointer: str
    question: str
    readings: tuple[str, ...]
    why: str
