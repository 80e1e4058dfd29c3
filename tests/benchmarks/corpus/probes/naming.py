"""Finds which argument of a peer's function stands for which parameter of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.generator.support.probe.document import Described

from .comparing import Key


def name_arguments(described: Described, arguments: Iterable[str]) -> dict[Key, str]:
    """Return the argument for each parameter of an operation: the one that is spelled alike, but for case and signs.

    Where a name is taken by another, generators add the place or a sign: what starts or ends alike is next.
    """
    rest, named = list(arguments), {}
    for said in described.parameters:
        plain = _normalise(said.name)
        found = [
            *(each for each in rest if _normalise(each) == plain),
            *(each for each in rest if _normalise(each) in (plain + said.place, said.place + plain)),
        ]
        if found:
            named[said.place, said.name] = found[0]
            rest.remove(found[0])
    return named


def _normalise(name: str) -> str:
    return re.sub(r"[^0-9a-z]", "", name.lower())
