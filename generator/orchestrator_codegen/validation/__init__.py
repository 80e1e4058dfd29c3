"""Decides whether code can be generated from a document, and repairs common mistakes.

`repair.py` runs first and warns of each repair. `validate.py` then raises `BrokenDocument` with every remaining
problem: of OpenAPI (`structure.py`, after the fast check of `screening.py`), of references, of endless schemas
(`composition.py`) and of operationIds. `patterns.py` decides which patterns the generated code applies.
"""
