"""Lists the base faults."""

from __future__ import annotations

from . import answers, errors, refusals, values
from .base_fault import BaseFault, read_base_fault


def list_base_faults() -> list[BaseFault]:
    """Return all base faults, module by module."""
    modules = (values, errors, answers, refusals)
    found = [read_base_fault(value) for module in modules for value in vars(module).values()]
    return [fault for fault in found if fault is not None]
