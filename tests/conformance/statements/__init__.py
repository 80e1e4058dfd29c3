"""Tests of `statements`."""
