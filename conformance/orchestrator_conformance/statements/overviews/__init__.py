"""Requirements on workflow overviews, sources, input schemas and pings.

`overviews.py` has those on each answer alone, `agreement.py` those on answers that describe the same workflow.
"""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from .agreement import AGREEMENT
from .overviews import OVERVIEWS as _OVERVIEWS

OVERVIEWS: Final[tuple[Requirement, ...]] = (*_OVERVIEWS, *AGREEMENT)
