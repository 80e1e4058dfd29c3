"""Generated requests: what the document allows and what it forbids, sent by Schemathesis' engine and guarded here.

The engine only generates: its own checks are off, and what comes is judged elsewhere. Every request passes one
gate (`wire`) that resolves it to an operation by what is about to leave, and drops what the plan does not permit.
"""

from .engine import fuzz
from .plan import FuzzedCase, FuzzError, FuzzPlan, TargetSilent

__all__ = ["FuzzError", "FuzzPlan", "FuzzedCase", "TargetSilent", "fuzz"]
