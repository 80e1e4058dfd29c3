"""Base faults: faults that backends in the field have everywhere, which must hide no other fault.

A base fault is a middleware that changes the answers of any application, so it can be combined with every hand-made
mutant. It violates the document in one way, and says nothing about what the rest of the backend does. Its docstring
says what it does. `base_fault.py` defines a base fault, and `catalogue.py` lists all.
"""
