"""Fixtures with the package and the docs of the contract, generated once per session."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from orchestrator_codegen.pipeline import generate_output, generate_package

from .support.documents import SPEC


@pytest.fixture(scope="session")
def generated() -> Mapping[str, str]:
    """Return the text of every file of the package for `SPEC`, by name."""
    return generate_package(SPEC).files


@pytest.fixture(scope="session")
def docs() -> Mapping[str, str]:
    """Return the text of every file of the docs for `SPEC`, by name."""
    return generate_output(SPEC, "orchestrator_v2").docs
