"""Mutants whose filters are wrong."""
