"""What is written down of a question that the document leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One question with the `readings` that backends have of it, each of which conforms.

    `pointer` is the JSON pointer to the words that leave it open, and `why` says how they do.
    """

    id: str
    pointer: str
    question: str
    readings: tuple[str, ...]
    why: str
