"""Fixtures for several tests."""

from __future__ import annotations

import pytest
from orchestrator_conformance.score.score import Score, tabulate

from .support.scoring import BACKGROUND, JUDGED


@pytest.fixture
def score() -> Score:
    return tabulate(JUDGED, BACKGROUND)
