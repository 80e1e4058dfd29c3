"""Reads a document into plain JSON values, and keeps the source location of every key.

`load.py` returns a `Document`; `bundling/` brings in the parts of other files that it refers to. Later stages walk it
with `operation_walk.py` and `schema_walk.py`, follow `$ref` with `references.py`, and report problems as a
`Diagnostic` with the `Location` that `Document.locate` returns. Excessive nesting, aliases and numbers are rejected
here, before any other code recurses.
"""
