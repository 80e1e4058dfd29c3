"""Generates `models.py` with datamodel-code-generator.

Read `emit_models.py` first: it takes an `Api` and returns the source. `schemas` has the changes to the schemas before
generation, `source` the changes to the generated source.
"""
