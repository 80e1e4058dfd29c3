"""Writes a score as text, Markdown or JSON."""
