"""Requirements on filters, single and combined."""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from .fields import FIELDS
from .logical import LOGICAL
from .values import VALUES

FILTERS: Final[tuple[Requirement, ...]] = (*FIELDS, *LOGICAL, *VALUES)
