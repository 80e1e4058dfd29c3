"""Matches the arguments of a peer's function with the parameters of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.generator.support.probe.document import DescribedOperation

from .comparing import Key


def name_arguments(described: DescribedOperation, arguments: Iterable[str]) -> dict[Key, str]:
    """Return the argument of each parameter: the one with the same name, ignoring case and punctuation.

    If a name is already taken, generators add the location of the parameter or an underscore. So an argument also
    matches if it is the name of the parameter with its location as a prefix or suffix.
    """
    rest, named = list(arguments), {}
    for parameter in described.parameters:
        plain = _normalise(parameter.name)
        found = [
            *(each for each in rest if _normalise(each) == plain),
            *(
                each
                for each in rest
                if _normalise(each) in (plain + parameter.place, parameter.place + plain)
            ),
        ]
        if found:
            named[parameter.place, parameter.name] = found[0]
            rest.remove(found[0])
    return named


def _normalise(name: str) -> str:
    return re.sub(r"[^0-9a-z]", "", name.lower())
