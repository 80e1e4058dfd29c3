"""The contract doctor: what a document may say, and what hurts those who use it all the same.

A `Rule` looks through a `Subject`, which is a valid document with its schemas and operations at hand, and yields a
`Hit` for each place. `table.py` lists the rules, a module for each part of a document that they look at. `examine`
makes a `Finding` of each hit and of what the generator itself says of the document, and `render.py` writes them for
people, programs and GitHub.
"""
