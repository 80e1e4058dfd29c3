"""Mutants that accept requests that they have to reject, or that act on requests that they reject."""
