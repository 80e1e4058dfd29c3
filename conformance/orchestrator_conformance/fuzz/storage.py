"""Where Hypothesis keeps what it would rather not work out again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import configuration


@contextmanager
def storing_nothing() -> Iterator[None]:
    """Have Hypothesis keep its caches in a folder of their own, which goes with the run, not in the working folder."""
    before = getattr(configuration, "__hypothesis_home_directory")
    with tempfile.TemporaryDirectory(prefix="orchestrator-conformance-") as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            configuration.set_hypothesis_home_dir(before)
