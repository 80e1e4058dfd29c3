"""Brings the parts of other files that a document refers to into the document.

`bundle.py` does it, `sources.py` decides which files may be read, `remote.py` is the only module that fetches URLs.
"""
