"""Mutants that start, abort or retrigger runs wrongly."""
