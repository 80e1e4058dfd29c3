"""Checks of filters.

`fields.py` and `dates.py` check single operators, `logical.py` logical and nested filters, and `combinations.py` random
combinations of all of them.
"""
