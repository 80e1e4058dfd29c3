"""Operations as values, shared by client and server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from ._media import Media
from ._parameter import Parameter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Body:
    """A request body, and whether it is required."""

    media: Media[Any]
    required: bool


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One operation of the document; `T` is the type of its documented success bodies.

    `successes` and `errors` are keyed by status: 4 is the key of `4XX`, 0 of `default`. `idempotent` is what the
    document states, or None if the HTTP method decides. `secrets` are the lower-case names of the headers and
    parameters in which an API key may be sent.
    """

    id: str
    method: str
    path: str
    successes: Mapping[int, Media[T]]
    errors: Mapping[int, Media[Any]] = field(default_factory=dict[int, Media[Any]])
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    idempotent: bool | None = None
    secrets: tuple[str, ...] = ()

    @cached_property
    def accepted(self) -> str:
        """The value of `Accept`: the media types of all documented responses."""
        documented = (*self.successes.values(), *self.errors.values())
        return ", ".join(dict.fromkeys(media.media_type for media in documented if media.media_type)) or "*/*"


def find_documented(
    medias: Mapping[int, Media[T]], status: int, *, has_default: bool = True
) -> Media[T] | None:
    """Return the response documented for `status`: by the exact status, its class (`4XX`), or the `default`.

    The `default` is used only with `has_default`. Returns None if there is none.
    """
    return medias.get(status) or medias.get(status // 100) or (medias.get(0) if has_default else None)
