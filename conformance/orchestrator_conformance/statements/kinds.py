"""Functions that build a statement; each is named after the level of the statement."""

from __future__ import annotations

from ..contract.requirements import Requirement, Topic


def must(
    id_: str, topic: Topic, feature: str, pointer: str, sentence: str, *, reasoning: str = ""
) -> Requirement:
    """Return a requirement with the level MUST."""
    return Requirement(id_, "MUST", topic, feature, pointer, sentence, reasoning)


def should(
    id_: str, topic: Topic, feature: str, pointer: str, sentence: str, *, reasoning: str = ""
) -> Requirement:
    """Return a requirement with the level SHOULD."""
    return Requirement(id_, "SHOULD", topic, feature, pointer, sentence, reasoning)
