"""The catalogue for a terminal: one line per requirement, wrapped if the terminal has a width."""

from __future__ import annotations

import textwrap
from typing import Final

from ..contract.features import CORE, FEATURES
from ..contract.requirements import Requirement
from ..statements.ambiguities import Ambiguity
from .catalogue import TITLES, Catalogue

# The minimum width for a sentence beside the other columns. With less space, it goes on the lines below them.
_NARROW: Final = 40
_INDENT: Final = 4


def write_text(catalogue: Catalogue, width: int | None, *, is_verbose: bool = False) -> str:
    """Return the requirements by topic, wrapped to `width` if it is given."""
    lines: list[str] = []
    for topic in dict.fromkeys(each.topic for each in catalogue.requirements):
        rows = [each for each in catalogue.requirements if each.topic == topic]
        columns = max(len(each.id) for each in rows), max(len(each.feature) for each in rows)
        lines += ["", f"{TITLES.get(topic, topic.capitalize())} ({len(rows)})", ""]
        for each in rows:
            lines += _write_row(each, columns, width)
            if is_verbose:
                lines += wrap(each.pointer, width, _INDENT)
                lines += wrap(each.reasoning, width, _INDENT)
    count = len(catalogue.ambiguities)
    lines += ["", f"The document leaves {count} questions open, which fail no backend: see list --open", ""]
    return "\n".join(lines[1:])


def _write_row(requirement: Requirement, columns: tuple[int, int], width: int | None) -> list[str]:
    head = f"{requirement.id:{columns[0]}}  {requirement.level:6}  {requirement.feature:{columns[1]}}  "
    if width is not None and width - len(head) < _NARROW:
        return [head.rstrip(), *wrap(requirement.sentence, width, _INDENT)]
    return wrap(head + requirement.sentence, width, len(head), first=0)


def write_open(catalogue: Catalogue, width: int | None) -> str:
    """Return the open questions, each with its readings and the reason why it is open."""
    return "\n".join(line for each in catalogue.ambiguities for line in write_ambiguity(each, width))


def write_ambiguity(ambiguity: Ambiguity, width: int | None) -> list[str]:
    """Return one question as lines, followed by an empty line."""
    return [
        *wrap(f"{ambiguity.id}  {ambiguity.question}", width, _INDENT, first=0),
        *(
            line
            for reading in ambiguity.readings
            for line in wrap(f"- {reading}", width, _INDENT + 2, first=_INDENT)
        ),
        *wrap(ambiguity.why, width, _INDENT),
        *wrap(ambiguity.pointer, width, _INDENT),
        "",
    ]


def write_features() -> str:
    """Return every feature with its meaning, one per line."""
    width = max(map(len, FEATURES))
    return "".join(
        f"{name:{width}}  {meaning}{' (every backend has it)' if name in CORE else ''}\n"
        for name, meaning in FEATURES.items()
    )


def wrap(text: str, width: int | None, indent: int, first: int | None = None) -> list[str]:
    """Return `text` as indented lines: a single line if `width` is None, and no lines if `text` is empty."""
    if not text:
        return []
    start = " " * (indent if first is None else first)
    if width is None:
        return [start + text]
    return textwrap.wrap(
        text,
        max(width, _NARROW) - 1,
        initial_indent=start,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
