"""Request ids and the access log: one record per request, without query, path values, headers or tokens."""

from __future__ import annotations

import logging
import random
import re
from typing import Final

# Its records have the level INFO, so a higher level switches it off.
logger = logging.getLogger(__name__.rpartition(".")[0] + ".access")

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")


def choose_request_id(sent: str | None) -> str:
    """Return the id that the client sent if it is short and has only safe characters, otherwise a new one."""
    return sent if sent is not None and _SAFE_ID.fullmatch(sent) else f"{random.getrandbits(128):032x}"


def log_request(
    method: str,
    template: str | None,
    operation_id: str | None,
    status: int,
    seconds: float,
    request_id: str,
    principal: object,
) -> None:
    """Log one request with its path template; `status` is 499 if the client disconnected before the response."""
    shown = method if method.isalpha() and len(method) < 20 else "-"
    fields = {
        "operation_id": operation_id,
        "method": shown,
        "path_template": template,
        "status": status,
        "duration_ms": round(seconds * 1000, 3),
        "request_id": request_id,
        "principal": principal if isinstance(principal, str) else None,
    }
    logger.info("%s %s %d", shown, template or "-", status, extra=fields)
