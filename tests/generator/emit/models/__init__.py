"""Tests of `emit/models`."""
