"""The sample instances of a seeded backend. Their ids and times are the same in every process.

They cover every state, runs with and without a target entity, several initiators, equal start times, and inputs
with special characters that break a careless filter.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..lifecycle.instance import Instance, RunState
from ..lifecycle.instants import parse_instant
from ..lifecycle.lifecycle import Lifecycle
from ..overviews.catalogue import Catalogue


def seeded_instances(catalogue: Catalogue) -> list[Instance]:
    """Return the sample instances. Each reaches its state through the steps of a `Lifecycle`.

    In the data file, `seconds` is the time from the start of a run to its end or failure.
    """
    lifecycle = Lifecycle()
    runs = json.loads((files(__package__) / "seed_runs.json").read_text(encoding="utf-8"))
    return [_play(run, _sample_id(number), catalogue, lifecycle) for number, run in enumerate(runs)]


def _sample_id(number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:orchestrator:sample-run:{number}"))


def _play(run: dict[str, Any], instance_id: str, catalogue: Catalogue, lifecycle: Lifecycle) -> Instance:
    start = parse_instant(run["start"])
    stop = start + timedelta(seconds=run["seconds"])
    workflow = catalogue[run["workflow"]]
    begun = lifecycle.begin(workflow, instance_id, start, run["initiator"], run["target"], run["inputs"])
    match RunState(run["state"]):
        case RunState.ACTIVE:
            return begun
        case RunState.ERROR:
            return lifecycle.fail(begun, stop)
        case RunState.COMPLETED:
            return lifecycle.complete(begun, stop)
        case RunState.ABORTED:
            return lifecycle.abort(begun, stop)
        case RunState.SUSPENDED | RunState.PENDING as state:
            return lifecycle.record(replace(begun, state=state), stop, "INFO", state.lower())
