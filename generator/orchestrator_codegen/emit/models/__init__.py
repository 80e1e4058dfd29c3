"""Emits `models.py` with datamodel-code-generator."""
