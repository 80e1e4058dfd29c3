"""Tokens for several security schemes, of which each operation is sent those that it wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from ._credential import Credential, check_token
from ._flows import Tokens, TokenSource
from ._operation import Operation


class SchemeTokens:
    """Tokens by the names of security schemes; `repr` shows none of them.

    `schemes` says where each token goes, and `wanted`, by operationId, which schemes an operation wants: alternatives,
    each of schemes that are wanted together. One of no scheme is for callers without a token. Where it is empty, the
    document does not say, and all tokens are sent.
    """

    schemes: ClassVar[Mapping[str, Credential]]
    wanted: ClassVar[Mapping[str, tuple[tuple[str, ...], ...]]]

    def __init__(self, tokens: Mapping[str, str | TokenSource | None]) -> None:
        self._sources = {name: _read_source(name, each) for name, each in tokens.items() if each is not None}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}=***' for name in self._sources)})"

    def choose(self, operation: Operation[Any]) -> Tokens:
        """Return what gives the tokens that `operation` wants, and where each goes: the first alternative that is held.

        Raises `ValueError`, which tells no token, where none of them is.
        """
        if not self.wanted:
            return tuple((source, self.schemes[name]) for name, source in self._sources.items())
        alternatives = self.wanted.get(operation.id, ())
        for names in alternatives:
            if names and self._sources.keys() >= set(names):
                return tuple((self._sources[name], self.schemes[name]) for name in names)
        if alternatives and () not in alternatives:
            wanted = ", or ".join(" and ".join(names) for names in alternatives)
            raise ValueError(f"{operation.id} wants a token for {wanted}; there is {self!r}")
        return ()


def _read_source(name: str, token: object) -> TokenSource:
    if callable(token):
        return cast("TokenSource", token)
    if not isinstance(token, str):
        raise ValueError(
            f"the token for {name} must be a str or a function that returns one, got {type(token).__name__}"
        )
    told = check_token(token)
    return lambda: told
