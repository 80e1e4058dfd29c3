"""Mutants of workflow overviews."""
