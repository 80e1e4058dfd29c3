"""Turns one OpenAPI document into a typed Python package, models, client, server stubs, and its docs.

The pipeline stands on one screen in `pipeline.py`. A document is loaded with the place of every key (`load`),
checked (`validate`), read into an intermediate representation without any Python in it (`ir`, `parse`), emitted as
source text (`emit`) and as docs (`docs`), formatted (`format`) and, at the edge, written or compared (`output`). What
is wrong with a document is a `Diagnostic`, never a traceback.
"""
