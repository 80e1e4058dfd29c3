"""Tests of `lifecycles`."""
