"""The storage directory of Hypothesis."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import configuration


@contextmanager
def temporary_storage() -> Iterator[None]:
    """Let Hypothesis keep its caches in a temporary directory, not in the working directory."""
    before = getattr(configuration, "__hypothesis_home_directory")
    with tempfile.TemporaryDirectory(prefix="orchestrator-conformance-") as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            configuration.set_hypothesis_home_dir(before)
