"""Has Hypothesis draw sequences of steps, and looks for one that comes to what the model does not allow.

The machine never fails in Hypothesis' eyes, so that it neither repeats nor reports anything: a target that shows things
late, or fails now and then, is no business of its. The first failure is kept here, and made smaller here.
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

from ..fuzz.storage import storing_nothing
from ..session.session import Failed, Session, Undecided
from .steps import Step, Verb, shrink
from .world import RUNS, Subject, World

EXAMPLES: Final = 8
STEPS: Final = 8
# How often what failed is tried again with a step less.
_SHRINKS: Final = 10

_NUMBERS: Final = st.integers(0, 11)
# Every run is read after each step anyway: what changes something comes more often.
_VERBS: Final[tuple[Verb, ...]] = ("abort", "retrigger", "wait", "abort", "retrigger", "read")

Got = TypeVar("Got")


@dataclass(slots=True)
class _Search:
    """What was found: the steps of the sequence under way, and what stopped the search, if anything did."""

    session: Session
    subjects: Sequence[Subject]
    steps: list[Step] = field(default_factory=list)
    failure: Failed | None = None
    stop: Exception | None = None

    @property
    def is_over(self) -> bool:
        return self.failure is not None or self.stop is not None


class _Machine(RuleBasedStateMachine):
    """One sequence of steps; Hypothesis wants a class for all of them, which holds what they share."""

    search: ClassVar[_Search]

    def __init__(self) -> None:
        super().__init__()
        self._world = World(self.search.session, self.search.subjects)
        if not self.search.is_over:
            self.search.steps.clear()

    @initialize(number=_NUMBERS)
    def begin(self, number: int) -> None:
        # Runs of different workflows, so that each sequence has some of every kind.
        for following in range(RUNS):
            self._perform("start", number + following)

    # One rule for all: of several, Hypothesis leaves some out for a whole sequence, and these are short.
    @rule(verb=st.sampled_from(_VERBS), number=_NUMBERS)
    def treat(self, verb: Verb, number: int) -> None:
        self._perform(verb, number)

    def teardown(self) -> None:
        if not self.search.is_over:
            self._guard(self._world.end)

    def _perform(self, verb: Verb, number: int) -> None:
        if self.search.is_over:
            return
        step = Step(verb, number)
        self.search.steps.append(step)
        self.search.failure = self._guard(partial(self._world.perform, step))

    def _guard(self, act: Callable[[], Got]) -> Got | None:
        try:
            return act()
        except Exception as problem:
            self.search.stop = problem
            return None


def find_failure(
    session: Session, subjects: Sequence[Subject], *, examples: int = EXAMPLES, steps: int = STEPS
) -> Failed | None:
    """Return what goes wrong in the fewest steps that were found, or None where nothing does.

    The same seed draws the same steps. Raises what stopped it: `Undecided` where runs cannot be started or read, and
    what is raised where the target is lost.
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
        with storing_nothing():
            run_state_machine_as_test(seed(search.session.seed)(machine), settings=quiet)
    except HypothesisException as problem:
        if not search.is_over:
            search.stop = Undecided(f"sequences of steps: none could be drawn ({type(problem).__name__})")


def _try_again(session: Session, subjects: Sequence[Subject], steps: Sequence[Step]) -> Failed | None:
    world = World(session, subjects)
    try:
        for step in steps:
            if failure := world.perform(step):
                return failure
        world.end()
    except Undecided:
        return None
    return None
