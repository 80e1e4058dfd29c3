"""Lets Hypothesis generate sequences of steps, and searches for one that leads to a mismatch with the model.

The state machine never raises, so Hypothesis neither repeats nor reports failures: it cannot handle a target that is
slow or that fails only sometimes. This module keeps the first failure and shrinks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar, Final, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from ..fuzz.storage import temporary_storage
from ..session.session import Failed, Session, Undecided
from .run_group import RUNS, RunGroup, Subject
from .steps import Step, Verb, shrink

EXAMPLES: Final = 8
STEPS: Final = 8
# How often a failing sequence is tried again without one of its steps.
_SHRINKS: Final = 10

_NUMBERS: Final = st.integers(0, 11)
# Changing steps are more frequent, because every run is read after each step anyway.
_VERBS: Final[tuple[Verb, ...]] = ("abort", "retrigger", "wait", "abort", "retrigger", "read")

Got = TypeVar("Got")


@dataclass(slots=True)
class _Search:
    """The state of the search: the steps of the current sequence, and the failure or error that ended the search."""

    session: Session
    subjects: Sequence[Subject]
    steps: list[Step] = field(default_factory=list)
    failure: Failed | None = None
    stop: Exception | None = None

    @property
    def is_over(self) -> bool:
        return self.failure is not None or self.stop is not None


class _Machine(RuleBasedStateMachine):
    """One sequence of steps. Hypothesis instantiates the class, so the shared `search` is a class variable."""

    search: ClassVar[_Search]

    def __init__(self) -> None:
        super().__init__()
        self._group = RunGroup(self.search.session, self.search.subjects)
        if not self.search.is_over:
            self.search.steps.clear()

    @initialize(number=_NUMBERS)
    def start(self, number: int) -> None:
        # Consecutive numbers select different workflows.
        for offset in range(RUNS):
            self._perform("start", number + offset)

    # A single rule, because Hypothesis disables some rules for a whole sequence, and the sequences are short.
    @rule(verb=st.sampled_from(_VERBS), number=_NUMBERS)
    def apply(self, verb: Verb, number: int) -> None:
        self._perform(verb, number)

    def teardown(self) -> None:
        if not self.search.is_over:
            self._guard(self._group.end)

    def _perform(self, verb: Verb, number: int) -> None:
        if self.search.is_over:
            return
        step = Step(verb, number)
        self.search.steps.append(step)
        self.search.failure = self._guard(partial(self._group.perform, step))

    def _guard(self, act: Callable[[], Got]) -> Got | None:
        try:
            return act()
        except Exception as problem:
            self.search.stop = problem
            return None


def find_failure(
    session: Session, subjects: Sequence[Subject], *, examples: int = EXAMPLES, steps: int = STEPS
) -> Failed | None:
    """Return the failure with the fewest steps that were found, or None.

    The same seed generates the same steps. Raises the error that stopped the search: `Undecided` if runs cannot be
    started or read, or `TargetLost`.
    """
    search = _Search(session, subjects)
    _draw(search, examples, steps)
    if search.stop is not None:
        raise search.stop
    if search.failure is None:
        return None
    again = partial(_try_again, session, subjects)
    _, smallest = shrink(list(search.steps), search.failure, again, _SHRINKS)
    return smallest


def _draw(search: _Search, examples: int, steps: int) -> None:
    machine: type[_Machine] = type("Machine", (_Machine,), {"search": search})
    quiet = settings(
        max_examples=examples,
        stateful_step_count=steps,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    try:
        with temporary_storage():
            run_state_machine_as_test(seed(search.session.seed)(machine), settings=quiet)
    except HypothesisException as problem:
        if not search.is_over:
            search.stop = Undecided(f"sequences of steps: none could be generated ({type(problem).__name__})")


def _try_again(session: Session, subjects: Sequence[Subject], steps: Sequence[Step]) -> Failed | None:
    group = RunGroup(session, subjects)
    try:
        for step in steps:
            if failure := group.perform(step):
                return failure
        group.end()
    except Undecided:
        return None
    return None
