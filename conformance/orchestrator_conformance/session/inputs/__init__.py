"""Inputs for runs, generated from the input schema of a workflow. Start with `generation`.

`sampling` generates one value within a budget, `variations` changes one value at a time, and `unusual` draws values
that backends often lose or change.
"""
