"""The features of a deployment, and its claims: which features it states that it has or does not have."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from .cannot_run import CannotRun

Profile = Literal["read-only", "standard", "full"]

# Every feature with its description. The core features cannot be disclaimed: a backend without them is another API.
CORE: Final[dict[str, str]] = {
    "operations": "the operations of the document that belong to no other feature",
    "instances": "lists of instances, and each instance by its id",
    "overviews": "overviews, sources and input schemas of workflows",
    "errors": "errors for unknown workflows and instances",
}
OPTIONAL: Final[dict[str, str]] = {
    "paging": "offset and pageSize",
    "total-count": "totalCount in lists of instances",
    "sorting": "sorted lists, by start in ascending order by default",
    "sort-start": "orderBy start",
    "sort-end": "orderBy end",
    "sort-state": "orderBy state",
    "sort-process-id": "orderBy processId",
    "sort-process-name": "orderBy processName",
    "filter-eq-text": "EQ on text fields such as processId and processName",
    "filter-eq-id": "EQ on id",
    "filter-eq-state": "EQ on state",
    "filter-eq-date": "EQ on start and end",
    "filter-in-text": "IN on text fields such as processId",
    "filter-in-id": "IN on id",
    "filter-in-state": "IN on state",
    "filter-like-text": "LIKE with the wildcards * and %",
    "filter-is-null-date": "IS_NULL on end",
    "filter-gt-date": "GT and GTE on dates",
    "filter-lt-date": "LT and LTE on dates",
    "filter-between-date": "BETWEEN on dates",
    "logical-filters": "AND, OR and NOT, in any combination",
    "nested-filters": "filters on the variables of an instance",
    "overview-paging": "offset and pageSize in lists of overviews",
    "overview-sorting": "orderBy id and name in lists of overviews",
    "overview-filters": "EQ, IN and LIKE on the definition's id and name",
    "entity-overviews": "overviews of the workflows of an entity",
    "input-schema": "the inputs of an instance, returned with the input schema",
    "statistics": "workflowRunStats in overviews",
    "ping": "pinging the service of a workflow",
    "logs": "logs of instances; requires a log provider",
    "execution": "starting a workflow",
    "abort": "aborting an instance",
    "retrigger": "retriggering an instance in ERROR",
    "authentication": "requests without a valid token are rejected",
    "isolation": "instances that one user starts are hidden from users without permission to see them",
}
FEATURES: Final[dict[str, str]] = {**CORE, **OPTIONAL}

# Features that even a standard backend may not have: tested if present, skipped if not.
_IF_PRESENT: Final = frozenset({"total-count", "statistics", "logs", "authentication", "isolation"})
_CHANGING: Final = frozenset({"execution", "abort", "retrigger"})
# Features that depend on another one: a backend without the feature on the left has none of those on the right.
_PARTS: Final = {
    "sorting": frozenset({"sort-start", "sort-end", "sort-state", "sort-process-id", "sort-process-name"})
}


@dataclass(frozen=True, slots=True)
class Claims:
    """The features that a deployment claims to have, and those that it disclaims.

    - A claimed feature that is missing or answers with an error fails.
    - A disclaimed feature is skipped, and no request for it is sent.
    - Any other feature is tested if it is present.
    """

    claimed: frozenset[str]
    disclaimed: frozenset[str]

    def allows(self, feature: str) -> bool:
        """Whether requests for the feature may be sent."""
        return feature not in self.disclaimed


def claims_of(profile: Profile) -> Claims:
    """Return the claims of a profile.

    `standard` claims every feature except the optional ones of `_IF_PRESENT`, `full` claims every feature, and
    `read-only` is `standard` with the features that change data disclaimed.
    """
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
    """Return `claims` with some features added and some removed.

    Claiming a dependent feature also claims the one that it depends on. Disclaiming a feature also disclaims those that
    depend on it. Raises `CannotRun` for an unknown feature, a disclaimed core feature, or a contradiction.
    """
    more, fewer = frozenset(claimed), frozenset(disclaimed)
    if unknown := sorted((more | fewer) - FEATURES.keys()):
        raise CannotRun(f"unknown feature {unknown[0]!r}; expected one of: {', '.join(FEATURES)}")
    if core := sorted(fewer & CORE.keys()):
        raise CannotRun(f"the feature {core[0]!r} cannot be disclaimed: every backend must have it")
    more |= {whole for whole, parts in _PARTS.items() if parts & more}
    fewer = fewer.union(*(_PARTS.get(each, ()) for each in fewer))
    if both := sorted(more & fewer):
        raise CannotRun(f"the feature {both[0]!r} is both claimed and disclaimed")
    return Claims((claims.claimed | more) - fewer, (claims.disclaimed | fewer) - more)


def read_claims(path: Path) -> tuple[Profile | None, list[str], list[str]]:
    """Read profile, claimed and disclaimed features from a TOML file. Every key is optional.

    Raises `CannotRun`, with the file name, if the file cannot be read or has other contents.
    """
    data = read_toml(path)
    if unknown := sorted(data.keys() - {"profile", "claim", "disclaim"}):
        raise CannotRun(f"{path}: unknown key {unknown[0]!r}; expected profile, claim or disclaim")
    profile = data.get("profile")
    if profile not in (None, "read-only", "standard", "full"):
        raise CannotRun(f"{path}: unknown profile {profile!r}; expected read-only, standard or full")
    return profile, _read_names(path, data, "claim"), _read_names(path, data, "disclaim")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises `CannotRun`, with the file name, if it cannot be read or parsed."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as problem:
        raise CannotRun(f"{path}: cannot be read: {problem.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CannotRun(f"{path}: invalid TOML: {problem}") from None


def _read_names(path: Path, data: dict[str, Any], key: str) -> list[str]:
    names = data.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CannotRun(f'{path}: {key} must be a list of feature names, such as {key} = ["logs"]')
    return names
