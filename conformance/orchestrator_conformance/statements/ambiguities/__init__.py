"""The questions that the document leaves open, one module per topic.

No reading of any of them fails a backend. Like the ids of requirements, their ids are stable and never reused.
"""

from __future__ import annotations

from typing import Final

from .ambiguity import Ambiguity
from .filters import FILTERS
from .lists import LISTS
from .runs import RUNS
from .workflows import WORKFLOWS

__all__ = ["AMBIGUITIES", "Ambiguity"]

AMBIGUITIES: Final = {
    ambiguity.id: ambiguity for topic in (FILTERS, LISTS, RUNS, WORKFLOWS) for ambiguity in topic
}
