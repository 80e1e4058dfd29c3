"""Tests of `document`."""
