"""What a deployment may have or lack, and what it says that it has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from .cannot_run import CannotRun

Profile = Literal["read-only", "standard", "full"]

# Every feature, with what having it means. The first ones are no choice: without them it is another API.
CORE: Final[dict[str, str]] = {
    "operations": "the operations of the document that belong to no other feature",
    "instances": "lists of instances, and each instance by its id",
    "overviews": "overviews, sources and input schemas of workflows",
    "errors": "refusals of what is not there",
}
OPTIONAL: Final[dict[str, str]] = {
    "paging": "offset and pageSize",
    "total-count": "totalCount in lists of instances",
    "sorting": "lists in an order: that of start, ascending, unless another is asked for",
    "sort-start": "orderBy start",
    "sort-end": "orderBy end",
    "sort-state": "orderBy state",
    "sort-process-id": "orderBy processId",
    "sort-process-name": "orderBy processName",
    "filter-eq-text": "EQ on processId, processName and the like",
    "filter-eq-id": "EQ on id",
    "filter-eq-state": "EQ on state",
    "filter-eq-date": "EQ on start and end",
    "filter-in-text": "IN on processId and the like",
    "filter-in-id": "IN on id",
    "filter-in-state": "IN on state",
    "filter-like-text": "LIKE with * and %",
    "filter-is-null-date": "IS_NULL on end",
    "filter-gt-date": "GT and GTE on dates",
    "filter-lt-date": "LT and LTE on dates",
    "filter-between-date": "BETWEEN on dates",
    "logical-filters": "AND, OR and NOT, also in one another",
    "nested-filters": "filters on the variables of an instance",
    "overview-paging": "offset and pageSize in lists of overviews",
    "overview-sorting": "orderBy id and name in lists of overviews",
    "overview-filters": "EQ, IN and LIKE on the definition's id and name",
    "entity-overviews": "overviews for an entity",
    "input-schema": "the inputs of an instance beside the schema",
    "statistics": "workflowRunStats in overviews",
    "ping": "a ping of a workflow's service",
    "logs": "logs of instances: needs a log provider",
    "execution": "starting a workflow",
    "abort": "aborting an instance",
    "retrigger": "retriggering an instance in ERROR",
    "authentication": "a refusal of everybody without a token that was given to them",
    "isolation": "what one user starts is hidden from another who lacks the right",
}
FEATURES: Final[dict[str, str]] = {**CORE, **OPTIONAL}

# What a full backend may lack all the same: looked at where it is there, and missing it is no failure.
_IF_PRESENT: Final = frozenset({"total-count", "statistics", "logs", "authentication", "isolation"})
_CHANGING: Final = frozenset({"execution", "abort", "retrigger"})
# Features that come with another: whoever lacks the one on the left lacks those on the right.
_PARTS: Final = {
    "sorting": frozenset({"sort-start", "sort-end", "sort-state", "sort-process-id", "sort-process-name"})
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a deployment says of itself; a feature that is neither claimed nor disclaimed is looked at if it is there.

    - claimed and answered with an error, or not there: fail;
    - disclaimed: skip, and none of its requests is sent.
    """

    claimed: frozenset[str]
    disclaimed: frozenset[str]

    def allows(self, feature: str) -> bool:
        """Whether requests for the feature are sent at all."""
        return feature not in self.disclaimed


def claims_of(profile: Profile) -> Claims:
    """Return what a profile claims: all that only reads, what any full backend has, or everything."""
    everything = frozenset(FEATURES)
    match profile:
        case "read-only":
            return Claims(everything - _IF_PRESENT - _CHANGING, _CHANGING)
        case "standard":
            return Claims(everything - _IF_PRESENT, frozenset())
        case "full":
            return Claims(everything, frozenset())


STANDARD: Final = claims_of("standard")


def adjust(claims: Claims, claimed: Iterable[str], disclaimed: Iterable[str]) -> Claims:
    """Return `claims` with some features more and some fewer; raise `CannotRun` for a name that is no feature.

    To claim a part of a feature is to claim that too, and to disclaim a feature is to disclaim all its parts.
    """
    more, fewer = frozenset(claimed), frozenset(disclaimed)
    if unknown := sorted((more | fewer) - FEATURES.keys()):
        raise CannotRun(f"no feature is called {unknown[0]!r}; there are: {', '.join(FEATURES)}")
    if core := sorted(fewer & CORE.keys()):
        raise CannotRun(f"the feature {core[0]!r} cannot be disclaimed: every backend has it")
    more |= {whole for whole, parts in _PARTS.items() if parts & more}
    fewer = fewer.union(*(_PARTS.get(each, ()) for each in fewer))
    if both := sorted(more & fewer):
        raise CannotRun(f"the feature {both[0]!r} is claimed and disclaimed")
    return Claims((claims.claimed | more) - fewer, (claims.disclaimed | fewer) - more)


def read_claims(path: Path) -> tuple[Profile | None, list[str], list[str]]:
    """Read a TOML file with `profile`, `claim` and `disclaim`, each optional; raise `CannotRun` with the place."""
    data = read_toml(path)
    if unknown := sorted(data.keys() - {"profile", "claim", "disclaim"}):
        raise CannotRun(f"{path}: {unknown[0]!r} is none of profile, claim, disclaim")
    profile = data.get("profile")
    if profile not in (None, "read-only", "standard", "full"):
        raise CannotRun(f"{path}: profile is {profile!r}, and none of read-only, standard, full")
    return profile, _read_names(path, data, "claim"), _read_names(path, data, "disclaim")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raise `CannotRun`, which says where, for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as problem:
        raise CannotRun(f"{path}: cannot be read: {problem.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CannotRun(f"{path}: not TOML: {problem}") from None


def _read_names(path: Path, data: dict[str, Any], key: str) -> list[str]:
    names = data.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CannotRun(f'{path}: {key} must be a list of features, such as {key} = ["logs"]')
    return names
