"""The catalogue as people and programs read it: `orchestrator-conformance list`.

Each writer takes a `Catalogue` and returns text that ends with a line end.
"""
