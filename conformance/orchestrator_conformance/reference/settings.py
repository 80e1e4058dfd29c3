"""The settings of a reference backend."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from .lifecycle.instants import Clock, now_in_utc

ErrorStyle = Literal["documented", "sensible"]

DEFAULT_BASE_PATH: Final = "/api/orchestrator"


@dataclass(frozen=True, slots=True)
class ReferenceSettings:
    """The settings of one reference backend.

    - `base_path`: the path of the API on the host.
    - `token`: the bearer token that every request except the health check requires, if any.
    - `other_token`: the token of a second user, who can see and abort only instances that they started.
    - `error_style`: `"sensible"` answers rejected requests with a suitable 4xx, `"documented"` with 500, the only
      error status in the document. Wrong credentials are 401 in both.
    - `moment`: how long runs of the workflow `refresh-search-index` are active.
    - `visibility_delay`: how long a started instance is hidden from every read.
    - `seeded`: whether the store initially has the sample instances.
    - `initiator`, `other_initiator`: the entities recorded as initiators for the first and the second user.
    - `body_limit`: the maximum size of a request body, in bytes.
    - `clock`: returns the current time, as an aware `datetime`.
    """

    base_path: str = DEFAULT_BASE_PATH
    token: str | None = field(default=None, repr=False)
    other_token: str | None = field(default=None, repr=False)
    error_style: ErrorStyle = "sensible"
    moment: timedelta = timedelta(seconds=1)
    visibility_delay: timedelta = timedelta(0)
    seeded: bool = True
    initiator: str = "user:default/developer"
    other_initiator: str = "user:default/visitor"
    body_limit: int = 100 * 1024
    clock: Clock = now_in_utc
