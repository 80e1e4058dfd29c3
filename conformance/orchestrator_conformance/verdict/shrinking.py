"""Reduces the exchanges of a failed check to those that are needed to reproduce the failure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..contract.requirements import CHANGING
from ..target.exchange import Exchange

_LISTS = ("getInstances", "getWorkflowInstances")


def find_steps(
    evidence: Sequence[Exchange],
    trace: Sequence[Exchange],
    start_exchanges: Mapping[str, Exchange],
    whole_list: Exchange | None,
) -> tuple[Exchange, ...]:
    """Return the fewest exchanges that reproduce the failure, in order.

    - The exchanges that started the instances that the evidence names.
    - The whole list, if the evidence is a list with a filter, an order or a page.
    - The exchanges that changed those instances before the evidence.
    - The evidence itself and, if it changes data, the last read after it.

    `trace` holds every exchange of the check, `start_exchanges` the exchange that started each instance, by id.
    """
    if not evidence:
        return ()
    named = [id_ for id_ in start_exchanges if any(_mentions(each, id_) for each in evidence)]
    steps = [start_exchanges[id_] for id_ in named]
    if whole_list is not None and _asks_for_something(evidence[0]):
        steps.append(whole_list)
    steps += [each for each in trace if _is_done_to(each, named) and _comes_before(each, evidence[-1], trace)]
    steps += evidence
    if evidence[-1].operation_id in CHANGING:
        steps += _what_followed(evidence[-1], named, trace)
    return tuple(_once(steps))


def _mentions(exchange: Exchange, instance_id: str) -> bool:
    is_started = exchange.operation_id == "executeWorkflow" and instance_id.encode() in exchange.response.body
    return is_started or instance_id in exchange.request.path or instance_id.encode() in exchange.request.body


def _asks_for_something(exchange: Exchange) -> bool:
    return exchange.operation_id in _LISTS and exchange.request.body not in (b"", b"{}")


def _is_done_to(exchange: Exchange, named: Sequence[str]) -> bool:
    is_change = exchange.operation_id in CHANGING and exchange.operation_id != "executeWorkflow"
    return is_change and any(_mentions(exchange, id_) for id_ in named)


def _comes_before(exchange: Exchange, last: Exchange, trace: Sequence[Exchange]) -> bool:
    places = {id(each): place for place, each in enumerate(trace)}
    return places[id(exchange)] <= places.get(id(last), len(trace))


def _what_followed(last: Exchange, named: Sequence[str], trace: Sequence[Exchange]) -> list[Exchange]:
    following = [each for each in trace if not _comes_before(each, last, trace)]
    reads = [each for each in following if each.operation_id not in CHANGING]
    about = [each for each in reads if any(_mentions(each, id_) for id_ in named)]
    return (about or reads)[-1:]


def _once(exchanges: Iterable[Exchange]) -> list[Exchange]:
    return list({id(each): each for each in exchanges}.values())
