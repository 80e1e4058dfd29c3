"""Operations as values: what client and server both need to know of one."""

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
    """A request body and whether it must be there."""

    media: Media[Any]
    required: bool


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One operation of the document; `T` is what its documented successes hold.

    `successes` and `errors` are keyed by status; the key 0 stands for the document's `default` response. `idempotent`
    is what the document says of it, None where it leaves that to the method. `secrets` are the names of headers and of
    parameters, in lower case, that an API key may be sent as.
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
        """The media types of all that is documented, as `Accept` has them."""
        documented = (*self.successes.values(), *self.errors.values())
        return ", ".join(dict.fromkeys(media.media_type for media in documented if media.media_type)) or "*/*"


def find_documented(
    medias: Mapping[int, Media[T]], status: int, *, has_default: bool = True
) -> Media[T] | None:
    """Return what is documented for `status`: itself, its class (`4XX`), or with `has_default` the `default`."""
    return medias.get(status) or medias.get(status // 100) or (medias.get(0) if has_default else None)
