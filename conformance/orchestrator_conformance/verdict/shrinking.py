"""Cuts what a check sent down to the requests that its failure takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..contract.requirements import CHANGING
from ..target.exchange import Exchange

_LISTS = ("getInstances", "getWorkflowInstances")


def find_steps(
    evidence: Sequence[Exchange],
    trace: Sequence[Exchange],
    births: Mapping[str, Exchange],
    whole_list: Exchange | None,
) -> tuple[Exchange, ...]:
    """Return the fewest exchanges that lead to the failure again, in order.

    These are: what started the instances that the evidence names, what was done to them, the evidence itself and, where
    that changes something, what was read afterwards. A list that was asked for something comes with the whole list,
    which it was held against. `trace` is all that the check sent, `births` what started each instance by its id.
    """
    if not evidence:
        return ()
    named = [id_ for id_ in births if any(_mentions(each, id_) for each in evidence)]
    steps = [births[id_] for id_ in named]
    if whole_list is not None and _asks_for_something(evidence[0]):
        steps.append(whole_list)
    steps += [each for each in trace if _is_done_to(each, named) and _comes_before(each, evidence[-1], trace)]
    steps += evidence
    if evidence[-1].operation_id in CHANGING:
        steps += _what_followed(evidence[-1], named, trace)
    return tuple(_once(steps))


def _mentions(exchange: Exchange, instance_id: str) -> bool:
    is_born = exchange.operation_id == "executeWorkflow" and instance_id.encode() in exchange.response.body
    return is_born or instance_id in exchange.request.path or instance_id.encode() in exchange.request.body


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
