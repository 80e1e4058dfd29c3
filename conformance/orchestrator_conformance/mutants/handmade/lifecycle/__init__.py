"""Mutants of starting, aborting and retriggering runs."""
