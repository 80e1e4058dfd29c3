"""Checks of filters.

`fields.py`, `patterns.py`, `dates.py` and `values.py` check single filters, `logical.py`, `nested.py` and `trees.py`
check logical and nested ones, and `combinations.py` random combinations of all of them. `drawn.py` and `witnessed.py`
choose filters, and `comparing.py` compares the lists for them.
"""
