"""Runs the suite on a variant of the reference backend and returns the findings."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import timedelta
from typing import Final

from starlette.types import ASGIApp

from ..contract.contract import Contract
from ..reference.serve import running_server
from ..reference.settings import ReferenceSettings
from ..runner import Findings, Options, run_suite
from ..target.target import Target
from ..verdict.outcome import Result

_TOKEN: Final = "token-of-the-developer"
_OTHER_TOKEN: Final = "token-of-the-visitor"
# Seconds that the suite waits for a change before it reports a violation.
_PATIENCE: Final = 0.3
_MOMENT: Final = timedelta(seconds=0.2)


def try_variant(
    create_app: Callable[[ReferenceSettings], ASGIApp],
    contract: Contract,
    *,
    seed: int,
    max_examples: int,
    has_two_users: bool,
    patience: float = _PATIENCE,
    only: Collection[str] | None = None,
    on_result: Callable[[Result], None] = lambda result: None,
) -> Findings:
    """Run the suite, or only the requirements `only`, against a variant on its own server.

    `on_result` is called with the result of each check, and may raise to end the trial. Raises `CannotRun` if the suite
    cannot run.
    """
    settings = ReferenceSettings(
        token=_TOKEN, other_token=_OTHER_TOKEN if has_two_users else None, moment=_MOMENT
    )
    with ExitStack() as stack:
        url = stack.enter_context(running_server(create_app(settings)))
        target = stack.enter_context(Target(url, {"Authorization": f"Bearer {_TOKEN}"}))
        other = None
        if has_two_users:
            other = stack.enter_context(Target(url, {"Authorization": f"Bearer {_OTHER_TOKEN}"}))
        options = Options(
            seed,
            lambda _: True,
            max_examples,
            patience,
            other=other,
            only=only,
        )
        return run_suite(target, contract, options, on_result=on_result)
