"""The parts of a score."""

from __future__ import annotations

from typing import Final, Literal, get_args

Part = Literal["hand-made", "automatic", "masked", "sets", "conforming", "peer"]

PARTS: Final[tuple[Part, ...]] = get_args(Part)
# No target depends on the results of Schemathesis, the peer.
FAST_PARTS: Final[tuple[Part, ...]] = PARTS[:-1]
