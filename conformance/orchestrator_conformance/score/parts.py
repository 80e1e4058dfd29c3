"""The parts of a score."""

from __future__ import annotations

from typing import Final, Literal, get_args

Part = Literal["hand-made", "automatic", "conforming", "peer"]

PARTS: Final[tuple[Part, ...]] = get_args(Part)
# Nothing that the peer does decides whether the bar holds.
FAST_PARTS: Final[tuple[Part, ...]] = PARTS[:-1]
