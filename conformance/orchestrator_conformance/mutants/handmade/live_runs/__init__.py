"""Mutants that handle changes of runs wrongly, or show them wrongly in lists and overviews."""
