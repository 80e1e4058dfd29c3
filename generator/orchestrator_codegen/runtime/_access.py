"""The id of each request, and the access log: a record for each, without query, path values, headers or tokens."""

from __future__ import annotations

import logging
import random
import re
from typing import Final

# Its records have level INFO: a higher level switches it off.
logger = logging.getLogger(__name__.rpartition(".")[0] + ".access")

_SANE: Final = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")


def choose_request_id(sent: str | None) -> str:
    """Return the id that the client sent where it is short and plain, else a new one."""
    return sent if sent is not None and _SANE.fullmatch(sent) else f"{random.getrandbits(128):032x}"


def log_request(
    method: str,
    template: str | None,
    operation_id: str | None,
    status: int,
    seconds: float,
    request_id: str,
    principal: object,
) -> None:
    """Log one request by the template of its path; `status` is 499 where the client went away before the answer."""
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
