"""Decides from the answers of a run when to look whether the target is down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from ..target.exchange import Exchange
from ..target.outage import find_symptom

# After how many answers in a row that may be due to an outage the suite looks whether the target is down.
_EXAMINED: Final = frozenset({5, 20, 80, 320})
_STRANGE: Final = 5


@dataclass(slots=True)
class OutageWatch:
    """The answers with symptoms of an outage.

    `suspicious` counts those in a row, and `strange` those of each operation that were a reason to look at once.
    """

    suspicious: int = 0
    strange: Counter[str] = field(default_factory=Counter)

    def must_look(self, exchange: Exchange) -> bool:
        """Note an answer to the first user. Returns whether to look if the target is down.

        A rejected token and errors that are not JSON are noticed at once: they must not be judged before. An operation
        may have a fault with that symptom, so only its first such answers are a reason to look.
        """
        symptom = find_symptom(exchange.response)
        if exchange.request.token != "$TOKEN":
            return False
        self.suspicious = 0 if symptom is None else self.suspicious + 1
        is_strange = symptom == "denied" or "json" not in exchange.response.content_type
        if self.suspicious == 1 and is_strange:
            self.strange[exchange.operation_id] += 1
            is_strange = self.strange[exchange.operation_id] <= _STRANGE
        return self.suspicious in _EXAMINED or (self.suspicious == 1 and is_strange)
