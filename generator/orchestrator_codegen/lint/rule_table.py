"""All rules, in the order of help, and what the generator says by itself, which is told as found by rules, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .finding import Rule
from .rules import components, examples, names, numbers, objects, operations, paths, prose, values

RULES: Final[tuple[Rule, ...]] = (
    *values.RULES,
    *numbers.RULES,
    *objects.RULES,
    *operations.RULES,
    *paths.RULES,
    *components.RULES,
    *names.RULES,
    *examples.RULES,
    *prose.RULES,
)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A kind of diagnostic of the generator's: its message says what was found, and this the rest."""

    id: str
    summary: str
    reason: str
    change: str


BROKEN: Final = Verbatim(
    "broken-document",
    "what the document may not say; only this is told, as the rules look at valid documents",
    "nothing can be generated from the document",
    "mend this first",
)
SLIP: Final = Verbatim(
    "slip",
    "a default that breaks its schema, or a keyword whose value is of another version of OpenAPI",
    "generated code has it mended, or goes without; other tools take it as it stands, or refuse the document",
    "write what the message says it was taken as, or a value that fits",
)
UNNAMED: Final = Verbatim(
    "unnamed-operation",
    "an operation without an operationId",
    "its method in generated code is called after its path, and changes with it",
    "give it an operationId",
)
SLOW_PATTERN: Final = Verbatim(
    "slow-pattern",
    "a pattern with look-around or a reference back to a group, which JSON Schema advises against",
    "generated code lets through what the pattern forbids, and other tools may be brought to a halt by a hostile text",
    "say it without these, or with minLength, enum, not and allOf beside a plainer pattern",
)
LEFT_OUT: Final = Verbatim(
    "left-out",
    "a part that the generator does not support",
    "generated code does not have it",
    "say it in another way, or do without generated code for it",
)
UNFIT_ERROR: Final = Verbatim(
    "unfit-error",
    "an error whose required fields server stubs cannot fill in",
    "what the stubs refuse by themselves breaks the document",
    "require of an error only texts and numbers without enum, format and pattern",
)
VERBATIM: Final = (BROKEN, SLIP, SLOW_PATTERN, UNNAMED, LEFT_OUT, UNFIT_ERROR)
