"""Tests of `listing`."""
