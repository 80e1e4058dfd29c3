"""Mutants of filters."""
