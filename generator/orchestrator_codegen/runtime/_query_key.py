"""An API key in the query, and how it stays out of the URLs that HTTP libraries log."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote_plus

from ._credential import Credential, check_token

# Each logs the whole URL of every request, with level INFO, under its own name.
_LIBRARIES: Final = ("httpx", "httpx2")


@dataclass(frozen=True, slots=True)
class QueryKey(Credential):
    """An API key that is sent as the parameter `name` of the query."""

    def write_header(self, token: str) -> None:
        """Return None: the query carries `token`. Raise `ValueError`."""
        check_token(token)

    def write_pair(self, token: str) -> str:
        """Return the pair of the query that carries `token`, and keep it out of logs from now on."""
        _keep_from_logs(self.name)
        return f"{quote(self.name, safe='')}={quote(token, safe='')}"

    def put(self, request: Any, token: str) -> bool:
        """Have `request` carry `token`, and say whether it carried another, or none; keep it out of logs."""
        check_token(token)
        before = request.url
        pairs = before.query.decode("ascii").split("&")
        others = [pair for pair in pairs if pair and _name_of(pair) != self.name]
        request.url = before.copy_with(query="&".join([*others, self.write_pair(token)]).encode("ascii"))
        return bool(request.url != before)


class _Mask(logging.Filter):
    """Puts `***` for the values of the parameters called `name` in each URL that a record tells of."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(self._hide, record.args))
        return True

    def _hide(self, told: object) -> object:
        url, found, query = str(told).partition("?")
        if not found:
            return told
        pairs = query.split("&")
        shown = [f"{quote(self.name)}=***" if _name_of(pair) == self.name else pair for pair in pairs]
        return f"{url}?{'&'.join(shown)}"


def _name_of(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _keep_from_logs(name: str) -> None:
    for library in _LIBRARIES:
        logger = logging.getLogger(library)
        if not any(isinstance(each, _Mask) and each.name == name for each in logger.filters):
            logger.addFilter(_Mask(name))
