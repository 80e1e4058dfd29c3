"""Computes the views that the templates of the client and the server stubs render. Read `operations.py` first."""
