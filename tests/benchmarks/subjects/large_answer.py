"""The time and memory to parse an answer with a thousand instances, compared with plain pydantic."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Final

import httpx
from orchestrator_v2 import models
from orchestrator_v2._exchange import read_answer
from orchestrator_v2._operations import GET_INSTANCES
from pydantic import TypeAdapter

from .. import samples
from ..measuring.turns import Effort, Result, Target, alternate, repeat

SUBJECT: Final = "large answer"
TARGETS: Final = (Target("pydantic alone", 1.05),)


def measure(effort: Effort) -> Iterator[Result]:
    """Measure the parsing of an answer that has been received completely."""
    data = samples.dump(samples.make_page(0, 1000))
    response = httpx.Response(200, headers={"content-type": "application/json"}, content=data)
    adapter = TypeAdapter(models.ProcessInstanceListResultDTO)
    contenders: dict[str, Callable[[], object]] = {
        "ours": lambda: read_answer(GET_INSTANCES, response),
        "pydantic alone": lambda: adapter.validate_json(data),
    }
    notes = {"bytes": str(len(data))}
    figures = alternate({name: repeat(each) for name, each in contenders.items()}, 10, effort, per=1e3)
    yield Result(SUBJECT, "1,000 instances, CPU", "ms", figures, TARGETS, notes)
    peaks = {name: [_find_peak(each)] for name, each in contenders.items()}
    yield Result(SUBJECT, "1,000 instances, peak memory", "MB", peaks, TARGETS, notes)


def _find_peak(function: Callable[[], object]) -> float:
    """Return the peak memory of `function` in megabytes, without the bytes of the answer."""
    function()
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
