"""Tokens for several security schemes; each operation is sent the tokens that it requires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from ._credential import Credential, check_token
from ._flows import Tokens, TokenSource
from ._operation import Operation


class SchemeTokens:
    """Tokens by the names of security schemes; `repr` does not show them.

    `schemes` maps each scheme to how its token is sent. `wanted` maps each operationId to its alternatives, each a
    tuple of the schemes that it requires together; an empty tuple allows calls without a token. If `wanted` is empty,
    the document does not define requirements, and all tokens are sent.
    """

    schemes: ClassVar[Mapping[str, Credential]]
    wanted: ClassVar[Mapping[str, tuple[tuple[str, ...], ...]]]

    def __init__(self, tokens: Mapping[str, str | TokenSource | None]) -> None:
        self._sources = {name: _read_source(name, each) for name, each in tokens.items() if each is not None}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}=***' for name in self._sources)})"

    def choose(self, operation: Operation[Any]) -> Tokens:
        """Return the token sources for `operation`: those of its first alternative for which there are all tokens.

        Raises `ValueError` if there is none. The message does not contain a token.
        """
        if not self.wanted:
            return tuple((source, self.schemes[name]) for name, source in self._sources.items())
        alternatives = self.wanted.get(operation.id, ())
        for names in alternatives:
            if names and self._sources.keys() >= set(names):
                return tuple((self._sources[name], self.schemes[name]) for name in names)
        if alternatives and () not in alternatives:
            wanted = ", or ".join(" and ".join(names) for names in alternatives)
            raise ValueError(f"{operation.id} requires a token for {wanted}; the client has {self!r}")
        return ()


def _read_source(name: str, token: object) -> TokenSource:
    if callable(token):
        return cast("TokenSource", token)
    if not isinstance(token, str):
        raise ValueError(
            f"the token for {name} must be a str or a function that returns one, got {type(token).__name__}"
        )
    checked = check_token(token)
    return lambda: checked
