"""Find the source location of a JSON pointer in the text of a document."""

from __future__ import annotations

import yaml


def locate(text: str, pointer: str) -> tuple[int, int]:
    """Return the 1-based line and column of the key or item at `pointer`, or of its nearest existing ancestor."""
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    line, column = 1, 1
    for part in pointer.split("/")[1:]:
        step = _step(node, part.replace("~1", "/").replace("~0", "~"))
        if step is None:
            break
        key, node = step
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
    return line, column


def _step(node: yaml.Node | None, part: str) -> tuple[yaml.Node, yaml.Node] | None:
    match node:
        case yaml.MappingNode():
            return next(((key, value) for key, value in node.value if key.value == part), None)
        case yaml.SequenceNode() if part.isdecimal() and int(part) < len(node.value):
            return node.value[int(part)], node.value[int(part)]
        case _:
            return None
