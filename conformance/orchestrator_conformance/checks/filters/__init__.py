"""Checks of filters."""
