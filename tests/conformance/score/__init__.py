"""Tests of `score`."""
