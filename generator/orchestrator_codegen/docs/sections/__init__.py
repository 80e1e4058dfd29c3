"""Builds the sections of a reference: operations, bodies and fields."""
