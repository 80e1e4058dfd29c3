"""Tests of `target`."""
