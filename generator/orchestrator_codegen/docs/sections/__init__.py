"""Builds the sections of a reference: operations, bodies and fields. Read `operations.py` first."""
