"""Mutants whose pages, totals or complete lists are wrong."""
