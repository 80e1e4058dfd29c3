"""Checks of workflow overviews and definitions."""
