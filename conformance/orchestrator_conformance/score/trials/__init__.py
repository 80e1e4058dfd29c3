"""Trials: which variants are tried, and how each trial runs in its own process."""
