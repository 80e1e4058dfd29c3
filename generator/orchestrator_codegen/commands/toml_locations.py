"""Finds the location of a key in a TOML file, which `tomllib` does not report."""

from __future__ import annotations

import re


def locate_key(text: str, table: str, key: str) -> tuple[int, int]:
    """Return line and column of `key` in the table `tool.table`, or of the table if `key` is empty or not found.

    TOML has many ways to write a key. A key written in an unusual way gets the location of the table.
    """
    quoted, section = rf"""["']?{re.escape(table)}["']?""", False
    header = re.compile(rf"""\s*\[\s*(?:tool|"tool"|'tool')\s*\.\s*{quoted}\s*\]""")
    own = re.compile(rf"""["']?{re.escape(key)}["']?\s*[.=]""")
    below = re.compile(rf"""{quoted}\s*\.\s*(["']?{re.escape(key)}["']?)\s*[.=\]]""")
    inline = re.compile(rf"""{quoted}\s*=\s*\{{.*?(?<![\w-])(["']?{re.escape(key)}["']?)\s*[.=]""")
    named = 1, 1
    for number, line in reversed(list(enumerate(text.splitlines(), start=1))):
        if found := re.search(quoted, line):
            named = number, found.start() + 1
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            section = header.match(line) is not None
            named = (number, line.index("[") + 1) if section else named
        indent = len(line) - len(line.lstrip())
        if key and section and own.match(line, indent):
            return number, indent + 1
        if key and (found := below.search(line) or inline.search(line)):
            return number, found.start(1) + 1
    return named
