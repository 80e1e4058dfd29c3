"""How runs of the present live: what they do over time, and what the lists and overviews say of it meanwhile."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must
from .places import INSTANCE

LIVES: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-RUN-LIFE-01",
        "lifecycle",
        "execution",
        INSTANCE,
        "Whatever is done to a run, it stays the same run, is finished for good once it is, and has an end just then.",
    ),
)
