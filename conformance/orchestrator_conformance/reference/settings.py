"""What can be set on a reference backend."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from .lifecycle.instants import Clock, now_in_utc

ErrorStyle = Literal["documented", "sensible"]

DEFAULT_BASE_PATH: Final = "/api/orchestrator"


@dataclass(frozen=True, slots=True)
class ReferenceSettings:
    """How one reference backend is set up.

    - `base_path`: where the API lives below the host.
    - `token`: the bearer token that every request but the health check must carry, if any.
    - `other_token`: the token of a second user, who sees and aborts only what they started themselves.
    - `error_style`: `"sensible"` answers a refusal with its own 4xx, `"documented"` with 500, the only error
      status in the document; wrong credentials are 401 in both.
    - `moment`: how long a run of the workflow that takes a moment is active.
    - `visibility_delay`: how long a started instance stays hidden from every read.
    - `seeded`: whether the store starts with the sample instances rather than empty.
    - `initiator`: the entity that starts the instances; `other_initiator`, the second user's.
    - `body_limit`: the most bytes that a request's body may have.
    - `clock`: where the time comes from; it must give instants with a zone.
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
