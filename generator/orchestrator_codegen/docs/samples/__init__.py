"""Writes sample calls of operations, in curl and Python, with example values. Read `call.py` first."""
