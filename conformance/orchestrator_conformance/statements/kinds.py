"""How a statement is written: its level is the name of the function."""

from __future__ import annotations

from ..contract.requirements import Requirement, Topic


def must(
    id_: str, topic: Topic, feature: str, pointer: str, sentence: str, *, reasoning: str = ""
) -> Requirement:
    """Return a statement that a backend must keep to."""
    return Requirement(id_, "MUST", topic, feature, pointer, sentence, reasoning)


def should(
    id_: str, topic: Topic, feature: str, pointer: str, sentence: str, *, reasoning: str = ""
) -> Requirement:
    """Return a statement that a backend had better keep to."""
    return Requirement(id_, "SHOULD", topic, feature, pointer, sentence, reasoning)
