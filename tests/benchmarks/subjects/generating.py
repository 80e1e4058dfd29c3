"""The cost of generating models, client, server and docs of the contract, compared with other generators."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..measuring import peers
from ..measuring.processes import Cost, run
from ..measuring.turns import Effort, Result, Target

SUBJECT: Final = "generator"
_PEER: Final = "datamodel-code-generator"
_MOST_ROUNDS: Final = 7


def measure(effort: Effort) -> Iterator[Result]:
    """Measure CPU time and peak memory of fresh processes. One peer needs two runs, for client and server."""
    contenders = {
        "ours": (peers.command_ours(peers.SPEC, "ours"),),
        _PEER: (
            peers.command_datamodel_client(peers.SPEC, "dcg_client"),
            peers.command_datamodel_server(peers.SPEC, "dcg_server"),
        ),
        "openapi-python-client": (peers.command_openapi_python_client(peers.SPEC, "opc"),),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    # Each round starts with an empty folder, so that no generator reuses its output.
    for number in range(min(effort.rounds, _MOST_ROUNDS) + 1):
        with tempfile.TemporaryDirectory() as folder:
            for name, commands in contenders.items():
                each = [run(command, Path(folder)) for command in commands]
                if number:  # the first round compiles the byte code
                    seconds = sum(cost.seconds for cost in each)
                    costs[name].append(Cost(seconds, max(cost.megabytes for cost in each)))
    notes = {
        "ours": "models, client, server, docs",
        _PEER: "models and client, models and server: two runs",
        "openapi-python-client": "models and client",
    }
    time = {name: [cost.seconds for cost in turns] for name, turns in costs.items()}
    result = Result(SUBJECT, "the contract, CPU", "s", time, (Target(_PEER, 0.5),), notes)
    yield result
    memory = {name: [cost.megabytes for cost in turns] for name, turns in costs.items()}
    yield replace(
        result, what="the contract, peak memory", unit="MB", figures=memory, targets=(Target(_PEER, 1.0),)
    )
