"""Finds problems in valid documents: parts that OpenAPI allows and that cause trouble for users.

A `Rule` searches a `Subject`, a valid document with its schemas and operations, and yields a `Hit` for each place.
`rule_table.py` lists the rules; `rules/` has a module for each part of a document. `examine.py` turns each hit, and
each warning of the generator, into a `Finding`. `render.py` writes findings for people, programs and GitHub.
"""
