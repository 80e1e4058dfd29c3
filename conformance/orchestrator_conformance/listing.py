"""The catalogue of requirements as people and programs read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Final, Literal

from .features import CORE, FEATURES
from .requirements import Requirement

Format = Literal["text", "json", "markdown"]

_TITLES: Final = {"operations": "Operations, by rule from the document"}


def write_requirements(requirements: Iterable[Requirement], format_: Format) -> str:
    """Return the catalogue in a format; each ends with a line end."""
    listed = list(requirements)
    match format_:
        case "text":
            return "".join(f"{each.id}  {each.level}  {each.feature}  {each.sentence}\n" for each in listed)
        case "json":
            return json.dumps([asdict(each) for each in listed], indent=2, ensure_ascii=False) + "\n"
        case "markdown":
            return _write_markdown(listed)


def write_features() -> str:
    """Return every feature with what it means, one a line."""
    width = max(map(len, FEATURES))
    return "".join(
        f"{name:{width}}  {meaning}{' (every backend has it)' if name in CORE else ''}\n"
        for name, meaning in FEATURES.items()
    )


def _write_markdown(requirements: list[Requirement]) -> str:
    lines = ["# Requirements", ""]
    for topic in dict.fromkeys(each.topic for each in requirements):
        lines += [f"## {_TITLES.get(topic, topic.capitalize())}", ""]
        lines += ["| id | level | feature | requirement | place in the document |", "|---|---|---|---|---|"]
        for each in requirements:
            if each.topic == topic:
                sentence = each.sentence.replace("|", "\\|")
                lines.append(f"| {each.id} | {each.level} | {each.feature} | {sentence} | `{each.pointer}` |")
        lines.append("")
    return "\n".join(lines)
