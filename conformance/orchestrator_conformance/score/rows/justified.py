"""The reasons to keep requirements that kill no mutant alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ...contract.requirements import is_of_operation

# By aspect, for the requirements that are derived from an operation of the document.
BY_RULE: Final[Mapping[str, str]] = {
    "STATUS": (
        "The same code checks the status of all operations, and it kills a mutant alone for another operation. "
        "The report names the operation whose status is wrong."
    ),
    "TYPE": (
        "The same code checks the content type of all operations, and it kills a mutant alone for another "
        "operation. The report names the operation whose content type is wrong."
    ),
    "BODY": (
        "The same code checks the body of all operations, and it kills a mutant alone for another operation. "
        "The schema differs from operation to operation."
    ),
    "REFUSE": (
        "The same code checks refusals for all operations, and it kills a mutant alone for another operation. "
        "A backend may validate the requests of some operations only."
    ),
}

# By id, for all other requirements.
JUSTIFIED: Final[Mapping[str, str]] = {
    "ORC-FILT-EQ-01": (
        "It shows with one comparison that EQ on a text is wrong. It also runs if logical filters, which "
        "ORC-FILT-ANY-01 needs, are not claimed."
    ),
    "ORC-FILT-EQ-02": (
        "It shows with one comparison that EQ on the state is wrong. It also runs if logical filters are not "
        "claimed."
    ),
    "ORC-FILT-EQ-03": (
        "It searches for an id that the seed selects, whereas ORC-FILT-ANY-01 uses the first three. It also "
        "runs if logical filters are not claimed."
    ),
    "ORC-FILT-EQ-04": (
        "It shows with one comparison that EQ on a date is wrong. It also runs if logical filters are not "
        "claimed."
    ),
    "ORC-FILT-IN-01": (
        "It shows with one comparison that IN on the state is wrong. It also runs if logical filters are not "
        "claimed."
    ),
    "ORC-FILT-NULL-01": (
        "It shows with two requests whether IS_NULL is wrong for true or for false. It also runs if logical "
        "filters are not claimed."
    ),
    "ORC-FILT-DATE-01": (
        "It distinguishes GTE from GT with two requests at an instant that occurs in the data. It also runs if "
        "logical filters are not claimed."
    ),
    "ORC-FILT-DATE-02": (
        "It distinguishes LTE from LT with two requests at an instant that occurs in the data. It also runs if "
        "logical filters are not claimed."
    ),
    "ORC-FILT-DATE-05": (
        "It shows that a comparison is wrong for runs without an end, whereas ORC-FILT-ANY-01 shows only that "
        "some comparison is wrong."
    ),
    "ORC-FILT-AND-01": (
        "It shows with the simplest AND that AND itself is wrong, independently of the filters that "
        "ORC-FILT-ANY-01 generates."
    ),
    "ORC-FILT-OR-01": (
        "It shows with the simplest OR that OR itself is wrong, independently of the filters that "
        "ORC-FILT-ANY-01 generates."
    ),
    "ORC-FILT-NOT-01": (
        "It shows with the simplest NOT that NOT itself is wrong, independently of the filters that "
        "ORC-FILT-ANY-01 generates."
    ),
    "ORC-FILT-AND-03": (
        "It makes each of three conditions decide the result once, in each position. A random combination may "
        "not."
    ),
    "ORC-FILT-NOT-02": (
        "It negates an AND and an OR with every seed. A random combination may contain neither."
    ),
    "ORC-FILT-TREE-01": ("It nests AND, OR and NOT with every seed. A random combination may be flat."),
    "ORC-FILT-NEST-01": (
        "It shows that a filter on the initiator is wrong. It also decides if all runs have the same "
        "initiator, about which ORC-FILT-ANY-01 generates no filter."
    ),
    "ORC-FILT-NEST-02": (
        "It shows that a filter on the target is wrong. It also decides if all runs have the same target, "
        "about which ORC-FILT-ANY-01 generates no filter."
    ),
    "ORC-FILT-NEST-03": (
        "It shows that a filter on an input is wrong. It uses the input that divides the runs best, whereas "
        "ORC-FILT-ANY-01 uses the first few."
    ),
    "ORC-FILT-NEST-05": (
        "It combines a nested filter with a plain one by AND and by OR with every seed. A random combination "
        "may contain no nested filter."
    ),
    "ORC-FILT-FLOW-01": (
        "It shows that a filter returns instances of other workflows, whereas ORC-FILT-FLOW-02 shows only that "
        "some filter is wrong. It needs no logical filters."
    ),
    "ORC-ERR-RUN-02": (
        "It shows with one refused execution that the refusal comes too late, whereas ORC-ERR-RUN-06 shows only that "
        "one of many refused executions started a run."
    ),
    "ORC-ERR-PART-01": (
        "It leaves out each required body with every seed and without generated requests, and names the operations. "
        "The requirements ORC-OP-*-REFUSE concern all requests that the document forbids."
    ),
    "ORC-ERR-PART-02": (
        "It leaves out each required field with every seed and without generated requests, and names the fields. "
        "The requirements ORC-OP-*-REFUSE concern all requests that the document forbids."
    ),
    "ORC-RUN-EXEC-03": (
        "It shows that the workflow is wrong with runs that are started one after the other, whereas a failure "
        "of ORC-RUN-EXEC-09 points at concurrency."
    ),
    "ORC-RUN-ABORT-01": (
        "It shows with one run and one abort what the abort failed to do, whereas ORC-RUN-LIFE-01 shows a "
        "longer sequence that fails."
    ),
}


@dataclass(frozen=True, slots=True)
class Justifications:
    """The reasons to keep requirements that kill no mutant alone: by id, and by the aspect of an operation."""

    by_id: Mapping[str, str] = field(default_factory=lambda: JUSTIFIED)
    by_rule: Mapping[str, str] = field(default_factory=lambda: BY_RULE)

    def find(self, requirement_id: str, killing_alone: Collection[str]) -> str:
        """Return the reason to keep a requirement, or an empty string.

        A reason by aspect is valid as long as the same aspect of another operation kills a mutant alone, because that
        shows that the code works. `killing_alone` are the ids of the requirements that kill a mutant alone; none of
        them needs a reason by aspect.
        """
        if requirement_id in self.by_id or not is_of_operation(requirement_id):
            return self.by_id.get(requirement_id, "")
        aspect = _aspect_of(requirement_id)
        proven_aspects = {_aspect_of(each) for each in killing_alone if is_of_operation(each)}
        is_needed = requirement_id not in killing_alone and aspect in proven_aspects
        return self.by_rule.get(aspect, "") if is_needed else ""


def _aspect_of(requirement_id: str) -> str:
    return requirement_id.rpartition("-")[2]
