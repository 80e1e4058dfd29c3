"""Reads a document, and keeps the source location of everything in it."""
