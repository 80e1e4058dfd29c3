"""Decides whether code can be generated from a document, and repairs common mistakes."""
