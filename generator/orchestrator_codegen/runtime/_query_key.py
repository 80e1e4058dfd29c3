"""An API key in the query, which is redacted in the URLs that HTTP libraries log."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote_plus

from ._credential import Credential, check_token

# Each logs the whole URL of every request at level INFO, with a logger of this name.
_LIBRARIES: Final = ("httpx", "httpx2")


@dataclass(frozen=True, slots=True)
class QueryKey(Credential):
    """An API key that is sent as the query parameter `name`."""

    def write_header(self, token: str) -> None:
        """Return None, because `token` is sent in the query; raise `ValueError` if it cannot be sent."""
        check_token(token)

    def write_pair(self, token: str) -> str:
        """Return the `name=value` pair for `token` in the query, and redact the parameter in logs from now on."""
        _redact_in_logs(self.name)
        return f"{quote(self.name, safe='')}={quote(token, safe='')}"

    def put(self, request: Any, token: str) -> bool:
        """Set `token` on `request` and redact it in logs; return whether the request had a different token, or none."""
        check_token(token)
        before = request.url
        pairs = before.query.decode("ascii").split("&")
        others = [pair for pair in pairs if pair and _name_of(pair) != self.name]
        request.url = before.copy_with(query="&".join([*others, self.write_pair(token)]).encode("ascii"))
        return bool(request.url != before)


class _Mask(logging.Filter):
    """Replaces the values of the query parameter `name` with `***` in each URL among the arguments of a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(self._redact, record.args))
        return True

    def _redact(self, argument: object) -> object:
        url, found, query = str(argument).partition("?")
        if not found:
            return argument
        pairs = query.split("&")
        shown = [f"{quote(self.name)}=***" if _name_of(pair) == self.name else pair for pair in pairs]
        return f"{url}?{'&'.join(shown)}"


def _name_of(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _redact_in_logs(name: str) -> None:
    for library in _LIBRARIES:
        logger = logging.getLogger(library)
        if not any(isinstance(each, _Mask) and each.name == name for each in logger.filters):
            logger.addFilter(_Mask(name))
