"""Tests of `changes`."""
