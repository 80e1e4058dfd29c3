"""Requirements on the agreement of all answers that describe the same workflow."""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from ..kinds import must, should
from ..places import ALL_OVERVIEWS, ENTITY, INSTANCE, LAST_RUN, OVERVIEW, SOURCE

AGREEMENT: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-WF-LIST-03",
        "overviews",
        "overviews",
        ALL_OVERVIEWS,
        (
            "A workflow that has an overview is listed, is found by a filter on its id, and is read by its "
            "id, even if its service is down."
        ),
        reasoning=(
            "The list has one overview for each workflow that the caller may see. A workflow whose service "
            "is down is still listed and still has an overview."
        ),
    ),
    must(
        "ORC-WF-VIEW-01",
        "overviews",
        "overviews",
        OVERVIEW,
        (
            "Every overview of a workflow, whether listed, filtered, read by its id or returned for an "
            "entity, shows the same name, format, version, description and availability."
        ),
        reasoning=(
            "All of them are the overview of one workflow. The name, the format, the version and the "
            "description come from its definition, and `isAvailable` says whether its service answers."
        ),
    ),
    must(
        "ORC-WF-LAST-05",
        "overviews",
        "overviews",
        LAST_RUN,
        (
            "Every overview of a workflow, whether listed, filtered, read by its id or returned for an "
            "entity, shows the same last run."
        ),
        reasoning=(
            "The last run is the latest run of the workflow, for every operation that returns the overview. An "
            "overview without one says that the workflow never ran."
        ),
    ),
    must(
        "ORC-WF-LAST-06",
        "overviews",
        "overviews",
        LAST_RUN,
        "If overviews name last runs, the overview of a workflow with listed runs names one.",
        reasoning=(
            "The field is absent if the workflow never ran, and a workflow with a listed run ran. A backend "
            "whose overviews name no last run at all does not have this optional field."
        ),
    ),
    must(
        "ORC-WF-ENTITY-06",
        "overviews",
        "entity-overviews",
        ENTITY,
        (
            "The overviews for an entity contain no workflow twice, even if it ran for the entity several times, "
            "is named too, or is named twice."
        ),
        reasoning="The answer lists workflows, and both fields only say which of them.",
    ),
    must(
        "ORC-WF-SRC-02",
        "overviews",
        "overviews",
        SOURCE,
        "The version and the description of an overview are those of the workflow's source.",
        reasoning=(
            "The document describes both as those of the definition, and the source is the definition. A field "
            "that is missing in the overview or in the source is not compared."
        ),
    ),
    should(
        "ORC-WF-SRC-03",
        "overviews",
        "overviews",
        SOURCE,
        "The name of an overview is that of the workflow's source.",
        reasoning=(
            "Both are the name of the workflow. The document says of the version and the description that "
            "they are as the definition says, but not of the name, hence SHOULD."
        ),
    ),
    must(
        "ORC-WF-RUN-01",
        "overviews",
        "execution",
        f"{INSTANCE}/properties/processName",
        "A run that was just started shows the name and the version of its workflow as the overview does.",
        reasoning=(
            "The field `processName` is the name of the workflow, and `version` is the version that the run "
            "follows. A run that starts now follows the current version."
        ),
    ),
    should(
        "ORC-WF-RUN-02",
        "overviews",
        "instances",
        f"{INSTANCE}/properties/processName",
        "A listed run of the current version of a workflow shows the name of the workflow as the overview does.",
        reasoning=(
            "The field `processName` is the name of the workflow. A workflow may have been renamed without "
            "a new version since the run started, hence SHOULD."
        ),
    ),
)
