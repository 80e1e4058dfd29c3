"""Checks of starting, aborting and retriggering runs."""
