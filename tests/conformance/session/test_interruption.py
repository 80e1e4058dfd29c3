"""An interrupted run first aborts the instances that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.backend import ReferenceBackend
from orchestrator_conformance.reference.lifecycle.instance import Instance
from orchestrator_conformance.reference.lifecycle.instance_store import InstanceStore
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.session.interruption import Interruption

# By then, one of the runs stays unfinished until it is aborted, and the suite is still running.
STARTED = 4


class Watched(InstanceStore):
    """A store that sets an event once it has received `STARTED` instances."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.is_enough = threading.Event()

    def put(self, instance: Instance) -> None:
        super().put(instance)
        self.ids.add(instance.id)
        if len(self.ids) >= STARTED:
            self.is_enough.set()


def test_a_signal_interrupts_once_so_that_clean_up_completes() -> None:
    interruption = Interruption()
    with pytest.raises(KeyboardInterrupt):
        interruption.handle(signal.SIGINT, None)
    with interruption.held():
        aborted = True
    assert aborted


def test_an_interruption_waits_for_the_outermost_block() -> None:
    interruption = Interruption()
    reached = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - the blocks are what is tested
        with interruption.held():
            with interruption.held():
                interruption.handle(signal.SIGINT, None)
                reached.append("inner")
            reached.append("outer")
        reached.append("after")
    assert reached == ["inner", "outer"]
    with interruption.held():
        reached.append("clean-up")
    assert reached[-1] == "clean-up"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_started_instances_are_aborted(number: signal.Signals) -> None:
    store = Watched()
    backend = ReferenceBackend(ReferenceSettings(), store=store)
    with running_server(create_reference_app(backend=backend)) as url:
        command = [sys.executable, "-m", "orchestrator_conformance", "run", url, "--allow-runs", "all"]
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
        )
        assert store.is_enough.wait(120)
        running.send_signal(number)
        _, said = running.communicate(timeout=120)
        assert running.returncode == 130
        assert said.decode() == "orchestrator-conformance: interrupted\n"
        left = [
            each for each in backend.visible_instances() if each.state in ("ACTIVE", "PENDING", "SUSPENDED")
        ]
        assert left == []
        assert len(store.ids) >= STARTED
