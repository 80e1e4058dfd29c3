"""Makes trials side by side, each in a process that may fail without taking the others along."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from .trials import Judgement, Trial, judge

Judge = Callable[[Trial], Judgement]

# What a trial may take before its process is ended: many times what the longest takes.
LIMIT: Final = 900.0


def run_trials(
    trials: Iterable[Trial],
    jobs: int,
    on_judged: Callable[[Judgement], None] = lambda judgement: None,
    judge: Judge = judge,
    limit: float = LIMIT,
) -> list[Judgement]:
    """Make all trials, `jobs` at a time, and return what came of them, in their order.

    A trial whose process dies, or takes more than `limit` seconds, gets a judgement that says so.
    """
    listed = list(trials)
    judged: dict[Trial, Judgement] = {}

    def keep(judgement: Judgement) -> None:
        judged[judgement.trial] = judgement
        on_judged(judgement)

    waiting = deque(listed)
    while waiting:
        # A process that dies breaks the pool, and does not say which trial it had: each is made again, alone.
        for suspect in _run_until_one_dies(waiting, jobs, judge, limit, keep):
            keep(_run_alone(suspect, judge, limit))
    return [judged[trial] for trial in listed]


def _run_until_one_dies(
    waiting: deque[Trial], jobs: int, judge: Judge, limit: float, keep: Callable[[Judgement], None]
) -> list[Trial]:
    """Take trials from `waiting` until none is left; return those that were under way when a process died."""
    with _create_pool(jobs) as pool:
        running: dict[Future[Judgement], Trial] = {}
        while waiting or running:
            try:
                while waiting and len(running) < jobs:
                    running[pool.submit(_judge_in_time, judge, waiting[0], limit)] = waiting[0]
                    waiting.popleft()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    keep(future.result())
                    del running[future]
            except BrokenProcessPool:
                return list(running.values())
    return []


def _run_alone(trial: Trial, judge: Judge, limit: float) -> Judgement:
    with _create_pool(1) as pool:
        try:
            return pool.submit(_judge_in_time, judge, trial, limit).result()
        except BrokenProcessPool:
            return Judgement(trial, problem=f"its process died, or took more than {limit:.0f} s")


def _create_pool(jobs: int) -> ProcessPoolExecutor:
    # Spawned, because the servers of the trials are threads, which a fork would not take along.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_keep_quiet)


def _keep_quiet() -> None:
    # Mutants log their failures, which are expected; Ctrl-C is for the process that waits.
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _judge_in_time(judge: Judge, trial: Trial, limit: float) -> Judgement:
    # A thread that never ends cannot be stopped from within: the process goes.
    alarm = threading.Timer(limit, os._exit, (1,))
    alarm.daemon = True
    alarm.start()
    try:
        return judge(trial)
    finally:
        alarm.cancel()
