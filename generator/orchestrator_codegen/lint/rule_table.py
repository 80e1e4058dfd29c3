"""All rules in the order of `--help`, and the kinds of warnings of the generator, which are reported like rules."""

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
class DiagnosticKind:
    """A kind of diagnostic of the generator. Its message says what was found; this adds the reason and the change."""

    id: str
    summary: str
    reason: str
    change: str


BROKEN: Final = DiagnosticKind(
    "broken-document",
    "an error in the document; no other rule runs, because rules require a valid document",
    "no code can be generated from the document",
    "correct this first",
)
REPAIRED: Final = DiagnosticKind(
    "slip",
    "a default that does not match its schema, or a keyword value of another OpenAPI version",
    "generated code uses a repaired value or omits it; other tools use it unchanged, or reject the document",
    "write the value that the message says was used, or another valid one",
)
UNNAMED: Final = DiagnosticKind(
    "unnamed-operation",
    "an operation without an operationId",
    "its method in generated code is named after its path, and changes with it",
    "add an operationId",
)
SLOW_PATTERN: Final = DiagnosticKind(
    "slow-pattern",
    "a pattern with look-around or a back reference, which JSON Schema advises against",
    "generated code does not apply the pattern, and a hostile string can block other tools that do",
    "rewrite it without them, or use minLength, enum, not or allOf with a simpler pattern",
)
OMITTED: Final = DiagnosticKind(
    "left-out",
    "a part that the generator does not support",
    "generated code omits it",
    "describe it differently, or do without generated code for it",
)
UNFIT_ERROR: Final = DiagnosticKind(
    "unfit-error",
    "an error whose required fields server stubs cannot fill in",
    "the errors that the stubs write themselves do not conform to the document",
    "require only strings and numbers without enum, format and pattern in an error",
)
DIAGNOSTIC_KINDS: Final = (BROKEN, REPAIRED, SLOW_PATTERN, UNNAMED, OMITTED, UNFIT_ERROR)
