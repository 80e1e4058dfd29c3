"""Tests of `emit/operations`."""
