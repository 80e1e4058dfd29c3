"""Runs trials in parallel processes, so that a crash ends only one trial."""

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

# Seconds until the process of a trial is ended. The longest trial takes a fraction of it.
LIMIT: Final = 900.0


def run_trials(
    trials: Iterable[Trial],
    jobs: int,
    on_judged: Callable[[Judgement], None] = lambda judgement: None,
    judge: Judge = judge,
    limit: float = LIMIT,
) -> list[Judgement]:
    """Run all trials, `jobs` in parallel, and return their judgements in the order of the trials.

    A trial whose process dies or takes more than `limit` seconds gets a judgement with that problem.
    """
    listed = list(trials)
    judged: dict[Trial, Judgement] = {}

    def keep(judgement: Judgement) -> None:
        judged[judgement.trial] = judgement
        on_judged(judgement)

    waiting = deque(listed)
    while waiting:
        # A process that dies breaks the pool, and its trial is unknown: each trial that was running is repeated alone.
        for suspect in _run_until_one_dies(waiting, jobs, judge, limit, keep):
            keep(_run_alone(suspect, judge, limit))
    return [judged[trial] for trial in listed]


def _run_until_one_dies(
    waiting: deque[Trial], jobs: int, judge: Judge, limit: float, keep: Callable[[Judgement], None]
) -> list[Trial]:
    """Run trials from `waiting` until none is left; return those that were running when a process died."""
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
            return Judgement(trial, problem=f"the process died or took more than {limit:.0f} s")


def _create_pool(jobs: int) -> ProcessPoolExecutor:
    # Spawned, because the servers of the trials are threads, which a fork does not copy.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_keep_quiet)


def _keep_quiet() -> None:
    # Mutants log failures, which are expected. Ctrl-C is handled by the parent process.
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _judge_in_time(judge: Judge, trial: Trial, limit: float) -> Judgement:
    # A thread that never ends cannot be stopped, so the whole process exits.
    timer = threading.Timer(limit, os._exit, (1,))
    timer.daemon = True
    timer.start()
    try:
        return judge(trial)
    finally:
        timer.cancel()
