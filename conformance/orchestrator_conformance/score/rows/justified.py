"""Why requirements stay that kill no mutant alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ...contract.requirements import is_of_operation

# Of requirements that follow from an operation being in the document. One code judges an aspect for all operations.
BY_RULE: Final[Mapping[str, str]] = {
    "STATUS": (
        "One code judges the status for all operations, and is shown to work by another of them; a report "
        "names the operation that gets its own wrong."
    ),
    "TYPE": (
        "One code judges the content type for all operations, and is shown to work by another of them; a "
        "report names the operation that gets its own wrong."
    ),
    "BODY": (
        "One code judges the body for all operations, and is shown to work by another of them; the schema "
        "is one that no other operation stands for."
    ),
    "REFUSE": (
        "One code judges refusals for all operations, and is shown to work by another of them; a backend "
        "may look at some requests and not at others."
    ),
}

# By id, where it does not follow by rule.
JUSTIFIED: Final[Mapping[str, str]] = {
    "ORC-FILT-EQ-01": (
        "It says by one comparison that EQ on a text is at fault, and holds where logical filters, which "
        "ORC-FILT-ANY-01 needs, are not claimed."
    ),
    "ORC-FILT-EQ-02": (
        "It says by one comparison that EQ on the state is at fault, and holds where logical filters are "
        "not claimed."
    ),
    "ORC-FILT-EQ-03": (
        "It looks for an id that the seed picks, where ORC-FILT-ANY-01 takes the first three, and holds "
        "where logical filters are not claimed."
    ),
    "ORC-FILT-EQ-04": (
        "It says by one comparison that EQ on a date is at fault, and holds where logical filters are not "
        "claimed."
    ),
    "ORC-FILT-IN-01": (
        "It says by one comparison that IN on the state is at fault, and holds where logical filters are "
        "not claimed."
    ),
    "ORC-FILT-NULL-01": (
        "It says by two requests which of true and false IS_NULL gets wrong, and holds where logical "
        "filters are not claimed."
    ),
    "ORC-FILT-DATE-01": (
        "It tells GTE from GT at an instant that there is, by two requests, and holds where logical "
        "filters are not claimed."
    ),
    "ORC-FILT-DATE-02": (
        "It tells LTE from LT at an instant that there is, by two requests, and holds where logical "
        "filters are not claimed."
    ),
    "ORC-FILT-DATE-05": (
        "It says that runs without an end are what a comparison takes wrongly, where ORC-FILT-ANY-01 "
        "says that some comparison is wrong."
    ),
    "ORC-FILT-AND-01": (
        "It says by the simplest AND that there is that AND itself is at fault, whatever ORC-FILT-ANY-01 "
        "happens to draw."
    ),
    "ORC-FILT-OR-01": (
        "It says by the simplest OR that there is that OR itself is at fault, whatever ORC-FILT-ANY-01 "
        "happens to draw."
    ),
    "ORC-FILT-NOT-01": (
        "It says by the simplest NOT that there is that NOT itself is at fault, whatever ORC-FILT-ANY-01 "
        "happens to draw."
    ),
    "ORC-FILT-AND-03": (
        "It has each of three conditions decide once, in each place, which a combination drawn at random "
        "need not."
    ),
    "ORC-FILT-NOT-02": (
        "It turns round an AND and an OR with every seed, where a combination drawn at random may hold "
        "neither."
    ),
    "ORC-FILT-TREE-01": (
        "It has AND, OR and NOT stand in each other with every seed, where a combination drawn at random "
        "may be flat."
    ),
    "ORC-FILT-NEST-01": (
        "It says that the initiator is what cannot be reached, and also decides where all runs have one, "
        "of which ORC-FILT-ANY-01 can draw nothing."
    ),
    "ORC-FILT-NEST-02": (
        "It says that the target is what cannot be reached, and also decides where all runs have one, of "
        "which ORC-FILT-ANY-01 can draw nothing."
    ),
    "ORC-FILT-NEST-03": (
        "It says that an input is what cannot be reached, and takes the one that parts the runs best, "
        "where ORC-FILT-ANY-01 takes the first few."
    ),
    "ORC-FILT-NEST-05": (
        "It joins a nested filter with a plain one by AND and by OR with every seed, where a combination "
        "drawn at random may hold none."
    ),
    "ORC-FILT-FLOW-01": (
        "It says that a filter leaves the workflow, where ORC-FILT-FLOW-02 says that some filter is "
        "wrong, and needs no logical filters."
    ),
    "ORC-RUN-EXEC-03": (
        "It says by runs that were started one by one that the workflow is wrong, where ORC-RUN-EXEC-09 "
        "blames what happens at the same time."
    ),
    "ORC-RUN-ABORT-01": (
        "It says by one run and one abort what the abort left undone, where ORC-RUN-LIFE-01 shows a "
        "sequence that went wrong."
    ),
}


@dataclass(frozen=True, slots=True)
class Justifications:
    """Why a requirement stays that kills nothing alone: by its id, or by the aspect of an operation that it is of."""

    by_id: Mapping[str, str] = field(default_factory=lambda: JUSTIFIED)
    by_rule: Mapping[str, str] = field(default_factory=lambda: BY_RULE)

    def find(self, requirement_id: str, killing_alone: Collection[str]) -> str:
        """Return the reason for a requirement, or nothing where there is none.

        That of a rule holds while the same aspect of some operation kills a mutant alone, which shows that the code
        works: `killing_alone` are the ids of requirements that do. It is no reason for those themselves.
        """
        if requirement_id in self.by_id or not is_of_operation(requirement_id):
            return self.by_id.get(requirement_id, "")
        aspect = _aspect_of(requirement_id)
        twins = {_aspect_of(each) for each in killing_alone if is_of_operation(each)}
        is_needed = requirement_id not in killing_alone and aspect in twins
        return self.by_rule.get(aspect, "") if is_needed else ""


def _aspect_of(requirement_id: str) -> str:
    return requirement_id.rpartition("-")[2]
