"""Generates a typed Python package (models, client, server stubs) and its docs from one OpenAPI document.

Read `pipeline.py` first: it has the whole pipeline. `document` loads a file with the source location of every key,
`validation` checks and repairs it, and `api` parses it into an intermediate representation that holds no Python source.
`emit` renders that as Python source, `docs` renders the reference, and `output.py` writes files or compares them.
`lint` and `changes` report on documents. `cli.py` and `commands` are the command line. A problem in a document is
reported as a `Diagnostic`, never as a traceback.
"""
