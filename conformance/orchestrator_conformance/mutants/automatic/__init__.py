"""Generates mutants by single edits of the syntax tree of the reference backend.

`automatic.py` lists the mutants and builds them, `tree_edits.py` finds the edits of a module, `tree_operators.py`
defines the kinds of edit, and `equivalent.py` lists the mutants that the suite does not have to kill.
"""
