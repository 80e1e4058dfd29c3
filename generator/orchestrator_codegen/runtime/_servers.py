"""The servers of a document, and the substitution of the variables in their URLs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a URL: its default and its allowed values. An empty tuple allows any value."""

    default: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """One server: `template` is its URL, with the names of `variables` in braces."""

    template: str
    description: str = ""
    variables: Mapping[str, Variable] = field(default_factory=dict[str, Variable])

    def url(self, **values: str) -> str:
        """Return the base URL for a client, with `values` for its variables and the document's defaults for the rest.

        Raises `ValueError` for an unknown variable, and for a value that the document does not allow.
        """
        if unknown := values.keys() - self.variables.keys():
            raise ValueError(
                f"{self.template} has no variable {', '.join(sorted(unknown))}; "
                f"it has {', '.join(self.variables) or 'none'}"
            )
        for name, value in values.items():
            allowed = self.variables[name].allowed
            if allowed and value not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")
        filled = {name: values.get(name, variable.default) for name, variable in self.variables.items()}
        return re.sub(r"\{([^{}]*)\}", lambda found: filled.get(found[1], found[0]), self.template)
