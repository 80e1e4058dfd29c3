"""Checks of requests that have to be refused, and that a refused request changes and starts nothing."""
