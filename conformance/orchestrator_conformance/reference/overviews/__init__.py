"""Workflows of the reference backend: definitions, catalogue and statistics."""
