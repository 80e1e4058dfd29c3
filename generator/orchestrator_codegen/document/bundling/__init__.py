"""Brings the parts of other files that a document refers to into the document."""
